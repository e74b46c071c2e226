"""The two languages every text of ours exists in, and which of them a person asked for."""

from typing import Literal

Language = Literal["zh", "en"]
ERASED = "[erased · 已删除]"
"""What stands where the text of an erased person stood."""


def preferred_language(accept: str | None) -> Language:
    """The better of zh and en by an Accept-Language header (RFC 9110, 12.5.4); en when it names neither."""
    best: Language = "en"
    weight = 0.0
    for part in (accept or "").split(","):
        tag, _, parameter = part.strip().partition(";")
        quality = _quality(parameter)
        primary = tag.strip().lower().split("-")[0]
        if quality > weight and primary in ("zh", "en"):
            best, weight = ("zh" if primary == "zh" else "en"), quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
