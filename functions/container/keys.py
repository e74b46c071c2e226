"""Makes a new branch key now and wraps every data key again: `python -m functions.container.keys rotate`.

For when somebody may have seen a key; once a year the schedule does it. Uses the deployment's own credentials and
settings (the table of keys, KMS or `KEY_FILE`). Safe to run again; the schedule goes on where it was ended.
"""

import argparse
import sys
from collections.abc import Sequence

from shared.kernel.errors import DomainError
from shared.sealing.renewal import KeyRenewal


def run(arguments: Sequence[str], renewal: KeyRenewal) -> int:
    """The exit code: 0 done, 1 the key service or the table did not answer."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.keys", description=__doc__)
    parser.add_argument("command", choices=["rotate"])
    parser.parse_args(arguments)
    try:
        made = renewal.rotate()
        print("a new branch wraps keys from now on" if made else "another process made a new branch at this moment")
        total = 0
        while (done := renewal.run()).keys:
            total += done.keys
            print(f"{total} data keys wrapped again", flush=True)
    except DomainError as error:
        print(f"{error.code}: {error.detail('en')}", file=sys.stderr)
        return 1
    print("done; the old branch is dropped by the schedule, a day from now" if done.left else "done")
    return 0


def main() -> int:
    """The command over the deployment's own keys."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], WIRING.resolve("key_renewal"))


if __name__ == "__main__":
    raise SystemExit(main())
