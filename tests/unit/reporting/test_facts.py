"""What each entry counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory.process import START
from shared.reporting.counting import counts_of
from shared.reporting.facts import ALL, BY_A_PERSON, Count, added, is_milestone, seconds_of, step_of
from shared.tickets import acts
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry
from tests.builders import AGENT, AGENT_ID, CUSTOMER, an_opening


class Story:
    """A ticket whose acts are an hour apart."""

    def __init__(self) -> None:
        first = an_opening(category="billing")
        self.ticket: Ticket = first.ticket
        self.entries: list[Entry] = [first.entry]
        self.now = first.ticket.created_at

    def then(self, act: Callable[..., Written], *arguments: object, after: timedelta = timedelta(hours=1)) -> None:
        self.now += after
        id = f"msg_{len(self.entries)}"
        written = act(self.ticket, id, *(self.now if each is NOW else each for each in arguments))
        self.ticket = written.ticket
        self.entries.append(written.entry)

    def told(self, dimension: str = ALL) -> dict[str, dict[str, int]]:
        """Everything the story counted, without times."""
        counts = added([count for at in range(len(self.entries)) for count in counts_of(self.entries[: at + 1])])
        found: dict[str, dict[str, int]] = {}
        for count in counts:
            if count.dimension == dimension:
                numbers = found.setdefault(count.value, {})
                for name, number in count.numbers.items():
                    if "_h" not in name and not name.endswith("_s"):
                        numbers[name] = numbers.get(name, 0) + number
        return {value: {name: number for name, number in told.items() if number} for value, told in found.items()}


NOW = object()


def test_a_ticket_that_a_person_resolves() -> None:
    story = Story()
    story.then(acts.staff_replies, AGENT, "Try again.", NOW)
    story.then(acts.transition, AGENT, NOW, "resolved", None)
    story.then(acts.transition, AGENT, NOW, "closed", None)
    assert story.told()[ALL] == {
        "opened": 1, "messages_in": 1, "replies": 1, "first_response": 1, "human_response": 1,
        "resolved": 1, "closed": 1,
    }  # fmt: skip
    assert story.told("agent") == {AGENT_ID: {"replies": 1, "human_response": 1, "resolved": 1}}
    assert story.told("category")["billing"] == {
        "opened": 1, "first_response": 1, "human_response": 1, "resolved": 1, "closed": 1
    }  # fmt: skip


def test_what_lasted_is_told_in_seconds_and_in_steps() -> None:
    story = Story()
    story.then(acts.staff_replies, AGENT, "Try again.", NOW)
    numbers = next(count.numbers for count in counts_of(story.entries) if count.dimension == ALL)
    assert (numbers["first_response_s"], numbers[f"first_response_h{step_of(3600)}"]) == (3600, 1)


def test_the_assistants_resolution_counts_as_its_own_unless_a_person_answered() -> None:
    story = Story()
    story.then(lambda ticket, id, at: acts.settle_turn(ticket, id, at, 1, "So.", answer_id="ans_1"), NOW)
    story.then(acts.transition, CUSTOMER, NOW, "resolved", None)
    assert story.told()[ALL]["resolved_by_ai"] == story.told()[ALL]["ai_answers"] == 1


@pytest.mark.parametrize(("days", "undone"), [(6, 1), (8, 0)])
def test_a_resolution_that_is_undone_within_a_week_is_counted_where_it_was_made(days: int, undone: int) -> None:
    story = Story()
    story.then(lambda ticket, id, at: acts.settle_turn(ticket, id, at, 1, "So.", answer_id="ans_1"), NOW)
    story.then(acts.transition, CUSTOMER, NOW, "resolved", None)
    resolved = story.now
    story.then(acts.customer_writes, CUSTOMER, "Not so.", NOW, after=timedelta(days=days))
    told = story.told()[ALL]
    assert (told["reopened"], told.get("undone", 0), told.get("undone_by_ai", 0)) == (1, undone, undone)
    assert told["backlog"] == 1
    hours = {count.hour for count in counts_of(story.entries) if "undone" in count.numbers}
    assert hours <= {resolved.replace(minute=0, second=0, microsecond=0)}


def test_a_reason_a_person_wrote_is_not_counted_by_its_words() -> None:
    story = Story()
    story.then(acts.hand_over, CUSTOMER, NOW, "my private reasons")
    assert story.told("reason") == {BY_A_PERSON: {"handed_over": 1}}


def test_the_assistants_reason_is() -> None:
    story = Story()
    hand_over = {"answer_id": "ans_1", "hand_over_reason": "no_article"}
    story.then(lambda ticket, id, at: acts.settle_turn(ticket, id, at, 1, "So.", **hand_over), NOW)
    assert story.told("reason") == {"no_article": {"handed_over": 1}}


def test_a_category_is_the_one_the_ticket_had_then() -> None:
    story = Story()
    story.then(acts.update, AGENT, NOW, {"category": "refunds"})
    story.then(acts.staff_replies, AGENT, "Try again.", NOW)
    told = story.told("category")
    assert (told["billing"], "first_response" in told["refunds"]) == ({"opened": 1}, True)


def test_notes_and_plain_changes_count_nothing_and_need_no_timeline() -> None:
    story = Story()
    story.then(acts.add_note, AGENT, "hm", NOW)
    story.then(acts.update, AGENT, NOW, {"priority": "high"})
    assert [counts_of(story.entries[: at + 1]) for at in (1, 2)] == [[], []]
    assert not any(is_milestone(entry) for entry in story.entries)


def test_a_step_holds_its_seconds() -> None:
    for seconds in (0, 1, 59, 3600, 86_400, 31_536_000):
        assert seconds_of(step_of(seconds)) <= seconds + 1e-6 < seconds_of(step_of(seconds) + 1)


def test_what_adds_up_to_nothing_is_as_if_never_counted() -> None:
    one = Count(ALL, ALL, START, {"opened": 1, "closed": 2})
    assert added([one, replace(one, numbers={"opened": -1})]) == [replace(one, numbers={"closed": 2})]
    assert added([one, replace(one, numbers={"opened": -1, "closed": -2})]) == []
