"""Dead-letter queues on SQS: each stands beside its queue under the same name with `-dlq`."""

from collections.abc import Callable

from shared.adapters.sqs.client import SqsClient

BATCH = 10
VISIBILITY = 60
"""Seconds a letter is out of sight while it is moved."""
EMPTY = 2
"""Receives in a row that find nothing: SQS asks some of its servers only, so one alone does not mean empty."""


class SqsDeadLetters:
    """DeadLetters; `url_of` gives a queue's address by its name."""

    def __init__(self, client: SqsClient, url_of: Callable[[str], str]) -> None:
        self._client = client
        self._url_of = url_of

    def waiting(self, queue: str) -> int:
        """ApproximateNumberOfMessages."""
        asked = ["ApproximateNumberOfMessages"]
        answer = self._client.call("GetQueueAttributes", QueueUrl=self._letters(queue), AttributeNames=asked)
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def redrive(self, queue: str, most: int) -> int:
        """Receive, send, delete."""
        moved, empty = 0, 0
        while moved < most and empty < EMPTY:
            count = self._batch(queue, min(BATCH, most - moved))
            moved, empty = moved + count, 0 if count else empty + 1
        return moved

    def _batch(self, queue: str, most: int) -> int:
        letters = self._letters(queue)
        answer = self._client.call(
            "ReceiveMessage",
            QueueUrl=letters,
            MaxNumberOfMessages=most,
            VisibilityTimeout=VISIBILITY,
            WaitTimeSeconds=0,
        )
        messages = answer.get("Messages", [])
        for message in messages:
            self._client.call("SendMessage", QueueUrl=self._url_of(queue), MessageBody=message["Body"])
            self._client.call("DeleteMessage", QueueUrl=letters, ReceiptHandle=message["ReceiptHandle"])
        return len(messages)

    def _letters(self, queue: str) -> str:
        return f"{self._url_of(queue)}-dlq"
