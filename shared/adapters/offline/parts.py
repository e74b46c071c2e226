"""What searching a set of articles needs, made from the articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from shared.adapters.offline.bm25 import BuiltPostings, Postings
from shared.adapters.offline.shapes import shapes
from shared.adapters.offline.terms import index_tokens
from shared.adapters.offline.text import normalise
from shared.assistant.ports import Embedder
from shared.kernel.texts import Language
from shared.knowledge.models import Article, Span
from shared.knowledge.spans import split_spans

HEADS_COUNT = 2
"""How often a title and its headings count in a span."""
TITLE_COUNT = 3
"""How often a title counts in the whole article."""
NAMES_LENGTH = 0.3
SHAPES_LENGTH = 0.5
VECTOR_STEPS = 400.0
"""For a vector's numbers in bytes: those of a unit vector lie within 0.3 of zero, and a cosine is off by some 0.001."""
AT_ONCE = 256
"""Texts given to the encoder together."""
MOST_READ = 4000
"""Characters of an article that its vector rests on; encoding takes time by length."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Place:
    """A span and the slug of its article."""

    span: Span
    slug: str


@dataclass(frozen=True, slots=True)
class Meanings:
    """Vectors in `VECTOR_STEPS` as int8 arrays, a row a text, and a 64-bit key of each text."""

    spans: Any
    wholes: Any
    """Title and body of each article."""
    titles: Any
    keys: Any
    """Of spans, wholes and titles, one behind the other."""


@dataclass(frozen=True, slots=True)
class Parts:
    """In memory or in a mapped file. Spans of one article stand together; an article without text is left out."""

    places: Sequence[Place]
    starts: Any
    """The number of each article's first span, as uint32."""
    groups: Any
    """A number each article has in common with its translation, as uint32."""
    languages: Any
    """Of each article, its place in `LANGUAGES`, as uint8."""
    spans: Postings
    articles: Postings
    names: Postings
    """Titles and headings by article."""
    span_shapes: Postings
    article_shapes: Postings
    name_shapes: Postings
    meanings: Meanings | None
    """None where there is no encoder."""


@dataclass(frozen=True, slots=True)
class _Whole:
    article: Article
    spans: list[Span]

    @property
    def headings(self) -> str:
        return " | ".join(dict.fromkeys(heading for span in self.spans for heading in span.headings))


def build_parts(articles: list[Article], embedder: Embedder | None = None, before: Parts | None = None) -> Parts:
    """The parts of those articles; about a quarter of a millisecond a span, and with an encoder some four more.

    Vectors of texts that stand in `before` as they are now are taken from there.
    """
    wholes = [_Whole(article, spans) for article in articles if (spans := split_spans(article))]
    groups: dict[str, int] = {}
    starts = np.cumsum([0, *(len(whole.spans) for whole in wholes)])[:-1]
    return Parts(
        places=[Place(span, whole.article.slug) for whole in wholes for span in whole.spans],
        starts=starts.astype(np.uint32),
        groups=np.array([groups.setdefault(whole.article.slug, len(groups)) for whole in wholes], np.uint32),
        languages=np.array([LANGUAGES.index(whole.article.language) for whole in wholes], np.uint8),
        spans=BuiltPostings(_by_span(wholes, index_tokens)),
        articles=BuiltPostings(_by_article(wholes, index_tokens)),
        names=BuiltPostings(_by_name(wholes, index_tokens), NAMES_LENGTH),
        span_shapes=BuiltPostings(_by_span(wholes, shapes), SHAPES_LENGTH),
        article_shapes=BuiltPostings(_by_article(wholes, shapes), SHAPES_LENGTH),
        name_shapes=BuiltPostings(_by_name(wholes, shapes), NAMES_LENGTH),
        meanings=_meanings(wholes, embedder, before.meanings if before else None) if embedder else None,
    )


def _by_span(wholes: list[_Whole], cut: Callable[[str], list[str]]) -> Iterable[Counter[str]]:
    for whole in wholes:
        title = cut(whole.article.title)
        for span in whole.spans:
            counts = Counter(cut(span.text))
            counts.update((title + cut(" | ".join(span.headings))) * HEADS_COUNT)
            yield counts


def _by_article(wholes: list[_Whole], cut: Callable[[str], list[str]]) -> Iterable[Counter[str]]:
    for whole in wholes:
        yield Counter(cut(whole.article.body) + cut(whole.article.title) * TITLE_COUNT)


def _by_name(wholes: list[_Whole], cut: Callable[[str], list[str]]) -> Iterable[Counter[str]]:
    for whole in wholes:
        yield Counter(cut(f"{whole.article.title} | {whole.headings}"))


def _meanings(wholes: list[_Whole], embedder: Embedder, before: Meanings | None) -> Meanings:
    texts = [
        f"{whole.article.title}\n{' '.join(span.headings)}\n{span.text}" for whole in wholes for span in whole.spans
    ]
    ends = [len(texts), len(texts) + len(wholes)]
    texts += [f"{whole.article.title}\n{whole.article.body}"[:MOST_READ] for whole in wholes]
    texts = [normalise(text) for text in [*texts, *(whole.article.title for whole in wholes)]]
    keys = np.array([_key(text) for text in texts], np.uint64)
    rows = np.zeros((len(texts), embedder.dimensions), np.int8)
    known = _rows_by_key(before)
    missing = [number for number, key in enumerate(keys.tolist()) if key not in known]
    for number, key in enumerate(keys.tolist()):
        if key in known:
            rows[number] = known[key]
    for at in range(0, len(missing), AT_ONCE):
        numbers = missing[at : at + AT_ONCE]
        vectors = embedder.embed([texts[number] for number in numbers])
        rows[numbers] = np.clip(np.rint(vectors * VECTOR_STEPS), -127, 127)
    return Meanings(rows[: ends[0]], rows[ends[0] : ends[1]], rows[ends[1] :], keys)


def _rows_by_key(before: Meanings | None) -> dict[int, Any]:
    if before is None:
        return {}
    rows = (row for section in (before.spans, before.wholes, before.titles) for row in section)
    return dict(zip(before.keys.tolist(), rows, strict=True))


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
