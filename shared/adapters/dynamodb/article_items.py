"""Articles and their versions as rows of the `knowledge` table."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from shared.adapters.dynamodb.rows import Row
from shared.kernel.clock import parse_stamp, stamp
from shared.kernel.idempotency import KEPT_SECONDS, Once
from shared.knowledge.models import Article
from shared.knowledge.versions import ArticleVersion, Summary

LISTED, PUBLISHED = "ARTICLES", "PUBLISHED"
_TIMES = frozenset({"created_at", "written_at", "published_at", "updated_at"})


def version_sk(number: int) -> str:
    """Twelve digits, so that versions sort by number."""
    return f"V#{number:012d}"


def version_row(version: ArticleVersion) -> Row:
    """A version, whole."""
    return {"pk": f"A#{version.id}", "sk": version_sk(version.version), **_values(version)}


def listed_row(version: ArticleVersion) -> Row:
    """The article's place in the list of all; without the body, so that a page of a hundred is one read."""
    return {"pk": LISTED, "sk": version.id, **_values(version.summary)}


def address_row(version: ArticleVersion) -> Row:
    """Whose the slug is in that language."""
    return {"pk": f"SLUG#{version.slug}", "sk": version.language, "article_id": version.id}


def published_row(article: Article) -> Row:
    """What customers read of the article."""
    return {"pk": PUBLISHED, "sk": article.id, **_values(article)}


def once_row(once: Once, version: ArticleVersion) -> Row:
    """That the request was done, and what came of it."""
    return {
        "pk": f"I#{once.scope}#{once.key}",
        "sk": "I",
        "fingerprint": once.fingerprint,
        "article_id": version.id,
        "ttl": int(version.updated_at.timestamp()) + KEPT_SECONDS,
    }


def version_of(row: Row) -> ArticleVersion:
    """The version of a row."""
    return ArticleVersion(**_typed(row, ArticleVersion))


def summary_of(row: Row) -> Summary:
    """The summary of a row."""
    return Summary(**_typed(row, Summary))


def article_of(row: Row) -> Article:
    """The published article of a row."""
    return Article(**_typed(row, Article))


def _values(thing: Any) -> Row:
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: stamp(value) if name in _TIMES and value else value for name, value in values.items()}


def _typed(row: Mapping[str, Any], kind: type[Any]) -> dict[str, Any]:
    values = {field.name: row.get(field.name) for field in fields(kind)}
    return {name: parse_stamp(value) if name in _TIMES and value else value for name, value in values.items()}
