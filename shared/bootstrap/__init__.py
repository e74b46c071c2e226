"""The only place that wires. Nothing is built before it is asked for; adapters are imported where they are built."""

from shared.bootstrap.hosting import api_handler, queue_handler, schedule_handler, socket_handler, stream_handler
from shared.bootstrap.registry import REGISTRY, Wired

WIRING = Wired(REGISTRY)
"""The process's own objects."""

__all__ = [
    "REGISTRY",
    "WIRING",
    "Wired",
    "api_handler",
    "queue_handler",
    "schedule_handler",
    "socket_handler",
    "stream_handler",
]
