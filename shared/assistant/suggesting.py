"""What of an engine's suggestions an agent is shown: nothing from elsewhere, nothing that acts on a screen."""

import re
import unicodedata
from collections.abc import Set
from dataclasses import replace

from shared.assistant.checks import check
from shared.assistant.courtesy import sentences
from shared.assistant.figures import figures
from shared.assistant.models import Draft, Hit, Part, PastTicket, Question, Suggestion, SuggestionType, Utterance
from shared.assistant.secrecy import asks_for_secret, tells_instructions
from shared.assistant.strangers import foreign_letters, spelled_out, strange_words
from shared.assistant.surface import addresses, allowed, has_hidden, has_markup

NO_LINK = "⟨…⟩"
"""Stands where an address to a host that is not ours was."""
_OPENING = re.compile(r"<(?=[A-Za-z/!?])|!(?=\[)|&(?=(?:lt|#\d+|#x[0-9a-f]+);)", re.IGNORECASE)
_SCHEME = re.compile(r"\b(data|javascript|vbscript|blob|file):", re.IGNORECASE)
_TARGET = re.compile(r"\]\s{0,8}(?=[(\[:（［：])")


def shown_to(question: Question, conversation: list[Utterance], evidence: list[Hit], past: list[PastTicket]) -> str:
    """Everything an engine was given to suggest from."""
    spans = ("\n".join((hit.span.title, *hit.span.headings, hit.span.text)) for hit in evidence)
    said = (word.text for word in (*conversation, *question.history))
    tickets = (f"{ticket.subject}\n{ticket.text}" for ticket in past)
    return "\n".join([question.subject, question.text, *said, *spans, *tickets])


def trustworthy(
    suggestion: Suggestion, type: SuggestionType, question: Question, evidence: list[Hit], shown: str
) -> bool:
    """Whether a model's suggestion brings nothing but everyday words and what it was `shown`, and asks for no secret.

    A reply or a solution, which an agent may send with one click, is held to what a customer may be told.
    """
    text = suggestion.text
    if type in ("reply", "solution"):
        part = Part(text, suggestion.citations)
        return all(verdict.ok for verdict in check(Draft("answer", (part,), 1.0, "", ""), evidence, question).verdicts)
    if type == "translate":
        # Names and rare words of another language are its very matter; what acts on a screen is not.
        new = set(addresses(text)) - set(addresses(shown)) or figures(text) - figures(shown)
        return not (new or has_hidden(text) or has_markup(text) or tells_instructions(text, shown))
    if has_hidden(text) or has_markup(text) or foreign_letters(text, shown) or spelled_out(text, shown):
        return False
    if strange_words(text, shown) or tells_instructions(text, shown) or figures(text) - figures(shown):
        return False
    if addresses(text):
        return False
    return not any(asks_for_secret(sentence) for sentence in sentences(text))


def defused(suggestion: Suggestion, hosts: Set[str] = frozenset()) -> Suggestion:
    """The suggestion as plain words: what customers or articles wrote into it neither runs nor leads anywhere."""
    return replace(suggestion, text=plain(suggestion.text, hosts))


def plain(text: str, hosts: Set[str] = frozenset()) -> str:
    """The text without invisible characters, markup, script addresses, and links to other hosts."""
    if has_hidden(text):
        text = "".join(letter for letter in text if not has_hidden(letter))
    if has_markup(text) or _TARGET.search(text):
        # Written wide or narrow, the same characters open a tag.
        text = unicodedata.normalize("NFKC", text)
        text = _SCHEME.sub(r"\1 :", _OPENING.sub(lambda found: f"{found.group()} ", text))
        text = _TARGET.sub("] – ", text)
    for address in sorted(set(addresses(text)), key=len, reverse=True):
        if address and not allowed(address, hosts):
            text = unicodedata.normalize("NFKC", text).replace(address, NO_LINK)
    return text
