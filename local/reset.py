"""Empties the local system's data directory: `python -m local.reset`."""

import os
import sys
from collections.abc import Mapping

from local.data_dir import data_dir_for_reset
from local.settings import Refused, data_dir


def main(environ: Mapping[str, str] = os.environ) -> int:
    """0 when the directory is empty or was never made; 1 with the reason when it is not ours or in use."""
    path = data_dir(environ)
    if not path.exists():
        print(f"{path} does not exist; there is nothing to empty.")
        return 0
    try:
        with data_dir_for_reset(path) as data:
            data.empty()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{path} is empty.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
