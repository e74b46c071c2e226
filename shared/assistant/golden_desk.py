"""Who reads and changes test questions."""

from dataclasses import replace

from shared.assistant.errors import QuestionKept
from shared.assistant.golden import READ, WRITE, Expected, GoldenQuestion, question_id
from shared.assistant.golden_ports import GoldenReader, GoldenStore
from shared.identities.caller import Caller
from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock
from shared.kernel.texts import Language
from shared.knowledge.ports import ArticleReader

ATTEMPTS = 5


class GoldenList:
    """Reads test questions."""

    def __init__(self, questions: GoldenReader) -> None:
        self._questions = questions

    def get(self, question_id: str, caller: Caller) -> GoldenQuestion:
        """The question; NotFound."""
        caller.require(READ)
        return self._questions.get(question_id)

    def page(self, caller: Caller, limit: int, after: Position | None) -> Page[GoldenQuestion]:
        """In the order of their ids, which tells nothing."""
        caller.require(READ)
        return self._questions.page(limit, after)


class GoldenDesk:
    """Changes test questions; an article that is expected must be there."""

    def __init__(self, questions: GoldenStore, articles: ArticleReader, clock: Clock) -> None:
        self._questions = questions
        self._articles = articles
        self._clock = clock

    def create(self, language: Language, question: str, expected: Expected, caller: Caller) -> GoldenQuestion:
        """The question, kept once: the same again gives the one there is. NotFound for the article, QuestionKept."""
        caller.require(WRITE)
        self._known(expected)
        now = self._clock.now()
        made = GoldenQuestion(question_id(language, question), language, question, expected, 1, now, now, caller.id)
        if self._questions.add(made):
            return made
        there = self._questions.get(made.id)
        if there.expected != expected:
            raise QuestionKept(question_id=there.id)
        return there

    def expect(self, question_id: str, expected: Expected, caller: Caller, if_match: int | None) -> GoldenQuestion:
        """The question with what it is to be answered from now on. NotFound, StaleVersion."""
        caller.require(WRITE)
        self._known(expected)
        for _ in range(ATTEMPTS):
            before = self._questions.get(question_id)
            if if_match is not None and before.version != if_match:
                raise StaleVersion
            if before.expected == expected:
                return before
            after = replace(
                before,
                expected=expected,
                version=before.version + 1,
                updated_at=self._clock.now(),
                updated_by=caller.id,
            )
            if self._questions.swap(before, after):
                return after
        raise WriteContention

    def remove(self, question_id: str, caller: Caller) -> None:
        """Forget it; NotFound."""
        caller.require(WRITE)
        self._questions.remove(question_id)

    def _known(self, expected: Expected) -> None:
        if expected.article_id is not None:
            self._articles.newest(expected.article_id)
