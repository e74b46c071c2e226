"""Articles kept in the process."""

import hashlib
from threading import Lock

from shared.knowledge.models import Article


class MemoryArticles:
    """The `Articles` port over a dictionary; safe to share between threads."""

    def __init__(self, articles: list[Article] | None = None) -> None:
        self._lock = Lock()
        self._by_id: dict[str, Article] = {}
        self._snapshot = _name([])
        for article in articles or []:
            self.save(article)

    def snapshot(self) -> str:
        """A hash of the published articles' ids and versions."""
        with self._lock:
            return self._snapshot

    def published(self) -> list[Article]:
        """Every published article by slug, language and id."""
        with self._lock:
            return self._published()

    def save(self, article: Article) -> None:
        """Keeps the article unless its version, or a newer one, is kept already."""
        with self._lock:
            kept = self._by_id.get(article.id)
            if kept is not None and kept.version >= article.version:
                return
            self._by_id[article.id] = article
            self._snapshot = _name(self._published())

    def _published(self) -> list[Article]:
        articles = (article for article in self._by_id.values() if article.published)
        return sorted(articles, key=lambda article: (article.slug, article.language, article.id))


def _name(articles: list[Article]) -> str:
    versions = "\n".join(f"{article.id} {article.version}" for article in articles)
    return hashlib.sha256(versions.encode()).hexdigest()[:32]
