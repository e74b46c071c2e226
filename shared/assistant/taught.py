"""Labels by taught intents where a text resembles one, and by another classifier for the rest."""

import hashlib
import json
from collections.abc import Callable
from threading import Lock

from shared.assistant.intent_ports import IntentReader, Judge
from shared.assistant.intents import Intent
from shared.assistant.models import Entity, Judgement, Task
from shared.assistant.ports import Classifier
from shared.assistant.recording import note_taught

FRESH_SECONDS = 30.0
"""How long taught intents are believed to be unchanged."""
OTHER = "other"
KEPT = frozenset({"ask_person"})
"""Built-in labels that no taught intent hides: who asks for a person gets one."""


Learn = Callable[[list[Intent]], Judge]


class TaughtClassifier:
    """Classifier port; what was learnt is kept by the hash of the examples, so it is learnt once a change."""

    def __init__(self, rest: Classifier, intents: IntentReader, learn: Learn, monotonic: Callable[[], float]) -> None:
        self._rest = rest
        self._intents = intents
        self._learn = learn
        self._now = monotonic
        self._lock = Lock()
        self._checked_at: float | None = None
        self._learnt: tuple[str, Judge | None] = ("", None)

    def classify(self, task: Task, text: str) -> Judgement:
        """The taught intent a text resembles, else what the other classifier says."""
        rest = self._rest.classify(task, text)
        judge = self._judge() if task == "intent" and text.strip() and rest.label not in KEPT else None
        judged = judge.judge(text) if judge else None
        if judged is None or judged.label == OTHER:
            return rest
        note_taught(text, judged)
        return judged

    def entities(self, text: str) -> list[Entity]:
        """Of the other classifier."""
        return self._rest.entities(text)

    def _judge(self) -> Judge | None:
        with self._lock:
            now = self._now()
            if self._checked_at is None or now - self._checked_at >= FRESH_SECONDS:
                self._refresh(self._intents.all())
                self._checked_at = now
            return self._learnt[1]

    def _refresh(self, intents: list[Intent]) -> None:
        told = json.dumps([(intent.name, intent.examples) for intent in intents], ensure_ascii=False)
        mark = hashlib.sha256(told.encode()).hexdigest()
        if mark != self._learnt[0]:
            self._learnt = (mark, self._learn(intents) if intents else None)
