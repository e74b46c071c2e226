"""Writing, publishing and archiving articles."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.ports import Clock, Ids
from shared.knowledge.errors import AlreadyCreated, VersionTaken
from shared.knowledge.ports import ArticleStore
from shared.knowledge.versions import ArticleVersion, NewArticle, Words, first_version

ATTEMPTS = 6
PAUSE = 0.05
"""Seconds at most between attempts."""


class ArticleDesk:
    """Commands on articles; each is one transaction that adds one version, or none when there is nothing to do."""

    def __init__(self, store: ArticleStore, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def create(self, new: NewArticle, by: str, once: Once | None = None) -> ArticleVersion:
        """A draft; the same request gives the same one, as it was then. SlugTaken."""
        made = first_version(self._ids.new("art"), new, by, self._clock.now())
        for _ in range(ATTEMPTS):
            try:
                self._store.commit(made, once)
            except AlreadyCreated as done:
                return self._store.version(done.article_id, 1)
            except VersionTaken:
                # The same request is being written elsewhere at this moment: look again who was first.
                self._pause()
            else:
                return made
        raise WriteContention

    def rewrite(self, article_id: str, words: Words, by: str, if_match: int | None = None) -> ArticleVersion:
        """A draft with these words beside whatever is published."""
        return self._change(article_id, lambda newest, at: newest.rewrite(words, by, at), if_match)

    def publish(self, article_id: str, by: str, if_match: int | None = None) -> ArticleVersion:
        """The newest words before customers. ArticleArchived."""
        return self._change(article_id, lambda newest, at: newest.publish(by, at), if_match)

    def archive(self, article_id: str, by: str, if_match: int | None = None) -> ArticleVersion:
        """Away from customers."""
        return self._change(article_id, lambda newest, at: newest.archive(by, at), if_match)

    def _change(
        self, article_id: str, act: Callable[[ArticleVersion, datetime], ArticleVersion], if_match: int | None
    ) -> ArticleVersion:
        for _ in range(ATTEMPTS):
            newest = self._store.newest(article_id)
            if if_match is not None and newest.version != if_match:
                raise StaleVersion
            after = act(newest, max(self._clock.now(), newest.updated_at))
            if after is newest:
                return newest
            with suppress(VersionTaken):
                self._store.commit(after)
                return after
            self._pause()
        raise WriteContention

    def _pause(self) -> None:
        self._clock.sleep(PAUSE * self._ids.fraction())
