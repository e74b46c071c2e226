"""Feeling from a model's ear and from weighted cues, with negation, intensity, contrast, pictures and mockery."""

import re
from dataclasses import dataclass
from functools import cache

from shared.adapters.offline.asking import asking
from shared.adapters.offline.emoji import pictured
from shared.adapters.offline.feeling_model import felt
from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.phrases import Match, PhraseTable
from shared.adapters.offline.sarcasm import MISHAP_PRAISED, mockery, opened_in_mockery
from shared.adapters.offline.scoring import judged
from shared.adapters.offline.text import BREAK, atoms, is_han
from shared.assistant.models import Judgement

NEGATION_REACH = 3
"""Atoms between a negation and the cue it turns round."""
STRONGER, WEAKER = 1.5, 0.6
BEFORE_BUT = 0.5
"""What remains of cues in front of `but`: the second half is what people mean."""
NEGATED = 0.7
"""A negated cue is milder than its opposite: `not bad` is less than `good`."""
LOUDEST = 3.5
"""Log-odds beyond this add nothing: a long review is not surer than a clear one."""
MEANT_OTHERWISE = 0.8
"""What mockery makes of praise."""
SHARPNESS = 1.3
_SHOUT = re.compile(r"[!！]{2,}|[!！][?？]|[?？][!！]|[?？]{2,}")


@dataclass(frozen=True, slots=True)
class _Weights:
    neutral: float
    """Evidence a text starts with for saying nothing of feelings; most messages to a service do not."""
    polarity: float
    """Evidence for each unit of the model's log-odds."""
    neutrality: float
    asked: float
    """Evidence of a text that only asks."""
    damped: float
    """How much less of the model is believed about a text that only asks."""


CHINESE = _Weights(0.8, 0.4, 0.3, 1.5, 0.7)
ENGLISH = _Weights(0.3, 0.7, 0.7, 0.8, 0.7)
"""Chosen on the dev half of the golden messages. English has rated plain sentences to learn from, Chinese has not."""


@dataclass(frozen=True, slots=True)
class _Cue:
    label: str
    weight: float


@cache
def _table() -> PhraseTable[_Cue]:
    return PhraseTable((entry.phrase, _Cue(entry.label, entry.weight)) for entry in entries("sentiment"))


def judge_sentiment(text: str) -> Judgement:
    """positive, neutral or negative: what cues and pictures say outright, and what the model hears in the rest."""
    pieces = atoms(text)
    evidence = _cues(text, pieces)
    for label, weight in pictured(text).items():
        evidence["neutral" if label == "asks" else label] += weight
    heard, asks = felt(text), asking(text)
    weights = (
        ENGLISH
        if any(piece.isascii() and piece.isalpha() for piece in pieces) and not any(map(is_han, pieces))
        else CHINESE
    )
    loud = weights.polarity * (1 - weights.damped * asks)
    evidence["positive"] += loud * _within(heard.polarity, 0, LOUDEST)
    evidence["negative"] += loud * _within(-heard.polarity, 0, LOUDEST)
    evidence["neutral"] += weights.neutral + weights.asked * asks
    evidence["neutral"] += weights.neutrality * _within(heard.neutrality, -LOUDEST, LOUDEST)
    mocked = mockery(pieces) or (MISHAP_PRAISED if opened_in_mockery(text) else 0.0)
    if mocked:
        evidence["negative"] += mocked + evidence["positive"] * MEANT_OTHERWISE
        evidence["positive"] *= 1 - MEANT_OTHERWISE
    return judged(evidence, SHARPNESS)


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _cues(text: str, pieces: list[str]) -> dict[str, float]:
    matches = _table().find(pieces)
    found = {"neutral": 0.0, "positive": 0.0, "negative": 0.0}
    contrast = max((match.start for match in matches if match.values[0].label == "but"), default=-1)
    asked = 0.0
    for number, match in enumerate(matches):
        cue = match.values[0]
        if cue.label == "neutral":
            asked = max(asked, cue.weight)
        elif cue.label in ("positive", "negative"):
            label, weight = _turned(cue, matches[:number], match.start, pieces)
            found[label] += weight * (BEFORE_BUT if match.start < contrast else 1.0)
    if _SHOUT.search(text) and found["negative"] > 0:
        found["negative"] *= STRONGER
    # A question softens weak cues; strong ones speak for themselves.
    found["neutral"] += asked * 0.6
    return found


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
