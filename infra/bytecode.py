"""Bytecode for Lambda, whose file system is read-only: a source without it is compiled at every cold start."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "3.13"


@functools.cache
def compiler() -> str | None:
    """An interpreter of Lambda's version, or None where this machine has none."""
    for candidate in (sys.executable, shutil.which(f"python{VERSION}")):
        if candidate and _version(candidate) == VERSION:
            return candidate
    return None


def _version(interpreter: str) -> str:
    # A name on the path may be a version manager's shim for a version that is not chosen, so it is asked.
    question = [interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    return subprocess.run(question, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def compile_alone(root: Path, mounted_at: str, python: str | None) -> bool:
    """The same, with the bytecode in the place of the sources, which are deleted: half the size, and no look for both.

    A trace still names file and line, as they stand in the repository; docstrings are left out.
    """
    if not compile_tree(root, mounted_at, python, "-b", "-o", "2"):
        return False
    for source in root.rglob("*.py"):
        source.unlink()
    return True


def compile_tree(root: Path, mounted_at: str, python: str | None, *options: str) -> bool:
    """Compile every source under `root`, which Lambda mounts at `mounted_at`, with the `compiler()` of this machine.

    False when it has none and the sources go as they are.

    `unchecked-hash` because a zip changes the sources' times, which would make every other kind of bytecode stale.
    """
    if python is None:
        print(  # noqa: T201
            f"WARNING: no python{VERSION} on this machine, so {root.name} is shipped WITHOUT BYTECODE: "
            "every cold start will take about three times as long. Do not deploy this to production.",
            file=sys.stderr,
        )
        return False
    command = [python, "-m", "compileall", "-q", "-j", "0", "-s", str(root), "-p", mounted_at,
               "--invalidation-mode", "unchecked-hash", *options, str(root)]  # fmt: skip
    # A fixed hash seed keeps the order of constants, and so the bytes, the same from build to build.
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S603
    return True
