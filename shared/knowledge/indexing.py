"""Making the file of an index, so that no process has to index the articles by itself."""

import logging
from collections.abc import Callable
from typing import Protocol

from shared.kernel.errors import WriteContention
from shared.knowledge.models import Article
from shared.knowledge.ports import Articles, IndexMarks

LOG = logging.getLogger("scs.knowledge")
ATTEMPTS = 3


class IndexFiles(Protocol):
    """Where index files are kept, by name."""

    def name(self, snapshot: str) -> str:
        """What the snapshot's file is called today; a release that changes the format changes the name."""

    def there(self, name: str) -> bool:
        """Whether the file is kept."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep the file under that name."""

    def discard(self, name: str) -> None:
        """Delete it, if it is there."""


class IndexBuilding:
    """Builds the file of the present snapshot. However often and by however many it is run, the file is the same."""

    def __init__(
        self, articles: Articles, marks: IndexMarks, files: IndexFiles, make: Callable[[list[Article]], bytes]
    ) -> None:
        self._articles = articles
        self._marks = marks
        self._files = files
        self._make = make

    def moved(self, snapshot: str | None) -> None:
        """Build, if that is still the present snapshot: of an import's hundred changes the last one does the work."""
        if snapshot is not None and self._articles.snapshot() == snapshot:
            self.build()

    def build(self) -> None:
        """Keep the file, mark it, delete the one before. WriteContention when articles keep changing."""
        for _ in range(ATTEMPTS):
            before, snapshot = self._marks.indexed(), self._articles.snapshot()
            name = self._files.name(snapshot)
            if before == name and self._files.there(name):
                return
            articles = self._articles.published()
            if self._articles.snapshot() == snapshot:
                # What was read is this snapshot and no other.
                self._replace(before, name, articles)
                return
        raise WriteContention

    def _replace(self, before: str | None, name: str, articles: list[Article]) -> None:
        wanted = bool(articles)
        if wanted:
            self._files.keep(name, self._make(articles))
        if wanted or before is not None:
            self._marks.mark(name if wanted else None)
        if before is not None and before != name:
            self._files.discard(before)
        LOG.info("index built" if wanted else "no index file needed", extra={"articles": len(articles)})
