"""Functions behind streams, queues and timers."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.constructs.function import policy_statement, row_function
from infra.constructs.hosting import Network, Packages, make_host
from infra.grants import Statement, queue_source_statements, stream_source_statements
from infra.names import MISSED_RUNS, construct_id, dead_letters, physical
from infra.stage import Settings
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS, QueueWorker, StreamConsumer
from shared.topology.schedules import SCHEDULES, Schedule


class WorkersStack(cdk.Stack):
    """Holds no state; may be deleted and made again."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        settings: Settings,
        packages: Packages,
        network: Network | None,
        streams: dict[str, str],
        sockets: str,
    ) -> None:
        super().__init__(scope, name)
        self._host = make_host(self, settings, packages, network, sockets)
        self._stage = settings.stage
        for consumer in STREAM_CONSUMERS:
            self._consume(consumer, streams[consumer.table])
        for worker in QUEUE_WORKERS:
            self._work(worker)
        for schedule in SCHEDULES:
            self._run(schedule)

    def _consume(self, row: StreamConsumer, stream: str) -> None:
        account = self._host.account
        function = row_function(self, row, self._host, stream_source_statements(stream, row.failures, account))
        lambda_.CfnEventSourceMapping(
            self,
            construct_id(row.name, "source"),
            function_name=function.function_name,
            event_source_arn=stream,
            starting_position="TRIM_HORIZON",
            batch_size=row.batch_size,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=row.retries,
            maximum_record_age_in_seconds=row.max_age,
            destination_config=lambda_.CfnEventSourceMapping.DestinationConfigProperty(
                on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(
                    destination=account.named("sqs", "", row.failures)
                )
            ),
            function_response_types=["ReportBatchItemFailures"],
        )

    def _work(self, row: QueueWorker) -> None:
        account = self._host.account
        function = row_function(self, row, self._host, queue_source_statements(row.queue, account))
        lambda_.CfnEventSourceMapping(
            self,
            construct_id(row.name, "source"),
            function_name=function.function_name,
            event_source_arn=account.named("sqs", "", row.queue),
            batch_size=row.batch_size,
            function_response_types=["ReportBatchItemFailures"],
        )

    def _run(self, row: Schedule) -> None:
        function = row_function(self, row, self._host)
        missed = self._host.account.named("sqs", "", dead_letters(MISSED_RUNS))
        scheduler.CfnSchedule(
            self,
            construct_id(row.name, "timer"),
            name=physical(self._stage, row.name),
            schedule_expression=rate(row.every),
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.function_arn,
                role_arn=self._caller(row, function.function_arn, missed).role_arn,
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=missed),
                # The next run does the work of a missed one.
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=max(row.every, 60), maximum_retry_attempts=2
                ),
            ),
        )

    def _caller(self, row: Schedule, function_arn: str, missed: str) -> iam.Role:
        start = Statement("Start", ("lambda:InvokeFunction",), (function_arn,))
        give_up = Statement("GiveUp", ("sqs:SendMessage",), (missed,))
        return iam.Role(
            self,
            construct_id(row.name, "timer", "role"),
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
            ),
            inline_policies={
                "start": iam.PolicyDocument(statements=[policy_statement(start), policy_statement(give_up)])
            },
        )


def rate(seconds: int) -> str:
    """Scheduler's expression for whole minutes; ValueError for anything else."""
    minutes, rest = divmod(seconds, 60)
    if rest or minutes < 1:
        raise ValueError(f"{seconds} s is no whole number of minutes")
    return f"rate({minutes} minute{'s' if minutes > 1 else ''})"
