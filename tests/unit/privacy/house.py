"""A person with an account, a session, a ticket, a chat and a history, and what it takes to forget them."""

from datetime import timedelta
from typing import Any

from shared.adapters.jwt.certificates import JwsSigner
from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.answers import MemoryReceipts
from shared.adapters.memory.erasures import MemoryAccounts, MemoryErasures
from shared.adapters.memory.identities import MemoryIdentities, MemorySessionOpening, MemorySessions, MemoryUsers
from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.signing_keys import MemoryPublicKeys, MemorySigningKeys
from shared.adapters.memory.tickets import MemoryTickets
from shared.identities.keys import KeyRotation
from shared.identities.models import Session, User
from shared.insights.models import Activity
from shared.privacy.closing import TicketClosing
from shared.privacy.erasing import Erasing
from shared.privacy.exporting import Exporting
from shared.privacy.scrubbing import ActivityScrubber
from shared.privacy.undoing import Undoing
from shared.sealing.receipts import SealedReceipts
from shared.sealing.tickets import SealedTickets
from shared.sealing.users import SealedUsers
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.timeline import Author
from tests.builders import a_caller, an_opening
from tests.contract.identity_stores import a_user
from tests.sealing_house import AGE, House

ADMIN = a_caller("admin")
SECRET = "a canary in a coal mine"


class Registry:
    """One deployment in memory."""

    def __init__(self) -> None:
        self.house = House()
        self.clock: FixedClock = self.house.clock  # type: ignore[assignment]
        self.held, self.activity = MemoryIdentities(), MemoryActivity()
        self.ticket_rows, self.receipt_rows = MemoryTickets(), MemoryReceipts()
        self.tickets = SealedTickets(self.ticket_rows, self.house.sealer)
        self.receipts = SealedReceipts(self.receipt_rows, self.house.sealer)
        self.users = SealedUsers(MemoryUsers(self.held), self.house.sealer)
        self.sessions, self.erasures = MemorySessions(self.held), MemoryErasures()
        self.public, self.signing = MemoryPublicKeys(), MemorySigningKeys()
        KeyRotation(self.public, self.signing, JwtCodec("us", "us"), self.clock, self.house.ids).rotate()
        self.keys: Any = self.house.keys
        self.person = self.a_person("wang@example.com")

    def a_person(self, email: str) -> User:
        """With a session, a ticket that is owed an answer, and a past."""
        user = a_user(email=email, name=SECRET)
        self.users.add(user, "hash", None)
        at = self.clock.now()
        session = Session(self.house.ids.new("ses"), user.id, "hash", at, at)
        activity = Activity(user.id, self.house.ids.new("act"), "login", at, "password")
        MemorySessionOpening(self.held, self.activity).open(session, activity, None)
        for status in ("new", "resolved"):
            opened = an_opening(SECRET, requester_id=user.id, subject=SECRET)
            self.tickets.commit(opened)
            if status == "resolved":
                self.tickets.commit(
                    acts.transition(opened.ticket, "evt_r", Author(user.id, "customer"), at, "resolved", SECRET)
                )
        return user

    def erasing(self, **parts: Any) -> Erasing:
        """The use case, as another process would have it; `parts` stand in."""
        users = MemoryUsers(self.held)
        undoing = Undoing(
            parts.get("accounts") or MemoryAccounts(self.held),
            self.sessions,
            TicketClosing(Committer(parts.get("rows") or self.ticket_rows, self.clock, self.house.ids)),
            parts.get("keys") or self.keys,
            self.clock,
            [ActivityScrubber(parts.get("activity") or self.activity)],
        )
        signer = parts.get("signer") or JwsSigner(self.signing, "us")
        store = parts.get("erasures") or self.erasures
        return Erasing(store, users, undoing, signer, self.clock, self.house.ids, AGE)

    def exporting(self) -> Exporting:
        """Everything of a person."""
        return Exporting(self.users, self.tickets, self.receipts, self.activity)

    def later(self, **delta: float) -> None:
        """Time passes."""
        self.clock.advance(**(delta or {"seconds": AGE.total_seconds()}))

    def kept(self) -> str:
        """Everything that is stored, as text."""
        stores = (self.ticket_rows, self.receipt_rows, self.activity, self.house.keys, self.erasures)
        return repr([vars(store) for store in stores]) + repr(vars(self.held))


HOUR = timedelta(hours=1)
