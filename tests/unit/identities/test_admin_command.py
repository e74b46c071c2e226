"""The command that makes administrators."""

import io

import pytest

from functions.container.admin import run
from tests.unit.identities.people import House

CREATE = ["create", "--email", "Root@Example.com", "--name", "Root", "--password-stdin"]


@pytest.fixture
def house() -> House:
    return House()


def give(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))


def test_it_makes_an_admin_who_can_log_in(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house.signing_keys.keep([])
    give(monkeypatch, "the operator's own")
    assert run(CREATE, house.admins, house.rotation) == 0
    signed_in = house.log_in("root@example.com", "the operator's own")
    assert signed_in.user.role == "admin"
    assert capsys.readouterr().out.strip() == signed_in.user.id


def test_a_weak_password_is_refused_with_the_reason(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, "short")
    assert run([*CREATE, "--language", "zh"], house.admins, house.rotation) == 1
    assert "weak_password" in capsys.readouterr().err
    assert house.held.users == {}


def test_a_password_is_no_argument(house: House) -> None:
    with pytest.raises(SystemExit):
        run([*CREATE, "--password", "the operator's own"], house.admins, house.rotation)


def test_two_different_answers_at_the_prompt_do_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["the operator's own", "the operators own"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    assert run(CREATE[:-1], house.admins, house.rotation) == 2
    assert house.held.users == {}
