"""Picks the sentences that tell a conversation."""

import re

from shared.adapters.offline.terms import units
from shared.assistant.models import Utterance

MOST_CHARACTERS = 160
_SENTENCE = re.compile(r"[^。！？!?\n.]+(?:\.(?=\S)[^。！？!?\n.]*)*[。！？!?.]*")


def problem(subject: str, said: list[Utterance]) -> str:
    """The subject and the customer's sentence that says most, an early one rather than a late one."""
    sentences = [sentence for word in said if word.speaker == "customer" for sentence in _sentences(word.text)]
    worth = [len(units(sentence)) / (1 + 0.15 * at) for at, sentence in enumerate(sentences)]
    main = sentences[worth.index(max(worth))] if sentences else ""
    subject = _short(subject)
    if not subject or subject in main:
        return _short(main)
    return subject if not main or main in subject else f"{subject} – {_short(main)}"


def last_word(said: list[Utterance]) -> str:
    """The last message, shortened."""
    return _short(said[-1].text)


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1].rstrip() + "…"
