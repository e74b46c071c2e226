"""Runs in a process of its own: imports a handler and calls it. It imports nothing that a contender would have to.

`python tests/performance/child.py <module> <event file> [<calls>]`: one call, or many after a warm-up. Prints one JSON
object: the answers' status and body, CPU µs a call (the least of ten batches), and the most memory held.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

WARM_UP = 50
BATCHES = 10


class Context:
    """What Lambda passes beside the event."""

    function_name = "create_ticket"
    function_version = "1"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:create_ticket"
    aws_request_id = "bench-1"

    def get_remaining_time_in_millis(self) -> int:
        """Enough."""
        return 15_000


def main(module: str, path: str, calls: int = 1) -> None:
    """One call, or many."""
    with open(path, encoding="utf-8") as file:
        event = json.load(file)
    handler = import_module(module).handler
    answer = handler(event, Context())
    told: dict[str, Any] = {"status": answer["statusCode"], "body": json.loads(answer["body"])}
    if calls > 1:
        for _ in range(WARM_UP):
            handler(event, Context())
        told["micros"] = [_batch(handler, event, calls // BATCHES) for _ in range(BATCHES)]
    told["kilobytes"] = _most_kilobytes()
    print(json.dumps(told))


def _most_kilobytes() -> int:
    try:
        # getrusage's figure starts at what the parent held when it started us.
        with open("/proc/self/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _batch(handler: Callable[[Any, Any], Any], event: Any, calls: int) -> float:
    started = time.process_time_ns()
    for _ in range(calls):
        handler(event, Context())
    return (time.process_time_ns() - started) / calls / 1000


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(calls) for calls in sys.argv[3:]))
