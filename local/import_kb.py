"""`make import-kb`: into the deployment the environment names, or else into the local system that runs here."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from local.aws import credentials, physical
from local.emulator.child import ROOT, endpoint
from local.processes import clean_env
from local.readiness import is_free
from local.run import PREFIX
from local.settings import Refused, data_dir
from shared.topology.resources import env_name

TABLE = env_name("table", "knowledge")


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the command runs with; Refused when neither a deployment is named nor a local one runs."""
    if environ.get(TABLE):
        return dict(environ)
    ports = data_dir(environ) / "ports.json"
    port = json.loads(ports.read_text()).get("aws") if ports.exists() else None
    if port is None or is_free(port):
        raise Refused(f"No local system runs: start it with `make run`, or set {TABLE} for another deployment.")
    named = {TABLE: physical(PREFIX, "knowledge"), "PYTHONPATH": str(ROOT), "LOG_FORMAT": "text"}
    return clean_env(**credentials(endpoint(port)), **named)


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """The command's exit code; 1 with the reason when there is nowhere to import to."""
    try:
        env = environment(environ)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    return subprocess.run([sys.executable, "-m", "functions.container.import_kb", *arguments], env=env).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
