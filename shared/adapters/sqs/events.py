"""Received messages in the shape Lambda hands to a function (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html)."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """What ReceiveMessage gave."""

    id: str
    receipt: str
    body: str
    attributes: Mapping[str, str]

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "Message":
        """From one entry of the answer."""
        return cls(entry["MessageId"], entry["ReceiptHandle"], entry["Body"], entry.get("Attributes", {}))

    @property
    def receives(self) -> int:
        """How often it has been received, this time included."""
        return int(self.attributes.get("ApproximateReceiveCount", "1"))


def event_of(messages: Sequence[Message], queue_url: str) -> dict[str, Any]:
    """The event for a batch."""
    account, name = ["", *queue_url.rsplit("/", 2)][-2:]
    region = os.environ.get("AWS_REGION", "")
    return {"Records": [_record(message, f"arn:aws:sqs:{region}:{account}:{name}", region) for message in messages]}


def _record(message: Message, arn: str, region: str) -> dict[str, Any]:
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt,
        "body": message.body,
        "attributes": dict(message.attributes),
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    }
