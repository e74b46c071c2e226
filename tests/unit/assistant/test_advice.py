"""Labels for a text, and suggestions for an agent."""

import pytest

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.models import Hit, PastTicket, Question, Suggestion, SuggestionType, Utterance
from shared.kernel.errors import NotFound
from tests.builders import OTHER_CUSTOMER_ID, KnownPeople, a_caller, a_new_ticket
from tests.unit.assistant.house import AGENT, CUSTOMER, DEADLINE, HIT, QUOTE, House, Labels


class Notebook:
    """A copilot that writes down what it was given."""

    def __init__(self, *texts: str) -> None:
        self._suggestions = [Suggestion(text, 0.5) for text in texts]
        self.question = Question("", "en")
        self.conversation: list[Utterance] = []
        self.evidence: list[Hit] = []
        self.past: list[PastTicket] = []
        self.deadline = 0.0

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """What it was made with."""
        self.question, self.conversation, self.evidence, self.past = question, conversation, evidence, past
        self.deadline = deadline
        return self._suggestions


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def copilot() -> Notebook:
    return Notebook("Offer a refund.")


@pytest.fixture
def advisor(house: House, copilot: Notebook) -> Advisor:
    return Advisor(house.tickets, house.shelf, copilot, house.thinker, DEADLINE)


def test_suggestions_rest_on_the_conversation_and_its_evidence(
    house: House, advisor: Advisor, copilot: Notebook
) -> None:
    house.turns.answer(house.ticket_id, 1)
    house.says("And by transfer?")
    assert [each.text for each in advisor.suggest(house.ticket_id, "reply", AGENT)] == ["Offer a refund."]
    assert [each.text for each in copilot.conversation] == ["When?", QUOTE, "And by transfer?"]
    assert (copilot.question.text, copilot.evidence, copilot.deadline) == ("And by transfer?", [HIT], DEADLINE)


@pytest.mark.parametrize("type", ["summary", "similar"])
def test_nothing_is_searched_for_what_needs_no_article(
    house: House, advisor: Advisor, copilot: Notebook, type: SuggestionType
) -> None:
    advisor.suggest(house.ticket_id, type, AGENT)
    assert (copilot.evidence, house.shelf.queries) == ([], [])


def test_similar_tickets_are_sought_among_other_resolved_ones(
    house: House, advisor: Advisor, copilot: Notebook
) -> None:
    other = house.desk.open(a_new_ticket(subject="Late", description="Where is it?"), CUSTOMER, KnownPeople(), None)
    house.desk.open(a_new_ticket(subject="Still open"), CUSTOMER, KnownPeople(), None)
    for ticket_id in (other.id, house.ticket_id):
        house.desk.transition(ticket_id, "resolved", None, AGENT, None)
    advisor.suggest(house.ticket_id, "similar", AGENT)
    assert copilot.past == [PastTicket(other.id, "Late", "Where is it?")]


def test_notes_are_no_part_of_what_is_said(house: House, advisor: Advisor, copilot: Notebook) -> None:
    house.messages.add_note(house.ticket_id, "a difficult customer", AGENT, None)
    advisor.suggest(house.ticket_id, "summary", AGENT)
    assert [each.text for each in copilot.conversation] == ["When?"]


def test_a_ticket_one_may_not_see_gets_no_suggestions(house: House, advisor: Advisor) -> None:
    with pytest.raises(NotFound):
        advisor.suggest(house.ticket_id, "reply", a_caller(id=OTHER_CUSTOMER_ID))
    with pytest.raises(NotFound):
        advisor.suggest("tkt_00000000000000000000000000", "reply", AGENT)


def test_labels_and_entities_are_the_classifiers(copilot: Notebook) -> None:
    analyst = Analyst(Labels(intent="refund"), copilot, DEADLINE)
    assert (analyst.judge("intent", "x").label, analyst.language("退款")) == ("refund", "zh")
    assert [entity.text for entity in analyst.entities("A-1")] == ["A-1"]


@pytest.mark.parametrize(("text", "language"), [("请退款", "zh"), ("refund me", "en")])
def test_a_summary_is_of_the_text_alone_in_its_language(copilot: Notebook, text: str, language: str) -> None:
    summary = Analyst(Labels(), copilot, DEADLINE).summary(text)
    assert summary is not None
    assert summary.text == "Offer a refund."
    assert (copilot.question.language, copilot.conversation) == (language, [Utterance("customer", text)])


def test_a_text_that_says_nothing_has_no_summary() -> None:
    assert Analyst(Labels(), Notebook(), DEADLINE).summary("…") is None
