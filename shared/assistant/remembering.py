"""Labels that cost tokens are asked for once; what is kept is the label, never the text."""

import hashlib
import json

from shared.assistant.models import Entity, Judgement, Task
from shared.assistant.ports import Classifier
from shared.kernel.ports import Cache

KEPT_SECONDS = 3600


class RememberingClassifier:
    """Classifier port; `engine` keeps one model's labels apart from another's."""

    def __init__(self, classifier: Classifier, cache: Cache, engine: str) -> None:
        self._classifier = classifier
        self._cache = cache
        self._engine = engine

    def classify(self, task: Task, text: str) -> Judgement:
        """The remembered label, or a fresh one."""
        key = "label:" + hashlib.sha256(f"{self._engine}\0{task}\0{text}".encode()).hexdigest()
        kept = self._cache.get(key)
        if kept is not None and (remembered := _judgement(kept)) is not None:
            return remembered
        fresh = self._classifier.classify(task, text)
        values = {"label": fresh.label, "confidence": fresh.confidence, "scores": fresh.scores}
        self._cache.set(key, json.dumps(values).encode(), KEPT_SECONDS)
        return fresh

    def entities(self, text: str) -> list[Entity]:
        """Not remembered: they are content."""
        return self._classifier.entities(text)


def _judgement(kept: bytes) -> Judgement | None:
    """None for what is not a label of ours: a cache may lie, and asking again only costs tokens."""
    try:
        match json.loads(kept):
            case {"label": str(label), "confidence": int() | float() as sure, "scores": dict(scores)} if (
                0 <= sure <= 1 and all(isinstance(score, int | float) for score in scores.values())
            ):
                return Judgement(label, float(sure), scores)
    except (RecursionError, ValueError):
        return None
    return None
