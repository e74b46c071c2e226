"""Pins the layers to the versions of the one lock: `python -m layers.lock` (needs `uv` on the path)."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9._-]+)==([^ \\]+)", re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    """Version by package of a requirements file."""
    return dict(PIN.findall(lock.read_text()))


def lock_layer(name: str, without: tuple[str, ...] = ()) -> None:
    """Write `layers/<name>/requirements.txt`; `without` names packages another layer brings."""
    left_out = [f"--no-emit-package={package}" for package in without]
    subprocess.run(
        ["uv", "pip", "compile", f"layers/{name}/requirements.in", "--constraints", "requirements/dev.txt",
         "--python-version", "3.13", "--python-platform", "aarch64-manylinux_2_28", "--generate-hashes",
         "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet", *left_out,
         "--output-file", f"layers/{name}/requirements.txt"],
        cwd=ROOT, check=True,
    )  # fmt: skip


def main() -> None:
    """Lock both layers; the second leaves out what the first has, as they are always mounted together."""
    lock_layer("runtime")
    lock_layer("ai", tuple(pins(ROOT / "layers/runtime/requirements.txt")))


if __name__ == "__main__":
    main()
