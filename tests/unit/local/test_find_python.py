"""The shell step that chooses the interpreter of the installation."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "local" / "find_python.sh"


def find(path: Path, **env: str) -> str:
    found = subprocess.run(
        ["/bin/sh", str(SCRIPT)], env={"PATH": str(path), "HOME": str(path), **env}, capture_output=True, text=True
    )
    return found.stdout.strip()


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    (tmp_path / "python3").symlink_to(sys.executable)
    chosen = find(tmp_path)
    assert chosen not in ("", str(shim))
    version = subprocess.run([chosen, "-c", "import sys; print(sys.version_info[:2] >= (3, 11))"], capture_output=True)
    assert version.stdout == b"True\n"


def test_the_named_interpreter_wins(tmp_path: Path) -> None:
    assert find(tmp_path, PYTHON=sys.executable) == sys.executable
