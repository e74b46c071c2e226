"""Where articles are kept."""

from dataclasses import dataclass
from typing import Protocol

from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.kernel.texts import Language
from shared.knowledge.models import Article
from shared.knowledge.versions import ArticleVersion, Status, Summary


class Articles(Protocol):
    """Published articles and the snapshot they form."""

    def snapshot(self) -> str:
        """Names the present set of published articles; changes whenever one of them does. One cheap read."""

    def published(self) -> list[Article]:
        """Every published article, in a stable order."""

    def save(self, article: Article) -> None:
        """For programs that keep their articles elsewhere: write the article as the version it says it is.

        A newer `version` replaces an older one, an older or equal one changes nothing; the address becomes its own.
        """


class IndexMarks(Protocol):
    """Tells which index file there is."""

    def indexed(self) -> str | None:
        """Its name, which tells format and snapshot; None when there is no file."""

    def mark(self, name: str | None) -> None:
        """There is this file now, or, with None, none."""


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What a list is narrowed to; every field that is set must match the newest version."""

    status: Status | None = None
    language: Language | None = None
    category: str | None = None
    slug: str | None = None


class ArticleReader(Protocol):
    """Reads articles with all their versions."""

    def newest(self, article_id: str) -> ArticleVersion:
        """The newest version, strongly consistent; NotFound when there is no such article."""

    def version(self, article_id: str, number: int) -> ArticleVersion:
        """That version; NotFound when there is none."""

    def versions(self, article_id: str, limit: int, after: Position | None) -> Page[Summary]:
        """Newest first; a position is the number of the last version given. None for an unknown article."""

    def page(self, filter: ArticleFilter, limit: int, after: Position | None) -> Page[Summary]:
        """The newest version of each article, by id backward; a position is the last id looked at.

        May give a short page that has a next one.
        """

    def find(self, slug: str, language: Language) -> str | None:
        """The id of the article with that address, archived or not."""


class ArticleStore(ArticleReader, Protocol):
    """Also writes."""

    def commit(self, version: ArticleVersion, once: Once | None = None) -> None:
        """Store the version with all that follows from it (address, list, what is published, snapshot), or nothing.

        VersionTaken when the article has that version; SlugTaken when a first version's address is another's;
        AlreadyCreated when `once` was seen, IdempotencyKeyReused when that had another body; Throttled or Unavailable
        when the outcome is not known.
        """
