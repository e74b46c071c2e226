"""A record nobody can handle is parked by its keys and holds up nobody; what passes by itself is waited for."""

from typing import Any

import pytest

from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.consuming.handlers import stream_handler
from shared.consuming.policy import MalformedJob
from shared.kernel.errors import Misconfigured, Throttled, Unavailable, WriteContention
from shared.sealing.errors import SealBroken
from tests.builders import an_entry
from tests.unit.consuming.test_handlers import CONSUMER, Wiring


class Fanout:
    """Fails at the second entry."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.seen: list[int] = []

    def handle(self, entry: Any) -> None:
        """Nothing, or the failure."""
        self.seen.append(entry.seq)
        if entry.seq == 2:
            raise self._error


class Away:
    """A queue that takes nothing."""

    def send(self, job: Any, delay: int = 0) -> None:
        """Never."""
        raise Unavailable


def record(seq: int) -> dict[str, Any]:
    keys = {"pk": {"S": "T#tkt_1"}, "sk": {"S": f"E#{seq:012d}"}}
    return {"dynamodb": {"SequenceNumber": f"s{seq}", "Keys": keys, "seq": seq}}


def handled(error: Exception, parking: Any) -> tuple[list[str], list[int]]:
    fanout = Fanout(error)
    reader = lambda found: an_entry(seq=found["dynamodb"]["seq"])  # noqa: E731
    wiring = Wiring(fanout=fanout, entry_reader=reader, timeline_parking=parking)
    answer = stream_handler(CONSUMER, wiring)({"Records": [record(n) for n in (1, 2, 3)]}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]], fanout.seen


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), MalformedJob(), SealBroken(), Misconfigured()])
def test_what_will_never_be_handled_is_parked_and_the_stream_goes_on(error: Exception) -> None:
    queue = MemoryQueue(FixedClock())
    assert handled(error, queue) == ([], [1, 2, 3])
    assert [held.job for held in queue.receive()] == [{"pk": "T#tkt_1", "sk": "E#000000000002"}]


@pytest.mark.parametrize("error", [Unavailable(), Throttled(), WriteContention()])
def test_what_passes_by_itself_is_waited_for(error: Exception) -> None:
    queue = MemoryQueue(FixedClock())
    assert handled(error, queue) == (["s2"], [1, 2])
    assert queue.receive() == []


def test_with_nowhere_to_park_it_the_record_is_tried_again_in_its_place() -> None:
    assert handled(ValueError("x"), Away()) == (["s2"], [1, 2])


def test_what_is_parked_holds_keys_and_no_words(caplog: pytest.LogCaptureFixture) -> None:
    handled(ValueError("x"), MemoryQueue(FixedClock()))
    assert any(entry.getMessage() == "record parked" for entry in caplog.records)
    assert "money" not in caplog.text
