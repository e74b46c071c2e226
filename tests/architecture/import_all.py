"""Run in a process of its own: imports every module of the product and prints what that did besides."""

import gc
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = str(Path(__file__).parents[2]) + os.sep
OURS = tuple(f"{ROOT}{top}{os.sep}" for top in ("shared", "functions"))
EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.system", "os.fork")
CLIENTS = {"botocore.client.BaseClient", "redis.client.Redis", "openai._client.OpenAI", "httpx2.Client"}

faults: list[str] = []


def reader() -> str | None:
    """The line of ours that asked, None when a package did."""
    frame = sys._getframe(2)
    while frame and frame.f_code.co_filename.startswith(("<frozen", os.__file__)):
        frame = frame.f_back
    name = frame.f_code.co_filename if frame else ""
    return f"{name.removeprefix(ROOT)}:{frame.f_lineno}" if name.startswith(OURS) else None


def watched(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method of `os.environ`, telling."""

    def told(*arguments: Any) -> Any:
        if line := reader():
            faults.append(f"{line} reads the environment")
        return method(*arguments)

    return told


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Connections and children, whoever starts them."""
    if event in EVENTS:
        faults.append(f"{event} {arguments[:2]}")


def names() -> Iterator[str]:
    """Every module of the product but those that are programs."""
    for top in ("shared", "functions"):
        for path in sorted(Path(ROOT, top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def main() -> None:
    """Print the faults as a list."""
    environ = type(os.environ)
    for method in ("__getitem__", "__iter__"):
        setattr(environ, method, watched(getattr(environ, method)))
    sys.addaudithook(hear)
    for name in names():
        importlib.import_module(name)
    types = {type(thing) for thing in gc.get_objects()}
    for kind in {base for one in types for base in one.__mro__}:
        if f"{kind.__module__}.{kind.__qualname__}" in CLIENTS:
            faults.append(f"a {kind.__qualname__} was built")
    print(json.dumps(faults))


if __name__ == "__main__":
    main()
