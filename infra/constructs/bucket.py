"""The bucket of a row of the topology: private, encrypted, TLS only; uploads are told to a queue and kept a day."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.queue import removal
from infra.names import bucket_name, construct_id
from infra.stage import Settings
from shared.topology.resources import Bucket

UPLOADS = "incoming/"


def row_bucket(scope: Construct, row: Bucket, settings: Settings, told: sqs.Queue) -> s3.CfnBucket:
    """Without CDK's notification handler, which would be a function of its own with wide rights."""
    name = bucket_name(settings.stage, cdk.Aws.ACCOUNT_ID, row.name)
    arn = f"arn:{cdk.Aws.PARTITION}:s3:::{name}"
    told.add_to_resource_policy(
        iam.PolicyStatement(
            actions=["sqs:SendMessage"],
            principals=[iam.ServicePrincipal("s3.amazonaws.com")],
            resources=[told.queue_arn],
            conditions={
                "ArnEquals": {"aws:SourceArn": arn},
                "StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID},
            },
        )
    )
    bucket = s3.CfnBucket(
        scope,
        construct_id("bucket", row.name),
        bucket_name=name,
        bucket_encryption=_encrypted(),
        public_access_block_configuration=s3.CfnBucket.PublicAccessBlockConfigurationProperty(
            block_public_acls=True, block_public_policy=True, ignore_public_acls=True, restrict_public_buckets=True
        ),
        ownership_controls=s3.CfnBucket.OwnershipControlsProperty(
            rules=[s3.CfnBucket.OwnershipControlsRuleProperty(object_ownership="BucketOwnerEnforced")]
        ),
        lifecycle_configuration=_lifecycle(),
        cors_configuration=_cors(settings.origins),
        notification_configuration=_notifications(told),
    )
    bucket.apply_removal_policy(removal(settings))
    # S3 asks the queue at once whether it may send.
    for child in told.node.find_all():
        if isinstance(child, sqs.CfnQueuePolicy):
            bucket.add_dependency(child)
    _tls_only(scope, row, bucket, arn)
    return bucket


def _encrypted() -> s3.CfnBucket.BucketEncryptionProperty:
    by_default = s3.CfnBucket.ServerSideEncryptionByDefaultProperty(sse_algorithm="AES256")
    rule = s3.CfnBucket.ServerSideEncryptionRuleProperty(server_side_encryption_by_default=by_default)
    return s3.CfnBucket.BucketEncryptionProperty(server_side_encryption_configuration=[rule])


def _lifecycle() -> s3.CfnBucket.LifecycleConfigurationProperty:
    part = s3.CfnBucket.AbortIncompleteMultipartUploadProperty(days_after_initiation=1)
    rule = s3.CfnBucket.RuleProperty(
        id="uploads", status="Enabled", prefix=UPLOADS, expiration_in_days=1, abort_incomplete_multipart_upload=part
    )
    return s3.CfnBucket.LifecycleConfigurationProperty(rules=[rule])


def _cors(origins: tuple[str, ...]) -> s3.CfnBucket.CorsConfigurationProperty | None:
    if not origins:
        return None
    rule = s3.CfnBucket.CorsRuleProperty(
        allowed_methods=["POST", "GET"], allowed_origins=list(origins), allowed_headers=["*"], max_age=3600
    )
    return s3.CfnBucket.CorsConfigurationProperty(cors_rules=[rule])


def _notifications(told: sqs.Queue) -> s3.CfnBucket.NotificationConfigurationProperty:
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=UPLOADS)
    only = s3.CfnBucket.NotificationFilterProperty(s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule]))
    created = s3.CfnBucket.QueueConfigurationProperty(event="s3:ObjectCreated:*", queue=told.queue_arn, filter=only)
    return s3.CfnBucket.NotificationConfigurationProperty(queue_configurations=[created])


def _tls_only(scope: Construct, row: Bucket, bucket: s3.CfnBucket, arn: str) -> None:
    refused = iam.PolicyStatement(
        effect=iam.Effect.DENY,
        actions=["s3:*"],
        principals=[iam.AnyPrincipal()],
        resources=[arn, f"{arn}/*"],
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
    s3.CfnBucketPolicy(
        scope,
        construct_id("bucket", row.name, "policy"),
        bucket=bucket.ref,
        policy_document=iam.PolicyDocument(statements=[refused]),
    )
