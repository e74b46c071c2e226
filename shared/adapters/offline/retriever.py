"""Searches the published articles with the built-in index."""

from threading import Lock

from shared.adapters.offline.index import SpanIndex, build_parts
from shared.adapters.offline.stored import StoredIndexes
from shared.assistant.models import Hit
from shared.kernel.texts import Language
from shared.knowledge.ports import Articles

MAX_CHARACTERS = 2000
"""A question is in its first part; the rest would only cost time."""


class OfflineRetriever:
    """The `Retriever` port in the process's memory; the index is changed only when the articles have changed.

    It is mapped from the file the consumer made where there is one of this snapshot, and built here where there is none
    yet, or too few articles for one: what is withdrawn is never found again, whether the consumer runs or not.

    Each call reads the articles' snapshot once. Raises what `Articles` raises.
    """

    def __init__(self, articles: Articles, stored: StoredIndexes | None = None) -> None:
        self._articles = articles
        self._stored = stored
        self._lock = Lock()
        self._built: tuple[str, SpanIndex] | None = None

    def snapshot(self) -> str:
        """The snapshot of the articles searched now."""
        return self._current()[0]

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The most probable spans first, at most three an article; a translation in `language` displaces the other."""
        return self._current()[1].search(query[:MAX_CHARACTERS], language, limit)

    def _current(self) -> tuple[str, SpanIndex]:
        snapshot = self._articles.snapshot()
        with self._lock:
            if self._built is None or self._built[0] != snapshot:
                # Articles saved since the snapshot was read are searched early and indexed again by the next call.
                parts = self._stored.find(snapshot) if self._stored else None
                self._built = (snapshot, SpanIndex(parts or build_parts(self._articles.published())))
            return self._built
