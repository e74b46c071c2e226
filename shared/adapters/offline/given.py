"""Searches articles that are not published: what would be found if they were."""

from shared.adapters.offline.index import SpanIndex
from shared.adapters.offline.parts import build_parts
from shared.adapters.offline.stored import StoredIndexes
from shared.assistant.models import Hit
from shared.assistant.ports import Embedder
from shared.kernel.texts import Language
from shared.knowledge.models import Article


class GivenRetriever:
    """The `Retriever` port over an index made at once; vectors of texts that are published come from the file."""

    def __init__(self, articles: list[Article], embedder: Embedder, stored: StoredIndexes) -> None:
        self._index = SpanIndex(build_parts(articles, embedder, stored.find()), embedder)

    def snapshot(self) -> str:
        """None that is kept."""
        return "given"

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """As among published articles."""
        return self._index.search(query, language, limit)
