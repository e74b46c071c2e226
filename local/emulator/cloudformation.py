"""What our stacks need and MiniStack lacks in CloudFormation: unknown types, and a table's expiry and backups."""

from collections.abc import Callable
from typing import Any

INERT = (
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::Budgets::Budget",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::EC2::FlowLog",
    "AWS::EC2::NatGateway",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::WAFv2::WebACLAssociation",
    "AWS::XRay::SamplingRule",
)
"""Types that are accepted and do nothing, where MiniStack has no handler of its own."""

Handlers = dict[str, dict[str, Any]]
Create = Callable[[str, dict[str, Any], str], tuple[str, dict[str, Any]]]


def extend(handlers: Handlers, dynamodb: Any) -> None:
    """Add the inert types and complete the table types."""
    for name in INERT:
        handlers.setdefault(name, {"create": _inert, "delete": _nothing, "update": _unchanged})
    for name in ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
        handlers[name] = {**handlers[name], "create": _with_table_flags(handlers[name]["create"], dynamodb)}


def _inert(logical_id: str, props: dict[str, Any], stack: str) -> tuple[str, dict[str, Any]]:
    physical = f"{stack}-{logical_id}"
    endpoint = {"Endpoint.Address": "127.0.0.1", "Endpoint.Port": "6379", "ReaderEndpoint.Address": "127.0.0.1",
                "ReaderEndpoint.Port": "6379", "Endpoint": {"Address": "127.0.0.1", "Port": "6379"}}  # fmt: skip
    return physical, {"Arn": f"arn:aws:local:us-east-1:000000000000:{physical}", "Id": physical, **endpoint}


def _nothing(physical: str, props: dict[str, Any]) -> None:
    return None


def _unchanged(physical: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> tuple[str, dict[str, Any]]:
    return physical, {}


def _with_table_flags(create: Create, dynamodb: Any) -> Create:
    def create_table(logical_id: str, props: dict[str, Any], stack: str) -> tuple[str, dict[str, Any]]:
        name, attributes = create(logical_id, props, stack)
        expiry = props.get("TimeToLiveSpecification")
        if expiry:
            spec = {"Enabled": _true(expiry.get("Enabled")), "AttributeName": expiry["AttributeName"]}
            dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": spec})
        backups = _backups(props)
        if backups:
            wanted = {"PointInTimeRecoveryEnabled": _true(backups.get("PointInTimeRecoveryEnabled"))}
            dynamodb._update_continuous_backups({"TableName": name, "PointInTimeRecoverySpecification": wanted})
        return name, attributes

    return create_table


def _backups(props: dict[str, Any]) -> dict[str, Any] | None:
    """The table's own specification, or that of a global table's first replica that has one."""
    key = "PointInTimeRecoverySpecification"
    found: list[dict[str, Any]] = [part[key] for part in (props, *props.get("Replicas", ())) if part.get(key)]
    return found[0] if found else None


def _true(value: Any) -> bool:
    return value in (True, "true")
