"""Bodies and views of articles."""

from typing import Any

from pydantic import Field

from shared.kernel.texts import Language
from shared.knowledge.help import Found, Shown
from shared.knowledge.importing import Brought
from shared.knowledge.versions import NewArticle, Summary, Words
from shared.web.fields import ArticleSlug, ArticleStatusName, LanguageName, Markdown, Slug, Time, Title
from shared.web.replies import Body, PublicView, View


class ArticleUpdate(Body):
    """What the article is to say from now on, whole."""

    title: Title
    category: Slug
    body: Markdown

    def to_words(self) -> Words:
        """In the domain's terms."""
        return Words(self.title, self.body.replace("\r\n", "\n") + "\n", self.category)


class ArticleCreate(ArticleUpdate):
    """A new article. Its `slug` and `language` stay for good; a translation is an article with the same slug."""

    slug: ArticleSlug
    language: LanguageName
    category: Slug = "general"

    def to_new(self) -> NewArticle:
        """In the domain's terms."""
        return NewArticle(self.slug, self.language, self.to_words())


class ArticleImport(Body):
    """Articles to bring in; `publish` needs the permission for it."""

    articles: list[ArticleCreate] = Field(min_length=1, max_length=50)
    publish: bool = False


class ArticleSummary(View):
    """An article's newest version, or one of its versions, without the body."""

    id: str
    slug: str
    language: LanguageName
    title: str
    category: str
    status: ArticleStatusName
    version: int
    published_version: int | None
    created_at: Time
    written_by: str | None
    written_at: Time
    published_by: str | None
    published_at: Time | None
    updated_by: str | None
    updated_at: Time


class ArticleView(ArticleSummary):
    """One version of an article. `body` is Markdown, as text."""

    body: str

    @classmethod
    def of(cls, version: Summary) -> "ArticleView":
        """The view of a version."""
        return cls.model_validate(version)


class ArticlePage(View):
    """A page of articles or versions, newest first."""

    items: list[ArticleSummary]
    next_cursor: str | None

    @classmethod
    def of(cls, items: list[Summary], next_cursor: str | None) -> "ArticlePage":
        """The view of a page."""
        return cls(items=[ArticleSummary.model_validate(item) for item in items], next_cursor=next_cursor)


class ImportedArticle(View):
    """What became of one article; of a refused one, `code` and `detail` say why."""

    slug: str
    language: LanguageName
    outcome: str = Field(pattern="^(created|updated|unchanged|refused)$")
    article_id: str | None = None
    version: int | None = None
    status: ArticleStatusName | None = None
    code: str | None = None
    detail: str | None = None

    @classmethod
    def of(cls, brought: Brought, language: Language) -> "ImportedArticle":
        """The view of a result, its reason in that language."""
        told: dict[str, Any] = {"slug": brought.new.slug, "language": brought.new.language, "outcome": brought.outcome}
        if brought.kept:
            kept = brought.kept
            told |= {"article_id": kept.id, "version": kept.version, "status": kept.status}
        if brought.refusal:
            told |= {"code": brought.refusal.code, "detail": brought.refusal.detail(language)}
        return cls(**told)


class ImportView(View):
    """One result for each article, in order."""

    items: list[ImportedArticle]


class HelpSummary(View):
    """A published article without its body."""

    article_id: str
    slug: str
    language: LanguageName
    languages: list[LanguageName]
    title: str
    category: str
    version: int
    updated_at: Time

    @classmethod
    def told(cls, shown: Shown) -> dict[str, Any]:
        """The fields."""
        article = shown.article
        return {
            "article_id": article.id,
            "slug": article.slug,
            "language": article.language,
            "languages": list(shown.languages),
            "title": article.title,
            "category": article.category,
            "version": article.version,
            "updated_at": article.updated_at,
        }

    @classmethod
    def of(cls, shown: Shown) -> "HelpSummary":
        """The view of an article."""
        return cls(**cls.told(shown))


class HelpPage(PublicView):
    """A page of the help centre, by category and slug; `language` is the one preferred.

    `categories` tells how many articles each has, whatever the list is narrowed to.
    """

    categories: dict[str, int]
    items: list[HelpSummary]
    next_cursor: str | None


class HelpArticleView(PublicView):
    """A published article. `body` is Markdown, as text: escape or sanitise what you make of it."""

    article_id: str
    slug: str
    languages: list[LanguageName]
    title: str
    category: str
    version: int
    updated_at: Time
    body: str

    @classmethod
    def of(cls, shown: Shown) -> "HelpArticleView":
        """The view of an article."""
        return cls(**HelpSummary.told(shown), body=shown.article.body)


class HelpHit(HelpSummary):
    """An article that speaks of what was searched; `excerpt` is the span that does so best, Markdown as text."""

    headings: list[str]
    excerpt: str
    score: float

    @classmethod
    def found(cls, found: Found) -> "HelpHit":
        """The view of a find."""
        span = found.span
        return cls(
            **cls.told(found.shown), headings=list(span.headings), excerpt=span.text, score=round(found.score, 4)
        )


class HelpResults(PublicView):
    """What was found, the most probable first; `language` is the one preferred."""

    items: list[HelpHit]
