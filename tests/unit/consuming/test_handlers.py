"""Batches of jobs and of change records: each reported by itself, a stream stopped at its first failure."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import pytest

from shared.consuming.handlers import Job, queue_handler, schedule_handler, stream_handler
from shared.consuming.policy import MalformedJob
from shared.kernel.errors import DomainError, Forbidden, NotFound, Unavailable
from shared.tickets.timeline import Entry
from tests.builders import an_entry

WORKER, CONSUMER, SCHEDULE = (
    "functions.workers.answer_turn",
    "functions.events.timeline",
    "functions.schedules.sweep_turns",
)


class Wiring:
    """Gives what a test made."""

    def __init__(self, **objects: Any) -> None:
        self._objects = objects

    def resolve(self, name: str) -> Any:
        """The object of that name."""
        return self._objects[name]


class Turns:
    """Writes down what it was asked; fails where it is told to."""

    def __init__(self, **failing: Exception) -> None:
        self._failing = failing
        self.asked: list[tuple[str, int]] = []

    def answer(self, ticket_id: str, turn: int) -> None:
        """Nothing, or the failure of that ticket."""
        self.asked.append((ticket_id, turn))
        if ticket_id in self._failing:
            raise self._failing[ticket_id]


def event(*jobs: Any) -> dict[str, Any]:
    bodies = [job if isinstance(job, str) else json.dumps(job) for job in jobs]
    return {"Records": [{"messageId": f"m{number}", "body": body} for number, body in enumerate(bodies)]}


def a_job(ticket_id: str = "fine", turn: Any = 1) -> dict[str, Any]:
    return {"ticket_id": ticket_id, "turn": turn}


def failed(turns: Turns, *jobs: Any) -> list[str]:
    answer = queue_handler(WORKER, Wiring(turns=turns))(event(*jobs), None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_jobs_reach_the_modules_function_with_what_it_names() -> None:
    turns = Turns()
    assert failed(turns, a_job("tkt_1", 3), a_job("tkt_2", 1)) == []
    assert turns.asked == [("tkt_1", 3), ("tkt_2", 1)]


def test_a_failed_job_is_reported_alone_and_the_rest_is_done() -> None:
    turns = Turns(down=Unavailable(), broken=KeyError("a defect"))
    assert failed(turns, a_job("down"), a_job(), a_job("broken"), a_job()) == ["m0", "m2"]
    assert len(turns.asked) == 4


def test_a_job_about_something_gone_is_dropped() -> None:
    assert failed(Turns(gone=NotFound()), a_job("gone")) == []


def test_a_job_that_can_never_be_done_stays_for_the_dead_letter_queue() -> None:
    assert failed(Turns(refused=Forbidden()), a_job("refused")) == ["m0"]


@pytest.mark.parametrize(
    "job",
    [
        "not json",
        "",
        "[]",
        "null",
        '"text"',
        "{}",
        {"ticket_id": "tkt_1"},
        {"turn": 1},
        a_job(turn="1"),
        a_job(turn=True),
        a_job(turn=1.5),
        a_job(turn=None),
        {"ticket_id": 7, "turn": 1},
    ],
    ids=json.dumps,
)
def test_a_malformed_job_is_given_up_and_holds_up_nobody(job: Any) -> None:
    turns = Turns()
    assert failed(turns, job, a_job()) == ["m0"]
    assert turns.asked == [("fine", 1)]


def test_a_jobs_values_are_of_their_type_or_malformed() -> None:
    job = Job({"name": "x", "count": 2})
    assert (job.text("name"), job.number("count")) == ("x", 2)
    for wrong in (lambda: job.text("count"), lambda: job.number("name"), lambda: job.text("other")):
        with pytest.raises(MalformedJob):
            wrong()


def test_an_empty_batch_is_done() -> None:
    assert queue_handler(WORKER, Wiring())({}, None) == {"batchItemFailures": []}


def test_a_failure_is_logged_with_its_verdict_and_without_the_jobs_body(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    failed(Turns(), '{"ticket_id": "my secret sorrow"}')
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["record_id"]) == ("record failed: dead_letter", "m0")
    assert "sorrow" not in caplog.text


class Fanout:
    """Writes down what it was given; fails where it is told to."""

    def __init__(self, failing: Mapping[int, DomainError]) -> None:
        self._failing = failing
        self.seen: list[int] = []

    def handle(self, entry: Entry | None) -> None:
        """Nothing, or the failure of that seq."""
        assert entry is not None
        self.seen.append(entry.seq)
        if entry.seq in self._failing:
            raise self._failing[entry.seq]


def streamed(count: int, failing: Mapping[int, DomainError]) -> tuple[list[str], list[int]]:
    """Sequence numbers reported as failed, and the seqs that were handled."""
    fanout = Fanout(failing)
    wiring = Wiring(fanout=fanout, entry_reader=lambda record: an_entry(seq=record["dynamodb"]["seq"]))
    records = [{"eventID": "e", "dynamodb": {"SequenceNumber": f"s{n}", "seq": n}} for n in range(1, count + 1)]
    answer = stream_handler(CONSUMER, wiring)({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]], fanout.seen


def test_a_stream_is_handled_in_order() -> None:
    assert streamed(3, {}) == ([], [1, 2, 3])


def test_a_stream_stops_at_the_first_failure() -> None:
    assert streamed(4, {2: Unavailable(), 3: Unavailable()}) == (["s2"], [1, 2])


def test_a_record_about_something_gone_does_not_stop_a_stream() -> None:
    assert streamed(3, {2: NotFound()}) == ([], [1, 2, 3])


def test_a_schedule_runs_its_function_and_its_failure_counts() -> None:
    class Sweeper:
        sweeps = 0

        def sweep(self) -> int:
            self.sweeps += 1
            if self.sweeps > 1:
                raise Unavailable
            return 0

    sweeper = Sweeper()
    handler = schedule_handler(SCHEDULE, Wiring(turn_sweeper=sweeper))
    assert handler({}, None) == {}
    with pytest.raises(Unavailable):
        handler({}, None)
