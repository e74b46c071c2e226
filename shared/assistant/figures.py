"""The numbers, amounts and dates a text states, in one notation for both languages."""

import re
import unicodedata

_ZH_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN = {word: value for value, word in enumerate(_SMALL.split())}
_EN |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
_CALENDAR = "january february march april may june july august september october november december"
_MONTHS = _CALENDAR.split()
_SIGNS = {"¥": "¥", "元": "¥", "块": "¥", "rmb": "¥", "cny": "¥", "yuan": "¥", "$": "$", "usd": "$", "dollar": "$"}
_SIGNS |= {"dollars": "$", "美元": "$", "美金": "$", "€": "€", "eur": "€", "euro": "€", "euros": "€", "欧元": "€"}
_SIGNS |= {"£": "£", "gbp": "£", "pound": "£", "pounds": "£", "英镑": "£"}

_MARKER = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?:\d{1,2}[.)、]\s|step \d{1,2}\b|第[一二三四五六七八九十\d]{1,2}步)", re.MULTILINE
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ZH_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d*个)")
_NAME = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
# After a number "may" is hardly ever a month: "option 2 may".
_EN_MONTH = re.compile(rf"\b({_NAME})\b(?=\.?\s+\d)|(?:(?<=\d\s)|(?<=(?:st|nd|rd|th)\s))(?!may\b)({_NAME})\b")
_ZH_NUMBER = re.compile(
    r"([零〇一二两三四五六七八九十百千]{1,9})(?=个?(工作日|天|日|月|年|小时|分钟|周|星期|元|块|次|倍|折|成|件|步))"
)
_EN_NUMBER = re.compile(
    rf"\b({'|'.join(_EN)})(?=[\s-]+(?:[a-z]+\s+)?(?:days?|weeks?|months?|years?|hours?|minutes?|times|dollars?|percent))"
)
_PERCENT = re.compile(
    r"百分之([零一二三四五六七八九十百]{1,9}|\d{1,9}(?:\.\d{1,6})?)|(?<![\d.])(\d{1,9}(?:\.\d{1,6})?)\s?(?:%|percent)"
)
_PRICE = re.compile(
    r"([$¥€£]|rmb|cny|usd|eur|gbp)\s?(\d{1,12}(?:\.\d{1,6})?)"
    r"|(?<![\d.])(\d{1,12}(?:\.\d{1,6})?)\s?(美元|美金|欧元|英镑|元|块|rmb|cny|yuan|usd|dollars?|eur|euros?|gbp|pounds?)"
)
# Bounded, as all repetitions here: a long run of digits must not cost the square of its length.
_DIGITS = re.compile(r"\d{1,15}(?:\.\d{1,6})?")


def figures(text: str) -> frozenset[str]:
    """`30`, `30%`, `¥30`, `month 5`: what must not be made up. Numbers of list items and steps are not counted."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = _THOUSANDS.sub("", _MARKER.sub(" ", text))
    found: set[str] = set()
    text = _months(text, found)
    text = _words(text)
    for zh, plain in _PERCENT.findall(text):
        found.add(f"{_number(zh or plain)}%")
    text = _PERCENT.sub(" ", text)
    for sign, after, before, unit in _PRICE.findall(text):
        found.add(f"{_SIGNS[sign or unit]}{_number(after or before)}")
    text = _PRICE.sub(" ", text)
    return frozenset(found | {_number(digits) for digits in _DIGITS.findall(text)})


def _months(text: str, found: set[str]) -> str:
    for match in _DATE.finditer(text):
        found.update((match[1], f"month {int(match[2])}", str(int(match[3]))))
    text = _DATE.sub(" ", text)
    found.update(f"month {int(month)}" for month in _ZH_MONTH.findall(text))
    text = _ZH_MONTH.sub(" ", text)
    for match in _EN_MONTH.finditer(text):
        found.add(f"month {[month[:3] for month in _MONTHS].index(match.group()[:3]) + 1}")
    return text


def _words(text: str) -> str:
    def zh(match: re.Match[str]) -> str:
        value = _zh(match[1])
        # "Try once more" and "one step" are turns of phrase, not figures.
        return match[1] if value == 1 and match[2] in ("次", "步", "件") else f" {value} "

    return _EN_NUMBER.sub(lambda match: str(_EN[match[1]]), _ZH_NUMBER.sub(zh, text))


def _zh(numeral: str) -> int:
    total = digit = 0
    for character in numeral:
        if character in _ZH_UNITS:
            total += (digit or 1) * _ZH_UNITS[character]
            digit = 0
        else:
            digit = _ZH_DIGITS[character]
    return total + digit


def _number(text: str) -> str:
    if not text[0].isdigit():
        return str(_zh(text))
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")
