"""Wrapping keys by hand.

python -m functions.container.keys rotate        a new branch key now, and every data key wrapped again; once a year the
                                                 schedule does it, this is for when somebody may have seen a key
python -m functions.container.keys master FILE   a new master key in the key file, which is made when there is none

`rotate` uses the deployment's own credentials and settings. Safe to run again; the schedule goes on where it was ended.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.kernel.errors import DomainError
from shared.kernel.ports import Ids
from shared.sealing.renewal import KeyRenewal


def run(arguments: Sequence[str], renewal: Callable[[], KeyRenewal], ids: Callable[[], Ids]) -> int:
    """The exit code: 0 done, 1 the key service, the table or the file did not let us."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.keys", description="Wrapping keys by hand.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rotate", help="make a new branch key now and wrap every data key again")
    commands.add_parser("master", help="add a master key to a key file, or make the file").add_argument(
        "file", type=Path
    )
    given = parser.parse_args(arguments)
    try:
        return _rotated(renewal()) if given.command == "rotate" else _mastered(given.file, ids())
    except DomainError as error:
        print(f"{error.code}: {error.detail('en')}", file=sys.stderr)
        return 1


def _rotated(renewal: KeyRenewal) -> int:
    made = renewal.rotate()
    print("a new branch wraps keys from now on" if made else "another process made a new branch at this moment")
    total = 0
    while (done := renewal.run()).keys:
        total += done.keys
        print(f"{total} data keys wrapped again", flush=True)
    print("done; the old branch is dropped by the schedule, a day from now" if done.left else "done")
    return 0


def _mastered(file: Path, ids: Ids) -> int:
    from shared.adapters.keyfile.making import add_master

    try:
        name = add_master(file, ids.raw)
    except (OSError, ValueError) as error:
        print(f"{file} was left as it is: {error}", file=sys.stderr)
        return 1
    print(f"{file}: {name} is active from the next start of api and worker. Keep a copy apart from the data's backups;")
    print("without it nothing can be read. Older keys may be taken out a day after `renew_keys` has run.")
    return 0


def main() -> int:
    """The command over the deployment's own keys."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], lambda: WIRING.resolve("key_renewal"), lambda: WIRING.resolve("ids"))


if __name__ == "__main__":
    raise SystemExit(main())
