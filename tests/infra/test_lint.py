"""cfn-lint finds nothing in any template."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.template import Assembly

REDUNDANT_DEPENDENCY = "W3005"
"""CDK writes `DependsOn` beside the reference that already implies it."""


@pytest.mark.parametrize("variant", ["dev", "prod"])
def test_templates_pass_cfn_lint(assemblies: dict[str, Assembly], variant: str) -> None:
    files = [str(path) for path in assemblies[variant].directory.glob("*.template.json")]
    linter = str(Path(sys.executable).with_name("cfn-lint"))
    command = [linter, "--regions", "eu-central-1", "--ignore-checks", REDUNDANT_DEPENDENCY, "--", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
