"""Articles as people write them and spans as answers quote them."""

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.texts import Language


@dataclass(frozen=True, slots=True)
class Article:
    """A help article in Markdown, one language each; translations share a `slug`."""

    id: str
    slug: str
    language: Language
    title: str
    body: str
    category: str
    version: int
    updated_at: datetime
    published: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A quotable piece of an article."""

    article_id: str
    article_version: int
    title: str
    language: Language
    headings: tuple[str, ...]
    """Heading path from the article's top to the span."""
    start: int
    end: int
    """Byte range within the article's UTF-8 body."""
    text: str
    hash: str
    """SHA-256 of the text, hexadecimal."""
