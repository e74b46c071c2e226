"""The scripted model keeps the language model's contract."""

from typing import Any

import pytest

from shared.adapters.scripted.model import ScriptedModel
from shared.assistant.errors import ModelUnavailable
from shared.assistant.models import ToolCall
from tests.contract.language_model_contract import LanguageModelContract, a_prompt


class TestScriptedModel(LanguageModelContract):
    """With its script as the provider."""

    def saying(self, *replies: str | dict[str, Any]) -> ScriptedModel:
        """The replies in order."""
        return ScriptedModel(replies)

    def calling(self, name: str, arguments: dict[str, Any]) -> ScriptedModel:
        """One tool call."""
        return ScriptedModel([ToolCall("call_1", name, arguments)])

    def broken(self) -> ScriptedModel:
        """Always down."""
        return ScriptedModel(lambda _: ModelUnavailable(retry_after=3))


def test_prompts_are_kept_in_order() -> None:
    model = ScriptedModel(lambda prompt: prompt.blocks[0].text)
    assert [model.complete(a_prompt(), 1).text, model.complete(a_prompt(), 1).text] == ["你好, hello"] * 2
    assert model.prompts == [a_prompt(), a_prompt()]


def test_an_empty_script_is_a_gate() -> None:
    with pytest.raises(ModelUnavailable):
        ScriptedModel().complete(a_prompt(), 1)
