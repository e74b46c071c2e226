"""Everything about identities, wired over the memory twins."""

from datetime import timedelta

from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.hasher import QuickHasher
from shared.adapters.memory.identities import (
    MemoryCredentials,
    MemoryIdentities,
    MemoryLoginCodes,
    MemorySessionOpening,
    MemorySessions,
    MemoryUsers,
)
from shared.adapters.memory.outbox import MemoryOutbox
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.memory.signing_keys import MemoryPublicKeys, MemorySigningKeys
from shared.identities.administration import AdminCreation
from shared.identities.caller import Caller
from shared.identities.codes import CodeRequest, CodeSending
from shared.identities.directory import ActivityFeed, Directory
from shared.identities.keys import KeyRotation
from shared.identities.login import CodeLogIn, LogIn, LogOut, PasswordLogIn, Refresh, SignedIn
from shared.identities.models import NewUser, User
from shared.identities.profiles import Profiles
from shared.identities.registration import Registration
from shared.identities.tokens import TokenIssuer, TokenVerifier

PASSWORD = "correct horse battery"


class House:
    """One deployment in memory."""

    def __init__(self) -> None:
        clock, ids = self.clock, self.ids = FixedClock(), SeededIds()
        self.held, self.activity = MemoryIdentities(), MemoryActivity()
        self.hasher, self.outbox, self.jobs, self.here = (
            QuickHasher(),
            MemoryOutbox(),
            MemoryQueue(clock),
            MemoryPresence(clock),
        )
        self.public_keys, self.signing_keys = MemoryPublicKeys(), MemorySigningKeys()
        self.codec = JwtCodec("us", "us")
        self.users, self.credentials = MemoryUsers(self.held), MemoryCredentials(self.held)
        codes, sessions = self.codes, self.sessions = MemoryLoginCodes(self.held), MemorySessions(self.held)
        self.rotation = KeyRotation(self.public_keys, self.signing_keys, self.codec, clock, ids)
        self.rotation.rotate()
        issuer = TokenIssuer(self.signing_keys, self.codec, clock)
        self.verifier = TokenVerifier(self.public_keys, self.codec, clock)
        self.opening = MemorySessionOpening(self.held, self.activity)
        login = LogIn(self.opening, issuer, clock, ids)
        self.registration = Registration(self.users, self.credentials, self.hasher, clock, ids)
        self.password_login = PasswordLogIn(self.users, self.credentials, self.hasher, login, clock, ids)
        self.code_login = CodeLogIn(self.users, codes, login, clock)
        self.code_request = CodeRequest(self.jobs)
        self.code_sending = CodeSending(self.users, codes, self.outbox, clock, ids)
        self.refresh = Refresh(self.users, sessions, issuer, clock, ids)
        self.logout = LogOut(sessions, clock)
        self.profiles = Profiles(self.users, clock, ids)
        self.directory = Directory(self.users, self.here)
        self.feed = ActivityFeed(self.users, self.activity)
        self.admins = AdminCreation(self.users, self.credentials, sessions, self.hasher, clock, ids)

    def register(self, email: str = "li@example.com", password: str | None = PASSWORD) -> User:
        return self.registration.register(NewUser(email, "Li", "zh", password))

    def log_in(self, email: str = "li@example.com", password: str = PASSWORD) -> SignedIn:
        return self.password_login.log_in(email, password)

    def later(self, **delta: float) -> None:
        self.clock.advance(seconds=timedelta(**delta).total_seconds())


def caller(user: User) -> Caller:
    return Caller(user.id, user.role, "ses_none")
