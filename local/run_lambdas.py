"""The CDK stacks on the emulator, every route a Lambda: `python -m local.run_lambdas`, for `make deploy-local`."""

import json
import os
import sys
import tempfile
import threading
from pathlib import Path

from local.aws import credentials
from local.deploy import DeployFailed, Deployment, deploy
from local.emulator.child import emulator_child, endpoint
from local.processes import Child, ChildFailed, Supervisor, clean_env
from local.readiness import free_port

ROOT = Path(__file__).parents[1]
SEED_TIMEOUT = 180.0


def seed_child(deployment: Deployment, address: str, directory: Path) -> Child:
    """Fills the deployment with the demonstration, through its own API."""
    env = clean_env(
        **deployment.names,
        **credentials(address),
        API_URL=deployment.url,
        DATA_DIR=str(directory),
        PYTHONPATH=str(ROOT),
        LOG_FORMAT="text",
    )
    return Child("seed", [sys.executable, "-m", "local.demo.seed"], env, timeout=SEED_TIMEOUT)


def main() -> int:
    """Deploy, seed, print, and keep the emulator running until Ctrl-C; nothing is kept after that."""
    with tempfile.TemporaryDirectory(prefix="customer-service-lambdas-") as work:
        directory = Path(work)
        supervisor = Supervisor(directory / "logs")
        port = int(os.environ.get("EMULATOR_PORT") or free_port())
        try:
            supervisor.start(emulator_child(port, directory / "aws", keep=False))
            print("Deploying: about a minute …", flush=True)
            deployment = deploy(endpoint(port))
            supervisor.run(seed_child(deployment, endpoint(port), directory))
            _tell(deployment, directory)
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
        except (DeployFailed, ChildFailed) as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            supervisor.stop()
    return 0


def _tell(deployment: Deployment, directory: Path) -> None:
    accounts = json.loads((directory / "demo.json").read_text(encoding="utf-8"))["accounts"]
    lines = [
        "",
        "Deployed to the emulator; every route is a Lambda. Ctrl-C ends it.",
        "",
        f"  BASE={deployment.url}",
        "",
    ]
    lines += [f"  {account['role']:<10} {account['email']}  {account['password']}" for account in accounts]
    print("\n".join([*lines, ""]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
