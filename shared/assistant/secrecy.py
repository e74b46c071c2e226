"""Finds requests for secrets: no reply of ours may ask a customer to send a password, a code or a card."""

import re

from shared.assistant.lexical import denied

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


def asks_for_secret(sentence: str, source: str) -> bool:
    """Whether the sentence asks for a secret in words its `source` does not have; "never send it" does not ask."""
    text = sentence.lower()
    asked = any(match.group() not in source.lower() for match in _ASKS.finditer(text))
    return asked and not denied(text)
