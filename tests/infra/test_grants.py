"""A role holds the statements of its row's grants, those its trigger needs, and no more."""

from typing import Any

import pytest

from infra.grants import Account, grant_statements
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS
from shared.topology.grants import Grant
from shared.topology.resources import table
from shared.topology.routes import ROUTES
from shared.topology.schedules import SCHEDULES
from shared.topology.sockets import SOCKET_ROUTES
from tests.infra.template import PSEUDO, Assembly, listed

ROWS = (*ROUTES, *STREAM_CONSUMERS, *QUEUE_WORKERS, *SCHEDULES, *SOCKET_ROUTES)
Right = tuple[tuple[str, ...], tuple[str, ...]]
"""Actions and resources."""
PLACE = "eu-central-1:123456789012"
RIGHTS = {
    ("table", "read"): {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"},
    ("table", "write"): {
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
    },
    ("queue", "send"): {"sqs:SendMessage"},
    ("queue", "redrive"): {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
    ("secret", "read"): {"secretsmanager:GetSecretValue"},
    ("secret", "write"): {"secretsmanager:PutSecretValue"},
    ("mail", "send"): {"ses:SendEmail"},
    ("socket", "push"): {"execute-api:ManageConnections"},
    ("bucket", "upload"): {"s3:PutObject"},
    ("bucket", "keep"): {"s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
    ("bucket", "show"): {"s3:GetObject"},
    ("bucket", "forget"): {"s3:ListBucket", "s3:DeleteObject"},
    ("bucket", "index"): {"s3:PutObject", "s3:DeleteObject"},
    ("bucket", "load"): {"s3:ListBucket", "s3:GetObject"},
    ("key", "open"): {"kms:Decrypt"},
    ("key", "seal"): {"kms:Encrypt"},
}
RUNNING = {"Log", "Trace", "Network", "NetworkNotByCode", "Source", "SourceList", "Failures"}
"""Statements that come from how a function is run, not from its grants."""
WILDCARDS = {
    "Trace": "X-Ray knows no resources",
    "Network": "Lambda's interfaces have no names before they exist",
    "SourceList": "listing streams knows no single stream",
    "PushSocketSockets": "connections have ids of API Gateway's own",
    "UploadBucketFiles": "files are named at run time, under one prefix",
    "KeepBucketFiles": "files are named at run time, under two prefixes",
    "ShowBucketFiles": "files are named at run time, under one prefix",
    "ForgetBucketFiles": "files are named at run time, under one prefix",
    "IndexBucketFiles": "index files are named after snapshots, under one prefix",
    "LoadBucketFiles": "index files are named after snapshots, under one prefix",
    "OpenKeyFields": "a key is named by its alias, in a condition",
    "SealKeyFields": "a key is named by its alias, in a condition",
    "Log": "streams of the function's own group are named at run time",
}
"""The only statements with a `*` in a resource, by sid."""


def expected(grant: Grant) -> Right | None:
    """Actions and resources of a grant, written out apart from the code under test."""
    actions = RIGHTS.get((grant.kind, grant.action))
    if actions is None:
        return None
    name = f"customer-service-dev-{grant.name}"
    match grant.kind:
        case "table":
            whole = f"arn:aws:dynamodb:{PLACE}:table/{name}"
            indexes = table(grant.name).indexes if grant.action == "read" else ()
            resources = {whole, *(f"{whole}/index/{index}" for index in indexes)}
        case "queue":
            resources = {f"arn:aws:sqs:{PLACE}:{name}{'-dlq' if grant.action == 'redrive' else ''}"}
        case "secret":
            resources = {f"arn:aws:secretsmanager:{PLACE}:secret:{name}-??????"}
        case "bucket":
            whole = f"arn:aws:s3:::{name}-123456789012"
            parts = {"upload": ("incoming",), "keep": ("incoming", "kept"), "show": ("kept",), "forget": ("kept",)}
            parts |= {"index": ("index",), "load": ("index",)}
            resources = {f"{whole}/{part}/*" for part in parts[grant.action]}
            resources |= {whole} if grant.action in ("keep", "forget", "load") else set()
        case "key":
            resources = {f"arn:aws:kms:{PLACE}:key/*"}
        case "socket":
            return tuple(sorted(actions)), ("@connections",)
        case _:
            resources = {f"arn:aws:ses:{PLACE}:identity/{sender}" for sender in ("help@shop.example", "shop.example")}
    return tuple(sorted(actions)), tuple(sorted(resources))


def told(statement: dict[str, Any]) -> Right:
    """Actions and resources of a statement."""
    resources = tuple(sorted(listed(statement["Resource"])))
    if statement["Sid"] == "PushSocketSockets":
        assert [resource.rpartition("/ws/")[2] for resource in resources] == [
            "DELETE/@connections/*",
            "POST/@connections/*",
        ]
        resources = ("@connections",)
    return tuple(sorted(listed(statement["Action"]))), resources


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_statements_equal_grants(dev: Assembly, row: Any) -> None:
    granted = [told(entry) for entry in dev.statements(row.name) if entry["Sid"] not in RUNNING]
    assert sorted(granted) == sorted(filter(None, map(expected, row.needs)))


def test_only_triggers_that_exist_add_statements(dev: Assembly) -> None:
    polled = {row.name for row in (*STREAM_CONSUMERS, *QUEUE_WORKERS)}
    reading = {row.name for row in ROWS if any(entry["Sid"] == "Source" for entry in dev.statements(row.name))}
    assert reading == polled


def test_no_role_has_a_policy_beside_its_own(dev: Assembly) -> None:
    assert not dev.of_type("AWS::IAM::Policy")
    assert not dev.of_type("AWS::IAM::ManagedPolicy")
    assert not any(role.get("ManagedPolicyArns") for role in dev.of_type("AWS::IAM::Role").values())


def test_no_statement_has_a_wildcard_outside_the_list(prod: Assembly) -> None:
    for statement in _allowing(prod):
        assert not any("*" in action for action in listed(statement["Action"])), statement
        wild = any("*" in resource for resource in listed(statement["Resource"]))
        assert not wild or statement["Sid"] in WILDCARDS, statement


def test_the_list_of_wildcards_has_no_stale_entry(prod: Assembly) -> None:
    wild = {entry["Sid"] for entry in _allowing(prod) if any("*" in resource for resource in listed(entry["Resource"]))}
    assert wild == set(WILDCARDS)


def test_a_function_writes_only_its_own_log(dev: Assembly) -> None:
    for name in dev.functions():
        (log,) = (entry for entry in dev.statements(name) if entry["Sid"] == "Log")
        assert log["Resource"].endswith(f":log-group:/aws/lambda/customer-service-dev-{name}:*")


def test_a_functions_code_may_not_touch_the_network_itself(dev: Assembly) -> None:
    (denied,) = (entry for entry in dev.statements("create_ticket") if entry["Effect"] == "Deny")
    function = f"arn:aws:lambda:{PLACE}:function:customer-service-dev-create_ticket"
    assert denied["Condition"] == {"ArnEquals": {"lambda:SourceFunctionArn": function}}
    assert set(denied["Action"]) >= {"ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"}


def test_mail_leaves_only_under_the_deployments_address(dev: Assembly) -> None:
    (mail,) = (entry for entry in dev.statements("send_login_code") if entry["Action"] == "ses:SendEmail")
    assert mail["Condition"] == {"StringEquals": {"ses:FromAddress": "help@shop.example"}}


def test_keys_are_used_by_their_alias_only(dev: Assembly) -> None:
    (sealing,) = (entry for entry in dev.statements("create_ticket") if entry["Sid"] == "SealKeyFields")
    (opening,) = (entry for entry in dev.statements("get_ticket") if entry["Sid"] == "OpenKeyFields")
    named = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/customer-service-dev-fields"}}
    assert sealing["Condition"] == opening["Condition"] == named
    assert not any(entry["Sid"] == "SealKeyFields" for entry in dev.statements("get_ticket"))


def test_a_grant_no_rule_knows_is_an_error() -> None:
    account = Account("aws", PSEUDO["AWS::Region"], PSEUDO["AWS::AccountId"], "dev")
    with pytest.raises(KeyError):
        grant_statements([Grant("queue", "ai_turns", "read")], account)


def _allowing(assembly: Assembly) -> list[dict[str, Any]]:
    return [
        entry
        for role in assembly.of_type("AWS::IAM::Role").values()
        for policy in role["Policies"]
        for entry in policy["PolicyDocument"]["Statement"]
        if entry["Effect"] == "Allow"
    ]
