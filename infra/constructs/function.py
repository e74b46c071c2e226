"""The Lambda function of a row: its own role, log group and environment, and the network if it uses the cache."""

from collections.abc import Sequence
from typing import Any, Protocol

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.hosting import Host, Network
from infra.environment import environment
from infra.grants import Statement, grant_statements, running_statements
from infra.names import construct_id, log_group, physical
from shared.topology.grants import CACHE_USE, Grant


class Row(Protocol):
    """What routes, consumers, workers and schedules have in common."""

    @property
    def name(self) -> str: ...
    @property
    def module(self) -> str: ...
    @property
    def memory(self) -> int: ...
    @property
    def timeout(self) -> int: ...
    @property
    def layers(self) -> tuple[str, ...]: ...
    @property
    def needs(self) -> frozenset[Grant]: ...


def row_function(scope: Construct, row: Row, host: Host, source: Sequence[Statement] = ()) -> lambda_.Function:
    """The function; `source` are the statements its trigger asks for beside the row's grants."""
    network = host.network if CACHE_USE[0] in row.needs else None
    name = physical(host.settings.stage, row.name)
    return lambda_.Function(
        scope,
        construct_id(row.name),
        function_name=name,
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=host.architecture,
        handler=f"{row.module}.handler",
        code=host.code_with_engine if "ai" in row.layers else host.code,
        layers=[host.layers[layer] for layer in row.layers if layer in host.layers],
        memory_size=row.memory,
        timeout=cdk.Duration.seconds(row.timeout),
        role=_role(scope, row, host, [*source, *running_statements(row.name, host.account, network is not None)]),
        environment=environment(row.name, row.needs, host.settings, host.account, cdk.Aws.URL_SUFFIX,
                                network.cache_url if network else None),
        log_group=_log_group(scope, row, host),
        logging_format=lambda_.LoggingFormat.JSON,
        tracing=lambda_.Tracing.ACTIVE,
        **_attachment(network),
    )  # fmt: skip


def _role(scope: Construct, row: Row, host: Host, running: Sequence[Statement]) -> iam.IRole:
    statements = [*grant_statements(row.needs, host.account), *running]
    role = iam.Role(
        scope,
        construct_id(row.name, "role"),
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        description=f"What {row.module} may do",
        inline_policies={"grants": iam.PolicyDocument(statements=[policy_statement(entry) for entry in statements])},
    )
    # CDK would widen the role with managed policies; what the table grants is all there is.
    return role.without_policy_updates()


def policy_statement(statement: Statement) -> iam.PolicyStatement:
    """The statement in CDK's terms."""
    return iam.PolicyStatement(
        sid=statement.sid,
        effect=iam.Effect.ALLOW if statement.allows else iam.Effect.DENY,
        actions=list(statement.actions),
        resources=list(statement.resources),
        conditions=dict(statement.conditions),
    )


def _log_group(scope: Construct, row: Row, host: Host) -> logs.ILogGroup:
    return logs.LogGroup(
        scope,
        construct_id(row.name, "log"),
        log_group_name=log_group(physical(host.settings.stage, row.name)),
        retention=logs.RetentionDays.THREE_MONTHS if host.settings.durable else logs.RetentionDays.ONE_WEEK,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )


def _attachment(network: Network | None) -> dict[str, Any]:
    if network is None:
        return {}
    return {
        "vpc": network.vpc,
        "vpc_subnets": ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        "security_groups": [network.functions],
        "ipv6_allowed_for_dual_stack": True,
    }
