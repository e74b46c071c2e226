"""Searches the published articles with the built-in index."""

from threading import Lock

from shared.adapters.offline.index import SpanIndex, build_parts
from shared.assistant.models import Hit
from shared.kernel.texts import Language
from shared.knowledge.ports import Articles

MAX_CHARACTERS = 2000
"""A question is in its first part; the rest would only cost time."""


class OfflineRetriever:
    """The `Retriever` port in the process's memory; the index is rebuilt only when the articles have changed.

    Each call reads the articles' snapshot once. Raises what `Articles` raises.
    """

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
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
                self._built = (snapshot, SpanIndex(build_parts(self._articles.published())))
            return self._built
