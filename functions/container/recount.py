"""Counts every ticket again and compares with the counters of reports.

python -m functions.container.recount [--write]    `--write` counts what was missed and corrects what is wrong

Uses the deployment's own credentials and settings. It reads every timeline, sealed as it is stored. Safe beside a
running system; a difference that goes away by itself was an entry on its way.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from shared.kernel.errors import DomainError
from shared.reporting.counting import Recount, Recounting

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SHOWN = 20
"""Wrong counters that are printed."""


def run(arguments: Sequence[str], recounting: Callable[[], Recounting]) -> int:
    """The exit code: 0 all counters are right or made right, 1 the store did not let us, 3 some are wrong."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.recount", description=__doc__)
    parser.add_argument("--write", action="store_true", help="count what was missed, correct what is wrong")
    given = parser.parse_args(arguments)
    try:
        found = recounting().run(SINCE, UNTIL, given.write)
    except DomainError as error:
        print(f"{error.code}: {error.detail('en')}", file=sys.stderr)
        return 1
    return _told(found, given.write)


def _told(found: Recount, written: bool) -> int:
    print(
        f"{found.tickets} tickets, {found.entries} entries that count: {found.missed} missed, {len(found.wrong)} wrong"
    )
    for count in found.wrong[:SHOWN]:
        print(f"  {count.dimension} {count.value} {count.hour:%Y-%m-%dT%H}Z: {count.numbers}")
    if not found.missed and not found.wrong:
        print("the counters equal the recount")
        return 0
    print("counted and corrected" if written else "run it again with --write (make recount WRITE=1) to correct them")
    return 0 if written else 3


def main() -> int:
    """The command over the deployment's own tables."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], lambda: WIRING.resolve("recounting"))


if __name__ == "__main__":
    raise SystemExit(main())
