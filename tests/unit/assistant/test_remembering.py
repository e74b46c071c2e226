"""A label is asked for once, and the text it was asked for is not kept."""

import pytest

from shared.adapters.memory.cache import MemoryCache
from shared.adapters.memory.process import FixedClock
from shared.assistant.errors import ModelUnavailable
from shared.assistant.models import Judgement, Task
from shared.assistant.remembering import KEPT_SECONDS, RememberingClassifier
from tests.unit.assistant.house import Labels


class Scored(Labels):
    """With scores, as a model gives them."""

    def classify(self, task: Task, text: str) -> Judgement:
        """Sure of itself."""
        found = super().classify(task, text)
        return Judgement(found.label, 0.75, {found.label: 0.75, "其他": 0.25})


class Down:
    """A cache that is down: it misses."""

    def get(self, key: str) -> bytes | None:
        """Nothing."""

    def set(self, key: str, value: bytes, ttl: int) -> None:
        """Nowhere."""


class Lying(Down):
    """A cache that has one answer to everything."""

    def __init__(self, lie: bytes) -> None:
        self.lie = lie

    def get(self, key: str) -> bytes | None:
        """The lie."""
        return self.lie


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def cache(clock: FixedClock) -> MemoryCache:
    return MemoryCache(clock)


def test_a_label_is_asked_for_once_and_comes_back_whole(cache: MemoryCache) -> None:
    labels = Scored(intent="refund")
    remembering = RememberingClassifier(labels, cache, "m1")
    first = remembering.classify("intent", "退款")
    assert remembering.classify("intent", "退款") == first == Judgement("refund", 0.75, {"refund": 0.75, "其他": 0.25})
    assert labels.asked == [("intent", "退款")]


def test_tasks_texts_and_engines_are_kept_apart(cache: MemoryCache) -> None:
    labels = Labels()
    one, two = RememberingClassifier(labels, cache, "m1"), RememberingClassifier(labels, cache, "m2")
    one.classify("intent", "a")
    one.classify("sentiment", "a")
    one.classify("intent", "b")
    two.classify("intent", "a")
    assert len(labels.asked) == 4


def test_a_label_is_asked_for_again_after_a_while(cache: MemoryCache, clock: FixedClock) -> None:
    labels = Labels()
    remembering = RememberingClassifier(labels, cache, "m1")
    remembering.classify("intent", "a")
    clock.advance(seconds=KEPT_SECONDS)
    remembering.classify("intent", "a")
    assert len(labels.asked) == 2


def test_the_text_is_nowhere_in_the_cache(cache: MemoryCache) -> None:
    RememberingClassifier(Labels(), cache, "m1").classify("intent", "my secret sorrow")
    assert "sorrow" not in repr(vars(cache))


def test_entities_are_never_remembered(cache: MemoryCache) -> None:
    RememberingClassifier(Labels(), cache, "m1").entities("A-4711")
    assert "4711" not in repr(vars(cache))


def test_without_a_cache_every_label_is_fresh() -> None:
    labels = Labels()
    remembering = RememberingClassifier(labels, Down(), "m1")
    assert [remembering.classify("intent", "a").label for _ in range(2)] == ["other", "other"]
    assert len(labels.asked) == 2


def test_a_failure_is_not_remembered(cache: MemoryCache) -> None:
    class Failing(Labels):
        def classify(self, task: Task, text: str) -> Judgement:
            super().classify(task, text)
            raise ModelUnavailable

    labels = Failing()
    for _ in range(2):
        with pytest.raises(ModelUnavailable):
            RememberingClassifier(labels, cache, "m1").classify("intent", "a")
    assert len(labels.asked) == 2


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"7",
        b"abc",
        b"\xff",
        b"null",
        b"[]",
        b"[" * 100_000,
        b"{}",
        b'{"label": 1, "confidence": 0.5, "scores": {}}',
        b'{"label": "refund", "confidence": "high", "scores": {}}',
        b'{"label": "refund", "confidence": 7, "scores": {}}',
        b'{"label": "refund", "confidence": 0.5, "scores": {"refund": "x"}}',
        b'{"label": "refund", "confidence": 0.5, "scores": []}',
    ],
)
def test_a_cache_that_lies_is_not_believed(lie: bytes) -> None:
    labels = Scored(intent="refund")
    assert RememberingClassifier(labels, Lying(lie), "m1").classify("intent", "退款").label == "refund"
    assert len(labels.asked) == 1
