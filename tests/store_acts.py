"""Random operations on pairs of stores: right ones, late ones, repeated ones, and ones on what is not there."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.assistant.receipts import Feedback, Receipt
from shared.attachments.models import Attachment
from shared.kernel.idempotency import Once
from shared.kernel.ids import make_id
from shared.tickets import acts
from shared.tickets.ports import TicketFilter
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Author
from tests.builders import AGENT, AGENT_ID, CUSTOMER_ID, OTHER_CUSTOMER_ID, a_blank_ticket
from tests.contract.attachments_contract import an_attachment, shown
from tests.contract.receipts_contract import a_receipt
from tests.random_acts import a_random_act
from tests.store_pairs import Pairs, Refused

BEGIN = datetime(2090, 1, 2, 9, 0, tzinfo=UTC)
"""Far enough: the emulator takes away what has expired, and a twin does not."""
PEOPLE = (CUSTOMER_ID, OTHER_CUSTOMER_ID)
FILTERS = (
    TicketFilter(),
    TicketFilter(requester_id=CUSTOMER_ID),
    TicketFilter(assignee_id=AGENT_ID),
    TicketFilter(requester_id=OTHER_CUSTOMER_ID, status="open"),
    TicketFilter(tag="vip", owner="human"),
    TicketFilter(status="resolved", priority="high"),
    TicketFilter(category="general", assignee_id=AGENT_ID, status="pending"),
)


class Chance:
    """Ids, instants and choices that a seed decides."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.random = pairs.random
        self._made = 0

    def id(self, prefix: str) -> str:
        """A fresh one; later ones sort later."""
        self._made += 1
        return make_id(prefix, 1_767_600_000_000 + self._made, self.random.randbytes(10))

    def instant(self) -> datetime:
        """Within the same hour."""
        return BEGIN + timedelta(milliseconds=self.random.randrange(3_600_000))

    def once(self) -> Once | None:
        """Often none; else one of a few keys of two people, now and then with another body."""
        keys = [Once(who, f"key-{n}", body * 64) for who in PEOPLE for n in range(25) for body in "aaab"]
        return self.random.choice(keys) if self.random.random() < 0.4 else None

    def of(self, known: list[Any], other: Any) -> Any:
        """One of those, or now and then the other."""
        return self.random.choice(known) if known and self.random.random() < 0.95 else other


@dataclass
class TicketActs:
    """Tickets, their files, and what the assistant said on them."""

    chance: Chance
    lives: list[list[Ticket]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    def acts(self) -> list[Callable[[], object]]:
        """Each as often as it should happen."""
        writing = [self.open, *[self.change] * 6, *[self.answer] * 2, self.announce, self.settle, *[self.show_file] * 2]
        reading = [self.read, self.read_entries, self.read_entry, self.page, self.owed, self.result, self.read_file]
        return [*writing, *reading, self.record, self.rate, self.read_receipt, self.read_receipts]

    @property
    def _call(self) -> Callable[..., Any]:
        return self.chance.pairs.call

    def _life(self) -> list[Ticket]:
        return self.chance.random.choice(self.lives)

    def _ticket_id(self) -> str:
        return str(self.chance.of([life[-1].id for life in self.lives[-12:]], "tkt_none"))

    def _commit(self, written: Written, life: list[Ticket]) -> None:
        if self._call("tickets.commit", written, self.chance.once()) is None:
            life.append(written.ticket)

    def open(self) -> None:
        """A new ticket, now and then under a number that is taken."""
        number = self.chance.of([f"{self.chance.random.randrange(10**9):09d}"], "000000001")
        who = self.chance.random.choice(PEOPLE)
        blank = a_blank_ticket(
            id=self.chance.id("tkt"), number=number, requester_id=who, created_at=BEGIN, updated_at=BEGIN
        )
        life: list[Ticket] = []
        self._commit(acts.open_ticket(blank, self.chance.id("msg"), Author(who, "customer"), "求助"), life)
        if life:
            self.lives.append(life)

    def change(self) -> None:
        """What a ticket allows, now and then from a state that is past."""
        life = self._life()
        based_on = life[-1] if self.chance.random.random() < 0.75 else self.chance.random.choice(life)
        written = a_random_act(based_on, self.chance.random, self.chance.id("evt"))
        if written is not None:
            self._commit(written, life)

    def answer(self) -> None:
        """The turn's answer with its receipt, in one write."""
        life = self._life()
        based_on = self.chance.random.choice(life[-2:])
        receipt = self._receipt(based_on.id)
        if based_on.open_turn is None or based_on.status == "closed":
            return
        at = based_on.updated_at + timedelta(seconds=1)
        written = acts.settle_turn(
            based_on, self.chance.id("msg"), at, based_on.open_turn, receipt.reply, answer_id=receipt.id
        )
        if self._call("commits.commit", written, receipt) is None:
            life.append(written.ticket)
            self.receipts.append(receipt)

    def _receipt(self, ticket_id: str | None) -> Receipt:
        random = self.chance.random
        made = a_receipt(id=self.chance.id("ans"), ticket_id=ticket_id, requester_id=random.choice(PEOPLE))
        return replace(made, at=self.chance.instant(), inputs=random.choice([None, "inputs"]))

    def record(self) -> None:
        """A receipt alone, now and then one that is there."""
        fresh = self._receipt(self.chance.random.choice([None, self._ticket_id()]))
        again = self.chance.random.random() < 0.2 and self.receipts
        receipt = replace(self.chance.random.choice(self.receipts), reply="other") if again else fresh
        if self._call("receipts.record", receipt, self.chance.once()) is None and not again:
            self.receipts.append(receipt)

    def rate(self) -> None:
        """What the customer thought."""
        receipt = self.chance.of(self.receipts, self._receipt(None))
        feedback = Feedback(self.chance.random.random() < 0.5, "好", self.chance.instant())
        self._call("receipts.rate", receipt, feedback)

    def read_receipt(self) -> None:
        """One, and what a key was answered."""
        self._call("receipts.get", self.chance.of([each.id for each in self.receipts], "ans_none"))
        if (once := self.chance.once()) is not None:
            self._call("receipts.answered", once)

    def read_receipts(self) -> None:
        """A ticket's and a person's, by pages."""
        limit = self.chance.random.choice([1, 2, 50])
        self.chance.pairs.walk("receipts.of_ticket", self._ticket_id(), limit=limit)
        self.chance.pairs.walk("receipts.of_requester", self.chance.random.choice(PEOPLE), limit=limit)
        self._call("receipts.citing", "art_1", limit)

    def announce(self) -> None:
        """A file, now and then one that is there."""
        life = self._life()
        who, at = life[-1].requester_id, self.chance.instant()
        fresh = an_attachment(life[-1].id, id=self.chance.id("att"), requester_id=who, created_at=at)
        made = self.chance.of([fresh], self.chance.of(self.files, fresh))
        self._call("attachments.add", made)
        if made is fresh:
            self.files.append(made)

    def settle(self) -> None:
        """What was found in it; only the first counts."""
        if self.files:
            state = self.chance.random.choice(["clean", "clean", "refused"])
            found = replace(self.chance.random.choice(self.files[-8:]), state=state, sha256="ab" * 32)
            self._call("attachments.settle", found)

    def show_file(self) -> None:
        """In an entry, whether it is clean or not, shown already or not there."""
        life = self._life()
        if life[-1].status == "closed":
            return
        mine = [each for each in self.files if each.ticket_id == life[-1].id]
        file = self.chance.of(mine, an_attachment(life[-1].id, id="att_none"))
        at = life[-1].updated_at + timedelta(seconds=1)
        self._commit(acts.add_note(life[-1], self.chance.id("evt"), AGENT, "见附件", at, (shown(file),)), life)

    def read_file(self) -> None:
        """One, and a ticket's."""
        file = self.chance.of(self.files, an_attachment("tkt_none"))
        self._call("attachments.get", file.ticket_id, file.id)
        self.chance.pairs.walk("attachments.of_ticket", self._ticket_id(), limit=self.chance.random.choice([1, 2, 50]))

    def read(self) -> None:
        """A ticket."""
        self._call("tickets.get", self._ticket_id())

    def read_entries(self) -> None:
        """Some of a timeline, with and without the requester."""
        random, ticket_id = self.chance.random, self._ticket_id()
        since, limit = random.randrange(6), random.choice([1, 3, 100])
        kinds = random.choice([None, frozenset({"message"}), frozenset({"note", "event"})])
        self._call("tickets.entries", ticket_id, since, limit, kinds)
        self._call("tickets.timeline", ticket_id, since, limit)

    def read_entry(self) -> None:
        """One."""
        self._call("tickets.entry", self._ticket_id(), self.chance.random.randrange(12))

    def page(self) -> None:
        """A list, as far as it goes."""
        random = self.chance.random
        self.chance.pairs.walk("tickets.page", random.choice(FILTERS), limit=random.choice([3, 10, 50]))

    def owed(self) -> None:
        """Turns, and those after the first page."""
        before, limit = BEGIN + timedelta(seconds=self.chance.random.randrange(300)), self.chance.random.choice([1, 5])
        first = self._call("tickets.unsettled", before, limit)
        if first:
            self._call("tickets.unsettled", before, limit, first[-1])

    def result(self) -> None:
        """What a key wrote."""
        if (once := self.chance.once()) is not None:
            self._call("tickets.result_of", once)

    def compare(self) -> None:
        """Everything both hold."""
        for life in self.lives:
            self._call("tickets.get", life[-1].id)
            self._call("tickets.entries", life[-1].id, 0, 1000)
            assert not isinstance(self._call("tickets.timeline", life[-1].id, 0, 1000), Refused)
            self.chance.pairs.walk("attachments.of_ticket", life[-1].id)
            self.chance.pairs.walk("receipts.of_ticket", life[-1].id)
        for receipt in self.receipts:
            self._call("receipts.get", receipt.id)
        for filter in FILTERS:
            self.chance.pairs.walk("tickets.page", filter)
        for who in PEOPLE:
            self.chance.pairs.walk("receipts.of_requester", who)
        self._call("tickets.unsettled", BEGIN + timedelta(days=9), 1000)
