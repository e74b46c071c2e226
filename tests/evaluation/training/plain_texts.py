"""Plain questions, requests and reports, put together from patterns: what review sites never hold."""

import random
from collections.abc import Iterator
from pathlib import Path

CLOSINGS = {"zh": ("", "", "？", "?", "。", "，谢谢"), "en": ("", "", "?", ".", ", thanks")}


def plain_texts(language: str, times: int, seed: int = 1) -> Iterator[str]:
    """Every pattern `times` times with matters drawn by a fixed seed, with and without closing marks."""
    chance = random.Random(f"{language} {seed}")
    matters, patterns = _listed(language, "matter"), _listed(language, "asked")
    found: set[str] = set()
    for pattern in patterns:
        for _ in range(times if "{" in pattern else 2):
            text = pattern.format(a=chance.choice(matters), b=chance.choice(matters))
            text = text if text[-1] in "?？.。" else text + chance.choice(CLOSINGS[language])
            found.add(text.lower() if language == "en" and chance.random() < 0.3 else text)
    yield from sorted(found)


def _listed(language: str, kind: str) -> list[str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    heads = f"{language} {kind}: "
    return [item for line in lines if line.startswith(heads) for item in line.removeprefix(heads).split(" | ")]
