"""Builds what a model is told: our instructions from `prompts/*.md`, everything people wrote as data."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from shared.assistant.models import Block, Hit, Prompt, Question, Speaker, SuggestionType, Utterance
from shared.kernel.texts import Language

HISTORY_BUDGET = 6000
"""Characters of earlier turns; the newest are kept."""

CITATIONS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"ref": {"type": "string"}, "quote": {"type": "string"}},
        "required": ["ref", "quote"],
        "additionalProperties": False,
    },
}
REASONS = ("answered", "unclear", "no_article", "asked_for_person", "upset")
ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["answer", "ask", "hand_over"]},
        "reason": {"type": "string", "enum": list(REASONS)},
        "confidence": {"type": "number"},
        "parts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "citations": CITATIONS},
                "required": ["text", "citations"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["decision", "reason", "confidence", "parts"],
    "additionalProperties": False,
}
SUGGEST_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "confidence": {"type": "number"},
                    "citations": CITATIONS,
                },
                "required": ["text", "confidence", "citations"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["suggestions"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Template:
    """Instructions as they stand in the file."""

    text: str
    hash: str
    """SHA-256 of the text, hexadecimal; receipts name it."""


TEMPLATES = ("answer", "classify", "suggest")


@lru_cache
def template(name: str) -> Template:
    """The instructions in `prompts/<name>.md`, read on first use."""
    text = files("shared.assistant").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8").strip()
    return Template(text, hashlib.sha256(text.encode()).hexdigest())


def references(evidence: list[Hit]) -> dict[str, Hit]:
    """The names under which the model cites the evidence: S1, S2 …"""
    return {f"S{number}": hit for number, hit in enumerate(evidence, 1)}


def answer_prompt(question: Question, evidence: list[Hit], hide: Callable[[str], str]) -> Prompt:
    """Asks for a draft; `hide` masks what people wrote."""
    blocks = [*articles(evidence), ticket(question.language, hide(question.subject)), *turns(question.history, hide)]
    blocks.append(Block("customer", hide(question.text), "now"))
    return Prompt(template("answer").text, tuple(blocks), "draft", ANSWER_SCHEMA)


def suggest_prompt(
    type: SuggestionType,
    question: Question,
    conversation: list[Utterance],
    evidence: list[Hit],
    hide: Callable[[str], str],
) -> Prompt:
    """Asks for suggestions of one type; the template stays the common prefix of all types."""
    subject = ticket(question.language, hide(question.subject))
    blocks = [*articles(evidence), subject, *turns(conversation or question.history, hide)]
    if not conversation:
        blocks.append(Block("customer", hide(question.text), "now"))
    instructions = f"{template('suggest').text}\n\nTask: {type}"
    return Prompt(instructions, tuple(blocks), "suggestions", SUGGEST_SCHEMA)


def articles(evidence: list[Hit]) -> list[Block]:
    """One block a span, named by its reference, headed by where it stands."""
    return [
        Block("article", "\n".join([" > ".join((hit.span.title, *hit.span.headings)), hit.span.text]), name)
        for name, hit in references(evidence).items()
    ]


def ticket(language: Language, subject: str) -> Block:
    """What the model must know of the ticket."""
    named = "Simplified Chinese (zh)" if language == "zh" else "English (en)"
    return Block("ticket", f"reply language: {named}\nsubject: {subject}")


def turns(history: Iterable[Utterance], hide: Callable[[str], str]) -> list[Block]:
    """The newest utterances that fit the budget, oldest first."""
    labels: dict[Speaker, Any] = {"customer": "customer", "agent": "agent", "assistant": "assistant"}
    kept: list[Block] = []
    left = HISTORY_BUDGET
    for utterance in reversed(list(history)):
        left -= len(utterance.text)
        if left < 0:
            break
        kept.append(Block(labels[utterance.speaker], hide(utterance.text)))
    return kept[::-1]
