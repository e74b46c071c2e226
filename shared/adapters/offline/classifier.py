"""The `Classifier` port by word lists and rules."""

from shared.adapters.offline.entities import find_entities
from shared.adapters.offline.labels import judge_category, judge_intent, judge_priority
from shared.adapters.offline.language import judge_language
from shared.adapters.offline.sentiment import judge_sentiment
from shared.assistant.models import Entity, Judgement, Task

MAX_CHARACTERS = 4000
"""A message's first part tells what it is about; the rest would only cost time."""

_TASKS = {
    "sentiment": judge_sentiment,
    "intent": judge_intent,
    "language": judge_language,
    "category": judge_category,
    "priority": judge_priority,
}


class OfflineClassifier:
    """Deterministic labels; every task's scores sum to one. Never raises, never looks beyond the text."""

    def classify(self, task: Task, text: str) -> Judgement:
        """The label of the text's first 4,000 characters."""
        return _TASKS[task](text[:MAX_CHARACTERS])

    def entities(self, text: str) -> list[Entity]:
        """Entities of the text's first 4,000 characters."""
        return find_entities(text[:MAX_CHARACTERS])
