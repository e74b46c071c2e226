"""Searches the published articles with the built-in index."""

from collections.abc import Callable
from threading import Lock

from shared.adapters.offline.index import SpanIndex
from shared.adapters.offline.parts import Parts, build_parts
from shared.adapters.offline.stored import StoredIndexes
from shared.assistant.models import Hit
from shared.assistant.ports import Embedder
from shared.kernel.texts import Language
from shared.knowledge.ports import Articles

MAX_CHARACTERS = 2000
"""A question is in its first part; the rest would only cost time."""
LOOK_AGAIN = 5.0
"""Seconds between two looks for a file that is not there yet."""


class OfflineRetriever:
    """The `Retriever` port in the process's memory; the index is changed only when the articles have changed.

    With `stored` it is mapped from the file the consumer made of this snapshot. While there is none yet, it is built
    here by words alone, as vectors of all articles take seconds: what is withdrawn is never found again, whether the
    consumer runs or not. Without `stored` it is built here in full.

    Each call reads the articles' snapshot once. Raises what `Articles` raises. `monotonic` is in seconds.
    """

    def __init__(
        self,
        articles: Articles,
        stored: StoredIndexes | None = None,
        embedder: Embedder | None = None,
        monotonic: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._articles = articles
        self._stored = stored
        self._embedder = embedder
        self._now = monotonic
        self._lock = Lock()
        self._built: tuple[str, SpanIndex] | None = None
        self._look_at: float | None = None

    def snapshot(self) -> str:
        """The snapshot of the articles searched now."""
        return self._current()[0]

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """The most probable spans first, at most three an article; a translation in `language` displaces the other."""
        return self._current()[1].search(query[:MAX_CHARACTERS], language, limit)

    def _current(self) -> tuple[str, SpanIndex]:
        snapshot = self._articles.snapshot()
        with self._lock:
            built = self._built
            if built is None or built[0] != snapshot:
                # Articles saved since the snapshot was read are searched early and indexed again by the next call.
                built = (snapshot, self._index(self._find(snapshot) or self._build()))
            elif self._look_at is not None and self._now() >= self._look_at and (parts := self._find(snapshot)):
                built = (snapshot, self._index(parts))
            self._built = built
        return built

    def _index(self, parts: Parts) -> SpanIndex:
        return SpanIndex(parts, self._embedder)

    def _find(self, snapshot: str) -> Parts | None:
        parts = self._stored.find(snapshot) if self._stored else None
        waits = parts is None and self._stored is not None and self._embedder is not None
        self._look_at = self._now() + LOOK_AGAIN if waits else None
        return parts

    def _build(self) -> Parts:
        return build_parts(self._articles.published(), self._embedder if self._stored is None else None)
