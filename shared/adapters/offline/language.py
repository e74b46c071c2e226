"""Tells Chinese, English and other languages apart by the share of each script."""

import re
from functools import cache

from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.text import is_han
from shared.assistant.models import Judgement

_WORD = re.compile(r"[^\W\d_]+")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u1100-\u11ff]")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]+\Z", re.IGNORECASE)
_SKIP = re.compile(r"https?://\S+|\S+@\S+")


@cache
def _foreign() -> frozenset[str]:
    return frozenset(entry.phrase for entry in entries("foreign"))


def judge_language(text: str) -> Judgement:
    """zh, en or other; a Chinese character counts as a word, so mixed text goes to what says more."""
    counts = _counts(text)
    total = sum(counts.values())
    if total == 0:
        return Judgement("other", 1.0, {"zh": 0.0, "en": 0.0, "other": 1.0})
    # A Chinese sentence full of English product names is still Chinese, hardly ever the other way round.
    counts["zh"] *= 1.5
    total = sum(counts.values())
    scores = {label: round(count / total, 4) for label, count in counts.items()}
    scores["other"] = round(1 - scores["zh"] - scores["en"], 4)
    label = max(("zh", "en", "other"), key=lambda name: scores[name])
    return Judgement(label, scores[label], scores)


def _counts(text: str) -> dict[str, float]:
    plain = _SKIP.sub(" ", text)
    han = float(sum(1 for character in plain if is_han(character)))
    foreign_script = float(len(_KANA_HANGUL.findall(plain)))
    latin = other = 0.0
    for word in _WORD.findall(plain):
        if _LATIN.match(word):
            latin += 1
            other += 2 * (word.lower() in _foreign())
        elif not any(is_han(character) for character in word):
            other += len(word) / 2
    if foreign_script * 5 > han:
        return {"zh": 0.0, "en": latin, "other": other + foreign_script + han}
    return {"zh": han, "en": max(latin - other, 0.0), "other": min(other, latin) if latin else other}
