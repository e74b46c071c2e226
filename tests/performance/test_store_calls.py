"""An operation's calls to the store are counted, and do not grow unseen."""

from collections.abc import Iterator

import pytest

from tests.performance import store_calls


@pytest.fixture(scope="module")
def counted() -> Iterator[dict[str, list[str]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        for name, value in store_calls.ENVIRONMENT.items():
            patch.setenv(name, value)
        yield store_calls.counted()


def test_opening_a_ticket_is_one_transaction(counted: dict[str, list[str]]) -> None:
    assert counted["create a ticket"] == ["TransactWriteItems"]


def test_posting_a_message_is_one_read_and_one_transaction(counted: dict[str, list[str]]) -> None:
    assert counted["post a message"] == ["GetItem", "TransactWriteItems"]


@pytest.mark.parametrize(
    "name",
    ["get a ticket", "list tickets (25)", "timeline, first page", "timeline, next page", "timeline, nothing new"],
)
def test_a_read_is_one_call(counted: dict[str, list[str]], name: str) -> None:
    assert len(counted[name]) == 1
