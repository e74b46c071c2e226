"""Bodies and views of test questions."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from functions.api.answers.schemas import ToldView
from shared.assistant.golden import Expected, GoldenQuestion
from shared.assistant.rejudgements import Tested
from shared.web.fields import SAYS_SOMETHING, LanguageName, Time
from shared.web.replies import Body, View

ArticleId = Annotated[
    str, StringConstraints(pattern=r"^art_[0-9a-hjkmnp-tv-z]{26}$"), Field(examples=["art_01kb1x2y3z4a5b6c7d8e9f0g1h"])
]
QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=500, pattern=SAYS_SOMETHING), Field(examples=["怎么申请退款？"])
]
Heading = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=SAYS_SOMETHING)]


class TestQuestionUpdate(Body):
    """What is expected: an article and, if that matters, the headings of its part from the top; null for no answer."""

    article_id: ArticleId | None
    headings: Annotated[list[Heading], Field(max_length=6, default_factory=list)]

    def to_expected(self) -> Expected:
        """In the domain's terms; headings of no article say nothing."""
        return Expected(self.article_id, tuple(self.headings) if self.article_id else ())


class TestQuestionCreate(TestQuestionUpdate):
    """A question in the words of customers, about nobody."""

    language: LanguageName
    question: QuestionText


class TestQuestionView(View):
    """A test question. `article_id` null: it is not to be answered."""

    id: str
    language: LanguageName
    question: str
    article_id: str | None
    headings: list[str]
    version: int
    created_at: Time
    updated_at: Time
    updated_by: str

    @classmethod
    def of(cls, question: GoldenQuestion) -> "TestQuestionView":
        """The view of a question."""
        told: dict[str, Any] = {
            name: getattr(question, name)
            for name in ("id", "language", "question", "version", "created_at", "updated_at", "updated_by")
        }
        return cls(**told, article_id=question.expected.article_id, headings=list(question.expected.headings))


class TestQuestionPage(View):
    """A page of test questions."""

    items: list[TestQuestionView]
    next_cursor: str | None


class RetestedView(View):
    """A test question before and after. `broken`: it is told what is expected now, and would not be any more."""

    question: TestQuestionView
    verdict: Literal["kept", "improved", "broken"]
    passed_before: bool
    passed_after: bool
    before: ToldView
    after: ToldView

    @classmethod
    def of(cls, tested: Tested) -> "RetestedView":
        """The view of a question that was asked twice."""
        return cls(
            question=TestQuestionView.of(tested.question),
            verdict=tested.verdict,
            passed_before=tested.passed_before,
            passed_after=tested.passed_after,
            before=ToldView.model_validate(tested.before),
            after=ToldView.model_validate(tested.after),
        )


class RetestPage(View):
    """Those of the next `limit` questions that the article matters to: often fewer, also none, before the last page."""

    items: list[RetestedView]
    next_cursor: str | None
