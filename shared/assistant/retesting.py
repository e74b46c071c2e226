"""What would become of the team's test questions, if an article were published as its draft stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.assistant.golden import Expected, GoldenQuestion
from shared.assistant.golden_ports import GoldenReader
from shared.assistant.models import Draft
from shared.assistant.rejudgements import Outcome, Tested, Told
from shared.assistant.rejudging import DEADLINE, ThinkerOver, told
from shared.assistant.thinking import Thinker
from shared.identities.caller import Caller
from shared.kernel.pages import Page, Position
from shared.knowledge.models import Article
from shared.knowledge.ports import ArticleReader, Articles
from shared.knowledge.spans import split_spans


class Retesting:
    """Asks the offline engine over what is published and over what would be; nothing is written or said."""

    def __init__(
        self, questions: GoldenReader, reader: ArticleReader, articles: Articles, thinker: ThinkerOver
    ) -> None:
        self._questions = questions
        self._reader = reader
        self._articles = articles
        self._thinker = thinker

    def retest(self, article_id: str, limit: int, after: Position | None, caller: Caller) -> Page[Tested]:
        """Of the next `limit` questions those the article matters to: it is expected, or cited before or after.

        May give a short page that has a next one. NotFound for an unknown article.
        """
        caller.require("ai.read_all")
        newest = self._reader.newest(article_id)
        page = self._questions.page(limit, after)
        if not page.items:
            return Page([], page.next)
        now = self._articles.published()
        others = [article for article in now if article.id != article_id]
        then = others if newest.status == "archived" else [*others, replace(newest.article, published=True)]
        today, afterwards = _Side(self._thinker(None), now), _Side(self._thinker(then), then)
        tested = (
            _tested(question, today.ask(question), afterwards.ask(question), article_id) for question in page.items
        )
        return Page([each for each in tested if each is not None], page.next)


@dataclass(frozen=True, slots=True)
class _Asked:
    told: Told
    passed: bool
    cited: frozenset[str]


class _Side:
    """The questions over one set of articles."""

    def __init__(self, thinker: Thinker, articles: list[Article]) -> None:
        self._thinker = thinker
        self._articles = {article.id: article for article in articles}

    def ask(self, question: GoldenQuestion) -> _Asked:
        draft = self._thinker.think(question.question, (), "", DEADLINE).draft
        cited = frozenset(citation.article_id for citation in draft.citations)
        return _Asked(told(draft), meets(draft, question.expected, self._articles.get), cited)


def meets(draft: Draft, expected: Expected, article: Callable[[str], Article | None]) -> bool:
    """Whether the draft answers from where it is to, or does not answer what it is not to."""
    if expected.article_id is None or draft.decision != "answer":
        return expected.article_id is None and draft.decision != "answer"
    quotes = {citation.start for citation in draft.citations if citation.article_id == expected.article_id}
    if not expected.headings or not quotes:
        return bool(quotes)
    there = article(expected.article_id)
    spans = split_spans(there) if there else []
    asked = expected.headings
    return any(
        span.start <= start < span.end and span.headings[: len(asked)] == asked for span in spans for start in quotes
    )


def _tested(question: GoldenQuestion, before: _Asked, after: _Asked, article_id: str) -> Tested | None:
    if article_id not in {question.expected.article_id, *before.cited, *after.cited}:
        return None
    verdict: Outcome = "kept"
    if before.passed != after.passed:
        verdict = "improved" if after.passed else "broken"
    return Tested(question, verdict, before.passed, after.passed, before.told, after.told)
