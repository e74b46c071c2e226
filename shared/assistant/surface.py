"""What a reply must not carry to a reader's screen: markup, invisible characters, links to strangers."""

import re
import unicodedata
from collections.abc import Set
from urllib.parse import urlsplit

_MARKUP = re.compile(
    r"<[A-Za-z/!?]|!\[|&(?:lt|#\d+|#x[0-9a-f]+);"
    r"|\bdata:(?:[\w.+-]{1,40}/[\w.+-]{1,80})?[;,]|\b(?:javascript|vbscript):|\bblob:\S|\bfile:/",
    re.IGNORECASE,
)
# Ideographs and full-width punctuation end an address in Chinese text; 。 does not, since browsers read it as a dot.
_END = r"\s<>\"'`\u3000\u3001\u3003-\u303f\u4e00-\u9fff\uff00-\uff60"
_ADDRESS = re.compile(rf"(?:[a-z][a-z0-9+.-]{{0,15}}://|www\.)[^{_END}]*", re.IGNORECASE)
_TLDS = "com|net|org|io|cn|co|info|biz|app|dev|ai|me|xyz|top|site|online|shop|club|vip"
_TLDS += "|ru|uk|de|fr|jp|us|eu|hk|tw|cc|tk|ly|gl|to"
_BARE = re.compile(rf"(?<![@\w./-])(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_TLDS})\b(?:/[^{_END}]*)?", re.IGNORECASE)
_TARGET = re.compile(r"\]\s{0,8}\(\s{0,8}<?([^)>\s]*)|^[ \t]{0,8}\[[^\]\n]{0,200}\]:\s{0,8}(\S+)", re.MULTILINE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# Blank letters that are not of a format category: fillers and the empty Braille pattern.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def has_markup(text: str) -> bool:
    """HTML tags and entities, Markdown images, data and script addresses."""
    return _MARKUP.search(unicodedata.normalize("NFKC", text)) is not None


def has_hidden(text: str) -> bool:
    """Control, format (bidi, zero width, tags), private and unassigned characters, fillers, variation selectors."""
    return any(_hidden(character) for character in text)


def _hidden(character: str) -> bool:
    if character in "\n\r\t\ufe0f":
        return False
    if character in _BLANKS or "\ufe00" <= character <= "\ufe0e" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")


def addresses(text: str) -> list[str]:
    """Everything a reader's program might make a link of, as written."""
    plain = unicodedata.normalize("NFKC", text)
    targets = [match[1] or match[2] or "" for match in _TARGET.finditer(plain)]
    rest = _EMAIL.sub(" ", _ADDRESS.sub(" ", plain))
    found = [*_ADDRESS.findall(plain), *_BARE.findall(rest), *targets]
    return [address.rstrip(".,;:!?。…)]}*_") for address in found]


def emails(text: str) -> list[str]:
    """The e-mail addresses in the text, in lower case."""
    return [match.rstrip(".").lower() for match in _EMAIL.findall(unicodedata.normalize("NFKC", text))]


def allowed(address: str, hosts: Set[str]) -> bool:
    """Whether the address is http(s) to one of the hosts or below it, and reads the same to every parser."""
    address = address.replace("。", ".")
    # A backslash ends the host for browsers but not for other parsers; user info only serves to deceive.
    if "\\" in address or not address:
        return False
    if "://" not in address:
        if address.startswith(("/", "#", "?")):
            return False
        address = "https://" + address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return False
    return any(host == known.lower() or host.endswith("." + known.lower()) for known in hosts)
