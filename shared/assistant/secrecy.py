"""Finds requests for secrets, and our own instructions where they are told: no reply of ours may hold either."""

import re
from functools import cache

from shared.assistant.lexical import denied
from shared.assistant.prompting import TEMPLATES, template
from shared.assistant.strangers import fold

_EN = "passwords?|passcodes?|pin|cvv|cvc|(?:security|verification|one[- ]time) codes?|otp|card (?:number|details)"
_ZH = "密码|验证码|口令|cvv|安全码|银行卡|信用卡|卡号|身份证"
_VERBS = "提供|告诉|告知|发送|发给|发来|回复|说一下|分享|发一下|报一下"
_ASKS = re.compile(
    r"(?<!will )(?<!['’]ll )\b(?:send|tell|give|share|provide|reply|message|text|what is|what['’]s)\b[^.!?\n]{0,30}"
    rf"\b(?:your|me|us)\b[^.!?\n]{{0,40}}\b(?:{_EN})\b"
    rf"|(?:请|麻烦|需要[您你]|能否|可以|把)[^。！？\n]{{0,8}}(?:{_VERBS})[^，。！？\n]{{0,16}}(?:{_ZH})"
    rf"|(?:{_VERBS})[您你]的[^，。！？\n]{{0,8}}(?:{_ZH})"
    rf"|(?:{_ZH})[^，。！？\n]{{0,6}}(?:发给|告诉|提供给|发送给|回复给|是多少|是什么)"
)


_ENGLISH_RUN, _CHINESE_RUN = 6, 8
"""Words and characters in a row that do not stand in two texts by chance."""


def asks_for_secret(sentence: str) -> bool:
    """Whether the sentence asks for a secret, whatever an article says; "never send it" does not ask."""
    text = sentence.lower()
    return _ASKS.search(text) is not None and not denied(text)


def tells_instructions(text: str, known: str) -> bool:
    """Whether the text repeats a stretch of our instructions that does not stand in `known`."""
    return bool((_runs(text) & _instructions()) - _runs(known))


@cache
def _instructions() -> frozenset[tuple[str, ...]]:
    return frozenset(run for name in TEMPLATES for run in _runs(template(name).text))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    plain = fold(text)
    found = [(re.findall(r"[a-z]+", plain), _ENGLISH_RUN), (re.findall(r"[\u3400-\u9fff]", plain), _CHINESE_RUN)]
    return frozenset(tuple(row[at : at + width]) for row, width in found for at in range(len(row) - width + 1))
