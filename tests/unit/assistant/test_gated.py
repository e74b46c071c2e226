"""The model is asked only where it has something to cite."""

import pytest

from shared.assistant.gated import SURE, GatedDrafter
from shared.assistant.models import Hit, Judgement
from tests.unit.assistant.evidence import a_hit, a_question
from tests.unit.assistant.house import ScriptedDrafter, a_good_draft

FLOOR = 0.2


def drafted(hits: list[Hit], intent: Judgement | None = None) -> str:
    model, offline = ScriptedDrafter(a_good_draft(engine="model")), ScriptedDrafter(a_good_draft(engine="offline"))
    draft = GatedDrafter(model, offline, FLOOR).draft(a_question(intent=intent), hits, 7.0)
    assert model.deadlines + offline.deadlines == [7.0]
    return draft.engine


def hits(*scores: float) -> list[Hit]:
    return [Hit(a_hit().span, score) for score in scores]


@pytest.mark.parametrize(
    ("found", "engine"),
    [((), "offline"), ((0.19,), "offline"), ((0.2,), "model"), ((0.1, 0.9), "model")],
)
def test_the_model_drafts_where_a_span_reaches_the_floor(found: tuple[float, ...], engine: str) -> None:
    assert drafted(hits(*found)) == engine


@pytest.mark.parametrize("label", ["greeting", "thanks", "ask_person"])
def test_an_intent_that_needs_no_article_costs_no_tokens(label: str) -> None:
    assert drafted(hits(0.9), Judgement(label, SURE)) == "offline"
    assert drafted(hits(0.9), Judgement(label, SURE - 0.01)) == "model"


@pytest.mark.parametrize(
    ("text", "tools", "customer", "engine"),
    [
        ("What is the state of my last ticket?", True, "usr_1", "model"),
        ("我的工单处理到哪一步了", True, "usr_1", "model"),
        ("What is the state of my last ticket?", False, "usr_1", "offline"),
        ("What is the state of my last ticket?", True, "", "offline"),
        ("Where can I buy tickets?", True, "usr_1", "offline"),
    ],
)
def test_what_is_the_customers_own_is_the_models_where_it_can_look_it_up(
    text: str, tools: bool, customer: str, engine: str
) -> None:
    model, offline = ScriptedDrafter(a_good_draft(engine="model")), ScriptedDrafter(a_good_draft(engine="offline"))
    question = a_question(text, customer_id=customer)
    assert GatedDrafter(model, offline, FLOOR, tools).draft(question, [], 7.0).engine == engine


def test_other_intents_are_the_models() -> None:
    assert drafted(hits(0.9), Judgement("refund", 1.0)) == "model"
