"""Articles in DynamoDB.

| access                    | request                                                                             |
|---------------------------|-------------------------------------------------------------------------------------|
| the snapshot              | GetItem `SNAPSHOT` `S`, consistent: a counter that moves with what is published     |
| the index file there is   | GetItem and PutItem `INDEX` `S`                                                     |
| published articles        | Query `PUBLISHED`, consistent, one partition: help centres have hundreds of them    |
| an article's newest       | Query `A#<article>` backward, one row, consistent                                   |
| one version               | GetItem `A#<article>` `V#<number>`, consistent                                      |
| versions, newest first    | Query `A#<article>` backward                                                        |
| all articles              | Query `ARTICLES` backward by id: newest first, without bodies                       |
| the article of an address | GetItem `SLUG#<slug>` `<language>`, consistent                                      |
| a write                   | TransactWriteItems: version (new), place in the list (newer), address (new, first   |
|                           | version only), key record (new), published text and snapshot where those change     |
"""

from typing import Any, NoReturn

from shared.adapters.dynamodb.article_items import (
    LISTED,
    PUBLISHED,
    address_row,
    article_of,
    listed_row,
    once_row,
    published_row,
    summary_of,
    version_of,
    version_row,
    version_sk,
)
from shared.adapters.dynamodb.errors import TransactionFailed
from shared.adapters.dynamodb.rows import ABSENT, Rows, put_of, transact
from shared.adapters.dynamodb.transport import Transport
from shared.adapters.dynamodb.updates import add_to
from shared.adapters.dynamodb.values import to_item
from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position
from shared.kernel.texts import Language
from shared.knowledge.errors import AlreadyCreated, SlugTaken, VersionTaken
from shared.knowledge.models import Article
from shared.knowledge.ports import ArticleFilter
from shared.knowledge.versions import ArticleVersion, Summary
from shared.knowledge.versions import version_of as saved_version

ATTEMPTS = 5
MOST_READS = 10
"""Queries a page may take when few articles match; then the page comes short, with a cursor."""
NEWER = "attribute_not_exists(pk) OR version < :version"


class DynamoArticles:
    """Articles, an ArticleReader, an ArticleStore and IndexMarks on the `knowledge` table."""

    def __init__(self, transport: Transport, table: str) -> None:
        self._rows = Rows(transport, table)

    def snapshot(self) -> str:
        """The counter, as text."""
        row = self._rows.get("SNAPSHOT", "S")
        return str(row["number"]) if row else "0"

    def indexed(self) -> str | None:
        """What the mark says."""
        row = self._rows.get("INDEX", "S")
        return row.get("file") if row else None

    def mark(self, name: str | None) -> None:
        """Write the mark; None is an attribute left out."""
        self._rows.put({"pk": "INDEX", "sk": "S", "file": name})

    def published(self) -> list[Article]:
        """Every published article, by id."""
        rows = self._rows.query_all("pk = :pk", {":pk": PUBLISHED})
        return [article for row in rows if (article := article_of(row)).published]

    def save(self, article: Article) -> None:
        """The version with its address, whatever stood there."""
        version = saved_version(article, "import")
        items = [
            put_of(self._rows.table, version_row(version)),
            put_of(self._rows.table, listed_row(version), NEWER, version=version.version),
            put_of(self._rows.table, address_row(version)),
            *self._shown(version),
        ]
        for _ in range(ATTEMPTS):
            stored = self._rows.get(LISTED, article.id)
            if stored and stored["version"] >= article.version:
                return
            try:
                transact(self._rows.transport, items)
            except TransactionFailed:
                continue
            return
        raise WriteContention

    def newest(self, article_id: str) -> ArticleVersion:
        """The last of the partition."""
        rows, _ = self._rows.query("pk = :pk", {":pk": f"A#{article_id}"}, backward=True, limit=1)
        if not rows:
            raise NotFound
        return version_of(rows[0])

    def version(self, article_id: str, number: int) -> ArticleVersion:
        """That row."""
        row = self._rows.get(f"A#{article_id}", version_sk(number))
        if row is None:
            raise NotFound
        return version_of(row)

    def versions(self, article_id: str, limit: int, after: Position | None) -> Page[Summary]:
        """Newest first."""
        if after is not None and not (after[0].isdecimal() and len(after[0]) <= 12):
            raise BadCursor
        pk = f"A#{article_id}"
        start = {"pk": pk, "sk": version_sk(int(after[0]))} if after else None
        rows, more = self._rows.query("pk = :pk", {":pk": pk}, backward=True, limit=limit + 1, after=start)
        # Long bodies fill a read before the limit does; then the page comes short.
        kept = rows[:limit]
        position = (str(kept[-1]["version"]),) if kept and (more or len(rows) > limit) else None
        return Page([summary_of(row) for row in kept], position)

    def page(self, filter: ArticleFilter, limit: int, after: Position | None) -> Page[Summary]:
        """Newest articles first."""
        if after is not None and not is_id(after[0], "art"):
            raise BadCursor
        expression, values, names = _narrowing(filter)
        start = {"pk": LISTED, "sk": after[0]} if after else None
        found: list[Summary] = []
        for _ in range(MOST_READS):
            rows, start = self._rows.query(
                "pk = :pk",
                {":pk": LISTED, **values},
                backward=True,
                limit=100 if expression else limit + 1 - len(found),
                after=start,
                filter=expression,
                names=names,
            )
            found += map(summary_of, rows)
            if len(found) > limit:
                return Page(found[:limit], (found[limit - 1].id,))
            if start is None:
                return Page(found)
        return Page(found, (str(start["sk"]),) if start else None)

    def find(self, slug: str, language: Language) -> str | None:
        """Whose the address is."""
        row = self._rows.get(f"SLUG#{slug}", language)
        return str(row["article_id"]) if row else None

    def commit(self, version: ArticleVersion, once: Once | None = None) -> None:
        """One TransactWriteItems."""
        table, first = self._rows.table, version.version == 1
        items = [
            put_of(table, version_row(version), ABSENT),
            put_of(table, listed_row(version), NEWER, version=version.version),
            *([put_of(table, address_row(version), ABSENT)] if first else []),
            *([put_of(table, once_row(once, version), ABSENT)] if once else []),
            *(self._shown(version) if version.status != "draft" else []),
        ]
        try:
            transact(self._rows.transport, items)
        except TransactionFailed as error:
            self._explain(error, once, first)

    def _shown(self, version: ArticleVersion) -> list[dict[str, Any]]:
        """What customers see, and that it has changed."""
        table = self._rows.table
        article = version.article
        gone = {"Delete": {"TableName": table, "Key": to_item({"pk": PUBLISHED, "sk": article.id})}}
        shown = put_of(table, published_row(article)) if article.published else gone
        return [shown, add_to(table, ("SNAPSHOT", "S"), "number", 1)]

    def _explain(self, error: TransactionFailed, once: Once | None, first: bool) -> NoReturn:
        if once and error.failed(3 if first else 2):
            row = self._rows.get(f"I#{once.scope}#{once.key}", "I")
            if row and row["fingerprint"] != once.fingerprint:
                raise IdempotencyKeyReused from error
            if row:
                raise AlreadyCreated(row["article_id"]) from error
        if first and error.failed(2) and not error.failed(0):
            raise SlugTaken from error
        raise VersionTaken from error


def _narrowing(filter: ArticleFilter) -> tuple[str | None, dict[str, str], dict[str, str] | None]:
    """A filter expression with its values and names; status and language are reserved words."""
    given: dict[str, str | None] = {
        "status": filter.status,
        "language": filter.language,
        "category": filter.category,
        "slug": filter.slug,
    }
    asked = {name: value for name, value in given.items() if value is not None}
    if not asked:
        return None, {}, None
    expression = " AND ".join(f"#{name} = :{name}" for name in asked)
    return expression, {f":{name}": value for name, value in asked.items()}, {f"#{name}": name for name in asked}


__all__ = ["DynamoArticles"]
