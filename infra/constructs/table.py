"""A DynamoDB table of the topology: on demand, encrypted with the account's AWS-managed key, point-in-time recovery."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.constructs.queue import removal
from infra.names import construct_id, physical
from infra.stage import Settings
from shared.topology.resources import Table


def row_table(scope: Construct, row: Table, settings: Settings) -> dynamodb.Table:
    """The table of a row of the topology."""
    table = dynamodb.Table(
        scope,
        construct_id("table", row.name),
        table_name=physical(settings.stage, row.name),
        partition_key=_key("pk"),
        sort_key=_key("sk"),
        billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
        encryption=dynamodb.TableEncryption.AWS_MANAGED,
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True, recovery_period_in_days=row.recovery_days
        ),
        stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if row.stream else None,
        time_to_live_attribute=row.ttl,
        deletion_protection=settings.durable,
        removal_policy=removal(settings),
    )
    for index in row.indexes:
        table.add_global_secondary_index(
            index_name=index, partition_key=_key(f"{index}pk"), sort_key=_key(f"{index}sk")
        )
    return table


def _key(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
