"""Every row of the table has a function of its own, as the row says."""

from typing import Any

import pytest

from infra.environment import environment
from infra.grants import Account
from infra.stage import Settings
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS
from shared.topology.grants import CACHE_USE, read, send
from shared.topology.routes import ROUTES
from shared.topology.schedules import SCHEDULES
from shared.topology.sockets import SOCKET_ROUTES
from tests.infra.template import Assembly

ROWS = (*ROUTES, *STREAM_CONSUMERS, *QUEUE_WORKERS, *SCHEDULES, *SOCKET_ROUTES)
ACCOUNT = Account("aws", "eu-central-1", "123456789012", "dev")
SETTINGS = Settings("dev", True, False, (), "INFO", "some-model", "", "help@shop.example")


def test_each_row_has_exactly_one_function(dev: Assembly) -> None:
    assert sorted(dev.functions()) == sorted(row.name for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_function_is_as_its_row_says(dev: Assembly, row: Any) -> None:
    props = dev.functions()[row.name]
    assert props["Handler"] == f"{row.module}.handler"
    assert (props["MemorySize"], props["Timeout"]) == (row.memory, row.timeout)
    assert len(props["Layers"]) == len(row.layers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_environment_names_what_is_granted_and_nothing_else(dev: Assembly, row: Any) -> None:
    variables = dev.functions()[row.name]["Environment"]["Variables"]
    granted = {
        f"{grant.kind}_{grant.name}".upper() for grant in row.needs if grant.kind in ("table", "queue", "secret")
    }
    named = {name for name in variables if name.startswith(("TABLE_", "QUEUE_", "SECRET_"))}
    assert named == granted
    assert ("CACHE_URL" in variables) == (CACHE_USE[0] in row.needs)
    assert variables["POWERTOOLS_SERVICE_NAME"] == row.name


def test_functions_are_python_on_arm_with_json_logs_and_traces(dev: Assembly) -> None:
    for props in dev.functions().values():
        assert props["Runtime"] == "python3.13"
        assert props["Architectures"] == ["arm64"]
        assert props["LoggingConfig"]["LogFormat"] == "JSON"
        assert props["TracingConfig"] == {"Mode": "Active"}


def test_each_function_has_a_log_group_that_forgets(dev: Assembly) -> None:
    groups = dev.of_type("AWS::Logs::LogGroup")
    for props in dev.functions().values():
        group = groups[props["LoggingConfig"]["LogGroup"]]
        assert group["LogGroupName"] == f"/aws/lambda/{props['FunctionName']}"
        assert group["RetentionInDays"] > 0


def test_no_two_functions_share_a_role(dev: Assembly) -> None:
    roles = [props["Role"] for props in dev.functions().values()]
    assert len(set(roles)) == len(roles)


def test_functions_ship_the_engine_if_and_only_if_they_think(dev: Assembly) -> None:
    packages: dict[bool, set[str]] = {True: set(), False: set()}
    for row in ROWS:
        packages["ai" in row.layers].add(dev.functions()[row.name]["Code"]["S3Key"])
    assert [len(keys) for keys in packages.values()] == [1, 1]
    assert packages[True] != packages[False]


def test_names_fit_lambda_in_every_stage(prod: Assembly) -> None:
    assert all(len(props["FunctionName"]) <= 64 for props in prod.functions().values())


def test_a_stack_stays_well_below_the_limit_of_500_resources(dev: Assembly) -> None:
    assert {name: len(stack.body["Resources"]) for name, stack in dev.stacks.items() if
            len(stack.body["Resources"]) > 450} == {}  # fmt: skip


def test_an_environment_tells_addresses_only_of_granted_things() -> None:
    needs = frozenset((*read("tickets"), *send("ai_turns"), *CACHE_USE))
    variables = environment("x", needs, SETTINGS, ACCOUNT, "amazonaws.com", "rediss://cache:6379")
    assert variables["TABLE_TICKETS"] == "customer-service-dev-tickets"
    assert variables["QUEUE_AI_TURNS"].endswith(".amazonaws.com/123456789012/customer-service-dev-ai_turns")
    assert variables["CACHE_URL"] == "rediss://cache:6379"
    assert not {"AI_MODEL", "MAIL", "MAIL_FROM"} & set(variables)


def test_model_and_mail_settings_go_where_they_are_used(dev: Assembly) -> None:
    functions = {name: props["Environment"]["Variables"] for name, props in dev.functions().items()}
    assert functions["answer_turn"]["AI_MODEL"] == "some-model"
    assert functions["send_login_code"]["MAIL"] == "ses"
    assert functions["send_login_code"]["MAIL_FROM"] == "help@shop.example"
    assert "MAIL" not in functions["create_ticket"]
