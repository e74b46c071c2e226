"""Logging in, staying logged in, leaving."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.identities.errors import (
    InvalidCode,
    InvalidCredentials,
    InvalidRefreshToken,
    NoSigningKey,
    RefreshTokenReused,
    TooManyAttempts,
)
from shared.identities.models import MAX_CODES_PER_WINDOW, ProfileChange, email_key
from shared.kernel.errors import DomainError
from tests.unit.identities.people import House, caller


@pytest.fixture
def house() -> House:
    house = House()
    house.register()
    return house


def fail(house: House, times: int) -> None:
    for _ in range(times):
        with pytest.raises(InvalidCredentials):
            house.log_in(password="wrong password")


def code_of(house: House) -> str:
    return "".join(filter(str.isdigit, house.outbox.sent[-1].text))[:6]


def taken(house: House) -> dict[str, str]:
    """The job in the queue."""
    (held,) = house.jobs.receive()
    house.jobs.delete(held.id)
    return held.job


def ask(house: House, email: str = "li@example.com") -> bool:
    house.code_request.request(email)
    return house.code_sending.send(taken(house)["email_key"])


def test_a_log_in_is_seen_and_recorded(house: House) -> None:
    house.later(hours=1)
    signed_in = house.log_in("LI@example.com")
    me = house.users.get(signed_in.user.id)
    assert me.last_seen_at == house.clock.now()
    assert [act.type for act in house.feed.of_user(caller(me), me.id, 10, None).items] == ["login"]
    assert house.verifier.caller(signed_in.access.token).id == me.id


def test_an_unknown_address_costs_as_much_as_a_wrong_password(house: House) -> None:
    house.register("code@example.com", password=None)
    for email in ("nobody@example.com", "code@example.com", "li@example.com"):
        before = house.hasher.checks
        with pytest.raises(InvalidCredentials):
            house.log_in(email, "wrong password")
        assert house.hasher.checks == before + 1


def test_five_failures_lock_for_fifteen_minutes(house: House) -> None:
    fail(house, 5)
    house.later(minutes=5)
    with pytest.raises(TooManyAttempts) as caught:
        house.log_in()
    assert caught.value.facts["retry_after"] == 600
    house.later(minutes=10)
    assert house.log_in()


def test_success_forgets_failures(house: House) -> None:
    for _ in range(3):
        fail(house, 4)
        house.log_in()


def test_parallel_guesses_are_all_counted(house: House) -> None:
    def guess(n: int) -> str:
        try:
            house.log_in(password=f"guess number {n}")
        except DomainError as error:
            return error.code
        return "in"

    before = house.hasher.checks
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(30)))
    assert house.hasher.checks - before <= 5
    assert "in" not in outcomes


def test_an_old_hash_is_renewed_at_log_in(house: House) -> None:
    house.hasher._parameters = "v2"
    signed_in = house.log_in()
    held = house.credentials.find(signed_in.user.id)
    assert held is not None
    assert held.password_hash.startswith("v2$")


def test_without_keys_no_session_is_opened() -> None:
    house = House()
    house.signing_keys.keep([])
    house.register()
    with pytest.raises(NoSigningKey):
        house.log_in()
    assert house.held.sessions == {}


def test_a_code_logs_in_once(house: House) -> None:
    assert ask(house)
    assert house.outbox.sent[-1].to == "li@example.com"
    assert "验证码" in house.outbox.sent[-1].text
    code = code_of(house)
    assert house.code_login.log_in("Li@example.com", code).user.email == "li@example.com"
    with pytest.raises(InvalidCode):
        house.code_login.log_in("li@example.com", code)


def test_an_unknown_address_gets_no_code_and_the_same_answer(house: House) -> None:
    assert not ask(house, "nobody@example.com")
    assert house.outbox.sent == []
    with pytest.raises(InvalidCode):
        house.code_login.log_in("nobody@example.com", "123456")


def test_jobs_hold_no_address(house: House) -> None:
    house.code_request.request("Li@example.com")
    assert taken(house) == {"email_key": email_key("li@example.com")}


def test_five_wrong_codes_spend_the_right_one(house: House) -> None:
    ask(house)
    code = code_of(house)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(InvalidCode):
            house.code_login.log_in("li@example.com", wrong)
    with pytest.raises(InvalidCode):
        house.code_login.log_in("li@example.com", code)


def test_a_code_expires_and_a_new_one_replaces_it(house: House) -> None:
    ask(house)
    first = code_of(house)
    ask(house)
    second = code_of(house)
    with pytest.raises(InvalidCode):
        house.code_login.log_in("li@example.com", first)
    house.later(minutes=10)
    with pytest.raises(InvalidCode):
        house.code_login.log_in("li@example.com", second)


def test_codes_per_hour_are_bounded(house: House) -> None:
    sent = [ask(house) for _ in range(MAX_CODES_PER_WINDOW + 2)]
    assert sent == [True] * MAX_CODES_PER_WINDOW + [False, False]
    house.later(hours=1)
    assert ask(house)


def test_refresh_rotates(house: House) -> None:
    first = house.log_in()
    house.later(minutes=20)
    second = house.refresh.refresh(first.refresh_token)
    third = house.refresh.refresh(second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert house.users.get(first.user.id).last_seen_at == house.clock.now()


def test_a_reused_token_ends_the_family(house: House) -> None:
    stolen = house.log_in().refresh_token
    good = house.refresh.refresh(stolen).refresh_token
    with pytest.raises(RefreshTokenReused):
        house.refresh.refresh(stolen)
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(good)


def test_a_race_of_two_holders_never_serves_both(house: House) -> None:
    token = house.log_in().refresh_token

    def exchange(_: int) -> str | None:
        try:
            return house.refresh.refresh(token).refresh_token
        except (RefreshTokenReused, InvalidRefreshToken):
            return None

    with ThreadPoolExecutor(4) as pool:
        got = [each for each in pool.map(exchange, range(4)) if each]
    assert len(got) <= 1
    for each in got:
        with pytest.raises(InvalidRefreshToken):
            house.refresh.refresh(each)


def test_reuse_leaves_other_sessions_alone(house: House) -> None:
    stolen, other = house.log_in().refresh_token, house.log_in().refresh_token
    house.refresh.refresh(stolen)
    with pytest.raises(RefreshTokenReused):
        house.refresh.refresh(stolen)
    assert house.refresh.refresh(other)


@pytest.mark.parametrize("token", ["", ".", "ses_x.y", "nonsense", "ses_00000000000000000000000000.abc"])
def test_nonsense_is_no_refresh_token(house: House, token: str) -> None:
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(token)


def test_a_session_idle_for_thirty_days_ends(house: House) -> None:
    token = house.log_in().refresh_token
    house.later(days=30)
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(token)


def test_a_session_ends_after_ninety_days_however_busy(house: House) -> None:
    token = house.log_in().refresh_token
    for _ in range(4):
        house.later(days=20)
        token = house.refresh.refresh(token).refresh_token
    house.later(days=10)
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(token)


def test_logging_out_ends_the_session_and_repeats_are_fine(house: House) -> None:
    signed_in = house.log_in()
    session = house.verifier.caller(signed_in.access.token).session_id
    house.logout.log_out(session)
    house.logout.log_out(session)
    with pytest.raises(InvalidRefreshToken):
        house.refresh.refresh(signed_in.refresh_token)


def test_refresh_brings_a_new_role(house: House) -> None:
    signed_in = house.log_in()
    user = house.users.get(signed_in.user.id)
    house.users.replace(user, user.changed(ProfileChange(role="agent"), house.clock.now()))
    assert house.verifier.caller(signed_in.access.token).role == "customer"
    assert house.verifier.caller(house.refresh.refresh(signed_in.refresh_token).access.token).role == "agent"
