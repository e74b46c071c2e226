"""What every language model must do; each adapter's test subclasses it and says how its model is scripted."""

from abc import ABC, abstractmethod
from typing import Any

import pytest

from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.models import Block, Prompt, Tool
from shared.assistant.ports import LanguageModel

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"label": {"type": "string", "enum": ["yes", "no"]}, "confidence": {"type": "number"}},
    "required": ["label", "confidence"],
    "additionalProperties": False,
}


def a_prompt(**changes: Any) -> Prompt:
    """A small prompt with overrides."""
    fields: dict[str, Any] = {"instructions": "Answer briefly.", "blocks": (Block("customer", "你好, hello"),)}
    return Prompt(**(fields | changes))


class LanguageModelContract(ABC):
    """The port's promises."""

    @abstractmethod
    def saying(self, *replies: str | dict[str, Any]) -> LanguageModel:
        """A model that gives these replies in order."""

    @abstractmethod
    def calling(self, name: str, arguments: dict[str, Any]) -> LanguageModel:
        """A model that asks for one tool call."""

    @abstractmethod
    def broken(self) -> LanguageModel:
        """A model that cannot be reached."""

    def test_a_text_comes_back_with_its_usage_and_model(self) -> None:
        model = self.saying("Hello there, how are you?")
        reply = model.complete(a_prompt(), 5)
        assert (reply.text, reply.finish, reply.structured) == ("Hello there, how are you?", "stop", None)
        assert reply.usage.input_tokens > 0
        assert reply.usage.output_tokens > 0
        assert reply.model == model.name
        assert "/" in model.name

    def test_a_structure_matches_its_schema(self) -> None:
        model = self.saying({"label": "yes", "confidence": 0.75})
        reply = model.complete(a_prompt(schema=SCHEMA, schema_name="verdict"), 5)
        assert reply.structured == {"label": "yes", "confidence": 0.75}

    @pytest.mark.parametrize(
        "reply",
        [
            "not json",
            "[1, 2]",
            {"label": "perhaps", "confidence": 1},
            {"label": "yes"},
            {"label": "yes", "confidence": "1"},
        ],
    )
    def test_a_reply_of_another_form_is_misbehaviour(self, reply: str | dict[str, Any]) -> None:
        with pytest.raises(ModelMisbehaved):
            self.saying(reply).complete(a_prompt(schema=SCHEMA, schema_name="verdict"), 5)

    def test_a_tool_call_is_mapped(self) -> None:
        tool = Tool("find_order", "Finds an order.", {"type": "object", "properties": {"number": {"type": "string"}}})
        reply = self.calling("find_order", {"number": "A1"}).complete(a_prompt(tools=(tool,)), 5)
        assert reply.finish == "tool_calls"
        assert [(call.name, call.arguments) for call in reply.tool_calls] == [("find_order", {"number": "A1"})]
        assert reply.tool_calls[0].id

    def test_a_stream_joins_to_the_text(self) -> None:
        assert "".join(self.saying("one two 三 four").stream(a_prompt(), 5)) == "one two 三 four"

    def test_a_model_out_of_reach_is_unavailable(self) -> None:
        with pytest.raises(ModelUnavailable):
            self.broken().complete(a_prompt(), 2)
        with pytest.raises(ModelUnavailable):
            list(self.broken().stream(a_prompt(), 2))

    def test_without_time_nothing_is_tried(self) -> None:
        with pytest.raises(ModelUnavailable):
            self.saying("hello").complete(a_prompt(), 0)
