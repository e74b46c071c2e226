"""Reading articles: staff everything, others what was ever published."""

from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.knowledge.ports import ArticleFilter, ArticleReader
from shared.knowledge.versions import ArticleVersion, Summary


class ArticleQueries:
    """Articles and their versions. Who may read drafts at all, the rows of the table say."""

    def __init__(self, articles: ArticleReader) -> None:
        self._articles = articles

    def get(self, article_id: str) -> ArticleVersion:
        """The newest version; NotFound."""
        return self._articles.newest(article_id)

    def page(self, filter: ArticleFilter, limit: int, after: Position | None) -> Page[Summary]:
        """Newest articles first."""
        return self._articles.page(filter, limit, after)

    def versions(self, article_id: str, limit: int, after: Position | None) -> Page[Summary]:
        """An article's versions, newest first; NotFound."""
        page = self._articles.versions(article_id, limit, after)
        if not page.items:
            self._articles.newest(article_id)
        return page

    def version(self, article_id: str, number: int, caller: Caller) -> ArticleVersion:
        """One version as it was, for receipts point at it; to customers only one that was published once."""
        found = self._articles.version(article_id, number)
        if caller.can("articles.read"):
            return found
        if found.status != "published":
            raise NotFound
        return found.without_names()
