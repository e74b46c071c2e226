"""Synthesises each variant once per test run, also when several processes share the run."""

import fcntl
import os
from pathlib import Path

import pytest

from infra.app import project_context, use_packaged_node
from tests.infra.template import Assembly, read_assembly

VARIANTS: dict[str, dict[str, str]] = {
    "dev": {"origins": "https://shop.example", "mail_from": "help@shop.example", "ai_model": "some-model"},
    "prod": {"stage": "prod", "mail_from": "help@shop.example"},
    "uncached": {"cache": "none"},
    "local": {"local": "true"},
}


@pytest.fixture(scope="session")
def assemblies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assembly]:
    """Every variant; the first process to come synthesises, the others wait and read."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "assemblies"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "done").exists():
            _synthesise(root)
            (root / "done").touch()
    return {name: read_assembly(root / name) for name in VARIANTS}


@pytest.fixture(scope="session")
def dev(assemblies: dict[str, Assembly]) -> Assembly:
    """The default deployment, with a cache."""
    return assemblies["dev"]


@pytest.fixture(scope="session")
def prod(assemblies: dict[str, Assembly]) -> Assembly:
    """The production deployment."""
    return assemblies["prod"]


@pytest.fixture(scope="session")
def uncached(assemblies: dict[str, Assembly]) -> Assembly:
    """A deployment without cache and network."""
    return assemblies["uncached"]


@pytest.fixture(scope="session")
def local(assemblies: dict[str, Assembly]) -> Assembly:
    """The deployment to the emulator."""
    return assemblies["local"]


def _synthesise(root: Path) -> None:
    use_packaged_node()
    import aws_cdk as cdk

    from infra.code_asset import Package
    from infra.constructs.hosting import Packages
    from infra.stage import read_settings
    from infra.system import build_system

    empty = root / "package"
    empty.mkdir()
    (empty / "placeholder.txt").write_text("what is shipped has tests of its own")
    for name, context in VARIANTS.items():
        app = cdk.App(outdir=str(root / name), context={**project_context(), **context})
        settings = read_settings(app.node.try_get_context)
        layers = {} if settings.local else {layer: Package(empty, f"{layer}-digest") for layer in ("runtime", "ai")}
        build_system(app, settings, Packages(Package(empty, "code-digest"), Package(empty, "engine-digest"), layers))
        app.synth()
