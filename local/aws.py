"""Makes the topology's tables, queues and secrets in the emulator, and the environment that tells where they are."""

import contextlib
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local.emulator.child import CREDENTIAL
from local.readiness import wait_for as wait_for
from shared.topology.resources import BUCKETS, KEYS, QUEUES, SECRETS, TABLES, Bucket, Queue, Table, env_name

REGION = "us-east-1"
KEY = CREDENTIAL
DEAD_LETTER_RETENTION = 1_209_600
"""Seconds (14 days)."""
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
GONE = frozenset(
    {
        "NoSuchBucket",
        "NotFoundException",
        "ResourceNotFoundException",
        "AWS.SimpleQueueService.NonExistentQueue",
        "QueueDoesNotExist",
    }
)


class OldTables(Exception):
    """The data directory holds tables with other indexes than the topology has now."""


def client(service: str, endpoint: str) -> Any:
    """A boto3 client of the emulator that no proxy, profile or retry policy of the machine reaches."""
    config = Config(proxies={}, connect_timeout=3, read_timeout=30, retries={"total_max_attempts": 3})
    return _session().client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=KEY,
        aws_secret_access_key=KEY,
        config=config,
    )


@cache
def _session() -> Any:
    """One for all clients: it keeps the API descriptions, 0.1 s of parsing each."""
    return boto3.session.Session()


def physical(prefix: str, name: str) -> str:
    """What a resource of the topology is called in the emulator."""
    return f"{prefix}-{name.replace('_', '-')}"


def credentials(endpoint: str) -> dict[str, str]:
    """What points every AWS client at the emulator, and at nothing else."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
    }


def provision(endpoint: str, prefix: str, cache_url: str = "") -> dict[str, str]:
    """Make what is missing and return the environment. Done at each start: queue URLs contain the endpoint's port."""
    dynamodb, sqs, secrets = (client(service, endpoint) for service in ("dynamodb", "sqs", "secretsmanager"))
    env = {**credentials(endpoint), **({"CACHE_URL": cache_url} if cache_url else {})}
    for table in TABLES:
        env[env_name("table", table.name)] = _ensure_table(dynamodb, physical(prefix, table.name), table)
    for queue in QUEUES:
        env[env_name("queue", queue.name)] = _ensure_queue(sqs, physical(prefix, queue.name), queue)
    for secret in SECRETS:
        env[env_name("secret", secret.name)] = _ensure_secret(secrets, physical(prefix, secret.name))
    for bucket in BUCKETS:
        made = _ensure_bucket(client("s3", endpoint), sqs, physical(prefix, bucket.name), bucket, env)
        env[env_name("bucket", bucket.name)] = made
    for key in KEYS:
        env[env_name("key", key.name)] = _ensure_key(client("kms", endpoint), f"alias/{physical(prefix, key.name)}")
    return env


def destroy(endpoint: str, prefix: str) -> None:
    """Delete everything `provision` made under the prefix; what is already gone is no fault."""
    dynamodb, sqs, secrets = (client(service, endpoint) for service in ("dynamodb", "sqs", "secretsmanager"))
    for table in TABLES:
        _unless_gone(dynamodb.delete_table, TableName=physical(prefix, table.name))
    for queue in QUEUES:
        for name in (physical(prefix, queue.name), f"{physical(prefix, queue.name)}-dlq"):
            found = _unless_gone(sqs.get_queue_url, QueueName=name)
            if found:
                _unless_gone(sqs.delete_queue, QueueUrl=found["QueueUrl"])
    for secret in SECRETS:
        name = physical(prefix, secret.name)
        _unless_gone(secrets.delete_secret, SecretId=name, ForceDeleteWithoutRecovery=True)
    for bucket in BUCKETS:
        _delete_bucket(client("s3", endpoint), physical(prefix, bucket.name))
    for key in KEYS:
        _unless_gone(client("kms", endpoint).delete_alias, AliasName=f"alias/{physical(prefix, key.name)}")


def _ensure_table(dynamodb: Any, name: str, table: Table) -> str:
    try:
        dynamodb.create_table(**table_request(name, table))
    except dynamodb.exceptions.ResourceInUseException:
        _check_indexes(dynamodb, name, table)
        _ensure_stream(dynamodb, name, table)
    if table.ttl:
        current = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        if current["TimeToLiveStatus"] != "ENABLED":
            spec = {"Enabled": True, "AttributeName": table.ttl}
            dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=spec)
    backups = {"PointInTimeRecoveryEnabled": True}
    dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=backups)
    return name


def table_request(name: str, table: Table) -> dict[str, Any]:
    """The CreateTable request of a topology table."""
    attributes = ["pk", "sk", *(f"{index}{part}" for index in table.indexes for part in ("pk", "sk"))]
    request: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": each, "AttributeType": "S"} for each in attributes],
        "KeySchema": _keys(""),
    }
    if table.indexes:
        request["GlobalSecondaryIndexes"] = [
            {"IndexName": index, "KeySchema": _keys(index), "Projection": {"ProjectionType": "ALL"}}
            for index in table.indexes
        ]
    if table.stream:
        request["StreamSpecification"] = STREAM
    return request


def _keys(index: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": f"{index}pk", "KeyType": "HASH"},
        {"AttributeName": f"{index}sk", "KeyType": "RANGE"},
    ]


def _check_indexes(dynamodb: Any, name: str, table: Table) -> None:
    found = dynamodb.describe_table(TableName=name)["Table"].get("GlobalSecondaryIndexes") or []
    if {index["IndexName"] for index in found} != set(table.indexes):
        raise OldTables(f"table {name} was made by an older version; empty the local data with `make reset`.")


def _ensure_stream(dynamodb: Any, name: str, table: Table) -> None:
    """For a table an older version made without one."""
    has = dynamodb.describe_table(TableName=name)["Table"].get("StreamSpecification", {}).get("StreamEnabled", False)
    if table.stream and not has:
        dynamodb.update_table(TableName=name, StreamSpecification=STREAM)


def _ensure_queue(sqs: Any, name: str, queue: Queue) -> str:
    dead = sqs.create_queue(QueueName=f"{name}-dlq")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={"MessageRetentionPeriod": str(DEAD_LETTER_RETENTION)})
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    url: str = sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = {
        "VisibilityTimeout": str(queue.visibility),
        "MessageRetentionPeriod": str(queue.retention),
        "RedrivePolicy": f'{{"deadLetterTargetArn":"{arn}","maxReceiveCount":"{queue.max_receives}"}}',
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    return url


def _ensure_secret(secrets: Any, name: str) -> str:
    with contextlib.suppress(secrets.exceptions.ResourceExistsException):
        secrets.create_secret(Name=name)
    return name


def _ensure_bucket(s3: Any, sqs: Any, name: str, bucket: Bucket, env: dict[str, str]) -> str:
    with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=name)
    queue = env[env_name("queue", bucket.queue)]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    only = {"Key": {"FilterRules": [{"Name": "prefix", "Value": "incoming/"}]}}
    told = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"], "Filter": only}
    s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={"QueueConfigurations": [told]})
    open_to_pages = {"AllowedMethods": ["POST", "GET"], "AllowedOrigins": ["*"], "AllowedHeaders": ["*"]}
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [open_to_pages]})
    return name


def _ensure_key(kms: Any, alias: str) -> str:
    known = {entry["AliasName"] for page in kms.get_paginator("list_aliases").paginate() for entry in page["Aliases"]}
    if alias not in known:
        kms.create_alias(AliasName=alias, TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    return alias


def _delete_bucket(s3: Any, name: str) -> None:
    while held := (_unless_gone(s3.list_objects_v2, Bucket=name) or {}).get("Contents"):
        for entry in held:
            s3.delete_object(Bucket=name, Key=entry["Key"])
    _unless_gone(s3.delete_bucket, Bucket=name)


def _unless_gone(call: Any, **request: Any) -> Any:
    try:
        return call(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] not in GONE:
            raise
        return None
