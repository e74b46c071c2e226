"""Index files in the object store: kept by who builds them, mapped by who searches."""

import logging
import tempfile
from pathlib import Path

from shared.adapters.offline.index_file import MAGIC, NoIndexFile, index_bytes, map_index
from shared.adapters.offline.parts import Parts, build_parts
from shared.assistant.ports import Embedder
from shared.attachments.ports import Files
from shared.kernel.errors import DomainError
from shared.knowledge.models import Article
from shared.knowledge.ports import IndexMarks

LOG = logging.getLogger("scs.knowledge")
MOST = 256 * 1024 * 1024
"""Bytes of a file; a larger one is not fetched, and refused as cut short."""


FORM = f"index/{MAGIC.decode().strip()}-"
"""How the name of every file of our format begins."""


def name_of(snapshot: str) -> str:
    """The key of a snapshot's file; another format is another name."""
    return FORM + snapshot


class KeptIndexes:
    """The builder's side."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def name(self, snapshot: str) -> str:
        """In our format."""
        return name_of(snapshot)

    def there(self, name: str) -> bool:
        """Whether the object has a size."""
        return self._files.size(name) is not None

    def keep(self, name: str, content: bytes) -> None:
        """Put it."""
        self._files.put(name, content, "application/octet-stream")

    def discard(self, name: str) -> None:
        """Delete it."""
        self._files.delete(name)


class StoredIndexes:
    """The searching side. Never raises for want of a file: whoever asks can build the index."""

    def __init__(self, marks: IndexMarks, files: Files | None) -> None:
        self._marks = marks
        self._files = files

    def find(self, snapshot: str | None = None) -> Parts | None:
        """The mapped index of exactly that snapshot, or of any, if there is one."""
        try:
            marked = self._marks.indexed() if self._files is not None else None
            if self._files is None or marked is None or not marked.startswith(FORM):
                return None
            if snapshot is not None and marked != name_of(snapshot):
                return None
            return _mapped(self._files.read(marked, MOST))
        except (DomainError, NoIndexFile, OSError) as error:
            LOG.warning("index file not used", extra={"error": type(error).__name__})
            return None


class IndexMaker:
    """Makes the file of a set of articles; vectors of texts that have not changed come from the file before."""

    def __init__(self, marks: IndexMarks, files: Files | None, embedder: Embedder) -> None:
        self._before = StoredIndexes(marks, files)
        self._embedder = embedder

    def __call__(self, articles: list[Article]) -> bytes:
        """The file's bytes."""
        return index_bytes(build_parts(articles, self._embedder, self._before.find()))


def _mapped(content: bytes) -> Parts:
    # The file has no name once it is mapped: nothing is left behind, and nobody else can put another in its place.
    with tempfile.NamedTemporaryFile(prefix="index-") as file:
        file.write(content)
        file.flush()
        return map_index(Path(file.name))
