"""Where articles are kept."""

from typing import Protocol

from shared.knowledge.models import Article


class Articles(Protocol):
    """Published articles and the snapshot they form."""

    def snapshot(self) -> str:
        """Names the present set of published articles; changes whenever one of them does. One cheap read."""

    def published(self) -> list[Article]:
        """Every published article, in a stable order."""

    def save(self, article: Article) -> None:
        """Write the article (a newer `version` replaces an older one, an older or equal one changes nothing)."""
