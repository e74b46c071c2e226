"""Praise that means its opposite: said outright, or said of a mishap."""

from functools import cache

from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.phrases import PhraseTable

MISHAP_PRAISED = 2.0
"""Evidence of praise and a mishap in one message, with nothing that says the mishap is over."""


@cache
def _table() -> PhraseTable[tuple[str, float]]:
    return PhraseTable((entry.phrase, (entry.label, entry.weight)) for entry in entries("sarcasm"))


def mockery(pieces: list[str]) -> float:
    """How strongly praise in these atoms is to be read as blame; 0 where it is meant."""
    found = [(label, weight) for match in _table().find(pieces) for label, weight in match.values]
    said = [label for label, _ in found]
    if "marker" in said:
        return max(weight for label, weight in found if label == "marker")
    if "praise" not in said or "relief" in said:
        return 0.0
    # A fault told first and then thanked for is politeness.
    return MISHAP_PRAISED if "mishap" in said[said.index("praise") :] else 0.0
