"""What every job queue owes; a queue's test inherits `JobQueueContract` and overrides `queue` and `take`."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.ports import JobQueue

Take = Callable[[], list[dict[str, Any]]]
"""Receives and deletes what is due now."""


class JobQueueContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def queue(self) -> JobQueue:
        raise NotImplementedError("the adapter's test overrides this fixture")

    @pytest.fixture
    def take(self) -> Take:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_job_comes_out_as_it_went_in(self, queue: JobQueue, take: Take) -> None:
        queue.send({"ticket_id": "tkt_1", "turn": 3})
        assert take() == [{"ticket_id": "tkt_1", "turn": 3}]

    def test_a_job_taken_and_deleted_does_not_come_again(self, queue: JobQueue, take: Take) -> None:
        queue.send({"turn": 1})
        take()
        assert take() == []

    def test_the_same_job_sent_twice_comes_twice(self, queue: JobQueue, take: Take) -> None:
        queue.send({"turn": 1})
        queue.send({"turn": 1})
        assert take() + take() == [{"turn": 1}, {"turn": 1}]

    def test_a_delayed_job_is_not_due_yet(self, queue: JobQueue, take: Take) -> None:
        queue.send({"turn": 1}, delay=900)
        assert take() == []
