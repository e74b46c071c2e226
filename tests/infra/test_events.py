"""Queues, streams and timers lose nothing and repeat only what failed."""

from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS
from shared.topology.resources import QUEUES, queue
from shared.topology.schedules import SCHEDULES
from tests.infra.template import Assembly

PLACE = "arn:aws:sqs:eu-central-1:123456789012:customer-service-dev"


def test_each_queue_has_a_dead_letter_queue_that_keeps_14_days(dev: Assembly) -> None:
    queues = dev.of_type("AWS::SQS::Queue")
    names = {props["QueueName"]: props for props in queues.values()}
    assert {name for name in names if not name.endswith("-dlq")} == {
        f"customer-service-dev-{row.name}" for row in QUEUES
    }
    for row in QUEUES:
        redrive = names[f"customer-service-dev-{row.name}"]["RedrivePolicy"]
        dead = queues[redrive["deadLetterTargetArn"].removesuffix(".Arn")]
        assert redrive["maxReceiveCount"] == row.max_receives
        assert dead["QueueName"] == f"customer-service-dev-{row.name}-dlq"
        assert dead["MessageRetentionPeriod"] == 14 * 86_400


def test_queues_are_encrypted_and_refuse_plain_http(dev: Assembly) -> None:
    queues = dev.of_type("AWS::SQS::Queue")
    guarded = set()
    for policy in dev.of_type("AWS::SQS::QueuePolicy").values():
        statement, *granted = policy["PolicyDocument"]["Statement"]
        assert all(each["Principal"] == {"Service": "s3.amazonaws.com"} for each in granted)
        assert statement["Effect"] == "Deny"
        assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        guarded.update(policy["Queues"])
    assert guarded == set(queues)
    assert all(props["SqsManagedSseEnabled"] is True for props in queues.values())


def test_a_job_stays_hidden_six_times_as_long_as_its_worker_may_run(dev: Assembly) -> None:
    hidden = {props["QueueName"]: props.get("VisibilityTimeout") for props in dev.of_type("AWS::SQS::Queue").values()}
    for row in QUEUE_WORKERS:
        assert hidden[f"customer-service-dev-{row.queue}"] >= 6 * row.timeout


def test_every_source_is_mapped_with_partial_batches(dev: Assembly) -> None:
    mappings = dev.of_type("AWS::Lambda::EventSourceMapping").values()
    assert len(mappings) == len(STREAM_CONSUMERS) + len(QUEUE_WORKERS)
    assert all(props["FunctionResponseTypes"] == ["ReportBatchItemFailures"] for props in mappings)


def test_a_worker_reads_the_queue_of_its_row(dev: Assembly) -> None:
    functions = dev.of_type("AWS::Lambda::Function")
    read = {
        functions[props["FunctionName"]]["FunctionName"]: (props["EventSourceArn"], props["BatchSize"])
        for props in dev.of_type("AWS::Lambda::EventSourceMapping").values()
        if ":sqs:" in props["EventSourceArn"]
    }
    assert read == {
        f"customer-service-dev-{row.name}": (f"{PLACE}-{row.queue}", row.batch_size) for row in QUEUE_WORKERS
    }


def test_a_stream_consumer_splits_a_bad_batch_and_gives_up_into_its_queue(dev: Assembly) -> None:
    streams = [
        props for props in dev.of_type("AWS::Lambda::EventSourceMapping").values() if "StartingPosition" in props
    ]
    assert len(streams) == len(STREAM_CONSUMERS)
    for props, row in zip(streams, STREAM_CONSUMERS, strict=True):
        assert props["BisectBatchOnFunctionError"] is True
        assert props["MaximumRetryAttempts"] == row.retries
        assert props["MaximumRecordAgeInSeconds"] == row.max_age
        assert props["DestinationConfig"]["OnFailure"]["Destination"] == f"{PLACE}-{row.failures}"
        assert queue(row.failures)


def test_a_schedule_runs_its_own_function_and_keeps_missed_runs(dev: Assembly) -> None:
    functions = dev.of_type("AWS::Lambda::Function")
    timers = {props["Name"]: props for props in dev.of_type("AWS::Scheduler::Schedule").values()}
    assert set(timers) == {f"customer-service-dev-{row.name}" for row in SCHEDULES}
    for name, props in timers.items():
        target = props["Target"]
        assert functions[target["Arn"].removesuffix(".Arn")]["FunctionName"] == name
        assert target["DeadLetterConfig"]["Arn"] == f"{PLACE}-schedules-dlq"


def test_a_timer_may_start_its_function_and_nothing_else(dev: Assembly) -> None:
    roles = dev.of_type("AWS::IAM::Role")
    for props in dev.of_type("AWS::Scheduler::Schedule").values():
        (policy,) = roles[props["Target"]["RoleArn"].removesuffix(".Arn")]["Policies"]
        told = {entry["Action"]: entry["Resource"] for entry in policy["PolicyDocument"]["Statement"]}
        assert told == {"lambda:InvokeFunction": props["Target"]["Arn"], "sqs:SendMessage": f"{PLACE}-schedules-dlq"}
