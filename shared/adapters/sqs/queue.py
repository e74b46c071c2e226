"""Sends jobs to SQS."""

import json

from shared.adapters.sqs.client import SqsClient


class SqsQueue:
    """A JobQueue on a standard queue. Sending twice after a lost reply queues twice: workers are idempotent."""

    def __init__(self, client: SqsClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """One SendMessage; `delay` in whole seconds, 0–900."""
        self._client.call("SendMessage", QueueUrl=self._url, MessageBody=json.dumps(job), DelaySeconds=delay)
