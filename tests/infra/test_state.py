"""Data outlives mistakes: recovery in every stage, and in production nothing goes with its stack."""

import pytest

from shared.topology.resources import SECRETS, TABLES, Table
from tests.infra.template import Assembly

STATEFUL = (
    "AWS::DynamoDB::Table",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
    "AWS::ElastiCache::ServerlessCache",
)


def _keys(prefix: str = "") -> list[dict[str, str]]:
    return [
        {"AttributeName": f"{prefix}pk", "KeyType": "HASH"},
        {"AttributeName": f"{prefix}sk", "KeyType": "RANGE"},
    ]


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.name)
def test_a_table_is_as_its_row_says(dev: Assembly, row: Table) -> None:
    tables = {props["TableName"]: props for props in dev.of_type("AWS::DynamoDB::Table").values()}
    props = tables[f"customer-service-dev-{row.name}"]
    indexes = {index["IndexName"]: index for index in props.get("GlobalSecondaryIndexes", [])}
    assert props["KeySchema"] == _keys()
    assert {name: index["KeySchema"] for name, index in indexes.items()} == {name: _keys(name) for name in row.indexes}
    assert all(index["Projection"] == {"ProjectionType": "ALL"} for index in indexes.values())
    assert ("StreamSpecification" in props) == row.stream
    assert props.get("TimeToLiveSpecification", {}).get("AttributeName") == row.ttl


def test_every_table_can_be_recovered_to_a_point_in_time_and_is_encrypted(dev: Assembly) -> None:
    tables = {props["TableName"]: props for props in dev.of_type("AWS::DynamoDB::Table").values()}
    assert len(tables) == len(TABLES)
    recovery = {
        row.name: tables[f"customer-service-dev-{row.name}"]["PointInTimeRecoverySpecification"] for row in TABLES
    }
    assert all(each["PointInTimeRecoveryEnabled"] for each in recovery.values())
    days = {name: each["RecoveryPeriodInDays"] for name, each in recovery.items()}
    assert days == {row.name: 7 if row.name == "keys" else 35 for row in TABLES}
    for props in tables.values():
        assert props["SSESpecification"] == {"SSEEnabled": True}
        assert props["BillingMode"] == "PAY_PER_REQUEST"


def test_the_deployment_never_writes_a_secrets_value(dev: Assembly) -> None:
    secrets = dev.of_type("AWS::SecretsManager::Secret").values()
    assert {props["Name"] for props in secrets} == {f"customer-service-dev-{row.name}" for row in SECRETS}
    assert not any({"SecretString", "GenerateSecretString"} & set(props) for props in secrets)


@pytest.mark.parametrize("kind", STATEFUL)
def test_in_production_state_stays_when_its_stack_goes(prod: Assembly, kind: str) -> None:
    found = prod.raw(kind).values()
    assert found
    assert {(entry["DeletionPolicy"], entry["UpdateReplacePolicy"]) for entry in found} == {("Retain", "Retain")}


def test_in_production_tables_and_stateful_stacks_refuse_deletion(prod: Assembly) -> None:
    assert all(props["DeletionProtectionEnabled"] is True for props in prod.of_type("AWS::DynamoDB::Table").values())
    assert {name for name, stack in prod.stacks.items() if stack.protected} == {"data", "network"}


def test_in_development_everything_goes_with_its_stack(dev: Assembly) -> None:
    for kind in STATEFUL:
        assert {entry["DeletionPolicy"] for entry in dev.raw(kind).values()} == {"Delete"}
    assert not any(stack.protected for stack in dev.stacks.values())


def test_the_api_and_the_workers_hold_no_state(prod: Assembly) -> None:
    for name in ("api", "desk", "workers"):
        assert not any(prod.stacks[name].raw(kind) for kind in STATEFUL)
