"""The bucket: nobody's but ours, over TLS only, uploads kept a day and told to the queue that has them looked at."""

from typing import Any

from tests.infra.template import Assembly

NAME = "customer-service-dev-files-123456789012"


def bucket(assembly: Assembly) -> dict[str, Any]:
    """Its properties."""
    (found,) = assembly.of_type("AWS::S3::Bucket").values()
    return found


def test_it_is_private_and_encrypted(dev: Assembly) -> None:
    props = bucket(dev)
    assert props["BucketName"] == NAME
    assert set(props["PublicAccessBlockConfiguration"].values()) == {True}
    (rule,) = props["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert props["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_plain_http_is_refused(dev: Assembly) -> None:
    (policy,) = dev.of_type("AWS::S3::BucketPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", {"AWS": "*"})
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert set(statement["Resource"]) == {f"arn:aws:s3:::{NAME}", f"arn:aws:s3:::{NAME}/*"}


def test_what_comes_in_is_kept_a_day(dev: Assembly) -> None:
    (rule,) = bucket(dev)["LifecycleConfiguration"]["Rules"]
    assert (rule["Prefix"], rule["ExpirationInDays"], rule["Status"]) == ("incoming/", 1, "Enabled")


def test_what_comes_in_is_told_to_its_queue_and_only_this_bucket_may_tell(dev: Assembly) -> None:
    (told,) = bucket(dev)["NotificationConfiguration"]["QueueConfigurations"]
    assert told["Event"] == "s3:ObjectCreated:*"
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "incoming/"}]
    policies = [
        each
        for policy in dev.of_type("AWS::SQS::QueuePolicy").values()
        for each in policy["PolicyDocument"]["Statement"]
        if each["Effect"] == "Allow"
    ]
    (allowed,) = policies
    assert allowed["Condition"]["ArnEquals"] == {"aws:SourceArn": f"arn:aws:s3:::{NAME}"}
    assert allowed["Action"] == "sqs:SendMessage"


def test_data_outlives_its_stack_in_production(prod: Assembly) -> None:
    (entry,) = prod.raw("AWS::S3::Bucket").values()
    assert entry["DeletionPolicy"] == entry["UpdateReplacePolicy"] == "Retain"


def test_pages_of_no_other_site_may_upload(dev: Assembly, prod: Assembly) -> None:
    for assembly in (dev, prod):
        cors = bucket(assembly).get("CorsConfiguration")
        assert cors is None or "*" not in cors["CorsRules"][0]["AllowedOrigins"]
