"""Reads a queue for the container's worker and calls the same handlers Lambda would call."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from shared.adapters.heartbeat import heartbeat
from shared.adapters.sqs.client import SqsClient
from shared.adapters.sqs.events import Message, event_of
from shared.kernel.errors import DomainError

_log = logging.getLogger(__name__)

Handle = Callable[[dict[str, Any], None], dict[str, Any] | None]
"""A Lambda handler: takes an SQS event and no context, answers with `batchItemFailures` or nothing."""
LONGEST_PAUSE = 30.0
"""Seconds between tries while the queue is away."""


class SqsPoller:
    """Receives, handles, deletes. What failed comes again after a backoff, and to the dead-letter queue in the end.

    `visibility` in seconds is renewed while `handle` works, so it need not cover the longest job. Run several pollers
    in threads to handle several batches at once. `wait` in seconds (at most 10) bounds how long a stop takes.
    """

    def __init__(
        self,
        queue_url: str,
        handle: Handle,
        visibility: int,
        *,
        stop: threading.Event,
        client: SqsClient | None = None,
        batch_size: int = 10,
        wait: int = 5,
    ) -> None:
        self._url = queue_url
        self._handle = handle
        self._visibility = visibility
        self._stop = stop
        self._client = client or SqsClient()
        self._batch_size = batch_size
        self._wait = min(wait, 10)

    def run(self) -> None:
        """Until stopped; a queue that is away is tried again, each time later, and never ends the loop."""
        pause = 0.5
        while not self._stop.is_set():
            try:
                self.poll()
                pause = 0.5
            except DomainError as error:
                _log.warning("queue %s not read, again in %.1f s: %s", self._name, pause, error.code)
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def poll(self) -> int:
        """One receive and what follows from it; the number of messages that were handled or given back."""
        messages = self._receive()
        if messages and self._stop.is_set():
            self._show_again([(message, 0) for message in messages])
        elif messages:
            self._deliver(messages)
        return len(messages)

    @property
    def _name(self) -> str:
        return self._url.rsplit("/", 1)[-1]

    def _receive(self) -> list[Message]:
        answer = self._client.call(
            "ReceiveMessage",
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            WaitTimeSeconds=self._wait,
            VisibilityTimeout=self._visibility,
            AttributeNames=["All"],
        )
        return [Message.of(entry) for entry in answer.get("Messages", [])]

    def _deliver(self, messages: list[Message]) -> None:
        def extend() -> None:
            self._show_again([(message, self._visibility) for message in messages])

        with heartbeat(max(0.3, self._visibility / 3), extend, self._name):
            failed = self._failed(messages)
        self._delete([message for message in messages if message.id not in failed])
        self._show_again([(message, self._backoff(message)) for message in messages if message.id in failed])

    def _failed(self, messages: list[Message]) -> set[str]:
        try:
            answer = self._handle(event_of(messages, self._url), None) or {}
        except Exception as error:  # noqa: BLE001 - as in Lambda, whatever a handler raises fails its whole batch
            _log.error("batch of %s failed: %s", self._name, type(error).__name__)
            return {message.id for message in messages}
        return {failure["itemIdentifier"] for failure in answer.get("batchItemFailures", [])}

    def _backoff(self, message: Message) -> int:
        """Seconds: 2, 4, 8 … by how often it was received, at most the visibility."""
        return int(min(2 ** min(message.receives, 12), self._visibility))

    def _delete(self, done: Sequence[Message]) -> None:
        entries = [{"Id": str(place), "ReceiptHandle": message.receipt} for place, message in enumerate(done)]
        self._batch("DeleteMessageBatch", entries)

    def _show_again(self, due: Sequence[tuple[Message, int]]) -> None:
        entries = [
            {"Id": str(place), "ReceiptHandle": message.receipt, "VisibilityTimeout": seconds}
            for place, (message, seconds) in enumerate(due)
        ]
        self._batch("ChangeMessageVisibilityBatch", entries)

    def _batch(self, operation: str, entries: list[dict[str, Any]]) -> None:
        if not entries:
            return
        refused = self._client.call(operation, QueueUrl=self._url, Entries=entries).get("Failed", [])
        if refused:
            codes = sorted({str(entry.get("Code")) for entry in refused})
            _log.warning("%s on %s: %d refused (%s)", operation, self._name, len(refused), ", ".join(codes))
