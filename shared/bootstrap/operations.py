"""What people do to a running deployment."""

from shared.bootstrap.registry import Wired, provides
from shared.config import location
from shared.operations.ports import DeadLetters
from shared.operations.redriving import Redriving
from shared.topology.grants import DEAD_LETTERS
from shared.topology.resources import QUEUES


@provides(*DEAD_LETTERS, uses=("sqs_client",))
def dead_letters(wired: Wired) -> DeadLetters:
    """Every dead-letter queue."""
    from shared.adapters.sqs.dead_letters import SqsDeadLetters

    return SqsDeadLetters(wired.resolve("sqs_client"), lambda queue: location("queue", queue))


@provides(uses=("dead_letters",))
def redriving(wired: Wired) -> Redriving:
    """Sends dead letters through again."""
    return Redriving(wired.resolve("dead_letters"), tuple(queue.name for queue in QUEUES))
