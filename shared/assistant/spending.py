"""What models cost, counted by day, and when it is enough."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Protocol

from shared.assistant.errors import OverBudget
from shared.assistant.models import Completion, Prompt, Usage
from shared.assistant.ports import LanguageModel
from shared.identities.caller import Caller
from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock

LOG = logging.getLogger("scs.assistant")
NOBODY = "-"
CHARACTERS_A_TOKEN = 3
"""For streams, which do not tell their tokens: a low guess for English, a high one for Chinese."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one day, UTC."""

    tokens: int = 0
    micros: int = 0
    """Millionths of the currency the prices are in."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Of one day; None is no limit."""

    tokens: int | None = None
    micros: int | None = None
    person_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """Per million tokens, which is millionths per token."""

    input: float = 0.0
    output: float = 0.0

    def of(self, usage: Usage) -> Spent:
        """What a call cost."""
        micros = usage.input_tokens * self.input + usage.output_tokens * self.output
        return Spent(usage.input_tokens + usage.output_tokens, round(micros))


class SpendingReader(Protocol):
    """Counters by day, `2026-11-27`."""

    def spent(self, day: str, user_id: str) -> tuple[Spent, Spent]:
        """By everybody, and for that person."""


class Spending(SpendingReader, Protocol):
    """Each addition counts once or, when it was repeated after a failure, twice."""

    def add(self, day: str, user_id: str, spent: Spent) -> None:
        """To both."""


_PAYER: ContextVar[str] = ContextVar("payer", default=NOBODY)


@contextmanager
def charged_to(user_id: str) -> Iterator[None]:
    """Model calls within the block are that person's."""
    token = _PAYER.set(user_id)
    try:
        yield
    finally:
        _PAYER.reset(token)


class BudgetedModel:
    """LanguageModel port over another; OverBudget once the day's budget is spent, so that the offline engine stands in.

    Calls that run at the same moment may pass the limit by what they cost. Where the counters cannot be read a call is
    made all the same: an answer is worth more than the last cent.
    """

    def __init__(self, model: LanguageModel, spending: Spending, budget: Budget, prices: Prices, clock: Clock) -> None:
        self._model = model
        self._spending = spending
        self._budget = budget
        self._prices = prices
        self._clock = clock

    @property
    def name(self) -> str:
        """The other's."""
        return self._model.name

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """The other's reply, counted."""
        self._check()
        completion = self._model.complete(prompt, deadline)
        self._count(completion.usage)
        micros = self._prices.of(completion.usage).micros
        return replace(completion, usage=replace(completion.usage, micros=micros))

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """The other's pieces; counted by length when they end, however they end."""
        self._check()
        asked = len(prompt.instructions) + sum(len(block.text) for block in prompt.blocks)
        told = 0
        try:
            for piece in self._model.stream(prompt, deadline):
                told += len(piece)
                yield piece
        finally:
            self._count(Usage(asked // CHARACTERS_A_TOKEN, told // CHARACTERS_A_TOKEN))

    def close(self) -> None:
        """End the other's connections, if it has any."""
        close = getattr(self._model, "close", None)
        if close is not None:
            close()

    def _check(self) -> None:
        budget = self._budget
        if (budget.tokens, budget.micros, budget.person_tokens) == (None, None, None):
            return
        payer = _PAYER.get()
        try:
            everybody, person = self._spending.spent(self._today(), payer)
        except DomainError as error:
            LOG.warning("budget unknown", extra={"code": error.code})
            return
        spent = ((everybody.tokens, budget.tokens), (everybody.micros, budget.micros))
        own = ((person.tokens, budget.person_tokens),) if payer != NOBODY else ()
        if any(limit is not None and used >= limit for used, limit in (*spent, *own)):
            LOG.info("over budget", extra={"user_id": payer})
            raise OverBudget

    def _count(self, usage: Usage) -> None:
        try:
            self._spending.add(self._today(), _PAYER.get(), self._prices.of(usage))
        except DomainError as error:
            told = {"code": error.code, "count": usage.input_tokens + usage.output_tokens}
            LOG.warning("tokens not counted", extra=told)

    def _today(self) -> str:
        return self._clock.now().date().isoformat()


@dataclass(frozen=True, slots=True)
class Today:
    """What was spent of what there is."""

    day: str
    spent: Spent
    budget: Budget


class Accounting:
    """For administrators."""

    def __init__(self, spending: SpendingReader, budget: Budget, clock: Clock) -> None:
        self._spending = spending
        self._budget = budget
        self._clock = clock

    def today(self, caller: Caller) -> Today:
        """Of this day, UTC."""
        caller.require("system.operate")
        day = self._clock.now().date().isoformat()
        return Today(day, self._spending.spent(day, NOBODY)[0], self._budget)
