"""Random operations on pairs of stores of people, of what proves who they are, and of their keys."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from shared.identities.models import Credentials, LoginCode, Session, User
from shared.insights.models import Activity
from shared.kernel.idempotency import Once
from shared.sealing.models import Branch, DataKey
from tests.contract.identity_stores import a_user
from tests.store_acts import Chance

ROLES = ("customer", "customer", "agent", "admin")
BRANCHES = ("brk_1", "brk_2", "brk_3")


@dataclass
class IdentityActs:
    """People."""

    chance: Chance
    users: list[User] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    codes: list[LoginCode] = field(default_factory=list)

    def acts(self) -> list[Callable[[], object]]:
        """Each as often as it should happen."""
        writing = [self.join, *[self.change] * 2, self.guess, self.prove, self.send_code, self.try_code, self.enter]
        return [*writing, self.enter, self.rotate, self.revoke, self.read, self.list_all, self.act, self.look_back]

    @property
    def _call(self) -> Callable[..., Any]:
        return self.chance.pairs.call

    def _user(self) -> User:
        return self.chance.of(self.users, a_user(id="usr_none"))  # type: ignore[no-any-return]

    def _once(self) -> Once | None:
        once = self.chance.once()
        return once and replace(once, scope="public")

    def join(self) -> None:
        """Register, now and then under an address or a key that is taken."""
        user_id = self.chance.id("usr")
        email = self.chance.of([f"{user_id}@example.com"], self._user().email)
        at = self.chance.instant()
        user = a_user(id=user_id, email=email, role=self.chance.random.choice(ROLES), created_at=at, updated_at=at)
        hash = self.chance.random.choice([None, "hash"])
        if self._call("users.add", user, hash, self._once()) is None:
            self.users.append(user)

    def change(self) -> None:
        """A name or a role, now and then from a version that is past."""
        before = self._user()
        new = {"name": f"Li {self.chance.random.randrange(9)}", "role": self.chance.random.choice(ROLES)}
        after = replace(before, **new, version=before.version + 1, updated_at=self.chance.instant())
        if self._call("users.replace", before, after) is None and self.chance.random.random() < 0.8:
            self.users[self.users.index(before)] = after

    def read(self) -> None:
        """By id, by address, by key."""
        user = self._user()
        self._call("users.get", user.id)
        self._call("users.find_by_email", user.email_key)
        self._call("credentials.find", user.id)
        self._call("sessions.of_user", user.id)
        if (once := self._once()) is not None:
            self._call("users.registered", once)

    def list_all(self) -> None:
        """By role or all."""
        random = self.chance.random
        self.chance.pairs.walk("users.page", random.choice([None, *ROLES]), limit=random.choice([1, 5, 50]))

    def guess(self) -> None:
        """Count an attempt, now and then on what was read before."""
        held = self._call("credentials.find", self._user().id)
        if held is not None:
            other = replace(held, version=held.version + 3)
            before = self.chance.of([held], other)
            self._call("credentials.swap", before, held.proven("hash-2"))

    def prove(self) -> None:
        """Another password."""
        self._call("credentials.put", Credentials(self._user().id, "hash-3", version=self.chance.random.randrange(9)))

    def send_code(self) -> None:
        """One that replaces the one before."""
        key = self._user().email_key
        code = LoginCode.following(self._call("codes.find", key), key, "123456", self.chance.instant())
        if code is not None:
            self._call("codes.put", code)
            self.codes.append(code)

    def try_code(self) -> None:
        """Count an attempt."""
        key = self.codes[-1].email_key if self.codes else "none"
        self._call("codes.attempt", self.chance.of([key], "none"), self.chance.instant())

    def enter(self) -> None:
        """Open a session, with a code now and then."""
        user, at = self._user(), self.chance.instant()
        session = Session(self.chance.id("ses"), user.id, "hash-0", at, at)
        login = Activity(user.id, self.chance.id("act"), "login", at, "password")
        spent = self.chance.random.choice([None, None, *self.codes[-1:]])
        if self._call("opening.open", session, login, spent) is None:
            self.sessions.append(session)

    def rotate(self) -> None:
        """Exchange a token, now and then one that was exchanged."""
        if self.sessions:
            before = self.chance.random.choice(self.sessions[-10:])
            after = before.rotated(f"hash-{self.chance.random.randrange(3)}", before.used_at + timedelta(minutes=1))
            if self._call("sessions.rotate", before, after) and self.chance.random.random() < 0.7:
                self.sessions[self.sessions.index(before)] = after

    def revoke(self) -> None:
        """End one, or none."""
        held = self.chance.of([each.id for each in self.sessions], "ses_none")
        self._call("sessions.revoke", held, self.chance.instant())
        self._call("sessions.find", held)

    def act(self) -> None:
        """Something a person did, told twice now and then; and forgotten now and then."""
        user = self._user()
        act = Activity(user.id, self.chance.id("act"), "ticket", self.chance.instant(), "tkt_1")
        for _ in range(self.chance.random.choice([1, 1, 2])):
            self._call("activity_log.record", act)
        if self.chance.random.random() < 0.1:
            self._call("activity.forget", user.id)

    def look_back(self) -> None:
        """What a person did."""
        self.chance.pairs.walk("activity.of_user", self._user().id, limit=self.chance.random.choice([1, 2, 50]))

    def compare(self) -> None:
        """Everything both hold."""
        for user in self.users:
            self._call("users.get", user.id)
            self._call("users.find_by_email", user.email_key)
            self._call("credentials.find", user.id)
            self._call("codes.find", user.email_key)
            self._call("sessions.of_user", user.id)
            self.chance.pairs.walk("activity.of_user", user.id)
        for session in self.sessions:
            self._call("sessions.find", session.id)
        self.chance.pairs.walk("users.page", None)


@dataclass
class KeyActs:
    """Wrapped keys and branches."""

    chance: Chance
    owners: list[str] = field(default_factory=list)

    def acts(self) -> list[Callable[[], object]]:
        """Each as often as it should happen."""
        return [self.add, self.swap, self.find, self.branch, self.under]

    @property
    def _call(self) -> Callable[..., Any]:
        return self.chance.pairs.call

    def add(self) -> None:
        """A key, now and then of somebody who has one."""
        owner = self.chance.of([self.chance.id("usr")], self.chance.of(self.owners, "usr_1"))
        at, branch = self.chance.instant(), self.chance.random.choice(BRANCHES)
        if self._call("keys.add", DataKey(owner, branch, self.chance.random.randbytes(8), at)):
            self.owners.append(owner)

    def swap(self) -> None:
        """Wrapped again or destroyed, now and then from a version that is past."""
        owner = self.chance.of(self.owners, "usr_none")
        held = self._call("keys.find_many", [owner]).get(owner)
        if held is not None:
            version = self.chance.of([held.version], held.version + 1)
            wrapped = self.chance.random.choice([None, b"again"]) if held.wrapped else None
            changed = replace(held, branch=self.chance.random.choice(BRANCHES), wrapped=wrapped, version=version + 1)
            self._call("keys.swap", replace(held, version=version), changed)

    def find(self) -> None:
        """Several at once."""
        self._call("keys.find_many", [*dict.fromkeys(self.chance.random.choices([*self.owners, "usr_none"], k=5))])

    def branch(self) -> None:
        """A new active one, from the one that is or another; and what there is."""
        active = self._call("keys.active")
        named = self.chance.of([active.id if active else None], "brk_other")
        fresh = Branch(self.chance.id("brk"), b"wrapped", "master", self.chance.instant())
        self._call("keys.add_branch", fresh, named)
        held = self._call("keys.branches")
        if held:
            one = self.chance.random.choice(held)
            again = replace(one, version=self.chance.of([one.version], one.version + 1))
            self._call("keys.swap_branch", again, replace(again, wrapped=b"more", version=again.version + 1))
            if active is not None and one.id != self._call("keys.active").id and self.chance.random.random() < 0.3:
                self._call("keys.drop_branch", one.id)
            self._call("keys.branch", one.id)

    def under(self) -> None:
        """Keys of a branch."""
        self.chance.pairs.walk(
            "keys.under", self.chance.random.choice(BRANCHES), limit=self.chance.random.choice([1, 50])
        )

    def compare(self) -> None:
        """Everything both hold."""
        for start in range(0, len(self.owners), 50):
            self._call("keys.find_many", self.owners[start : start + 50])
        self._call("keys.branches")
        self._call("keys.active")
        for branch in BRANCHES:
            self.chance.pairs.walk("keys.under", branch)
