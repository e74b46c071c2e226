"""Change records of people, as changes of what they may do."""

from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.dynamodb.standing import standing_change_from
from shared.adapters.dynamodb.user_items import credentials_row, session_row, user_row
from shared.adapters.dynamodb.values import to_item
from shared.adapters.memory.process import START
from shared.identities.models import Credentials, Session, User
from shared.realtime.models import StandingChange

USER = User("usr_1", "a@example.com", "A", "agent", "en", START, START)
SESSION = Session("ses_1", "usr_1", "h", START, START)


def record(before: dict[str, Any], after: dict[str, Any] | None) -> dict[str, Any]:
    images = {"OldImage": to_item(before), **({"NewImage": to_item(after)} if after else {})}
    return {"eventName": "MODIFY" if after else "REMOVE", "dynamodb": images}


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (replace(USER, role="customer"), StandingChange("usr_1", role="customer")),
        (replace(USER, disabled=True), StandingChange("usr_1")),
        (replace(USER, last_seen_at=START), None),
        (replace(USER, name="B"), None),
    ],
)
def test_a_user_who_may_do_something_else(after: User, change: StandingChange | None) -> None:
    assert standing_change_from(record(user_row(USER), user_row(after))) == change


def test_a_user_who_is_gone_may_do_nothing() -> None:
    assert standing_change_from(record(user_row(USER), None)) == StandingChange("usr_1")


def test_a_session_ends_once() -> None:
    ended = session_row(replace(SESSION, revoked_at=START))
    change = StandingChange("usr_1", session_id="ses_1")
    assert standing_change_from(record(session_row(SESSION), ended)) == change
    assert standing_change_from(record(session_row(SESSION), None)) == change
    assert standing_change_from(record(ended, None)) is None
    assert standing_change_from(record(session_row(SESSION), session_row(replace(SESSION, rotations=1)))) is None


def test_what_is_new_and_what_is_no_standing_changes_nothing() -> None:
    password = credentials_row(Credentials("usr_1", "hash"))
    assert standing_change_from(record(password, password | {"failures": 1})) is None
    assert standing_change_from({"eventName": "INSERT", "dynamodb": {"NewImage": to_item(user_row(USER))}}) is None
