"""Turns that were lost on the way are found and answered."""

import logging

import pytest

from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.messages import sweeping
from shared.messages.sweeping import OWED_FOR, TurnSweeper
from tests.builders import an_opening
from tests.unit.assistant.house import House

LATE = OWED_FOR.total_seconds() + 1
SETTLE = 2


class Night:
    """A house whose stream and queue lost everything."""

    def __init__(self) -> None:
        self.house = House()
        self.queue = MemoryQueue(self.house.clock)
        self.sweeper = TurnSweeper(self.house.tickets, self.queue, self.house.clock, SETTLE)

    def jobs(self) -> list[dict[str, object]]:
        self.house.clock.advance(seconds=SETTLE)
        return [held.job for held in self.queue.receive(most=1000)]


@pytest.fixture
def night() -> Night:
    return Night()


def test_a_turn_owed_for_long_is_queued(night: Night) -> None:
    newest = night.house.says("Anybody?")
    night.house.clock.advance(seconds=LATE)
    assert night.sweeper.sweep() == 1
    assert night.jobs() == [{"ticket_id": night.house.ticket_id, "turn": newest}]


def test_a_turn_that_may_still_be_at_work_is_left_alone(night: Night) -> None:
    night.house.clock.advance(seconds=LATE - 2)
    assert night.sweeper.sweep() == 0
    assert night.jobs() == []


def test_a_customer_who_waited_long_and_has_just_written_again_is_given_time_to_finish(night: Night) -> None:
    night.house.clock.advance(seconds=LATE)
    newest = night.house.says("And one more thing")
    assert night.sweeper.sweep() == 1
    assert night.queue.receive() == []
    assert night.jobs() == [{"ticket_id": night.house.ticket_id, "turn": newest}]


def test_answered_turns_and_peoples_tickets_are_not_swept(night: Night) -> None:
    night.house.turns.answer(night.house.ticket_id, 1)
    night.house.clock.advance(seconds=LATE)
    assert night.sweeper.sweep() == 0
    night.house.says()
    night.house.claim()
    night.house.clock.advance(seconds=LATE)
    assert night.sweeper.sweep() == 0


def test_a_turn_swept_twice_is_answered_once(night: Night) -> None:
    night.house.clock.advance(seconds=LATE)
    night.sweeper.sweep()
    night.sweeper.sweep()
    for job in night.jobs():
        night.house.turns.answer(str(job["ticket_id"]), int(str(job["turn"])))
    assert len(night.house.spoken) == 1
    assert night.sweeper.sweep() == 0


def test_one_sweep_takes_a_bounded_number_the_longest_waiting_first(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 10)
    monkeypatch.setattr(sweeping, "MOST_BATCHES", 3)
    clock: FixedClock = night.house.clock
    for _ in range(35):
        clock.advance(seconds=1)
        night.house.tickets.commit(an_opening(created_at=clock.now(), updated_at=clock.now()))
    clock.advance(seconds=LATE)
    assert night.sweeper.sweep() == 30
    jobs = night.jobs()
    assert jobs[0]["ticket_id"] == night.house.ticket_id
    assert len({str(job["ticket_id"]) for job in jobs}) == 30


def test_a_sweep_that_found_something_is_logged_by_number(night: Night, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    night.sweeper.sweep()
    assert caplog.records == []
    night.house.clock.advance(seconds=LATE)
    night.sweeper.sweep()
    assert [(record.getMessage(), vars(record)["count"]) for record in caplog.records] == [("turns swept", 1)]
