"""Run in a process of its own: for each module told on standard input, what importing and first using it loads.

Each is imported in a fork, so that one set tells nothing of another; `preload` names what all of them may have.
"""

import gc
import importlib
import json
import os
import sys
from typing import Any

EVENT = {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "/nowhere",
    "rawQueryString": "",
    "headers": {"host": "localhost"},
    "requestContext": {
        "http": {"method": "GET", "path": "/nowhere", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""},
        "stage": "$default",
    },
    "isBase64Encoded": False,
}
"""Asks for a path no row has: everything around the route is built, and nothing is called."""


def loaded(watch: list[str]) -> list[str]:
    """Which of the watched packages and modules are there."""
    return sorted(name for name in watch if name in sys.modules)


def measure(job: dict[str, Any], watch: list[str]) -> dict[str, list[str]]:
    """After the import, and after the first event with every provider built."""
    module = importlib.import_module(job["module"])
    imported = loaded(watch)
    if job["event"]:
        module.handler(EVENT, None)
    from shared.bootstrap import WIRING

    for name in job["providers"]:
        WIRING.resolve(name)
    return {"imported": imported, "used": loaded(watch)}


def in_fork(job: dict[str, Any], watch: list[str]) -> dict[str, Any]:
    """The measurement, taken by a child."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        os.dup2(2, 1)
        with os.fdopen(into, "w") as answer:
            json.dump(measure(job, watch), answer)
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return dict(json.loads(text)) if text else {"failed": True}


def main() -> None:
    """Answer the order on standard input."""
    order = json.load(sys.stdin)
    for name in order["preload"]:
        importlib.import_module(name)
    gc.disable()  # forks share what nobody touches, and a collection touches everything
    already = loaded(order["watch"])
    print(json.dumps({"already": already, "sets": {j["module"]: in_fork(j, order["watch"]) for j in order["jobs"]}}))


if __name__ == "__main__":
    main()
