"""A person is forgotten, wherever a run dies on the way, and a certificate says so."""

from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.jwt.certificates import JwsSigner, read_certificate
from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.erasures import MemoryAccounts
from shared.identities.errors import InvalidToken
from shared.identities.ports import Claims
from shared.kernel.errors import Forbidden, NotFound, PersonErased, Unavailable
from shared.privacy.errors import AdminsStay, BadCertificate
from shared.privacy.models import Certificate
from shared.sealing.sealer import ERASED
from shared.tickets.ports import TicketFilter
from tests.builders import a_caller, an_opening
from tests.contract.identity_stores import a_user
from tests.unit.privacy.house import ADMIN, SECRET, Registry


@pytest.fixture
def registry() -> Registry:
    return Registry()


def done(registry: Registry, user_id: str = "") -> Any:
    """The erasure of the person, run to its end."""
    user_id = user_id or registry.person.id
    registry.erasing().request(user_id, ADMIN)
    registry.later()
    registry.erasing().run_due()
    return registry.erasing().get(user_id, ADMIN)


def test_at_once_the_account_ends_and_the_key_is_gone(registry: Registry) -> None:
    person = registry.person
    erasure = registry.erasing().request(person.id, ADMIN)
    assert erasure.stage == "destroyed"
    assert registry.house.keys.find_many([person.id])[person.id].wrapped is None
    assert registry.users.find_by_email(person.email_key) is None
    assert registry.held.credentials == {}
    assert all(session.revoked_at for session in registry.sessions.of_user(person.id))
    tickets = registry.ticket_rows.page(TicketFilter(requester_id=person.id), 9, None).items
    assert [(ticket.status, ticket.open_turn) for ticket in tickets] == [("closed", None)] * 2


def test_when_no_process_can_remember_the_key_it_is_certified(registry: Registry) -> None:
    registry.erasing().request(registry.person.id, ADMIN)
    assert registry.erasing().run_due() == 0
    registry.later()
    assert registry.erasing().run_due() == 1
    erasure = registry.erasing().get(registry.person.id, ADMIN)
    assert (erasure.stage, erasure.email_key, erasure.scrubbed) == ("done", None, {"activity": 1})
    told = read_certificate(erasure.certificate.jws, erasure.certificate.key)
    assert (told["sub"], told["jti"], told["key_sha256"]) == (registry.person.id, erasure.id, erasure.key_sha256)
    assert told["effective_at"] <= told["completed_at"]
    assert registry.erasing().run_due() == 0


def test_nothing_of_theirs_can_be_read_any_more(registry: Registry) -> None:
    ticket_id = registry.ticket_rows.page(TicketFilter(), 1, None).items[0].id
    done(registry)
    assert SECRET not in registry.kept()
    assert registry.tickets.get(ticket_id).subject == ERASED
    assert {entry.content for entry in registry.tickets.entries(ticket_id, 0, 9)} == {ERASED, None}
    assert registry.users.get(registry.person.id).name == ERASED
    with pytest.raises(PersonErased):
        registry.tickets.commit(an_opening(requester_id=registry.person.id))


def test_others_are_left_alone_and_the_address_is_free(registry: Registry) -> None:
    other = registry.a_person("li@example.com")
    done(registry)
    assert (registry.users.get(other.id).name, registry.users.get(other.id).email) == (other.name, other.email)
    assert registry.tickets.page(TicketFilter(requester_id=other.id), 9, None).items[0].subject == SECRET
    again = a_user(email="wang@example.com")
    registry.users.add(again, None, None)
    assert registry.users.find_by_email(again.email_key) == again


def test_asking_again_tells_of_the_first(registry: Registry) -> None:
    first = registry.erasing().request(registry.person.id, ADMIN)
    assert registry.erasing().request(registry.person.id, ADMIN) == first
    registry.later()
    registry.erasing().run_due()
    assert registry.erasing().request(registry.person.id, ADMIN).id == first.id


def test_a_key_that_came_back_from_a_backup_is_destroyed_again_when_asked(registry: Registry) -> None:
    user_id = registry.person.id
    backup = registry.house.keys.find_many([user_id])[user_id]
    first = done(registry)
    gone = registry.house.keys.find_many([user_id])[user_id]
    assert registry.house.keys.swap(gone, replace(backup, version=gone.version + 1))
    again = done(registry)
    assert registry.house.keys.find_many([user_id])[user_id].wrapped is None
    assert (again.id, again.stage) == (first.id, "done")
    told = read_certificate(again.certificate.jws, again.certificate.key)
    assert told["destroyed_at"] > read_certificate(first.certificate.jws, first.certificate.key)["destroyed_at"]


def test_a_person_without_a_key_gets_none_afterwards(registry: Registry) -> None:
    del registry.house.keys._keys[registry.person.id]
    erasure = done(registry)
    assert erasure.key_sha256 is None
    assert registry.house.keys.find_many([registry.person.id])[registry.person.id].wrapped is None


@pytest.mark.parametrize("role", ["agent", "customer"])
def test_only_administrators_erase(registry: Registry, role: str) -> None:
    for act in (registry.erasing().request, registry.erasing().get):
        with pytest.raises(Forbidden):
            act(registry.person.id, a_caller(role))


def test_administrators_and_strangers_are_not_erased(registry: Registry) -> None:
    registry.held.users[registry.person.id] = replace(registry.held.users[registry.person.id], role="admin")
    with pytest.raises(AdminsStay):
        registry.erasing().request(registry.person.id, ADMIN)
    with pytest.raises(NotFound):
        registry.erasing().request("usr_nobody", ADMIN)
    with pytest.raises(NotFound):
        registry.erasing().get(registry.person.id, ADMIN)


class Dying:
    """A port whose nth call dies, before or after its effect."""

    def __init__(self, target: Any, fuse: "Fuse") -> None:
        self._target, self._fuse = target, fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self._fuse.burn(after=False)
            result = found(*args, **kwargs)
            self._fuse.burn(after=True)
            return result

        return call


class Fuse:
    """Burns once, at the nth call."""

    def __init__(self, at: int, after: bool) -> None:
        self._at, self._after = at, after
        self.calls = 0
        self.burnt = False

    def burn(self, after: bool) -> None:
        """Unavailable at that place."""
        self.calls += not after
        if self.calls == self._at and after == self._after and not self.burnt:
            self.burnt = True
            raise Unavailable


def dying(registry: Registry, fuse: Fuse) -> Any:
    """The use case with every port on one fuse."""
    return registry.erasing(
        accounts=Dying(MemoryAccounts(registry.held), fuse),
        rows=Dying(registry.ticket_rows, fuse),
        keys=Dying(registry.house.keys, fuse),
        activity=Dying(registry.activity, fuse),
        signer=Dying(JwsSigner(registry.signing, "us"), fuse),
        erasures=Dying(registry.erasures, fuse),
    )


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_wherever_it_dies_it_comes_to_the_same_end(after: bool) -> None:
    at, burnt = 0, True
    while burnt:
        at += 1
        registry, fuse = Registry(), Fuse(at, after)
        for _ in range(6):
            try:
                dying(registry, fuse).request(registry.person.id, ADMIN)
                dying(registry, fuse).run_due()
            except Unavailable:
                continue
            registry.later()
        burnt = fuse.burnt
        erasure = registry.erasing().get(registry.person.id, ADMIN)
        assert erasure.stage == "done", (at, after)
        assert SECRET not in registry.kept()
        assert erasure.key_sha256 is not None
        assert registry.activity.of_user(registry.person.id, 9, None).items == []
    assert at > 15


def test_a_certificate_that_was_changed_is_none(registry: Registry) -> None:
    certificate: Certificate = done(registry).certificate
    header, payload, signature = certificate.jws.split(".")
    for place in range(len(payload)):
        other = "A" if payload[place] != "A" else "B"
        changed = f"{header}.{payload[:place]}{other}{payload[place + 1 :]}.{signature}"
        with pytest.raises(BadCertificate):
            read_certificate(changed, certificate.key)
    with pytest.raises(BadCertificate):
        read_certificate(certificate.jws, {**certificate.key, "x": "A" * 43})
    for nothing in ("", "a.b", "a.b.c", certificate.jws + "x"):
        with pytest.raises(BadCertificate):
            read_certificate(nothing, certificate.key)


def test_a_certificate_opens_no_door(registry: Registry) -> None:
    certificate = done(registry).certificate
    with pytest.raises(InvalidToken):
        JwtCodec("us", "us").open(certificate.jws, certificate.key["x"])


def test_an_access_token_is_no_certificate(registry: Registry) -> None:
    key = registry.signing.all()[0]
    token = JwtCodec("us", "us").sign(Claims("usr_1", "admin", "ses_1", 1, 2), key)
    with pytest.raises(BadCertificate):
        read_certificate(token, {"x": JwtCodec("us", "us").public_part(key.secret)})
