"""Puts a streamed reply together."""

from collections.abc import Mapping
from typing import Any

from shared.adapters.openai.errors import Transient
from shared.adapters.openai.wire import listed, mapping
from shared.assistant.errors import ModelMisbehaved

LONGEST = 100_000
"""Characters of a whole reply, chunks counted as one at least; a provider that runs away must not fill our memory."""
MOST_TOOL_CALLS = 16


class Joined:
    """The chunks of one reply; ModelMisbehaved for one that is no chunk of a chat."""

    def __init__(self) -> None:
        self.begun = False
        """Whether a chunk came, even one without text: the provider is at work."""
        self._content = ""
        self._refusal = ""
        self._calls: dict[int, dict[str, str]] = {}
        self._finish = ""
        self._usage: object = None
        self._length = 0

    def add(self, chunk: Mapping[str, Any]) -> None:
        """The next chunk; the one with the usage has no choices."""
        self.begun = True
        self._grow(1)
        self._usage = chunk.get("usage") or self._usage
        for each in listed(chunk.get("choices"))[:1]:
            choice = mapping(each)
            delta = mapping(choice.get("delta") or {})
            self._finish = _text(choice.get("finish_reason")) or self._finish
            content, refusal = _text(delta.get("content")), _text(delta.get("refusal"))
            self._grow(len(content) + len(refusal))
            self._content += content
            self._refusal += refusal
            for call in listed(delta.get("tool_calls")):
                self._call(mapping(call))

    def reply(self) -> Mapping[str, Any]:
        """What the provider would have sent in one piece; Transient when the end is missing."""
        if not self._finish:
            # A connection closed early looks like a short answer unless the reason to stop is missed.
            raise Transient(cause="cut_off")
        calls = [
            {"id": call["id"], "function": {"name": call["name"], "arguments": call["arguments"]}}
            for _, call in sorted(self._calls.items())
        ]
        message = {"content": self._content, "refusal": self._refusal, "tool_calls": calls}
        return {"choices": [{"message": message, "finish_reason": self._finish}], "usage": self._usage}

    def _grow(self, characters: int) -> None:
        self._length += characters
        if self._length > LONGEST or len(self._calls) > MOST_TOOL_CALLS:
            raise ModelMisbehaved(cause="too_long")

    def _call(self, piece: Mapping[str, Any]) -> None:
        """The id and the name come once, the arguments in pieces."""
        index = piece.get("index", 0)
        if not isinstance(index, int):
            raise ModelMisbehaved(cause="tool_calls")
        call = self._calls.setdefault(index, {"id": "", "name": "", "arguments": ""})
        function = mapping(piece.get("function") or {})
        call["id"] = call["id"] or _text(piece.get("id"))
        call["name"] = call["name"] or _text(function.get("name"))
        arguments = _text(function.get("arguments"))
        self._grow(len(arguments))
        call["arguments"] += arguments


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ModelMisbehaved(cause="content")
    return value
