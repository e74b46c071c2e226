"""Praise that means its opposite: said outright, or said of a mishap."""

import re
from functools import cache

from shared.adapters.offline.asking import asking
from shared.adapters.offline.feeling_model import felt
from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.phrases import PhraseTable
from shared.adapters.offline.text import atoms, is_han

MISHAP_PRAISED = 2.0
"""Evidence of praise and a mishap in one message, with nothing that says the mishap is over."""


@cache
def _table() -> PhraseTable[tuple[str, float]]:
    return PhraseTable((entry.phrase, (entry.label, entry.weight)) for entry in entries("sarcasm"))


BLAMED = -1.2
"""Log-odds of polarity from which what follows praise is blame; of a short English text the model hears too little."""
_FIRST = re.compile(r"\A\s*([^,，.。!！;；:：—\n]{1,24})[,，.。!！;；:：—\n]+(?=.*\w)", re.DOTALL)


def opened_in_mockery(text: str) -> bool:
    """Whether a text opens with nothing but praise and goes on to blame: `Great, another week without light`."""
    first = _FIRST.match(text)
    if not first:
        return False
    opening = atoms(first.group(1))
    matches = _table().find(opening)
    labels = {label for match in matches for label, _ in match.values}
    covered = sum(match.end - match.start for match in matches)
    if covered < len(opening) or "opening" not in labels or labels - {"opening", "filler", "praise"}:
        return False
    rest = text[first.end() :]
    told = {label for match in _table().find(atoms(rest)) for label, _ in match.values}
    if told & {"relief", "opening", "praise"} or asking(rest) >= 0.5:
        return False
    blamed = any(map(is_han, rest)) and felt(rest).polarity <= BLAMED
    return blamed or bool(told & {"turn", "mishap"})


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
