"""The job queues against their contract, and the container's reading of them."""

import threading
from typing import Any

import pytest

from local.readiness import free_port, wait_for
from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.sqs.client import SqsClient
from shared.adapters.sqs.poller import Handle, SqsPoller
from shared.adapters.sqs.queue import SqsQueue
from shared.kernel.errors import Misconfigured, Unavailable
from shared.kernel.ports import JobQueue
from tests.contract.job_queue_contract import JobQueueContract, Take
from tests.contract.test_ticket_store import set_aws
from tests.emulator import Emulator


class Taker:
    """A Lambda handler that writes down what it got, and fails what it is told to fail."""

    def __init__(self, failing: int = 0, error: Exception | None = None) -> None:
        self.events: list[dict[str, Any]] = []
        self._failing = failing
        self._error = error

    def __call__(self, event: dict[str, Any], context: None) -> dict[str, Any]:
        self.events.append(event)
        if len(self.events) > self._failing:
            return {"batchItemFailures": []}
        if self._error:
            raise self._error
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in event["Records"]]}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


class TestMemoryQueue(JobQueueContract):
    @pytest.fixture
    def queue(self, clock: FixedClock) -> MemoryQueue:
        return MemoryQueue(clock)

    @pytest.fixture
    def take(self, queue: MemoryQueue) -> Take:
        def take() -> list[dict[str, Any]]:
            held = queue.receive()
            for each in held:
                queue.delete(each.id)
            return [each.job for each in held]

        return take

    def test_a_delayed_job_comes_when_it_is_due(self, queue: MemoryQueue, take: Take, clock: FixedClock) -> None:
        queue.send({"turn": 1}, delay=2)
        assert take() == []
        assert queue.next_due() is not None
        clock.advance(seconds=2)
        assert take() == [{"turn": 1}]
        assert queue.next_due() is None

    def test_a_job_that_is_not_deleted_comes_again(self, queue: MemoryQueue, clock: FixedClock) -> None:
        queue.send({"turn": 1})
        assert [held.receives for held in queue.receive(visibility=30)] == [1]
        assert queue.receive() == []
        clock.advance(seconds=30)
        assert [held.receives for held in queue.receive()] == [2]

    def test_a_poll_deletes_what_was_handled_only(self, queue: MemoryQueue, clock: FixedClock) -> None:
        queue.send({"turn": 1})
        handle = Taker(failing=1)
        assert queue.poll(handle, visibility=5) == 0
        clock.advance(seconds=5)
        assert queue.poll(handle) == 1
        assert queue.next_due() is None

    def test_what_always_fails_is_dead_in_the_end(self, queue: MemoryQueue, clock: FixedClock) -> None:
        queue.send({"turn": 1})
        for _ in range(6):
            queue.poll(Taker(failing=1), visibility=1)
            clock.advance(seconds=1)
        assert queue.dead == [{"turn": 1}]
        assert queue.next_due() is None


@pytest.fixture
def client(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> SqsClient:
    set_aws(monkeypatch, AWS_ENDPOINT_URL=emulator.endpoint, AWS_REGION="us-east-1")
    return SqsClient()


@pytest.fixture
def url(emulator: Emulator, client: SqsClient) -> str:
    return emulator.fresh()["QUEUE_LOGIN_CODES"]


def poller(client: SqsClient, url: str, handle: Handle, visibility: int = 30) -> SqsPoller:
    return SqsPoller(url, handle, visibility, stop=threading.Event(), client=client, wait=0)


class TestSqsQueue(JobQueueContract):
    @pytest.fixture
    def queue(self, client: SqsClient, url: str) -> JobQueue:
        return SqsQueue(client, url)

    @pytest.fixture
    def take(self, client: SqsClient, url: str) -> Take:
        import json

        def take() -> list[dict[str, Any]]:
            handle = Taker()
            poller(client, url, handle).poll()
            return [json.loads(record["body"]) for event in handle.events for record in event["Records"]]

        return take

    def test_a_delayed_job_comes_in_time(self, queue: JobQueue, take: Take) -> None:
        queue.send({"turn": 1}, delay=1)
        assert take() == []
        wait_for(lambda: take() == [{"turn": 1}], 5)

    def test_a_handler_sees_the_event_lambda_would_give(self, queue: JobQueue, client: SqsClient, url: str) -> None:
        queue.send({"turn": 1})
        handle = Taker()
        assert poller(client, url, handle).poll() == 1
        (record,) = handle.events[0]["Records"]
        assert record["body"] == '{"turn": 1}'
        assert record["attributes"]["ApproximateReceiveCount"] == "1"
        assert record["eventSource"] == "aws:sqs"
        assert record["eventSourceARN"].endswith(":" + url.rsplit("/", 1)[-1])

    @pytest.mark.parametrize("error", [None, KeyError("bug")])
    def test_what_failed_comes_again_after_a_backoff(
        self, queue: JobQueue, client: SqsClient, url: str, error: Exception | None
    ) -> None:
        queue.send({"turn": 1})
        handle = Taker(failing=1, error=error)
        reading = poller(client, url, handle)
        reading.poll()
        assert reading.poll() == 0
        wait_for(lambda: reading.poll() == 1, 6)
        counts = [event["Records"][0]["attributes"]["ApproximateReceiveCount"] for event in handle.events]
        assert counts == ["1", "2"]

    def test_what_always_fails_goes_to_the_dead_letter_queue(
        self, queue: JobQueue, client: SqsClient, url: str
    ) -> None:
        queue.send({"turn": 1})
        reading, dead = poller(client, url, Taker(failing=99), visibility=0), Taker()
        wait_for(lambda: reading.poll() == 0 and poller(client, url + "-dlq", dead).poll() == 1, 10)
        assert dead.events[0]["Records"][0]["body"] == '{"turn": 1}'

    def test_long_work_keeps_its_job(self, queue: JobQueue, client: SqsClient, url: str) -> None:
        queue.send({"turn": 1})
        other = poller(client, url, Taker())
        began, go_on = threading.Event(), threading.Event()

        def handle(event: dict[str, Any], context: None) -> None:
            began.set()
            go_on.wait(10)

        work = threading.Thread(target=poller(client, url, handle, visibility=1).poll)
        work.start()
        assert began.wait(5)
        assert not any(other.poll() or go_on.wait(0.1) for _ in range(20))
        go_on.set()
        work.join()
        assert other.poll() == 0

    def test_what_is_received_while_stopping_is_given_back(self, queue: JobQueue, client: SqsClient, url: str) -> None:
        queue.send({"turn": 1})
        handle, stop = Taker(), threading.Event()
        stop.set()
        SqsPoller(url, handle, 30, stop=stop, client=client, wait=0).poll()
        assert handle.events == []
        assert poller(client, url, handle).poll() == 1

    def test_a_run_ends_when_it_is_stopped(self, queue: JobQueue, client: SqsClient, url: str) -> None:
        stop, handle = threading.Event(), Taker()
        running = threading.Thread(target=SqsPoller(url, handle, 30, stop=stop, client=client, wait=1).run)
        running.start()
        queue.send({"turn": 1})
        wait_for(lambda: bool(handle.events), 5)
        stop.set()
        running.join(5)
        assert not running.is_alive()

    def test_a_queue_that_does_not_exist_is_our_fault(self, client: SqsClient, url: str) -> None:
        with pytest.raises(Misconfigured):
            SqsQueue(client, url + "-missing").send({"turn": 1})


def test_a_queue_that_is_away_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    set_aws(monkeypatch, AWS_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unavailable):
        SqsQueue(SqsClient(attempts=1), "http://127.0.0.1/000000000000/jobs").send({"turn": 1})


def test_a_poller_outlives_a_queue_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_aws(monkeypatch, AWS_ENDPOINT_URL=f"http://127.0.0.1:{free_port()}")
    stop = threading.Event()
    away = SqsPoller("http://127.0.0.1/0/jobs", Taker(), 30, stop=stop, client=SqsClient(attempts=1))
    running = threading.Thread(target=away.run)
    running.start()
    wait_for(lambda: "queue jobs not read" in caplog.text, 5)
    assert running.is_alive()
    stop.set()
    running.join(5)
    assert not running.is_alive()
