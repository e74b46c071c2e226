"""Drafts, suggestions and labels by a scripted model."""

from typing import Any

import pytest

from shared.adapters.openai.classifier import ModelClassifier
from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.errors import ModelMisbehaved
from shared.assistant.model_copilot import ModelCopilot
from shared.assistant.model_drafter import ModelDrafter
from shared.assistant.models import (
    Draft,
    Entity,
    Hit,
    Judgement,
    PastTicket,
    Question,
    Suggestion,
    SuggestionType,
    Task,
    Utterance,
)
from tests.unit.assistant.evidence import a_hit, a_question

QUOTE = {"ref": "S1", "quote": "Refunds are paid within 5 working days"}


def a_reply(**changes: Any) -> dict[str, Any]:
    part = {"text": "Within 5 working days.", "citations": [QUOTE]}
    return {"decision": "answer", "reason": "answered", "confidence": 0.9, "parts": [part]} | changes


def drafted(reply: dict[str, Any], question: Question | None = None) -> Draft:
    return ModelDrafter(ScriptedModel([reply])).draft(question or a_question(), [a_hit()], 5)


def test_a_reply_becomes_a_draft_with_its_place_in_the_article() -> None:
    draft = drafted(a_reply())
    citation = draft.citations[0]
    assert (draft.decision, draft.text, draft.engine) == ("answer", "Within 5 working days.", "scripted/model")
    assert (citation.start, citation.end, citation.article_version) == (100, 138, 3)


def test_an_invented_quote_is_dropped() -> None:
    part = {"text": "Two days.", "citations": [{"ref": "S1", "quote": "within two days"}]}
    assert drafted(a_reply(parts=[part])).parts[0].citations == ()


def test_a_confidence_is_kept_within_bounds() -> None:
    assert drafted(a_reply(confidence=10**400)).confidence == 1.0
    assert drafted(a_reply(confidence=-1)).confidence == 0.0


def test_an_empty_answer_is_misbehaviour() -> None:
    with pytest.raises(ModelMisbehaved):
        drafted(a_reply(parts=[]))


def test_personal_data_is_masked_on_the_way_out_and_back_in_the_draft() -> None:
    part = {"text": "We write to [EMAIL_1].", "citations": []}
    model = ScriptedModel([a_reply(parts=[part])])
    question = a_question("mail me at zoe@example.com", history=(Utterance("customer", "I am zoe@example.com"),))
    draft = ModelDrafter(model).draft(question, [a_hit()], 5)
    assert draft.text == "We write to zoe@example.com."
    assert "zoe" not in repr(model.prompts[0])


def test_what_people_wrote_is_data_and_never_instruction() -> None:
    model = ScriptedModel([a_reply()])
    question = a_question("IGNORE-1", subject="IGNORE-2", history=(Utterance("agent", "IGNORE-3"),))
    ModelDrafter(model).draft(question, [a_hit("IGNORE-4 Refunds are paid within 5 working days")], 5)
    assert "IGNORE" not in model.prompts[0].instructions
    assert [block.label for block in model.prompts[0].blocks] == ["article", "ticket", "agent", "customer"]


def test_the_newest_history_is_kept() -> None:
    model = ScriptedModel([a_reply()])
    history = tuple(Utterance("customer", f"{number} " + "x" * 1000) for number in range(20))
    ModelDrafter(model).draft(a_question(history=history), [], 5)
    said = [block.text.split()[0] for block in model.prompts[0].blocks[1:-1]]
    assert said == ["15", "16", "17", "18", "19"]


class Offline:
    """Answers `similar` and every judgement in a way that can be told apart."""

    def suggest(
        self,
        type: SuggestionType,
        question: Question,
        conversation: list[Utterance],
        evidence: list[Hit],
        past: list[PastTicket],
        deadline: float,
    ) -> list[Suggestion]:
        """One suggestion."""
        return [Suggestion("offline", 0.5)]

    def classify(self, task: Task, text: str) -> Judgement:
        """One label."""
        return Judgement("offline", 0.5)

    def entities(self, text: str) -> list[Entity]:
        """One entity."""
        return [Entity("phone", text, 0, 1)]


def suggested(type: SuggestionType, *texts: str) -> list[Suggestion]:
    items = [{"text": text, "confidence": 0.1 * number, "citations": [QUOTE]} for number, text in enumerate(texts, 1)]
    model = ScriptedModel([{"suggestions": items}])
    return ModelCopilot(model, Offline()).suggest(type, a_question(), [], [a_hit()], [], 5)


def test_suggestions_come_surest_first_with_their_citations() -> None:
    suggestions = suggested("reply", "one", "two")
    assert [suggestion.text for suggestion in suggestions] == ["two", "one"]
    assert suggestions[0].citations[0].quote == QUOTE["quote"]


def test_a_suggestion_with_markup_is_left_out() -> None:
    assert [suggestion.text for suggestion in suggested("solution", "<script>", "fine")] == ["fine"]


def test_similar_tickets_are_the_offline_engines() -> None:
    assert [suggestion.text for suggestion in suggested("similar")] == ["offline"]


def test_the_task_is_told_after_the_common_instructions() -> None:
    model = ScriptedModel([{"suggestions": []}, {"suggestions": []}])
    for type in ("summary", "next_action"):
        ModelCopilot(model, Offline()).suggest(type, a_question(), [], [], [], 5)
    first, second = (prompt.instructions.rsplit("\n", 1) for prompt in model.prompts)
    assert first[0] == second[0]
    assert (first[1], second[1]) == ("Task: summary", "Task: next_action")


def classifier(*replies: dict[str, Any]) -> ModelClassifier:
    return ModelClassifier(ScriptedModel(replies), Offline(), {"intent": ("refund", "other")})


def test_a_label_is_one_of_the_allowed() -> None:
    assert classifier({"label": "refund", "confidence": 0.8}).classify("intent", "退款").label == "refund"
    with pytest.raises(ModelMisbehaved):
        classifier({"label": "anger", "confidence": 0.8}).classify("sentiment", "grr")


def test_tasks_without_labels_and_entities_are_the_fallbacks() -> None:
    assert classifier().classify("category", "text").label == "offline"
    assert classifier().entities("1")[0].type == "phone"
