"""Takes personal data out of texts before they leave us, and puts it back into what comes home.

Order numbers stay: answers need them and they name nobody. This is a courtesy to the customer's privacy, not a proof of
absence: names and street addresses are not found.
"""

import re

_ORDER = re.compile(r"(?:订单|运单|单号|快递|物流|order|tracking|invoice|ticket)[^\d\n]{0,12}$", re.IGNORECASE)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # A text that looks like a placeholder is hidden too, else it would come back as somebody's number.
    ("TEXT", re.compile(r"\[(?:TEXT|EMAIL|ID|CARD|PHONE)_\d{1,6}\]")),
    ("EMAIL", re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")),
    ("ID", re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")),
    ("CARD", re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){12,18}(?![0-9A-Za-z])")),
    (
        "PHONE",
        re.compile(
            r"(?<![0-9A-Za-z])(?:"
            r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
            r"|0\d{2,3}[ -]\d{7,8}"
            r"|\+\d{1,3}(?:[ -]?\(?\d{2,4}\)?){2,4}"
            r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4}"
            r")(?![0-9A-Za-z])"
        ),
    ),
)
_PLACEHOLDER = _PATTERNS[0][1]


class Mask:
    """The placeholders of one conversation: the same value always gets the same one."""

    def __init__(self) -> None:
        self._placeholders: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """The text with phones, e-mail addresses, card and identity numbers replaced."""
        for kind, pattern in _PATTERNS:
            text = self._replace(kind, pattern, text)
        return text

    def reveal(self, text: str) -> str:
        """The text with every known placeholder replaced by its value; `reveal(hide(x)) == x`."""
        return _PLACEHOLDER.sub(lambda match: self._values.get(match.group(), match.group()), text)

    def _replace(self, kind: str, pattern: re.Pattern[str], text: str) -> str:
        def placeholder(match: re.Match[str]) -> str:
            value = match.group()
            if not _personal(kind, value, text[: match.start()]):
                return value
            return self._placeholder(kind, value)

        return pattern.sub(placeholder, text)

    def _placeholder(self, kind: str, value: str) -> str:
        if value not in self._placeholders:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            name = f"[{kind}_{self._counts[kind]}]"
            self._placeholders[value] = name
            self._values[name] = value
        return self._placeholders[value]


def _personal(kind: str, value: str, before: str) -> bool:
    if kind in ("TEXT", "EMAIL"):
        return True
    if _ORDER.search(before[-24:]):
        return False
    if kind == "ID":
        return _identity(value)
    return kind == "PHONE" or _luhn(re.sub(r"\D", "", value))


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _identity(value: str) -> bool:
    """The check character of a Chinese identity number, GB 11643-1999."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False))
    return "10X98765432"[total % 11] == value[-1].upper()
