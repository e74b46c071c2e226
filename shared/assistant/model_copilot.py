"""Helps agents with a language model; what the model cannot know better is left to the offline engine."""

from shared.assistant.errors import ModelMisbehaved
from shared.assistant.masking import Mask
from shared.assistant.models import Hit, PastTicket, Question, Suggestion, SuggestionType, Utterance
from shared.assistant.ports import Copilot, LanguageModel
from shared.assistant.prompting import references, suggest_prompt
from shared.assistant.quotes import verified
from shared.assistant.shapes import probability
from shared.assistant.suggesting import shown_to, trustworthy

MOST = 3


class ModelCopilot:
    """Copilot port over a language model; similar tickets are a search and stay with `offline`."""

    def __init__(self, model: LanguageModel, offline: Copilot) -> None:
        self._model = model
        self._offline = offline

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """At most three suggestions, surest first; those that bring anything from elsewhere are left out."""
        if type == "similar":
            return self._offline.suggest(type, question, conversation, evidence, past, deadline)
        mask = Mask()
        prompt = suggest_prompt(type, question, conversation, evidence, mask.hide)
        reply = self._model.complete(prompt, deadline)
        if reply.structured is None or reply.finish != "stop":
            raise ModelMisbehaved(cause=reply.finish)
        named = references(evidence)
        suggestions = [
            Suggestion(
                text=mask.reveal(item["text"]).strip(),
                confidence=probability(item["confidence"]),
                citations=verified(item["citations"], named),
            )
            for item in reply.structured["suggestions"]
            if item["text"].strip()
        ]
        shown = shown_to(question, conversation, evidence, past)
        kept = [one for one in suggestions if trustworthy(one, type, question, evidence, shown)]
        return sorted(kept, key=lambda suggestion: -suggestion.confidence)[:MOST]
