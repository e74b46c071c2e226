"""The assistant over memory twins, with a drafter that does what it is told to."""

from collections.abc import Callable
from typing import Any

from shared.adapters.memory.answers import MemoryAnswerCommits, MemoryReceipts
from shared.adapters.memory.attachments import MemoryAttachments
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.assistant.chat import Chat
from shared.assistant.models import Draft, Entity, Hit, Judgement, Part, Question, Task, Usage
from shared.assistant.ports import Drafter
from shared.assistant.receipts import Receipt
from shared.assistant.thinking import Thinker
from shared.assistant.turns import Turns
from shared.kernel.idempotency import Once
from shared.kernel.texts import Language
from shared.messages.service import Messages, NewMessage
from shared.tickets.committing import Committer
from shared.tickets.desk import TicketDesk
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry
from tests.builders import Easel, KnownPeople, a_caller, a_new_ticket
from tests.unit.assistant.evidence import a_draft, a_hit, a_quote

DEADLINE = 20.0
HIT = a_hit()
QUOTE = "Refunds are paid within 5 working days to the card you used."
USED = Usage(120, 30)
CUSTOMER, AGENT = a_caller(), a_caller("agent")


def a_good_draft(**changes: Any) -> Draft:
    """An answer that stands up to every check."""
    part = Part(QUOTE, (a_quote(HIT, QUOTE),))
    return a_draft(part, **{"engine": "openai/tiny", "usage": USED, **changes})


class ScriptedDrafter:
    """Gives one outcome, after something happened `meanwhile`; keeps what it was asked."""

    def __init__(self, outcome: Draft | BaseException | None = None) -> None:
        self.outcome = outcome or a_good_draft()
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[Question] = []
        self.deadlines: list[float] = []

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """The outcome."""
        self.asked.append(question)
        self.deadlines.append(deadline)
        self.meanwhile()
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


class Labels:
    """Tells Chinese from English, everything else by what it was made with."""

    def __init__(self, **labels: str) -> None:
        self._labels = {"sentiment": "neutral", "intent": "other"} | labels
        self.asked: list[tuple[Task, str]] = []

    def classify(self, task: Task, text: str) -> Judgement:
        """A sure label."""
        self.asked.append((task, text))
        if task == "language" and task not in self._labels:
            return Judgement("zh" if any("\u4e00" <= each <= "\u9fff" for each in text) else "en", 1.0)
        return Judgement(self._labels.get(task, "other"), 0.95)

    def entities(self, text: str) -> list[Entity]:
        """One, the whole text."""
        return [Entity("order_number", text, 0, len(text))]


class Shelf:
    """A retriever with the same hits for everything; keeps its queries."""

    def __init__(self, *hits: Hit) -> None:
        self._hits = list(hits)
        self.queries: list[str] = []

    def snapshot(self) -> str:
        """Always the same."""
        return "snapshot-1"

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The hits."""
        self.queries.append(query)
        return self._hits[:limit]


class House:
    """One deployment with one ticket."""

    def __init__(self, drafter: Drafter | None = None, labels: Labels | None = None, opening: str = "When?") -> None:
        self.scripted = ScriptedDrafter()
        self.entries: list[Entry] = []
        self.tickets = MemoryTickets(self.entries.append)
        self.receipts = MemoryReceipts()
        self.clock, self.ids = FixedClock(), SeededIds(3)
        self.committer = Committer(self.tickets, self.clock, self.ids)
        self.desk, self.messages = TicketDesk(self.committer), Messages(self.committer, MemoryAttachments(self.tickets))
        self.elapsed = 0.0
        self.easel = Easel()
        self.labels, self.shelf = labels or Labels(), Shelf(HIT)
        self.thinker = Thinker(self.labels, self.shelf, drafter or self.scripted, lambda: self.elapsed)
        commits = MemoryAnswerCommits(self.tickets, self.receipts)
        self.turns = Turns(self.committer, commits, self.receipts, self.thinker, self.easel, DEADLINE)
        self.chat = Chat(self.messages, self.turns, self.thinker, self.receipts, self.clock, self.ids, DEADLINE)
        new = a_new_ticket(subject="", description=opening)
        self.ticket_id = self.desk.open(new, CUSTOMER, KnownPeople(), None).id

    @property
    def ticket(self) -> Ticket:
        """As it is now."""
        return self.tickets.get(self.ticket_id)

    @property
    def spoken(self) -> list[Entry]:
        """What the assistant said."""
        return [entry for entry in self.tickets.entries(self.ticket_id, 0, 1000) if entry.type == "ai"]

    @property
    def last(self) -> Entry:
        """The newest entry."""
        return self.tickets.entry(self.ticket_id, self.ticket.seq)

    def says(self, content: str = "Hello?", once: Once | None = None) -> int:
        """The customer's message; its turn."""
        return self.messages.add(self.ticket_id, NewMessage(content), CUSTOMER, once).seq

    def claim(self) -> None:
        """An agent takes the ticket."""
        self.desk.assign(self.ticket_id, AGENT.id, AGENT, KnownPeople())

    def discarded(self) -> list[Receipt]:
        """Receipts of runs that came to nothing."""
        kept = self.receipts._receipts.values()
        return [receipt for receipt in kept if receipt.outcome == "discarded"]
