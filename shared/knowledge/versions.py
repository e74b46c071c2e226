"""An article's versions: each is what one act of one person left behind, and none ever changes."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal

from shared.kernel.texts import Language
from shared.knowledge.errors import ArticleArchived
from shared.knowledge.models import Article

Status = Literal["draft", "published", "archived"]


@dataclass(frozen=True, slots=True)
class Words:
    """What an article says; what an edit gives anew."""

    title: str
    body: str
    """Markdown; it is kept and told as text and never turned into HTML by us."""
    category: str = "general"

    @property
    def hash(self) -> str:
        """SHA-256, the same however lines end and however much white space surrounds the body."""
        body = self.body.replace("\r\n", "\n").strip()
        return hashlib.sha256("\0".join((self.title.strip(), self.category, body)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A text and its address; `slug` and `language` stay for good, as links and translations hang on them."""

    slug: str
    language: Language
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A version without its body, as lists have it."""

    id: str
    slug: str
    language: Language
    title: str
    category: str
    status: Status
    """What the act left the article as. A draft may stand beside an older version that is still published."""
    version: int
    """Counts acts from 1 without gaps."""
    published_version: int | None
    """What customers read after this act, None when nothing."""
    created_at: datetime
    written_by: str | None
    """Whose words they are: a user's id, or `import`; None where names are not told."""
    written_at: datetime
    published_by: str | None = None
    """Who put these words before customers; None when nobody has."""
    published_at: datetime | None = None
    updated_by: str | None
    """Whose act made this version."""
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion(Summary):
    """One version, whole."""

    body: str

    @property
    def words(self) -> Words:
        """What it says."""
        return Words(self.title, self.body, self.category)

    @property
    def summary(self) -> Summary:
        """The same without the body."""
        return Summary(**{field.name: getattr(self, field.name) for field in fields(Summary)})

    @property
    def article(self) -> Article:
        """What retrieval and the help centre read."""
        return Article(
            id=self.id,
            slug=self.slug,
            language=self.language,
            title=self.title,
            body=self.body,
            category=self.category,
            version=self.version,
            updated_at=self.updated_at,
            published=self.status == "published",
        )

    def rewrite(self, words: Words, by: str, at: datetime) -> "ArticleVersion":
        """A draft with these words; what is published stays published. The same words make no version.

        An archived article becomes a draft again, whatever the words.
        """
        if words.hash == self.words.hash and self.status != "archived":
            return self
        return replace(
            self._next(by, at),
            title=words.title,
            body=words.body,
            category=words.category,
            status="draft",
            written_by=by,
            written_at=at,
            published_by=None,
            published_at=None,
        )

    def publish(self, by: str, at: datetime) -> "ArticleVersion":
        """Put the words before customers; those that are there already stay as they are."""
        if self.status == "archived":
            raise ArticleArchived
        if self.status == "published":
            return self
        published = replace(self._next(by, at), status="published", published_by=by, published_at=at)
        return replace(published, published_version=published.version)

    def archive(self, by: str, at: datetime) -> "ArticleVersion":
        """Take the article from customers and from lists of what is to do; every version stays readable."""
        if self.status == "archived":
            return self
        return replace(self._next(by, at), status="archived", published_version=None)

    def without_names(self) -> "ArticleVersion":
        """For customers: what it said and when, not who among the staff wrote it."""
        return replace(self, written_by=None, published_by=None, updated_by=None)

    def _next(self, by: str, at: datetime) -> "ArticleVersion":
        return replace(self, version=self.version + 1, updated_by=by, updated_at=at)


def first_version(id: str, new: NewArticle, by: str, at: datetime) -> ArticleVersion:
    """Version 1, a draft."""
    return ArticleVersion(
        id=id,
        slug=new.slug,
        language=new.language,
        title=new.words.title,
        body=new.words.body,
        category=new.words.category,
        status="draft",
        version=1,
        published_version=None,
        created_at=at,
        written_by=by,
        written_at=at,
        updated_by=by,
        updated_at=at,
    )


def version_of(article: Article, by: str) -> ArticleVersion:
    """An article that a program keeps whole, as the version it says it is."""
    return ArticleVersion(
        id=article.id,
        slug=article.slug,
        language=article.language,
        title=article.title,
        body=article.body,
        category=article.category,
        status="published" if article.published else "draft",
        version=article.version,
        published_version=article.version if article.published else None,
        created_at=article.updated_at,
        written_by=by,
        written_at=article.updated_at,
        published_by=by if article.published else None,
        published_at=article.updated_at if article.published else None,
        updated_by=by,
        updated_at=article.updated_at,
    )
