"""Makes a key file, or adds a master key to one."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

from shared.sealing.models import KEY_BYTES


def add_master(path: Path, raw: Callable[[int], bytes]) -> str:
    """A new master key, active from the next start; its name. ValueError for a file that is no key file, OSError."""
    keys: dict[str, str] = {}
    if path.exists():
        told = json.loads(path.read_text())
        if not isinstance(told, dict) or not isinstance(told.get("keys"), dict):
            raise ValueError("no key file")
        keys = told["keys"]
    name = f"m{len(keys) + 1}"
    while name in keys:
        name += "x"
    text = json.dumps(
        {"active": name, "keys": {**keys, name: base64.urlsafe_b64encode(raw(KEY_BYTES)).decode().rstrip("=")}}
    )
    _replace(path, text)
    return name


def _replace(path: Path, text: str) -> None:
    """Whole or not at all: whoever loses this file loses the data."""
    fresh = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
