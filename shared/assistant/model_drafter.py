"""Drafts answers with a language model; every quote it gives is looked up before it counts."""

from typing import Any

from shared.assistant.errors import ModelMisbehaved
from shared.assistant.masking import Mask
from shared.assistant.models import Completion, Draft, Hit, Part, Question
from shared.assistant.ports import LanguageModel
from shared.assistant.prompting import answer_prompt, references
from shared.assistant.quotes import verified
from shared.assistant.shapes import probability


class ModelDrafter:
    """Drafter port over a language model. Personal data is masked on the way out and restored in the draft."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The model's draft; quotes that do not stand in their span are dropped, the checks judge what is left."""
        mask = Mask()
        reply = self._model.complete(answer_prompt(question, evidence, mask.hide), deadline)
        fields = reply.structured
        if fields is None or reply.finish != "stop":
            raise ModelMisbehaved(cause=reply.finish)
        parts = _parts(fields["parts"], evidence, mask)
        if fields["decision"] != "hand_over" and not parts:
            raise ModelMisbehaved(cause="empty")
        return _draft(fields, parts, reply)


def _parts(written: list[dict[str, Any]], evidence: list[Hit], mask: Mask) -> tuple[Part, ...]:
    named = references(evidence)
    return tuple(
        Part(mask.reveal(part["text"]).strip(), verified(part["citations"], named))
        for part in written
        if part["text"].strip()
    )


def _draft(fields: dict[str, Any], parts: tuple[Part, ...], reply: Completion) -> Draft:
    return Draft(
        decision=fields["decision"],
        parts=parts,
        confidence=probability(fields["confidence"]),
        reason=_reason(fields["decision"], fields["reason"]),
        engine=reply.model,
        usage=reply.usage,
    )


def _reason(decision: str, reason: str) -> str:
    """The reason, unless it contradicts the decision."""
    if decision == "answer":
        return "answered"
    if decision == "ask":
        return "unclear"
    return "no_article" if reason == "answered" else reason
