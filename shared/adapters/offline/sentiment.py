"""Feeling from weighted cues, with negation, intensity, contrast and questions."""

import re
from dataclasses import dataclass
from functools import cache

from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.phrases import Match, PhraseTable
from shared.adapters.offline.scoring import judged
from shared.adapters.offline.text import BREAK, atoms
from shared.assistant.models import Judgement

NEUTRAL_PRIOR = 0.9
"""Evidence a text starts with for saying nothing of feelings; most messages to a service do not."""
NEGATION_REACH = 3
"""Atoms between a negation and the cue it turns round."""
STRONGER, WEAKER = 1.5, 0.6
BEFORE_BUT = 0.5
"""What remains of cues in front of `but`: the second half is what people mean."""
NEGATED = 0.7
"""A negated cue is milder than its opposite: `not bad` is less than `good`."""
_SHOUT = re.compile(r"[!！]{2,}|[!！][?？]|[?？][!！]|[?？]{2,}")


@dataclass(frozen=True, slots=True)
class _Cue:
    label: str
    weight: float


@cache
def _table() -> PhraseTable[_Cue]:
    return PhraseTable((entry.phrase, _Cue(entry.label, entry.weight)) for entry in entries("sentiment"))


def judge_sentiment(text: str) -> Judgement:
    """positive, neutral or negative."""
    pieces = atoms(text)
    matches = _table().find(pieces)
    felt = {"neutral": NEUTRAL_PRIOR, "positive": 0.0, "negative": 0.0}
    contrast = max((match.start for match in matches if match.values[0].label == "but"), default=-1)
    asked = 0.0
    for number, match in enumerate(matches):
        cue = match.values[0]
        if cue.label == "neutral":
            asked = max(asked, cue.weight)
        elif cue.label in ("positive", "negative"):
            label, weight = _turned(cue, matches[:number], match.start, pieces)
            felt[label] += weight * (BEFORE_BUT if match.start < contrast else 1.0)
    if _SHOUT.search(text) and felt["negative"] > 0:
        felt["negative"] *= STRONGER
    # A question softens weak cues; strong ones speak for themselves.
    felt["neutral"] += asked * 0.6
    return judged(felt, 1.3)


def _turned(cue: _Cue, before: list[Match[_Cue]], start: int, pieces: list[str]) -> tuple[str, float]:
    label, weight = cue.label, cue.weight
    for match in reversed(before):
        modifier = match.values[0].label
        if start - match.end > NEGATION_REACH or BREAK in pieces[match.end : start] or modifier == "but":
            break
        if modifier == "stronger":
            weight *= STRONGER
        elif modifier == "weaker":
            weight *= WEAKER
        elif modifier == "negation":
            weight *= NEGATED
            label = "negative" if label == "positive" else "positive"
        elif modifier in ("positive", "negative"):
            break
    # `No error` and `not a problem` are relief at most, never joy.
    if label == "positive" != cue.label:
        weight = min(weight, 0.8)
    return label, weight
