"""Physical names. They are fixed, so that a grant names its resource without a link between stacks."""

PROJECT = "customer-service"
MISSED_RUNS = "schedules"
"""Whose dead-letter queue keeps the runs that Scheduler could not start."""


def physical(stage: str, name: str) -> str:
    """The name in the account: `customer-service-dev-create_ticket`."""
    return f"{PROJECT}-{stage}-{name}"


def alias(stage: str, name: str) -> str:
    """The alias of a KMS key."""
    return f"alias/{physical(stage, name)}"


def bucket_name(stage: str, account: str, name: str) -> str:
    """The name of a bucket: unique in all of AWS, so it carries the account's number."""
    return f"{physical(stage, name)}-{account}"


def dead_letters(name: str) -> str:
    """Logical name of a queue's dead-letter queue."""
    return f"{name}-dlq"


def construct_id(*parts: str) -> str:
    """Logical ids and output keys, which allow letters and digits only: `TableTickets`, `QueueAiTurns`."""
    words = [word for part in parts for word in part.replace("-", "_").split("_")]
    return "".join(word[:1].upper() + word[1:] for word in words)


def log_group(function_name: str) -> str:
    """Where Lambda would write by itself."""
    return f"/aws/lambda/{function_name}"
