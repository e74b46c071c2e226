"""Becomes another program that the kernel kills when its parent dies: `python tether.py PARENT COMMAND ...`.

An `exec` step and not a `preexec_fn`: the supervisor has threads, and Python code between fork and exec may deadlock.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""


def tie_to_parent(parent: int) -> None:
    """Ask for KILL at the parent's end (Linux; elsewhere nothing), and leave at once if that has already come."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    tie_to_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606
