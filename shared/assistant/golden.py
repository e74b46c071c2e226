"""Questions a team keeps to see whether the assistant goes on answering them as it should."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shared.kernel.ids import encode
from shared.kernel.texts import Language

READ, WRITE = "articles.read", "articles.write"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question is to be answered from."""

    article_id: str | None
    """None: it is not to be answered at all."""
    headings: tuple[str, ...] = ()
    """The part of the article, from its top; empty for anywhere in it."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """One question; other words are another question. Made up by the team: it is to hold nothing about persons."""

    id: str
    language: Language
    question: str
    expected: Expected
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str


def question_id(language: Language, question: str) -> str:
    """The id those words always have, so that a question is kept once, however often it is sent."""
    digest = hashlib.sha256(f"{language}\0{question}".encode()).digest()
    return f"tqn_{encode(int.from_bytes(digest[:16], 'big'), 26)}"
