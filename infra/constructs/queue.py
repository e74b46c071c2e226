"""A queue with its dead-letter queue: encrypted, TLS only."""

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.names import construct_id, dead_letters, physical
from infra.stage import Settings
from shared.topology.resources import Queue

DEAD_LETTERS_KEPT = cdk.Duration.days(14)
"""As long as SQS allows, so that people have time to look."""


def removal(settings: Settings) -> cdk.RemovalPolicy:
    """What becomes of data when its stack goes."""
    return cdk.RemovalPolicy.RETAIN if settings.durable else cdk.RemovalPolicy.DESTROY


def dead_letter_queue(scope: Construct, name: str, settings: Settings) -> sqs.Queue:
    """The last stop of what `name` could not handle."""
    logical = dead_letters(name)
    return sqs.Queue(
        scope,
        construct_id("queue", logical),
        queue_name=physical(settings.stage, logical),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=DEAD_LETTERS_KEPT,
        removal_policy=removal(settings),
    )


def row_queue(scope: Construct, row: Queue, settings: Settings) -> sqs.Queue:
    """The queue of a row of the topology."""
    return sqs.Queue(
        scope,
        construct_id("queue", row.name),
        queue_name=physical(settings.stage, row.name),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        visibility_timeout=cdk.Duration.seconds(row.visibility),
        retention_period=cdk.Duration.seconds(row.retention),
        receive_message_wait_time=cdk.Duration.seconds(20),
        dead_letter_queue=sqs.DeadLetterQueue(
            queue=dead_letter_queue(scope, row.name, settings), max_receive_count=row.max_receives
        ),
        removal_policy=removal(settings),
    )
