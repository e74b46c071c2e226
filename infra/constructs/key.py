"""The KMS key of a row of the topology, with an alias by which everything names it."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.queue import removal
from infra.names import alias, construct_id
from infra.stage import Settings
from shared.topology.resources import Key


def row_key(scope: Construct, row: Key, settings: Settings) -> kms.Key:
    """Its material is renewed every year by KMS, which goes on reading what the older material wrapped."""
    return kms.Key(
        scope,
        construct_id("key", row.name),
        alias=alias(settings.stage, row.name),
        description="Wraps the keys under which customers' words are encrypted. Without it they are lost.",
        enable_key_rotation=True,
        pending_window=cdk.Duration.days(30),
        removal_policy=removal(settings),
    )
