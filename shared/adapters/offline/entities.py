"""Finds order numbers, phones, e-mail addresses, dates, amounts and links by pattern."""

import re

from shared.assistant.models import Entity

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_MONTHS = rf"(?:{_MONTH})[a-z]*\.?"
_DATES = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    r"(?:\d{2,4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日号號]",
    r"(?<!\d)\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?!\d)",
    rf"\b{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTHS}(?:,?\s\d{{4}})?(?![a-z])",
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_AMOUNTS = (
    rf"(?:[¥￥$€£]|\b(?:usd|eur|rmb|cny|gbp)\s?)\s?(?:{_NUMBER})",
    rf"(?<![\d.])(?:{_NUMBER})\s?(?:元|块钱|块|人民币|美元|欧元|usd\b|eur\b|rmb\b|cny\b|dollars?\b|euros?\b|yuan\b|€)",
)
_ORDER_WORD = "|".join(
    (
        r"\border(?:\s(?:number|no\.?|id))?",
        r"\btracking\snumber",
        "[订訂][单單](?:[编編]?[号號]码?|[号號]碼)?",
        "运单号|運單號|单号",
    )
)
# Earlier patterns win where two would overlap; `value` marks the part that is the entity.
_PATTERNS = [
    (kind, re.compile(pattern, re.IGNORECASE | re.ASCII))
    for kind, pattern in [
        ("url", r"https?://[^\s<>\"'，。；！？、（）]+[^\s<>\"'，。；！？、（）.,;:!?)]"),
        ("email", r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}"),
        (
            "order_number",
            rf"(?:{_ORDER_WORD})\s?(?:是|为|is|:|：|#|＃|\s)*(?P<value>(?=[a-z-]*\d)[a-z0-9][a-z0-9-]{{4,30}})",
        ),
        ("order_number", r"(?<![\w#])#(?P<value>\d{4,20})\b"),
        ("order_number", r"(?<![\w-])(?P<value>[a-z]{2,4}-?\d{6,20})(?![\w-])"),
        *(("date", pattern) for pattern in _DATES),
        *(("amount", pattern) for pattern in _AMOUNTS),
        ("phone", r"(?<![\d.-])(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)[\s-]?)?\d{3,4}[\s-]?\d{3,4}[\s-]?\d{2,4}(?![\d-])"),
    ]
]


def find_entities(text: str) -> list[Entity]:
    """Entities in order of appearance, none overlapping another."""
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("value" if "value" in pattern.groupindex else 0)
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Entity(kind, text[start:end], start, end))
    return sorted(found, key=lambda entity: entity.start)
