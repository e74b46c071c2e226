"""Sends dead letters through again: `python -m functions.container.redrive [queue …|all]`; without a name, counts them.

Uses the deployment's own credentials and the `QUEUE_*` variables, on AWS as well as locally.
"""

import argparse
import sys
from collections.abc import Sequence

from shared.kernel.errors import DomainError, NotFound
from shared.operations.redriving import Redriving


def run(arguments: Sequence[str], redriving: Redriving) -> int:
    """The exit code: 0 done, 1 refused by the queue service, 2 no such queue."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.redrive", description=__doc__)
    parser.add_argument("queue", nargs="*", help=f"all, or: {', '.join(redriving.queues)}")
    named = parser.parse_args(arguments).queue
    try:
        for queue in redriving.queues if named in ([], ["all"]) else named:
            _redrive(queue, redriving) if named else print(f"{queue}: {redriving.waiting(queue)} waiting")
    except NotFound:
        print(f"There is no queue {queue}. There are: {', '.join(redriving.queues)}", file=sys.stderr)
        return 2
    except DomainError as error:
        print(f"{error.code}: {error.detail('en')}", file=sys.stderr)
        return 1
    return 0


def _redrive(queue: str, redriving: Redriving) -> None:
    total = 0
    while True:
        done = redriving.move(queue)
        total += done.moved
        print(f"{queue}: {total} moved, about {done.left} left", flush=True)
        if done.moved == 0:
            return


def main() -> int:
    """The command over the deployment's own queues."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], WIRING.resolve("redriving"))


if __name__ == "__main__":
    raise SystemExit(main())
