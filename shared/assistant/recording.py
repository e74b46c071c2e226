"""What a run of the assistant was told by the world: what was found, what a model said, what was in force.

Everything else a run does is computed, so with these the same run can be made again (`replaying.py`).
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field

from shared.assistant.decide import Thresholds
from shared.assistant.errors import Departed, ModelMisbehaved, ModelUnavailable, OverBudget
from shared.assistant.models import Completion, Entity, Hit, Judgement, Prompt, Task
from shared.assistant.ports import Classifier, LanguageModel, Retriever
from shared.kernel.errors import DomainError
from shared.kernel.texts import Language


@dataclass(frozen=True, slots=True)
class Search:
    """A query, by the first half of its SHA-256, and what was found; None where the search broke on it."""

    query: str
    hits: tuple[Hit, ...] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a model: the SHA-256 of the prompt, and the completion or the code of what went wrong."""

    prompt: str
    completion: Completion | None
    failed: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """A text, by the first half of its SHA-256, and what a taught intent said of it: intents are taught anew."""

    query: str
    judged: Judgement


@dataclass(frozen=True, slots=True)
class LookUp:
    """A call of a tool: its name, its arguments as canonical JSON, and what it told or the code of what went wrong."""

    name: str
    arguments: str
    told: str | None
    failed: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The settings a thought depends on."""

    thresholds: dict[str, Thresholds] = field(default_factory=dict)
    """By the engine's name before the slash: each engine's confidence is calibrated on its own."""
    allowed_hosts: frozenset[str] = frozenset()
    model: str = ""
    """The model that would be asked; empty where there is none."""


@dataclass(slots=True)
class Recording:
    """One run, as it goes on."""

    conditions: Conditions = Conditions()
    snapshot: str = ""
    searches: list[Search] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    taught: list[Taught] = field(default_factory=list)
    look_ups: list[LookUp] = field(default_factory=list)


BROKE = "broke"
"""An exception that is not ours; the run was handed over for it."""
FAILED = {error.code: error for error in (ModelUnavailable, OverBudget, ModelMisbehaved)}

_RUN: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded(conditions: Conditions) -> Iterator[Recording]:
    """What the recording ports below are told within the block, in this thread."""
    run = Recording(conditions)
    token = _RUN.set(run)
    try:
        yield run
    finally:
        _RUN.reset(token)


def query_hash(query: str) -> str:
    """Tells two queries apart without holding either."""
    return hashlib.sha256(query.encode()).hexdigest()[:32]


def prompt_hash(prompt: Prompt) -> str:
    """Over everything the model is told but the delimiters, which are drawn anew for each call."""
    return hashlib.sha256(json.dumps(asdict(prompt), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def note_taught(text: str, judged: Judgement) -> None:
    """For the run within whose block this is called; outside of one nothing is noted."""
    if (run := _RUN.get()) is not None:
        run.taught.append(Taught(query_hash(text), judged))


def current() -> Recording | None:
    """The run this thread is in."""
    return _RUN.get()


class RecordingRetriever:
    """Retriever port over another; notes what it tells."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def snapshot(self) -> str:
        """The set of articles searched now."""
        snapshot = self._retriever.snapshot()
        if (run := _RUN.get()) is not None:
            run.snapshot = snapshot
        return snapshot

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """What the other finds."""
        try:
            hits = self._retriever.search(query, language, limit)
        except DomainError:
            raise
        except Exception:
            self._note(Search(query_hash(query), None))
            raise
        self._note(Search(query_hash(query), tuple(hits)))
        return hits

    def _note(self, search: Search) -> None:
        if (run := _RUN.get()) is not None:
            run.searches.append(search)


class RecordingModel:
    """LanguageModel port over another; notes what it says. Streams are passed through: no run is made from one."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The other's."""
        return self._model.name

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """The other's reply."""
        try:
            completion = self._model.complete(prompt, deadline)
        except (ModelUnavailable, ModelMisbehaved) as error:
            self._note(Call(prompt_hash(prompt), None, error.code, str(error.facts.get("cause", ""))))
            raise
        except Exception:
            self._note(Call(prompt_hash(prompt), None, BROKE))
            raise
        self._note(Call(prompt_hash(prompt), completion))
        return completion

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """The other's."""
        return self._model.stream(prompt, deadline)

    def close(self) -> None:
        """End the other's connections, if it has any."""
        close = getattr(self._model, "close", None)
        if close is not None:
            close()

    def _note(self, call: Call) -> None:
        if (run := _RUN.get()) is not None:
            run.calls.append(call)


class ReplayedClassifier:
    """Classifier port that says what taught intents said then, and has the rest computed again."""

    def __init__(self, rest: Classifier, run: Recording) -> None:
        self._rest = rest
        self._told = {one.query: one.judged for one in run.taught}

    def classify(self, task: Task, text: str) -> Judgement:
        """What was said then, if it was."""
        told = self._told.get(query_hash(text)) if task == "intent" else None
        return told or self._rest.classify(task, text)

    def entities(self, text: str) -> list[Entity]:
        """Computed again."""
        return self._rest.entities(text)


class ReplayedRetriever:
    """Retriever port that finds what was found; Departed when it is asked otherwise."""

    def __init__(self, run: Recording) -> None:
        self._run = run
        self._left = list(run.searches)

    def snapshot(self) -> str:
        """The set of articles searched then."""
        return self._run.snapshot

    def search(self, query: str, language: Language, limit: int) -> list[Hit]:
        """What was found then."""
        if not self._left or self._left[0].query != query_hash(query):
            raise Departed(part="searches")
        hits = self._left.pop(0).hits
        if hits is None:
            raise RuntimeError(BROKE)
        return list(hits)


class ReplayedModel:
    """LanguageModel port that says what was said; Departed when it is told otherwise."""

    def __init__(self, run: Recording) -> None:
        self.name = run.conditions.model
        self._left = list(run.calls)

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """What was said then, or what went wrong."""
        if not self._left or self._left[0].prompt != prompt_hash(prompt):
            raise Departed(part="prompt")
        call = self._left.pop(0)
        if call.completion is not None:
            return call.completion
        raise RuntimeError(BROKE) if call.failed == BROKE else FAILED[call.failed](cause=call.cause)

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """No run is made from a stream."""
        raise Departed(part="prompt")
