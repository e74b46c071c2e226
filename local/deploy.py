"""Deploys the synthesised stacks to a running emulator with the real CDK command line: `python -m local.deploy`."""

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.app import use_packaged_node
from infra.names import construct_id, physical
from local.aws import client
from shared.topology.resources import BUCKETS, KEYS, QUEUES, SECRETS, TABLES, env_name
from shared.topology.schedules import SCHEDULES

ROOT = Path(__file__).resolve().parent.parent
CLI = ROOT / "node_modules" / ".bin" / "cdk"
ACCOUNT, REGION = "000000000000", "us-east-1"


class DeployFailed(RuntimeError):
    """The command line's own words follow."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """What was deployed, and where it is."""

    url: str
    """Base of the HTTP API, without a slash at the end."""
    names: dict[str, str] = field(default_factory=dict)
    """Table names, queue addresses and secret names by the environment variable that tells a function of them."""


def deploy(endpoint: str, context: Mapping[str, str] | None = None) -> Deployment:
    """Bootstrap and deploy everything to the emulator at `endpoint`; DeployFailed with the command's output."""
    chosen = {"stage": "dev", "cache": "none", "local": "true", **(context or {})}
    with tempfile.TemporaryDirectory(prefix="customer-service-deploy-") as work:
        outputs = Path(work) / "outputs.json"
        # `--build true` runs the shell's `true`: the layers of cdk.json's build step are not used here.
        common = ["--output", f"{work}/cdk.out", "--build", "true", "--no-notices", *_options(chosen)]
        _cdk(endpoint, "bootstrap", f"aws://{ACCOUNT}/{REGION}", *common)
        _cdk(endpoint, "deploy", "--all", "--method", "direct", "--concurrency", "4",
             "--require-approval", "never", "--outputs-file", str(outputs), *common)  # fmt: skip
        done = _read(json.loads(outputs.read_text()), endpoint, chosen["stage"])
    _first_runs(endpoint, chosen["stage"])
    return done


def _first_runs(endpoint: str, stage: str) -> None:
    """Run each schedule once: AWS does so at once, the emulator only after the first interval; log-in needs the keys.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    """
    functions = client("lambda", endpoint)
    for row in SCHEDULES:
        answer = functions.invoke(FunctionName=physical(stage, row.name), Payload=b"{}")
        if "FunctionError" in answer:
            raise DeployFailed(f"{row.name} failed: {answer['Payload'].read().decode()}")


def _options(context: Mapping[str, str]) -> list[str]:
    return [part for key, value in context.items() for part in ("--context", f"{key}={value}")]


def _cdk(endpoint: str, *arguments: str) -> None:
    use_packaged_node()
    if not CLI.exists():
        raise DeployFailed(f"{CLI.relative_to(ROOT)} is missing: run `npm ci`")
    command = [os.environ["JSII_NODE"], str(CLI), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=_environment(endpoint), capture_output=True, text=True, check=False)
    if done.returncode:
        raise DeployFailed(f"cdk {arguments[0]} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")


def _environment(endpoint: str) -> dict[str, str]:
    """Nothing of this machine's AWS settings, so that no mistake reaches a real account."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "JSII_NODE") if name in os.environ}
    return {
        **kept,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "CDK_DISABLE_CLI_TELEMETRY": "1",
        "NO_COLOR": "1",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _read(outputs: dict[str, dict[str, str]], endpoint: str, stage: str) -> Deployment:
    data, api = outputs[physical(stage, "data")], outputs[physical(stage, "api")]
    named = [
        *(("table", row.name) for row in TABLES),
        *(("queue", row.name) for row in QUEUES),
        *(("secret", row.name) for row in SECRETS),
        *(("key", row.name) for row in KEYS),
        *(("bucket", row.name) for row in BUCKETS),
    ]
    names = {env_name(kind, name): data[construct_id(kind, name, "name")] for kind, name in named}
    return Deployment(f"{endpoint}/_aws/execute-api/{api['ApiId']}/$default", names)


def main() -> None:
    """Deploy, then print the address and the names as shell assignments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", default="http://127.0.0.1:4566", help="where the emulator listens")
    parser.add_argument("--context", "-c", action="append", default=[], metavar="KEY=VALUE", help="CDK context")
    arguments = parser.parse_args()
    done = deploy(arguments.endpoint, dict(entry.split("=", 1) for entry in arguments.context))
    print(f"API_URL='{done.url}'")
    for name, value in sorted(done.names.items()):
        print(f"{name}='{value}'")


if __name__ == "__main__":
    main()
