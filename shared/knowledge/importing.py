"""Bringing many articles in at once; what is there already in the same words stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shared.identities.caller import Caller
from shared.kernel.errors import DomainError, WriteContention
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.errors import ArticleArchived, SlugTaken
from shared.knowledge.ports import ArticleReader
from shared.knowledge.versions import ArticleVersion, NewArticle

Outcome = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one article."""

    new: NewArticle
    outcome: Outcome
    kept: ArticleVersion | None = None
    """The newest version now; None when the article was refused."""
    refusal: DomainError | None = None


class Importing:
    """For staff, and for the command on the deployment's own machine. Stopped half-way, it is simply run again."""

    def __init__(self, articles: ArticleReader, desk: ArticleDesk) -> None:
        self._articles = articles
        self._desk = desk

    def run(self, articles: Sequence[NewArticle], caller: Caller, publish: bool) -> list[Brought]:
        """One result an article, in order. Forbidden when the caller may not publish and asks for it."""
        if publish:
            caller.require("articles.publish")
        return [self.bring(new, caller.id, publish) for new in articles]

    def bring(self, new: NewArticle, by: str, publish: bool) -> Brought:
        """Create the article, give it these words as a new version, or leave it; then publish it if that is asked.

        Refused when somebody archived it: an import does not undo that.
        """
        try:
            return self._bring(new, by, publish)
        except (ArticleArchived, SlugTaken, WriteContention) as error:
            return Brought(new, "refused", refusal=error)

    def _bring(self, new: NewArticle, by: str, publish: bool) -> Brought:
        outcome, kept = self._written(new, by)
        if publish and kept.status != "published":
            kept = self._desk.publish(kept.id, by, kept.version)
            outcome = "updated" if outcome == "unchanged" else outcome
        return Brought(new, outcome, kept)

    def _written(self, new: NewArticle, by: str) -> tuple[Outcome, ArticleVersion]:
        article_id = self._articles.find(new.slug, new.language)
        if article_id is None:
            return "created", self._desk.create(new, by)
        before = self._articles.newest(article_id)
        if before.status == "archived":
            raise ArticleArchived
        after = self._desk.rewrite(article_id, new.words, by)
        return ("unchanged" if after.version == before.version else "updated"), after
