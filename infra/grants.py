"""A grant as IAM understands it: explicit actions on the exact resources. CDK's own `grant_*` give more than we ask."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from infra.names import alias, bucket_name, construct_id, dead_letters, log_group, physical
from shared.topology.grants import Grant
from shared.topology.resources import table

ACTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("table", "read"): ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"),
    ("table", "write"): ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                         "dynamodb:ConditionCheckItem"),
    ("queue", "send"): ("sqs:SendMessage",),
    ("queue", "redrive"): ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    ("secret", "read"): ("secretsmanager:GetSecretValue",),
    ("secret", "write"): ("secretsmanager:PutSecretValue",),
    ("mail", "send"): ("ses:SendEmail",),
    ("socket", "push"): ("execute-api:ManageConnections",),
    ("bucket", "upload"): ("s3:PutObject",),
    # Who may list a bucket is told that an object is missing (404); others are told nothing (403).
    ("bucket", "keep"): ("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
    ("bucket", "show"): ("s3:GetObject",),
    ("bucket", "forget"): ("s3:ListBucket", "s3:DeleteObject"),
    ("bucket", "index"): ("s3:PutObject", "s3:DeleteObject"),
    ("bucket", "load"): ("s3:ListBucket", "s3:GetObject"),
    ("key", "open"): ("kms:Decrypt",),
    ("key", "seal"): ("kms:Encrypt",),
}  # fmt: skip
WITHOUT_IAM = {("cache", "use"), ("model", "use"), ("socket", "tell"), ("receivers", "post")}
"""The cache is guarded by its security group, the model by a key that has a grant; an address is no secret;
what is public is anybody's to call."""
SOCKET_STAGE = "ws"
"""Stage of the WebSocket API, and so the path clients connect to."""
NETWORK_ACTIONS = ("ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
                   "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses",
                   "ec2:UnassignPrivateIpAddresses")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One IAM statement; `sid` tells which right it stands for."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: dict[str, dict[str, str]] = field(default_factory=dict)
    allows: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """Where the resources are. The parts may be CloudFormation's placeholders."""

    partition: str
    region: str
    number: str
    stage: str
    mail_from: str = ""
    sockets: str = ""
    """Id of the WebSocket API."""

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of this account."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.number}:{resource}"

    def named(self, service: str, kind: str, name: str) -> str:
        """The ARN of one of our resources by its logical name; `kind` is the ARN's type with its separator."""
        return self.arn(service, f"{kind}{physical(self.stage, name)}")


def grant_statements(needs: Iterable[Grant], account: Account) -> list[Statement]:
    """A statement per grant, in a stable order; KeyError for a grant no rule knows."""
    return [_statement(grant, account) for grant in sorted(needs) if (grant.kind, grant.action) not in WITHOUT_IAM]


def _statement(grant: Grant, account: Account) -> Statement:
    return Statement(
        sid=construct_id(grant.action, grant.kind, grant.name),
        actions=ACTIONS[grant.kind, grant.action],
        resources=_resources(grant, account),
        conditions=_conditions(grant, account),
    )


def _conditions(grant: Grant, account: Account) -> dict[str, dict[str, str]]:
    if grant.kind == "mail":
        return {"StringEquals": {"ses:FromAddress": account.mail_from}}
    if grant.kind == "key":
        # An alias names no resource in IAM: the key's own id is not known here, its alias is.
        # https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
        return {"ForAnyValue:StringEquals": {"kms:ResourceAliases": alias(account.stage, grant.name)}}
    return {}


def _resources(grant: Grant, account: Account) -> tuple[str, ...]:
    match grant.kind:
        case "table":
            whole = account.named("dynamodb", "table/", grant.name)
            indexes = table(grant.name).indexes if grant.action == "read" else ()
            return (whole, *(f"{whole}/index/{index}" for index in indexes))
        case "queue":
            return (account.named("sqs", "", dead_letters(grant.name) if grant.action == "redrive" else grant.name),)
        case "secret":
            # Secrets Manager adds a hyphen and six random characters to the name.
            return (account.named("secretsmanager", "secret:", grant.name) + "-??????",)
        case "mail":
            senders = (account.mail_from, account.mail_from.rpartition("@")[2])
            return tuple(account.arn("ses", f"identity/{sender}") for sender in senders)
        case "bucket":
            whole = f"arn:{account.partition}:s3:::{bucket_name(account.stage, account.number, grant.name)}"
            incoming, kept, index = (f"{whole}/{place}/*" for place in ("incoming", "kept", "index"))
            places = {"upload": (incoming,), "keep": (whole, incoming, kept), "show": (kept,), "forget": (whole, kept)}
            return (places | {"index": (index,), "load": (whole, index)})[grant.action]
        case "key":
            return (account.arn("kms", "key/*"),)
        case "socket":
            # POST sends to a connection, DELETE closes it; which one is known at run time.
            place = f"{account.sockets}/{SOCKET_STAGE}"
            return tuple(account.arn("execute-api", f"{place}/{verb}/@connections/*") for verb in ("POST", "DELETE"))
        case _:
            raise KeyError(grant)


def running_statements(name: str, account: Account, networked: bool) -> list[Statement]:
    """What every function needs to run at all: its own log, traces and, in the network, an interface."""
    log = account.arn("logs", f"log-group:{log_group(physical(account.stage, name))}:*")
    statements = [
        Statement("Log", ("logs:CreateLogStream", "logs:PutLogEvents"), (log,)),
        Statement("Trace", ("xray:PutTraceSegments", "xray:PutTelemetryRecords"), ("*",)),
    ]
    return [*statements, *_network_statements(name, account)] if networked else statements


def _network_statements(name: str, account: Account) -> list[Statement]:
    # Lambda makes the interfaces in the role's name; the code in the function must not.
    # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    by_the_code = {"ArnEquals": {"lambda:SourceFunctionArn": account.named("lambda", "function:", name)}}
    return [
        Statement("Network", NETWORK_ACTIONS, ("*",)),
        Statement("NetworkNotByCode", NETWORK_ACTIONS, ("*",), by_the_code, allows=False),
    ]


def queue_source_statements(queue: str, account: Account) -> list[Statement]:
    """What Lambda's poller needs of the queue, in the worker's name."""
    actions = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility")
    return [Statement("Source", actions, (account.named("sqs", "", queue),))]


def stream_source_statements(stream_arn: str, failures: str, account: Account) -> list[Statement]:
    """What Lambda's poller needs of the stream, and where it puts what was given up."""
    actions = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
    return [
        Statement("Source", actions, (stream_arn,)),
        Statement("SourceList", ("dynamodb:ListStreams",), ("*",)),
        Statement("Failures", ("sqs:SendMessage",), (account.named("sqs", "", failures),)),
    ]
