"""Labels for a text, and suggestions for an agent."""

from typing import Literal

from shared.assistant.conversation import recent, turn_of, utterances
from shared.assistant.models import (
    Entity,
    Hit,
    Judgement,
    PastTicket,
    Question,
    Suggestion,
    SuggestionType,
    Task,
    Utterance,
)
from shared.assistant.ports import Classifier, Copilot, Retriever
from shared.assistant.spending import charged_to
from shared.assistant.suggesting import defused
from shared.assistant.thinking import EVIDENCE, Thinker
from shared.identities.caller import Caller
from shared.kernel.texts import Language
from shared.tickets.access import visible
from shared.tickets.ports import TicketFilter, TicketReader
from shared.tickets.ticket import Ticket

TASKS: tuple[Task, ...] = ("sentiment", "intent", "language", "category", "priority")
AnalysisType = Literal["sentiment", "intent", "language", "category", "priority", "entities", "summary", "all"]
PAST = 50
"""Settled tickets looked through for similar ones."""


class Analyst:
    """Labels texts."""

    def __init__(self, classifier: Classifier, copilot: Copilot, deadline: float) -> None:
        self._classifier = classifier
        self._copilot = copilot
        self._deadline = deadline

    def language(self, text: str) -> str:
        """zh, en or other."""
        return self._classifier.classify("language", text).label

    def judge(self, task: Task, text: str) -> Judgement:
        """The task's label."""
        return self._classifier.classify(task, text)

    def entities(self, text: str) -> list[Entity]:
        """What the text names."""
        return self._classifier.entities(text)

    def summary(self, text: str) -> Suggestion | None:
        """The text in short, None when there is nothing to say."""
        question = Question(text, _spoken(self.language(text)))
        said = [Utterance("customer", text)]
        found = self._copilot.suggest("summary", question, said, [], [], self._deadline)
        return defused(found[0]) if found else None


class Advisor:
    """Suggestions on a ticket."""

    def __init__(
        self, tickets: TicketReader, retriever: Retriever, copilot: Copilot, thinker: Thinker, deadline: float
    ) -> None:
        self._tickets = tickets
        self._retriever = retriever
        self._copilot = copilot
        self._thinker = thinker
        self._deadline = deadline

    def translate(self, ticket_id: str, text: str | None, target: Language | None, caller: Caller) -> list[Suggestion]:
        """`text`, by default for the customer to read; without one what the customer wrote last, for the agent.

        NoModel without a model.
        """
        ticket = visible(self._tickets.get(ticket_id), caller)
        said, history = turn_of(recent(self._tickets, ticket), ticket.last_customer_seq)
        spoken = self._thinker.question(said, history, ticket.subject).language
        other: Language = "en" if spoken == "zh" else "zh"
        wanted = target or (other if text is None else spoken)
        with charged_to(caller.id):
            question = Question(said if text is None else text, wanted)
            found = self._copilot.suggest("translate", question, [], [], [], self._deadline)
        return [defused(suggestion) for suggestion in found]

    def suggest(self, ticket_id: str, type: SuggestionType, caller: Caller) -> list[Suggestion]:
        """Suggestions of that type, best first, possibly none."""
        if type == "translate":
            return self.translate(ticket_id, None, None, caller)
        ticket = visible(self._tickets.get(ticket_id), caller)
        entries = recent(self._tickets, ticket)
        text, history = turn_of(entries, ticket.last_customer_seq)
        question = self._thinker.question(text, history, ticket.subject)
        hits: list[Hit] = []
        if type in ("solution", "reply", "next_action"):
            hits = self._retriever.search(f"{ticket.subject}\n{text}", question.language, EVIDENCE)
        past = self._past(ticket) if type == "similar" else []
        with charged_to(caller.id):
            found = self._copilot.suggest(type, question, utterances(entries), hits, past, self._deadline)
        return [defused(suggestion) for suggestion in found]

    def _past(self, ticket: Ticket) -> list[PastTicket]:
        page = self._tickets.page(TicketFilter(status="resolved"), PAST, None)
        others = [other for other in page.items if other.id != ticket.id]
        return [PastTicket(other.id, other.subject, self._first_words(other)) for other in others]

    def _first_words(self, ticket: Ticket) -> str:
        first = self._tickets.entries(ticket.id, 0, 1)
        return (first[0].content or "") if first else ""


def _spoken(language: str) -> Language:
    return "zh" if language == "zh" else "en"
