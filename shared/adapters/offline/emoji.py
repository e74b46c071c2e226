"""What the pictures in a message say of feelings."""

from functools import cache

from shared.adapters.offline.lexicons import entries

MOST = 3
"""A row of the same picture is one feeling said louder, not as many feelings."""
AGAIN = 0.4
"""What each further picture adds to the first."""
_STYLES = dict.fromkeys(map(ord, "\ufe0f\ufe0e\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"))
"""Marks that only choose how a picture is drawn, and the colours of skin."""


@cache
def _pictures() -> dict[str, tuple[str, float]]:
    return {
        picture: (entry.label, entry.weight)
        for entry in entries("emoji")
        for picture in entry.phrase.translate(_STYLES).split()
    }


def pictured(text: str) -> dict[str, float]:
    """Evidence by label (`positive`, `negative`, `asks`) of the pictures in a text."""
    found: dict[str, list[float]] = {}
    for character in text.translate(_STYLES):
        told = _pictures().get(character)
        if told:
            found.setdefault(told[0], []).append(told[1])
    return {label: max(some) + AGAIN * (min(len(some), MOST) - 1) for label, some in found.items()}
