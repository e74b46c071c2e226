"""From an entry to its receiver, whatever happens in between."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from shared.kernel.errors import Unavailable
from shared.webhooks.models import Attempt, Outcome
from shared.webhooks.retrying import PAUSES, next_try
from tests.unit.webhooks.house import ADMIN, DOWN, TAKEN, Hooks, down_for

DAY = timedelta(days=1)


def test_an_entry_reaches_the_receiver_once_by_a_message_it_can_check() -> None:
    hooks = Hooks()
    (entry,) = hooks.told()
    hooks.work()
    ((_, headers, body),) = hooks.calls
    told = json.loads(body)
    assert (told["type"], told["data"]["id"], headers["webhook-id"]) == ("ticket.opened", entry.id, hooks.log()[0].id)
    assert hooks.log()[0].attempts == (Attempt(hooks.clock.now(), 204, None, 3),)
    assert hooks.log()[0].status == "delivered"


def test_fanned_out_again_there_is_one_message() -> None:
    hooks = Hooks()
    (entry,) = hooks.told()
    hooks.fanout.entry(entry)
    hooks.work()
    hooks.fanout.entry(entry)
    hooks.work()
    assert len(hooks.log()) == len(hooks.calls) == 1


def test_only_who_asked_is_told_and_only_of_what_came_after() -> None:
    hooks = Hooks(events=("note.created",))
    hooks.told()
    assert hooks.log() == []
    hooks = Hooks()
    hooks.fanout.entry(replace(hooks.written(), at=hooks.clock.now() - timedelta(seconds=1)))
    assert hooks.log() == []


def test_without_endpoints_an_entry_costs_one_read_in_ten_seconds() -> None:
    hooks, reads = Hooks(events=("note.created",)), []
    read = hooks.endpoints.all

    class Counting:
        def all(self) -> Any:
            reads.append(hooks.clock.now())
            return read()

    hooks.fanout._subscriptions._endpoints = Counting()  # type: ignore[assignment]
    hooks.told(50)
    hooks.clock.advance(seconds=10)
    hooks.told(50)
    assert len(reads) == 2


def test_a_receiver_down_for_two_days_gets_everything_in_the_end_once_by_id() -> None:
    hooks = Hooks()
    start = hooks.clock.now()
    hooks.answer = down_for(2 * DAY, start)
    written = []
    for _ in range(24):
        written += hooks.told(2)
        hooks.live(timedelta(hours=2))
    hooks.live(2 * DAY)
    ids = {json.loads(body)["data"]["id"]: headers["webhook-id"] for _, headers, body in hooks.calls}
    assert set(ids) == {entry.id for entry in written}
    assert hooks.taken == dict.fromkeys(ids.values(), 1)
    assert {each.status for each in hooks.log()} == {"delivered"}
    assert hooks.endpoint().enabled
    assert hooks.endpoint().failing_since is None


def test_tries_are_spread_over_three_days_and_then_it_failed() -> None:
    hooks = Hooks(lambda _: DOWN)
    hooks.told()
    hooks.live(4 * DAY)
    times = [at for at, _, _ in hooks.calls]
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert len(waits) == len(PAUSES)
    for wait, pause in zip(waits, PAUSES, strict=True):
        assert pause <= wait <= pause * 1.1 + 121
    (failed,) = hooks.log()
    assert (failed.status, len(failed.attempts), failed.tries) == ("failed", 10, 10)
    assert len({headers["webhook-id"] for _, headers, _ in hooks.calls}) == 1


@pytest.mark.parametrize(("asked", "wait"), [(None, 5), (1, 5), (90, 90), (10**9, 86_400)])
def test_a_receiver_may_ask_for_more_time_within_bounds(asked: int | None, wait: int) -> None:
    now = Hooks().clock.now()
    assert next_try(1, now, asked, 0.0) == now + timedelta(seconds=wait)
    assert next_try(len(PAUSES) + 1, now, asked, 0.0) is None


def test_an_endpoint_that_takes_nothing_for_five_days_is_switched_off() -> None:
    hooks = Hooks(lambda _: Outcome(500, None, 1))
    for _ in range(6):
        hooks.told()
        hooks.live(DAY)
    endpoint = hooks.endpoint()
    assert (endpoint.enabled, endpoint.disabled_reason) == (False, "failing")
    hooks.live(4 * DAY)
    assert {each.status for each in hooks.log()} == {"failed"}
    count = len(hooks.log())
    hooks.told()
    assert len(hooks.log()) == count


def test_one_that_takes_something_now_and_then_is_not() -> None:
    hooks = Hooks(lambda now: TAKEN if now.hour == 3 else DOWN)
    for _ in range(7):
        hooks.told()
        hooks.live(DAY)
    assert hooks.endpoint().enabled


def test_who_answers_gone_is_asked_no_more() -> None:
    hooks = Hooks(lambda _: Outcome(410, None, 1))
    hooks.told(2)
    hooks.work()
    assert (hooks.endpoint().enabled, hooks.endpoint().disabled_reason) == (False, "gone")
    assert len(hooks.calls) == 1
    assert sorted(str(each.error) for each in hooks.log()) == ["None", "webhook_disabled"]


@pytest.mark.parametrize("status", [199, 301, 302, 307, 400, 404, 429, 500, 503])
def test_whatever_is_not_2xx_is_tried_again(status: int) -> None:
    hooks = Hooks(lambda _: Outcome(status, None, 1))
    hooks.told()
    hooks.work()
    assert (hooks.log()[0].status, hooks.log()[0].attempts[0].error) == ("pending", "refused")


def test_what_one_worker_has_no_other_sends() -> None:
    hooks = Hooks()
    hooks.told()
    (delivery,) = hooks.log()

    def twice(_: Any) -> Outcome:
        hooks.answer = lambda _: TAKEN
        hooks.sending.run(hooks.id, delivery.id)
        return TAKEN

    hooks.answer = twice
    hooks.work()
    assert len(hooks.calls) == 1


def test_a_worker_that_dies_while_sending_is_made_up_for() -> None:
    class Died(BaseException):
        pass

    def dies(_: Any) -> Outcome:
        raise Died

    hooks = Hooks(dies)
    hooks.told()
    with pytest.raises(Died):
        hooks.work()
    hooks.answer = lambda _: TAKEN
    hooks.live(timedelta(minutes=10))
    assert hooks.log()[0].status == "delivered"
    assert sum(hooks.taken.values()) == 1


def test_a_job_that_is_lost_is_queued_again_and_not_every_minute() -> None:
    hooks = Hooks()
    hooks.told()
    hooks.jobs._held.clear()
    hooks.clock.advance(seconds=121)
    assert [hooks.sweeper.sweep() for _ in range(3)] == [1, 0, 0]
    hooks.work()
    assert hooks.log()[0].status == "delivered"


def test_what_cannot_be_read_is_given_up_and_holds_up_nobody() -> None:
    hooks = Hooks()
    entries = hooks.told(2)
    del hooks.rows._entries[entries[0].ticket_id]
    hooks.work()
    assert sorted((each.status, each.error) for each in hooks.log()) == [("delivered", None), ("failed", "unreadable")]


def test_with_the_keys_away_nothing_is_lost_and_no_try_is_used_up() -> None:
    hooks = Hooks()
    hooks.told()
    hooks.house.ring._data.forget(hooks.id)
    hooks.house.ring._branches._kept.clear()
    hooks.house.service.away = True
    with pytest.raises(Unavailable):
        hooks.work()
    assert hooks.log()[0].tries == 0
    hooks.house.service.away = False
    hooks.live(timedelta(minutes=10))
    assert hooks.log()[0].status == "delivered"


def test_of_a_deleted_endpoint_nothing_is_sent() -> None:
    hooks = Hooks()
    hooks.told()
    hooks.endpoints.remove(hooks.id)
    hooks.work()
    assert (hooks.calls, hooks.log()[0].error) == ([], "webhook_deleted")


def test_a_delivery_nobody_can_send_ends_after_ten_days() -> None:
    hooks = Hooks()
    hooks.told()
    hooks.jobs._held.clear()
    hooks.clock.advance(days=11)
    assert hooks.sweeper.sweep() == 0
    assert (hooks.log()[0].status, hooks.log()[0].error) == ("failed", "expired")


def test_sent_again_it_has_the_id_it_had() -> None:
    hooks = Hooks()
    hooks.told()
    hooks.work()
    (before,) = hooks.log()
    hooks.redelivery.again(hooks.id, before.id, ADMIN)
    hooks.work()
    assert hooks.taken == {before.id: 2}
    assert [each.id for each in hooks.log()] == [before.id]
    assert len(hooks.log()[0].attempts) == 2


def test_words_are_in_no_row_no_job_and_no_log_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hooks = Hooks(include_content=True)
    canary = "CANARY I lost my job and my dog"
    hooks.fanout.entry(hooks.written(canary))
    hooks.answer = lambda _: DOWN
    hooks.work()
    kept = repr([vars(store) for store in (hooks.endpoints, hooks.deliveries, hooks.jobs, hooks.rows)])
    lines = repr([vars(record) for record in caplog.records])
    assert canary in hooks.calls[0][2].decode()
    for hidden in (canary, hooks.secret, hooks.secret.removeprefix("whsec_")):
        assert hidden not in kept + lines
    assert "hidden" not in lines


def test_of_an_erased_person_no_word_is_sent_any_more() -> None:
    hooks = Hooks(include_content=True)
    hooks.answer = lambda _: DOWN
    entry = hooks.written("my secret sorrow")
    hooks.fanout.entry(entry)
    hooks.work()
    owner = hooks.tickets.get(entry.ticket_id).requester_id
    hooks.house.ring.remember(owner, None)
    hooks.answer = lambda _: TAKEN
    hooks.clock.advance(seconds=10)
    hooks.work()
    assert [json.loads(body)["data"]["content"] for _, _, body in hooks.calls] == ["my secret sorrow", None]


def test_a_new_secret_signs_beside_the_old_one_for_a_day() -> None:
    hooks = Hooks()
    hooks.secrets.rotate(hooks.id, ADMIN)
    hooks.told()
    hooks.work()
    hooks.clock.advance(hours=24)
    hooks.told()
    hooks.work()
    assert [len(headers["webhook-signature"].split(" ")) for _, headers, _ in hooks.calls] == [2, 1]
