"""Drafts answers with a language model; every quote it gives is looked up before it counts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared.assistant.errors import ModelMisbehaved
from shared.assistant.masking import Mask
from shared.assistant.models import Citation, Completion, Draft, Hit, Part, Question
from shared.assistant.ports import LanguageModel, Toolbox
from shared.assistant.prompting import answer_prompt, references
from shared.assistant.quotes import verified
from shared.assistant.shapes import probability
from shared.assistant.tool_loop import Exchange, ToolLoop


class ModelDrafter:
    """Drafter port over a language model. Personal data is masked on the way out and restored in the draft."""

    def __init__(
        self, model: LanguageModel, toolbox: Toolbox | None = None, monotonic: Callable[[], float] = lambda: 0.0
    ) -> None:
        self._loop = ToolLoop(model, toolbox, monotonic)

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The model's draft; quotes that do not stand in their span are dropped, the checks judge what is left."""
        mask = Mask()
        exchange = self._loop.run(answer_prompt(question, evidence, mask.hide), question, mask, deadline)
        reply = exchange.reply
        if reply is None:
            return Draft("hand_over", (), 0.0, "tools_misused", exchange.engine, exchange.usage)
        fields = reply.structured
        if fields is None or reply.finish != "stop":
            raise ModelMisbehaved(cause=reply.finish)
        parts = _parts(fields["parts"], evidence, exchange, mask)
        if fields["decision"] != "hand_over" and not parts:
            raise ModelMisbehaved(cause="empty")
        draft = _draft(fields, parts, reply)
        return replace(draft, usage=exchange.usage, found=tuple(exchange.found.values()))


def _parts(written: list[dict[str, Any]], evidence: list[Hit], exchange: Exchange, mask: Mask) -> tuple[Part, ...]:
    named = references(evidence)

    def rests_on(claims: list[dict[str, str]]) -> tuple[Citation, ...]:
        # Articles are shown as they are, results of tools with what is private masked.
        looked_up = [{**claim, "quote": mask.reveal(claim["quote"])} for claim in claims]
        return verified(claims, named) + verified(looked_up, exchange.found)

    return tuple(
        Part(mask.reveal(part["text"]).strip(), rests_on(part["citations"])) for part in written if part["text"].strip()
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
