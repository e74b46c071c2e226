"""What a stream did not bring is fanned out again, once in effect, whatever the order."""

from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.memory.tickets import MemoryTickets
from shared.consuming.handlers import queue_handler
from shared.kernel.clock import stamp
from shared.kernel.errors import NotFound
from shared.messages import repair as repairing
from shared.messages.repair import Repair
from shared.tickets import acts
from tests.builders import AGENT, CUSTOMER, CUSTOMER_ID, an_opening
from tests.unit.consuming.test_handlers import Wiring, event
from tests.unit.messages.test_fanout import Outside

WORKER = "functions.workers.retry_timeline"
HOUR = timedelta(hours=1)


class Shop:
    """Tickets whose entries never reached anybody."""

    def __init__(self) -> None:
        self.outside, self.tickets = Outside(), MemoryTickets()
        self.clock = self.outside.clock
        self.jobs = MemoryQueue(self.clock)
        self.repair = Repair(self.tickets, self.outside.fanout, self.jobs)

    def opened(self, status: str = "open", ago: timedelta = timedelta()) -> str:
        """A ticket opened some time ago."""
        at = self.clock.now() - ago
        written = an_opening(created_at=at, updated_at=at)
        self.tickets.commit(written)
        if status == "resolved":
            self.tickets.commit(
                acts.transition(written.ticket, f"evt_{written.ticket.id}", AGENT, at, "resolved", None)
            )
        return written.ticket.id

    def work(self, job: dict[str, Any]) -> list[str]:
        """The worker's answer to a job."""
        answer = queue_handler(WORKER, Wiring(repair=self.repair))(event(job), None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def work_off(self) -> int:
        """Every queued job until there is none; how many."""
        done = 0
        while given := self.jobs.receive():
            for held in given:
                assert self.work(held.job) == []
                self.jobs.delete(held.id)
                done += 1
        return done

    def told(self) -> set[str]:
        """Tickets somebody's activity tells of."""
        return {line.ref for line in self.outside.activity.of_user(CUSTOMER_ID, 99, None).items}


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_parked_row_is_fanned_out(shop: Shop) -> None:
    ticket_id = shop.opened()
    assert shop.work({"pk": f"T#{ticket_id}", "sk": "E#000000000001"}) == []
    assert shop.told() == {ticket_id}


def test_a_row_that_is_no_entry_is_nothing_to_do(shop: Shop) -> None:
    ticket_id = shop.opened()
    for pk, sk in ((f"T#{ticket_id}", "META"), ("I#a#b", "I"), (f"T#{ticket_id}", "E#x")):
        assert shop.work({"pk": pk, "sk": sk}) == []
    assert shop.told() == set()


def test_a_row_that_is_gone_is_dropped_and_a_malformed_job_is_not(shop: Shop) -> None:
    assert shop.work({"pk": "T#tkt_9", "sk": "E#000000000001"}) == []
    with pytest.raises(NotFound):
        shop.repair.row("T#tkt_9", "E#000000000001")
    for job in ({}, {"pk": "T#tkt_9"}, {"since": "yesterday"}, {"DDBStreamBatchInfo": {}}):
        assert shop.work(job) == ["m0"]


def test_everything_since_an_instant_is_fanned_out_and_nothing_older(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairing, "TICKETS", 3)
    new = {shop.opened() for _ in range(7)} | {shop.opened("resolved") for _ in range(5)}
    for status in ("open", "resolved"):
        for _ in range(5):
            shop.opened(status, ago=HOUR)
    shop.repair.ask(shop.clock.now() - HOUR / 2)
    assert shop.work_off() >= 4
    assert shop.told() == new


def test_only_the_later_entries_of_an_old_ticket_are_fanned_out(shop: Shop) -> None:
    ticket_id = shop.opened(ago=HOUR)
    later = acts.customer_writes(shop.tickets.get(ticket_id), "msg_2", CUSTOMER, "hello?", shop.clock.now())
    shop.tickets.commit(later)
    shop.repair.ask(shop.clock.now() - HOUR / 2)
    shop.work_off()
    assert shop.told() == {"msg_2"}


def test_a_batch_lambda_gave_up_is_fanned_out_from_its_first_record_on(shop: Shop) -> None:
    # https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    shop.opened(ago=HOUR)
    new = shop.opened()
    since = stamp(shop.clock.now() - HOUR / 2)
    given_up = {
        "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 1},
        "DDBStreamBatchInfo": {"shardId": "s", "batchSize": 3, "approximateArrivalOfFirstRecord": since},
    }
    assert shop.work(given_up) == []
    shop.work_off()
    assert shop.told() == {new}


def test_a_repeat_counts_nothing_twice(shop: Shop) -> None:
    ticket_id = shop.opened()
    for _ in range(3):
        shop.work({"pk": f"T#{ticket_id}", "sk": "E#000000000001"})
    assert len(shop.outside.lines()) == 1
