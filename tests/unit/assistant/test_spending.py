"""What models cost is counted; once the day's budget is spent the offline engine stands in."""

from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.memory.process import FixedClock
from shared.adapters.memory.spending import MemorySpending
from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.errors import ModelMisbehaved, OverBudget
from shared.assistant.models import Completion, Prompt, Usage
from shared.assistant.spending import Budget, BudgetedModel, Prices, Spent, charged_to
from shared.kernel.errors import Unavailable

PROMPT = Prompt("Answer.", ())
CALL = Completion("yes", None, (), Usage(1000, 100), "stop", "scripted/model")
PRICES = Prices(input=0.25, output=2.0)


class Away(MemorySpending):
    """Counters that cannot be reached."""

    def spent(self, day: str, user_id: str) -> tuple[Spent, Spent]:
        """Not told."""
        raise Unavailable

    def add(self, day: str, user_id: str, spent: Spent) -> None:
        """Not kept."""
        raise Unavailable


class Till:
    """A budgeted model and its counters."""

    def __init__(self, spending: MemorySpending | None = None, **limits: int) -> None:
        self.clock, self.spending = FixedClock(), spending or MemorySpending()
        self.inner = ScriptedModel(lambda _: CALL)
        self.model = BudgetedModel(self.inner, self.spending, Budget(**limits), PRICES, self.clock)

    def ask(self, user_id: str = "usr_1") -> Completion:
        with charged_to(user_id):
            return self.model.complete(PROMPT, 5.0)

    def spent(self, user_id: str = "usr_1") -> Any:
        return self.spending.spent(self.clock.now().date().isoformat(), user_id)


def test_tokens_and_their_price_are_counted_for_all_and_for_the_person() -> None:
    till = Till()
    assert till.ask() == replace(CALL, usage=Usage(1000, 100, 450))
    till.ask("usr_2")
    assert till.spent() == (Spent(2200, 900), Spent(1100, 450))


@pytest.mark.parametrize("limits", [{"tokens": 2200}, {"micros": 900}], ids=["tokens", "money"])
def test_the_budget_of_all_stops_everybody_until_the_next_day(limits: dict[str, int]) -> None:
    till = Till(**limits)
    till.ask("usr_1")
    till.ask("usr_2")
    with pytest.raises(OverBudget):
        till.ask("usr_3")
    assert len(till.inner.prompts) == 2
    till.clock.advance(seconds=86_400)
    assert till.ask("usr_3").text == "yes"


def test_the_budget_of_one_person_stops_nobody_else() -> None:
    till = Till(person_tokens=1000)
    till.ask("usr_1")
    with pytest.raises(OverBudget):
        till.ask("usr_1")
    assert till.ask("usr_2").text == "yes"


def test_what_is_nobodys_counts_for_all_only() -> None:
    till = Till(person_tokens=1)
    for _ in range(3):
        till.model.complete(PROMPT, 5.0)
    assert till.spent()[0].tokens == 3300


def test_counters_that_are_away_stop_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING")
    assert Till(Away(), tokens=1).ask().text == "yes"
    assert [record.getMessage() for record in caplog.records] == ["budget unknown", "tokens not counted"]


def test_a_failed_call_is_nobodys_expense_and_stays_a_failure() -> None:
    till = Till()
    till.model = BudgetedModel(ScriptedModel([ModelMisbehaved()]), till.spending, Budget(), PRICES, till.clock)
    with pytest.raises(ModelMisbehaved):
        till.ask()
    assert till.spent()[0] == Spent()


def test_a_stream_is_counted_by_its_length_even_when_it_is_cut() -> None:
    till = Till(tokens=10)
    prompt = replace(PROMPT, instructions="x" * 30)
    stream = till.model.stream(prompt, 5.0)
    assert next(stream) == "yes"
    stream.close()  # type: ignore[attr-defined]
    assert till.spent()[0].tokens == 11
    with pytest.raises(OverBudget):
        next(till.model.stream(prompt, 5.0))
