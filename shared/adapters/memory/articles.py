"""Articles kept in the process."""

import hashlib
from threading import Lock

from shared.kernel.errors import BadCursor, IdempotencyKeyReused, NotFound
from shared.kernel.idempotency import Once
from shared.kernel.ids import is_id
from shared.kernel.pages import Page, Position
from shared.kernel.texts import Language
from shared.knowledge.errors import AlreadyCreated, SlugTaken, VersionTaken
from shared.knowledge.models import Article
from shared.knowledge.ports import ArticleFilter
from shared.knowledge.versions import ArticleVersion, Summary, version_of


class MemoryArticles:
    """Articles, an ArticleReader, an ArticleStore and IndexMarks over dictionaries; safe to share between threads."""

    def __init__(self, articles: list[Article] | None = None) -> None:
        self._lock = Lock()
        self._versions: dict[str, dict[int, ArticleVersion]] = {}
        self._live: dict[str, Article] = {}
        self._addresses: dict[tuple[str, str], str] = {}
        self._once: dict[tuple[str, str], tuple[str, str]] = {}
        self._snapshot: str | None = None
        self._indexed: str | None = None
        for article in articles or []:
            self.save(article)

    def snapshot(self) -> str:
        """A hash of the published articles' ids and versions."""
        with self._lock:
            if self._snapshot is None:
                versions = "\n".join(f"{article.id} {article.version}" for article in self._published())
                self._snapshot = hashlib.sha256(versions.encode()).hexdigest()[:32]
            return self._snapshot

    def indexed(self) -> str | None:
        """What was marked last."""
        return self._indexed

    def mark(self, name: str | None) -> None:
        """Kept."""
        self._indexed = name

    def published(self) -> list[Article]:
        """Every published article by slug, language and id."""
        with self._lock:
            return self._published()

    def save(self, article: Article) -> None:
        """Keeps the article unless its version, or a newer one, is kept already."""
        with self._lock:
            if max(self._versions.get(article.id, {0: None})) < article.version:
                self._addresses[article.slug, article.language] = article.id
                self._keep(version_of(article, "import"), shown=True)

    def newest(self, article_id: str) -> ArticleVersion:
        """The version of the highest number."""
        with self._lock:
            kept = self._versions.get(article_id)
            if not kept:
                raise NotFound
            return kept[max(kept)]

    def version(self, article_id: str, number: int) -> ArticleVersion:
        """That version."""
        with self._lock:
            kept = self._versions.get(article_id, {}).get(number)
        if kept is None:
            raise NotFound
        return kept

    def versions(self, article_id: str, limit: int, after: Position | None) -> Page[Summary]:
        """Newest first."""
        if after is not None and not (after[0].isdecimal() and len(after[0]) <= 12):
            raise BadCursor
        with self._lock:
            kept = dict(self._versions.get(article_id, {}))
        numbers = sorted((number for number in kept if after is None or number < int(after[0])), reverse=True)
        position = (str(numbers[limit - 1]),) if len(numbers) > limit else None
        return Page([kept[number].summary for number in numbers[:limit]], position)

    def page(self, filter: ArticleFilter, limit: int, after: Position | None) -> Page[Summary]:
        """By id backward."""
        if after is not None and not is_id(after[0], "art"):
            raise BadCursor
        with self._lock:
            newest = [kept[max(kept)].summary for kept in self._versions.values()]
        found = [one for one in newest if _matches(one, filter) and (after is None or one.id < after[0])]
        found.sort(key=lambda one: one.id, reverse=True)
        return Page(found[:limit], (found[limit - 1].id,) if len(found) > limit else None)

    def find(self, slug: str, language: Language) -> str | None:
        """Whose the address is."""
        with self._lock:
            return self._addresses.get((slug, language))

    def commit(self, version: ArticleVersion, once: Once | None = None) -> None:
        """All or nothing."""
        with self._lock:
            if once and (once.scope, once.key) in self._once:
                fingerprint, article_id = self._once[once.scope, once.key]
                raise AlreadyCreated(article_id) if fingerprint == once.fingerprint else IdempotencyKeyReused
            if max(self._versions.get(version.id, {0: None})) >= version.version:
                raise VersionTaken
            address = (version.slug, version.language)
            if version.version == 1 and address in self._addresses:
                raise SlugTaken
            self._addresses.setdefault(address, version.id)
            if once:
                self._once[once.scope, once.key] = (once.fingerprint, version.id)
            self._keep(version, shown=version.status != "draft")

    def _keep(self, version: ArticleVersion, shown: bool) -> None:
        self._versions.setdefault(version.id, {})[version.version] = version
        if shown:
            self._live.pop(version.id, None)
            if version.status == "published":
                self._live[version.id] = version.article
            self._snapshot = None

    def _published(self) -> list[Article]:
        return sorted(self._live.values(), key=lambda article: (article.slug, article.language, article.id))


def _matches(one: Summary, filter: ArticleFilter) -> bool:
    asked = (filter.status, filter.language, filter.category, filter.slug)
    has = (one.status, one.language, one.category, one.slug)
    return all(wanted is None or wanted == value for wanted, value in zip(asked, has, strict=True))
