"""The `Copilot` port without a model: quotes, rules and excerpts for the person who answers."""

from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.drafter import OfflineDrafter, cite
from shared.adapters.offline.excerpts import last_word, problem
from shared.adapters.offline.next_action import next_actions
from shared.adapters.offline.replies import SUMMARY, say
from shared.adapters.offline.similar import similar_tickets
from shared.assistant.errors import NoModel
from shared.assistant.models import Hit, PastTicket, Question, Suggestion, SuggestionType, Utterance
from shared.assistant.ports import Classifier
from shared.kernel.texts import Language

SOLUTION_FROM = 0.2
"""An agent judges for themselves, so weaker evidence is worth showing than a customer is told."""
MOST = 3


class OfflineCopilot:
    """Suggestions in `question.language`. Takes no time worth a deadline."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        self._classifier = classifier or OfflineClassifier()
        self._drafter = OfflineDrafter(classifier=self._classifier)

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """At most three suggestions, best first; none where nothing is worth saying.

        NoModel for translations: there is no honest one without a model.
        """
        if type == "translate":
            raise NoModel
        if type == "solution":
            return _solutions(evidence)
        if type == "reply":
            return [self._reply(question, evidence)]
        if type == "next_action":
            return next_actions(question, conversation, evidence, self._classifier)[:MOST]
        if type == "summary":
            return _summary(question, conversation, self._classifier)
        return similar_tickets(_asked(question), past, MOST)

    def _reply(self, question: Question, evidence: list[Hit]) -> Suggestion:
        language, classifier = question.language, self._classifier
        feeling = question.sentiment or classifier.classify("sentiment", question.text)
        intent = question.intent or classifier.classify("intent", question.text)
        opening = [say("sorry", language)] if feeling.label == "negative" else []
        draft = self._drafter.draft(question, evidence, 0.0)
        if draft.decision == "answer":
            closing = [say("closing", language)] if draft.citations else []
            return Suggestion("\n\n".join([*opening, draft.text, *closing]), draft.confidence, draft.citations)
        lines = [*opening, say("received", language)]
        orderly = intent.label in ("order_status", "refund", "billing", "shipping")
        if orderly and not any(found.type == "order_number" for found in classifier.entities(question.text)):
            lines.append(say("need_order_number", language))
        elif not orderly and intent.label != "ask_person":
            lines.append(say("need_details", language))
        # A form of words that fits every case: an agent will change it more often than not.
        return Suggestion("\n\n".join(lines), 0.3)


def _solutions(evidence: list[Hit]) -> list[Suggestion]:
    best: dict[str, Hit] = {}
    for hit in sorted(evidence, key=lambda hit: -hit.score):
        if hit.score >= SOLUTION_FROM:
            best.setdefault(hit.span.article_id, hit)
    return [Suggestion(hit.span.text, hit.score, (cite(hit.span),)) for hit in list(best.values())[:MOST]]


def _summary(question: Question, conversation: list[Utterance], classifier: Classifier) -> list[Suggestion]:
    language: Language = question.language
    said = conversation or [Utterance("customer", question.text)]
    lines = [SUMMARY["problem"][language].format(text=problem(question.subject, said))]
    if len(said) > 1:
        lines.append(SUMMARY[said[-1].speaker][language].format(text=last_word(said)))
    spoken = classifier.classify("language", "\n".join(word.text for word in said)).label
    lines.append(SUMMARY["language"][language].format(text=SUMMARY[spoken][language]))
    return [Suggestion("\n".join(lines), 0.6)]


def _asked(question: Question) -> str:
    return f"{question.subject}\n{question.text}".strip()
