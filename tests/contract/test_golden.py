"""What every store of test questions owes: in memory, over moto, and over the emulator where it runs."""

from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.golden import DynamoGolden
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.golden import MemoryGolden
from shared.adapters.memory.process import START
from shared.assistant.golden import Expected, GoldenQuestion, question_id
from shared.assistant.golden_ports import GoldenStore
from shared.kernel.errors import NotFound
from shared.topology.resources import table
from tests.contract.test_ticket_store import set_aws

EXPECTED = Expected("art_1", ("Refunds", "How"))


def a_question(words: str = "怎么退款", expected: Expected = EXPECTED) -> GoldenQuestion:
    return GoldenQuestion(question_id("zh", words), "zh", words, expected, 1, START, START, "usr_1")


@pytest.fixture(params=["memory", "moto", "emulator"])
def golden(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoldenStore]:
    if request.param == "memory":
        yield MemoryGolden()
    elif request.param == "moto":
        set_aws(monkeypatch)
        with mock_aws():
            boto3.client("dynamodb").create_table(**table_request("knowledge", table("knowledge")))
            yield DynamoGolden(Boto3Transport(), "knowledge")
    else:
        names = request.getfixturevalue("emulator").fresh()
        set_aws(monkeypatch, **names)
        yield DynamoGolden(Boto3Transport(), names["TABLE_KNOWLEDGE"])


@pytest.mark.parametrize("expected", [EXPECTED, Expected("art_1"), Expected(None)])
def test_what_is_added_is_read_again(golden: GoldenStore, expected: Expected) -> None:
    assert golden.add(a_question(expected=expected))
    assert golden.get(a_question().id) == a_question(expected=expected)


def test_the_first_stays(golden: GoldenStore) -> None:
    golden.add(a_question())
    assert not golden.add(replace(a_question(), expected=Expected(None)))
    assert golden.get(a_question().id) == a_question()


def test_pages_go_by_id_to_the_end(golden: GoldenStore) -> None:
    kept = sorted((a_question(words) for words in "abcde"), key=lambda question: question.id)
    for question in kept:
        golden.add(question)
    first = golden.page(2, None)
    second = golden.page(2, first.next)
    last = golden.page(2, second.next)
    assert [*first.items, *second.items, *last.items] == kept
    assert last.next is None
    assert golden.page(5, None).next is None


def test_only_the_version_that_was_read_is_replaced(golden: GoldenStore) -> None:
    before = a_question()
    after = replace(before, version=2, expected=Expected(None))
    assert not golden.swap(before, after)
    golden.add(before)
    assert golden.swap(before, after)
    assert not golden.swap(before, after)
    assert golden.get(before.id) == after


def test_what_is_removed_is_gone(golden: GoldenStore) -> None:
    golden.add(a_question())
    golden.remove(a_question().id)
    for missing in (golden.get, golden.remove):
        with pytest.raises(NotFound):
            missing(a_question().id)
