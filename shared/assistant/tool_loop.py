"""Lets a model look things up before it drafts: a few calls, within the turn's time."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from shared.assistant.errors import Departed, ModelMisbehaved, ToolMisused
from shared.assistant.look_ups import TOOLS
from shared.assistant.masking import Mask
from shared.assistant.models import Block, Completion, Hit, Prompt, Question, ToolCall, Usage
from shared.assistant.ports import LanguageModel, Toolbox
from shared.kernel.errors import DomainError
from shared.knowledge.models import Span

LOG = logging.getLogger("scs.assistant")
MOST_CALLS = 3
"""Of tools in a turn."""
FROM_TOOLS = "tool:"
"""What the article id of a span starts with that is a tool's result."""


@dataclass(slots=True)
class Exchange:
    """A model's last reply and what it looked up on the way."""

    reply: Completion | None = None
    """None when the model was given up: it kept asking for what is not there, or never came to an end."""
    found: dict[str, Hit] = field(default_factory=dict)
    """Results by the names under which the model may cite them: T1, T2 …"""
    usage: Usage = field(default_factory=Usage)
    calls: int = 0
    misused: int = 0
    engine: str = ""


class ToolLoop:
    """A model with a toolbox."""

    def __init__(self, model: LanguageModel, toolbox: Toolbox | None, monotonic: Callable[[], float]) -> None:
        self._model = model
        self._toolbox = toolbox
        self._now = monotonic

    def run(self, prompt: Prompt, question: Question, mask: Mask, deadline: float) -> Exchange:
        """Ask until the model drafts. ModelUnavailable, ModelMisbehaved."""
        until = self._now() + deadline
        exchange = Exchange()
        toolbox = self._toolbox if question.customer_id else None
        if toolbox is not None:
            prompt = replace(prompt, tools=TOOLS)
        while True:
            reply = self._model.complete(prompt, until - self._now())
            exchange.usage, exchange.engine = added(exchange.usage, reply.usage), reply.model
            if not reply.tool_calls:
                exchange.reply = reply
                return exchange
            if toolbox is None:
                raise ModelMisbehaved(cause="tool_calls")
            blocks = _results(toolbox, reply.tool_calls, question, mask, exchange)
            if blocks is None:
                return exchange
            prompt = replace(prompt, blocks=(*prompt.blocks, *blocks))


def _results(
    toolbox: Toolbox, calls: tuple[ToolCall, ...], question: Question, mask: Mask, exchange: Exchange
) -> list[Block] | None:
    """One block a call; None when it was one too many, or misused again."""
    blocks: list[Block] = []
    for call in calls:
        exchange.calls += 1
        if exchange.calls > MOST_CALLS:
            return None
        name = f"T{exchange.calls}"
        text = _told(toolbox, call, name, question, exchange)
        if exchange.misused > 1:
            return None
        blocks.append(Block("tool_result", mask.hide(text), name))
    return blocks


def _told(toolbox: Toolbox, call: ToolCall, name: str, question: Question, exchange: Exchange) -> str:
    try:
        text = toolbox.call(call, question)
    except ToolMisused as error:
        exchange.misused += 1
        return f"error: {error.facts['why']}"
    except Departed:
        raise
    except DomainError as error:
        LOG.warning("a tool could not tell", extra={"code": error.code})
        return "error: not available now"
    exchange.found[name] = as_hit(call.name, text, question)
    return f"{call.name}\n{text}"


def as_hit(tool: str, text: str, question: Question) -> Hit:
    """A result as evidence, so that what is said of it is checked like what is said of an article."""
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    return Hit(Span(FROM_TOOLS + tool, 0, "", question.language, (), 0, len(raw), text, digest), 1.0)


def added(one: Usage, other: Usage) -> Usage:
    """Both together."""
    return Usage(
        one.input_tokens + other.input_tokens, one.output_tokens + other.output_tokens, one.micros + other.micros
    )
