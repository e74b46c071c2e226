"""What the emulator's snapshots and journal promise, without the emulator."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from local.emulator.autosave import called
from local.emulator.journal import Journal
from local.emulator.store import Store


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


def a_store(tmp_path: Path, journal: Journal, states: dict[str, Any]) -> Store:
    get_states = {name: partial(states.get, name) for name in states}
    return Store(tmp_path, lambda: get_states, lambda _, state: json.dumps(state), journal)


def test_a_journal_returns_what_was_flushed_in_order(journal: Journal, tmp_path: Path) -> None:
    for entry in (["a"], ["b"]):
        journal.add(entry)
    journal.flush()
    journal.add(["never flushed"])
    assert Journal(tmp_path / "journal").entries() == [["a"], ["b"]]


def test_a_spoiled_end_of_the_journal_is_left_out(journal: Journal, tmp_path: Path) -> None:
    journal.add(["whole"])
    journal.flush()
    with (tmp_path / "journal").open("ab") as file:
        file.write(b'[["cut of')
    assert journal.entries() == [["whole"]]


def test_a_snapshot_of_the_tables_ends_the_journal(journal: Journal, tmp_path: Path) -> None:
    journal.add(["a"])
    journal.flush()
    a_store(tmp_path, journal, {"dynamodb": {}}).save("dynamodb")
    assert journal.entries() == []
    assert journal.size == 0


def test_a_small_service_is_saved_at_once(journal: Journal, tmp_path: Path) -> None:
    states = {"sqs": {"n": 1}}
    store = a_store(tmp_path, journal, states)
    for number in (1, 2):
        states["sqs"]["n"] = number
        store.touched("sqs")
        assert json.loads((tmp_path / "sqs.json").read_text()) == {"n": number}


def test_an_unchanged_service_is_not_written_again(journal: Journal, tmp_path: Path) -> None:
    store = a_store(tmp_path, journal, {"sqs": {}})
    store.save("sqs")
    (tmp_path / "sqs.json").unlink()
    store.save("sqs")
    assert not (tmp_path / "sqs.json").exists()


def test_what_cannot_be_saved_leaves_the_last_snapshot(
    journal: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    states: dict[str, Any] = {"sqs": {"n": 1}}
    store = a_store(tmp_path, journal, states)
    store.save("sqs")
    states["sqs"] = {"n": object()}
    store.save_all()
    assert json.loads((tmp_path / "sqs.json").read_text()) == {"n": 1}
    assert "sqs could not be saved" in capsys.readouterr().err


def test_service_and_action_are_read_from_a_signed_request() -> None:
    scope = b"AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host"
    headers = [(b"Authorization", scope), (b"x-amz-target", b"AmazonSQS.SendMessage")]
    assert called(headers) == ("sqs", "SendMessage")
    assert called([]) == ("", "")
