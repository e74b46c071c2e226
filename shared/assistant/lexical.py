"""Whether a source supports a sentence, as far as words can tell: shared content and the same yes or no.

This is no entailment model. It catches what is invented or turned around, in one language; a quote in the other
language cannot be compared word by word and is trusted once it was found verbatim.
"""

import re
import unicodedata
from typing import Literal

_STOP = """
    a about after all also am an and any are as at be because been but by can could did do does for from get had has
    have he her here him his how i i'm i'd i'll i've if in into is it it's its just let may me might more most must my
    no not of on once one only or other our out please she should so some such than that the their them then there
    these they this those through to too unfortunately until up us very was we we're were what when where which
    while who will with within would yes you you're you'll your yours
"""
STOPWORDS = frozenset(_STOP.split())
_ENGLISH_SUPPORT, _CHINESE_SUPPORT = 0.72, 0.4
_SAME_CLAUSE = 0.6
"""Share of one clause's content in the other that makes both speak of the same thing."""
_PLAIN_CHARACTERS = frozenset("不可以能会的了是在没无未须得应该将请您你我们都也就")
_CLAUSE = re.compile(r"[,;:!?，。；：！？、\n]|\.(?=\s|$)|\b(?:but|and|if|when)\b|但|而且|如果")
_LIMIT = re.compile(
    r"\b(?:only|except|unless|until|before|after|expire[sd]?|excluded?|invalid|void|up to|at least|must)\b"
    r"|仅|只|除|以外|之前|以内|内|逾期|失效|过期|必须|限"
)
_WORD = re.compile(r"[a-z][a-z'’-]*|[\u3400-\u9fff]+")
_NOT = re.compile(
    r"\b(?:not|no|never|cannot|without|unable|none|neither|nor)\b|n['’]t\b"
    r"|不(?!同|仅|但|过|客气|用担心|便|好意思|断|错|管|论|少)|没(?:有|法|能)|无(?!论|线|忧|需担心)"
    r"|未(?!来)|非(?!常)|勿|禁止|拒绝"
)


def language(text: str) -> Literal["zh", "en"]:
    """The script most of the text is in; a Chinese character weighs as much as two letters."""
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    return "zh" if 2 * chinese >= len(re.findall(r"[A-Za-z]", text)) and chinese else "en"


def terms(text: str) -> list[str]:
    """Content words by their stem, Chinese by pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        if word[0] >= "\u3400":
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        elif word not in STOPWORDS:
            found.append(stem(word))
    return found


def supported(sentence: str, source: str, asked: str) -> bool:
    """Whether enough of the sentence's terms stand in the source; words of the customer's own weigh less."""
    known, borrowed = set(terms(source)), set(terms(asked))
    total = met = needed = 0.0
    for term in terms(sentence):
        weight = 0.8 if term in borrowed and term not in known else 1.0
        total += weight
        met += weight if term in known else 0.0
        needed += weight * (_CHINESE_SUPPORT if term[0] >= "\u3400" else _ENGLISH_SUPPORT)
    return total == 0 or met > needed


def denied(text: str) -> bool:
    """Whether the text holds a negation."""
    return _NOT.search(text.lower()) is not None


def turned_around(sentence: str, source: str) -> bool:
    """Whether a clause says no where its source says yes, or yes where the source's nearest clause says no."""
    spoken = [clause for clause in _CLAUSE.split(source.lower()) if clause.strip()]
    return any(_turned(clause, spoken) for clause in _CLAUSE.split(sentence.lower()) if terms(clause))


def _turned(clause: str, spoken: list[str]) -> bool:
    if _NOT.search(clause):
        return not any(_NOT.search(other) or _LIMIT.search(other) for other in spoken)
    wanted = _content(clause)
    likeness = [(_likeness(wanted, _content(other)), _NOT.search(other) is None) for other in spoken]
    best, affirmed = max(likeness, default=(0.0, True))
    return best >= _SAME_CLAUSE and not affirmed


def _content(clause: str) -> set[str]:
    """Stems and single characters: a Chinese clause that drops its subject is too short for pairs."""
    words = {term for term in terms(clause) if term[0] < "\u3400"}
    return words | (set(re.findall(r"[\u3400-\u9fff]", clause)) - _PLAIN_CHARACTERS)


def _likeness(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return max((shared / len(side) for side in (one, other) if len(side) > 1), default=0.0)


def stem(word: str) -> str:
    """The word without the commonest English endings."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
