"""What every store of passwords, codes and sessions owes."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from shared.adapters.memory.process import START
from shared.identities.errors import InvalidCode, InvalidCredentials
from shared.identities.models import MAX_CODE_ATTEMPTS, Credentials, LoginCode, Session, User, email_key
from shared.insights.models import Activity
from shared.kernel.ids import new_id
from tests.contract.identity_stores import StoreCases, Stores, a_user

LATER = START + timedelta(minutes=1)


def known(stores: Stores) -> User:
    user = a_user()
    stores.users.add(user, "hash", None)
    return user


def a_session(user: User) -> Session:
    return Session(new_id("ses"), user.id, "hash-1", START, START)


def a_login(user: User) -> Activity:
    return Activity(user.id, new_id("act"), "login", START, "password")


def a_code(user: User) -> LoginCode:
    code = LoginCode.following(None, email_key(user.email), "123456", START)
    assert code is not None
    return code


def opened(stores: Stores) -> Session:
    user = known(stores)
    session = a_session(user)
    stores.opening.open(session, a_login(user), None)
    return session


class TestCredentials(StoreCases):
    """Passwords."""

    def test_a_swap_needs_the_version_it_read(self, stores: Stores) -> None:
        held = stores.credentials.find(known(stores).id)
        assert held is not None
        counted = held.attempted(START)
        assert stores.credentials.swap(held, counted)
        assert not stores.credentials.swap(held, held.proven("other"))
        assert stores.credentials.find(held.user_id) == counted

    def test_one_of_several_swaps_wins(self, stores: Stores) -> None:
        held = stores.credentials.find(known(stores).id)
        assert held is not None
        changed = [held.proven(f"hash-{n}") for n in range(4)]
        won = stores.race(*(partial(stores.credentials.swap, held, after) for after in changed))
        assert won.count(True) == 1

    def test_put_replaces_whatever_was_there(self, stores: Stores) -> None:
        user = a_user()
        stores.credentials.put(Credentials(user.id, "new", failures=2, failed_at=START))
        assert stores.credentials.find(user.id) == Credentials(user.id, "new", failures=2, failed_at=START)

    def test_a_swap_makes_no_credentials(self, stores: Stores) -> None:
        none = Credentials(new_id("usr"), "hash")
        assert not stores.credentials.swap(none, none.attempted(START))
        assert stores.credentials.find(none.user_id) is None


class TestLoginCodes(StoreCases):
    """Codes."""

    def test_a_code_comes_back_whole_and_is_replaced(self, stores: Stores) -> None:
        code = a_code(a_user())
        stores.codes.put(code)
        assert stores.codes.find(code.email_key) == code
        second = replace(code, code_hash="other", sent=2)
        stores.codes.put(second)
        assert stores.codes.find(code.email_key) == second

    def test_attempts_are_counted_and_run_out(self, stores: Stores) -> None:
        code = a_code(a_user())
        stores.codes.put(code)
        counted = [stores.codes.attempt(code.email_key, START) for _ in range(MAX_CODE_ATTEMPTS + 1)]
        assert [held and held.attempts for held in counted] == [1, 2, 3, 4, 5, None]

    def test_parallel_attempts_are_all_counted(self, stores: Stores) -> None:
        code = a_code(a_user())
        stores.codes.put(code)
        held = stores.race(*[partial(stores.codes.attempt, code.email_key, START)] * 8)
        assert sum(each is not None for each in held) == MAX_CODE_ATTEMPTS

    def test_an_expired_or_missing_code_has_no_attempts(self, stores: Stores) -> None:
        code = a_code(a_user())
        assert stores.codes.attempt(code.email_key, START) is None
        stores.codes.put(code)
        assert stores.codes.attempt(code.email_key, code.expires_at) is None


class TestSessions(StoreCases):
    """Sessions."""

    def test_a_log_in_stores_session_last_seen_and_activity(self, stores: Stores) -> None:
        user = known(stores)
        session, login = replace(a_session(user), used_at=LATER), a_login(user)
        stores.opening.open(session, login, None)
        assert stores.sessions.find(session.id) == session
        assert stores.users.get(user.id) == replace(user, last_seen_at=LATER)
        assert stores.activity.of_user(user.id, 5, None).items == [login]

    def test_a_code_opens_one_session(self, stores: Stores) -> None:
        user = known(stores)
        code = a_code(user)
        stores.codes.put(code)
        first, second = a_session(user), a_session(user)
        stores.opening.open(first, a_login(user), code)
        assert stores.codes.find(code.email_key) is None
        with pytest.raises(InvalidCode):
            stores.opening.open(second, a_login(user), code)
        assert stores.sessions.find(second.id) is None
        assert len(stores.activity.of_user(user.id, 5, None).items) == 1

    def test_a_replaced_code_opens_nothing(self, stores: Stores) -> None:
        user = known(stores)
        code = a_code(user)
        stores.codes.put(replace(code, code_hash="newer"))
        with pytest.raises(InvalidCode):
            stores.opening.open(a_session(user), a_login(user), code)
        assert stores.codes.find(code.email_key) is not None

    def test_a_user_who_is_gone_cannot_log_in(self, stores: Stores) -> None:
        ghost = a_user()
        session = a_session(ghost)
        with pytest.raises(InvalidCredentials):
            stores.opening.open(session, a_login(ghost), None)
        assert stores.sessions.find(session.id) is None

    def test_a_token_is_exchanged_once(self, stores: Stores) -> None:
        session = opened(stores)
        assert stores.sessions.rotate(session, session.rotated("hash-2", LATER))
        assert not stores.sessions.rotate(session, session.rotated("hash-3", LATER))
        assert stores.sessions.find(session.id) == session.rotated("hash-2", LATER)
        assert stores.users.get(session.user_id).last_seen_at == LATER

    def test_parallel_exchanges_of_a_token_have_one_winner(self, stores: Stores) -> None:
        session = opened(stores)
        renewed = [session.rotated(f"hash-{n}", LATER) for n in range(2, 8)]
        won = stores.race(*(partial(stores.sessions.rotate, session, after) for after in renewed))
        assert won.count(True) == 1
        assert stores.sessions.find(session.id) == renewed[won.index(True)]

    def test_a_repeated_exchange_finds_its_own_effect(self, stores: Stores) -> None:
        session = opened(stores)
        renewed = session.rotated("hash-2", LATER)
        assert stores.sessions.rotate(session, renewed)
        assert stores.sessions.rotate(session, renewed)

    def test_a_revoked_session_rotates_no_more(self, stores: Stores) -> None:
        session = opened(stores)
        stores.sessions.revoke(session.id, LATER)
        stores.sessions.revoke(session.id, LATER + timedelta(hours=1))
        assert not stores.sessions.rotate(session, session.rotated("hash-2", LATER))
        assert stores.sessions.find(session.id) == replace(session, revoked_at=LATER)

    def test_revoking_a_missing_session_makes_none(self, stores: Stores) -> None:
        missing = new_id("ses")
        stores.sessions.revoke(missing, LATER)
        assert stores.sessions.find(missing) is None
        assert not stores.sessions.rotate(replace(opened(stores), id=missing), a_session(a_user()))

    def test_a_users_sessions_are_listed_newest_first(self, stores: Stores) -> None:
        user = known(stores)
        made = [replace(a_session(user), created_at=START + timedelta(seconds=n)) for n in range(3)]
        for session in made:
            stores.opening.open(session, a_login(user), None)
        opened(stores)
        assert stores.sessions.of_user(user.id) == made[::-1]
        assert stores.users.page("customer", 10, None).items != []
