"""Intent, category and priority from weighted cue phrases and one rule table."""

from functools import cache

from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.phrases import PhraseTable
from shared.adapters.offline.scoring import judged
from shared.adapters.offline.sentiment import judge_sentiment
from shared.adapters.offline.text import atoms
from shared.assistant.models import Judgement

INTENTS = (
    "ask_person",
    "complaint",
    "cancel",
    "refund",
    "order_status",
    "billing",
    "account_access",
    "technical_issue",
    "shipping",
    "product_question",
    "feedback",
    "thanks",
    "greeting",
    "other",
)
"""In this order a tie is broken: what needs a person or cannot wait comes first."""
CATEGORIES = ("technical", "billing", "account", "shipping", "product", "general")
INTENT_PRIOR = 1.0
"""Evidence `other` starts with."""
CATEGORY_PRIOR = 1.0
"""Evidence `general` starts with."""
FEELING_SHARE = 3.0
"""Evidence a feeling without a named matter is for a complaint or for praise."""
MOST_OF_A_LABEL = 7.0
"""Evidence beyond this adds nothing: a long message is not surer than a clear one."""

# Rows: impact 1–3, columns: urgency 1–3. A team edits this table, not the code.
PRIORITY = {
    1: {1: "low", 2: "normal", 3: "high"},
    2: {1: "normal", 2: "high", 3: "high"},
    3: {1: "high", 2: "urgent", 3: "urgent"},
}
LEVELS = ("low", "normal", "high", "urgent")

_SMALL_TALK = ("greeting", "thanks")


def judge_intent(text: str) -> Judgement:
    """What the customer wants; politeness gives way to any matter it wraps."""
    evidence = dict.fromkeys(INTENTS, 0.0) | {"other": INTENT_PRIOR}
    _add(evidence, "intents", text)
    matter = max(value for label, value in evidence.items() if label not in (*_SMALL_TALK, "other"))
    for label in _SMALL_TALK:
        if matter >= 1.5:
            evidence[label] *= 0.4
    if matter < 1.5:
        feeling = judge_sentiment(text).scores
        evidence["complaint"] += FEELING_SHARE * max(feeling["negative"] - feeling["neutral"], 0)
        if not evidence["thanks"]:
            evidence["feedback"] += FEELING_SHARE * max(feeling["positive"] - feeling["neutral"], 0)
    return judged(evidence, 1.2)


def judge_category(text: str) -> Judgement:
    """Which team the text is for."""
    evidence = dict.fromkeys(CATEGORIES, 0.0) | {"general": CATEGORY_PRIOR}
    _add(evidence, "categories", text)
    return judged(evidence, 1.0)


def judge_priority(text: str) -> Judgement:
    """By the impact and urgency the text names; `normal` when it names neither."""
    found = {"impact": 0, "urgency": 0}
    calm = False
    for match in _table("priorities").find(atoms(text)):
        for label, weight in match.values:
            found[label] = max(found[label], int(weight))
            calm = calm or (label == "urgency" and weight == 1)
    impact, urgency = found["impact"] or 1, 1 if calm else found["urgency"] or 1
    label = PRIORITY[impact][urgency] if found["impact"] or found["urgency"] else "normal"
    at = LEVELS.index(label)
    # No probability can be measured for a rule; neighbours are told apart from the rest, no more.
    return judged({level: 2.0 - 1.2 * abs(LEVELS.index(level) - at) for level in LEVELS}, 1.5)


def _add(evidence: dict[str, float], lexicon: str, text: str) -> None:
    pieces = atoms(text)
    # As a dictionary, for a word said twice counts once.
    found = {tuple(pieces[match.start : match.end]): match.values for match in _table(lexicon).find(pieces)}
    for values in found.values():
        for label, weight in values:
            evidence[label] = min(evidence[label] + weight, MOST_OF_A_LABEL)


@cache
def _table(lexicon: str) -> PhraseTable[tuple[str, float]]:
    return PhraseTable((entry.phrase, (entry.label, entry.weight)) for entry in entries(lexicon))
