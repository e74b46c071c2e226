"""A language model with a script instead of a mind; it costs nothing and calls nobody."""

import re
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any

from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.models import Completion, Prompt, ToolCall, Usage
from shared.assistant.shapes import conforms

Reply = str | dict[str, Any] | ToolCall | Completion | Exception
"""A text, a structure, a tool call, a whole completion, or an error to raise."""


class ScriptedModel:
    """Gives its replies in order, or asks a function for each; keeps every prompt in `prompts`.

    With no reply left it raises ModelUnavailable, so an empty script is a gate: nothing behind it can reach a model.
    """

    def __init__(self, replies: Iterable[Reply] | Callable[[Prompt], Reply] = (), name: str = "scripted/model") -> None:
        self._next = replies if callable(replies) else _in_order(replies)
        self._name = name
        self._lock = Lock()
        self.prompts: list[Prompt] = []

    @property
    def name(self) -> str:
        """`scripted/model`, unless it plays another."""
        return self._name

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """The script's next reply, held to the prompt's schema like a real model's."""
        with self._lock:
            self.prompts.append(prompt)
            if deadline <= 0:
                raise ModelUnavailable(cause="deadline")
            reply = self._next(prompt)
        if isinstance(reply, Exception):
            raise reply
        return self._completion(reply, prompt)

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """The next reply's text, word by word."""
        return iter(re.findall(r"\s*\S+\s*", self.complete(prompt, deadline).text))

    def _completion(self, reply: Reply, prompt: Prompt) -> Completion:
        usage = Usage(sum(len(block.text) for block in prompt.blocks) // 4, 16)
        if isinstance(reply, Completion):
            return reply
        if isinstance(reply, ToolCall):
            return Completion("", None, (reply,), usage, "tool_calls", self._name)
        if isinstance(reply, dict):
            if prompt.schema is None or not conforms(reply, prompt.schema):
                raise ModelMisbehaved(cause="schema")
            return Completion("", reply, (), usage, "stop", self._name)
        if prompt.schema is not None:
            raise ModelMisbehaved(cause="not_json")
        return Completion(str(reply), None, (), usage, "stop", self._name)


def _in_order(replies: Iterable[Reply]) -> Callable[[Prompt], Reply]:
    rest = iter(replies)
    return lambda _: next(rest, ModelUnavailable(cause="script_ended"))
