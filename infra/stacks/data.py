"""Tables, queues and secrets: what must outlive the code."""

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.bucket import row_bucket
from infra.constructs.key import row_key
from infra.constructs.queue import dead_letter_queue, removal, row_queue
from infra.constructs.table import row_table
from infra.names import MISSED_RUNS, alias, bucket_name, construct_id, physical
from infra.stage import Settings
from shared.topology.resources import BUCKETS, KEYS, QUEUES, SECRETS, TABLES, Secret


class DataStack(cdk.Stack):
    """Each resource is told in an output, `TableTicketsName`, `QueueAiTurnsName`, for people and tests."""

    def __init__(self, scope: Construct, name: str, settings: Settings) -> None:
        super().__init__(scope, name, termination_protection=settings.durable)
        self.streams: dict[str, str] = {}
        """ARN of the change stream by table."""
        for table in TABLES:
            built = row_table(self, table, settings)
            if table.stream and built.table_stream_arn:
                self.streams[table.name] = built.table_stream_arn
            self._tell("table", table.name, built.table_name)
        made: dict[str, sqs.Queue] = {}
        for queue in QUEUES:
            made[queue.name] = row_queue(self, queue, settings)
            self._tell("queue", queue.name, made[queue.name].queue_url)
        for bucket in BUCKETS:
            row_bucket(self, bucket, settings, made[bucket.queue])
            self._tell("bucket", bucket.name, bucket_name(settings.stage, cdk.Aws.ACCOUNT_ID, bucket.name))
        dead_letter_queue(self, MISSED_RUNS, settings)
        for key in KEYS:
            row_key(self, key, settings)
            self._tell("key", key.name, alias(settings.stage, key.name))
        for secret in SECRETS:
            self._tell("secret", secret.name, self._secret(secret, settings))

    def _secret(self, row: Secret, settings: Settings) -> str:
        # Without a value: a generated one would look like a key to the code that reads it.
        secret = secretsmanager.CfnSecret(
            self, construct_id("secret", row.name, "value"), name=physical(settings.stage, row.name)
        )
        secret.apply_removal_policy(removal(settings))
        return physical(settings.stage, row.name)

    def _tell(self, kind: str, name: str, value: str) -> None:
        cdk.CfnOutput(self, construct_id(kind, name, "name"), value=value)
