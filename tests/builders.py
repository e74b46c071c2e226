"""Things tests need, valid by default; name what matters as a keyword."""

from dataclasses import replace
from typing import Any

from shared.adapters.memory.process import START, FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.identities.caller import Caller
from shared.kernel.idempotency import Once
from shared.kernel.ids import make_id
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.desk import NewTicket
from shared.tickets.ports import TicketStore
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Author, Entry

CUSTOMER_ID = make_id("usr", 1, b"customer--")
OTHER_CUSTOMER_ID = make_id("usr", 2, b"customer-2")
AGENT_ID = make_id("usr", 3, b"agent-----")
OTHER_AGENT_ID = make_id("usr", 4, b"agent---2-")
ADMIN_ID = make_id("usr", 5, b"admin-----")
CUSTOMER = Author(CUSTOMER_ID, "customer")
AGENT = Author(AGENT_ID, "agent")

_ids = SeededIds(7)


def a_caller(role: Any = "customer", **changes: Any) -> Caller:
    """A person of that role."""
    ids = {"customer": CUSTOMER_ID, "agent": AGENT_ID, "admin": ADMIN_ID}
    return replace(Caller(ids[role], role, "ses_1"), **changes)


def a_blank_ticket(**changes: Any) -> Ticket:
    """What a new ticket is before its first entry."""
    blank = Ticket(
        id=_ids.new("tkt"),
        number=_ids.digits(9),
        requester_id=CUSTOMER_ID,
        subject="Refund",
        category="general",
        priority="normal",
        status="new",
        owner="ai",
        created_at=START,
        updated_at=START,
    )
    return replace(blank, **changes)


def an_opening(content: str = "I want my money back.", **changes: Any) -> Written:
    """A new ticket with its first entry."""
    blank = a_blank_ticket(**changes)
    return acts.open_ticket(blank, _ids.new("msg"), Author(blank.requester_id, "customer"), content)


def a_ticket(**changes: Any) -> Ticket:
    """An open ticket of a customer; the keywords override its state."""
    return replace(an_opening().ticket, **changes)


def an_entry(**changes: Any) -> Entry:
    """The customer's first message; the keywords override it."""
    return replace(an_opening().entry, **changes)


def a_new_ticket(**changes: Any) -> NewTicket:
    """What somebody asks for."""
    return replace(NewTicket("Refund", "I want my money back."), **changes)


def a_key(**changes: Any) -> Once:
    """An idempotency key of the customer."""
    return replace(Once(CUSTOMER_ID, "key-1", "f" * 64), **changes)


def a_committer(store: TicketStore | None = None, seed: int = 0) -> Committer:
    """Over a fresh memory store, a clock that stands still and seeded ids."""
    return Committer(store or MemoryTickets(), FixedClock(), SeededIds(seed))


class KnownPeople:
    """A directory of users."""

    def __init__(self, **roles: str) -> None:
        known = {CUSTOMER_ID: "customer", OTHER_CUSTOMER_ID: "customer", AGENT_ID: "agent", OTHER_AGENT_ID: "agent"}
        self._roles = known | {ADMIN_ID: "admin"} | roles

    def role_of(self, user_id: str) -> str | None:
        """The role, None for a stranger."""
        return self._roles.get(user_id)


class Easel:
    """Where answers in the making are shown; keeps them."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, int, int, str]] = []

    def show(self, ticket: Ticket, turn: int, first: int, texts: list[str]) -> None:
        """Pieces."""
        self.shown += [(ticket.id, turn, index, text) for index, text in enumerate(texts, first)]


class Screens:
    """Where a fan-out shows entries; keeps them."""

    def __init__(self) -> None:
        self.shown: list[Entry] = []

    def pushed(self, entry: Entry) -> None:
        """One entry."""
        self.shown.append(entry)


class Followed:
    """Takes notice of entries; keeps them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def handle(self, entry: Entry) -> None:
        """One entry."""
        self.entries.append(entry)


class Told:
    """What a fan-out told other systems; keeps it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def entry(self, entry: Entry) -> None:
        """One entry."""
        self.entries.append(entry)
