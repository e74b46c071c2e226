"""Labels by asking a model; every answer is checked against the labels it may give."""

from collections.abc import Mapping
from typing import Any

from shared.assistant.errors import ModelMisbehaved
from shared.assistant.masking import Mask
from shared.assistant.models import Block, Entity, Judgement, Prompt, Task
from shared.assistant.ports import Classifier, LanguageModel
from shared.assistant.prompting import template
from shared.assistant.shapes import probability

LABELS: dict[Task, tuple[str, ...]] = {
    "sentiment": ("positive", "neutral", "negative"),
    "language": ("zh", "en", "other"),
    "priority": ("low", "normal", "high", "urgent"),
}
LONGEST_TEXT = 4000
"""Characters that are shown to the model."""


class ModelClassifier:
    """Classifier port over a language model.

    `labels` add the deployment's intents and categories; a task without labels, and all entities, are the
    `fallback`'s. `deadline` in seconds for each judgement. Raises ModelUnavailable or ModelMisbehaved.
    """

    def __init__(
        self,
        model: LanguageModel,
        fallback: Classifier,
        labels: Mapping[Task, tuple[str, ...]],
        deadline: float = 5.0,
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._labels = LABELS | dict(labels)
        self._deadline = deadline

    def classify(self, task: Task, text: str) -> Judgement:
        """The model's label and its confidence, which is not calibrated."""
        labels = self._labels.get(task, ())
        if not labels or not text.strip():
            return self._fallback.classify(task, text)
        reply = self._model.complete(_prompt(task, text, labels), self._deadline).structured
        if reply is None or reply["label"] not in labels:
            raise ModelMisbehaved(cause="label")
        confidence = probability(reply["confidence"])
        return Judgement(reply["label"], confidence, {reply["label"]: confidence})

    def entities(self, text: str) -> list[Entity]:
        """The fallback's: patterns find them better and for nothing."""
        return self._fallback.entities(text)


def _prompt(task: Task, text: str, labels: tuple[str, ...]) -> Prompt:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {"label": {"type": "string", "enum": list(labels)}, "confidence": {"type": "number"}},
        "required": ["label", "confidence"],
        "additionalProperties": False,
    }
    instructions = f"{template('classify').text}\n\nTask: {task}. Labels: {', '.join(labels)}."
    block = Block("customer", Mask().hide(text[:LONGEST_TEXT]))
    return Prompt(instructions, (block,), "judgement", schema, max_tokens=60)
