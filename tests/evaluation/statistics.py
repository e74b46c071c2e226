"""The figures an evaluation tells: shares with bootstrap intervals, macro-F1, calibration error, risk and coverage."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RESAMPLES = 1000
BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % bootstrap interval (percentile method, Efron and Tibshirani 1993) over `n` items."""

    n: int
    value: float
    low: float
    high: float

    def text(self) -> str:
        """`0.912 (0.880–0.940)`."""
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


def interval(items: Sequence[object], measure: Callable[[Sequence[object]], float]) -> Figure:
    """The measure of the items with its interval; the same items give the same interval."""
    if not items:
        return Figure(0, 0.0, 0.0, 0.0)
    chance = random.Random(len(items))
    found = sorted(measure(chance.choices(items, k=len(items))) for _ in range(RESAMPLES))
    return Figure(len(items), measure(items), found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES)])


def share(held: Sequence[bool]) -> Figure:
    """How often it held."""
    return interval(held, lambda some: sum(map(bool, some)) / len(some))


def mean(values: Sequence[float]) -> Figure:
    """Of numbers."""
    return interval(values, lambda some: sum(map(float, some)) / len(some))  # type: ignore[arg-type]


def accuracy(pairs: Sequence[tuple[str, str]]) -> Figure:
    """Of (label, judged)."""
    return share([label == judged for label, judged in pairs])


def macro_f1(pairs: Sequence[tuple[str, str]]) -> Figure:
    """Mean F1 over the labels that occur in (label, judged)."""

    def of(some: Sequence[object]) -> float:
        right: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        given: Counter[str] = Counter()
        for label, judged in some:  # type: ignore[misc]
            wanted[label] += 1
            given[judged] += 1
            right[label] += label == judged
        return sum(2 * right[label] / (wanted[label] + given[label]) for label in wanted) / len(wanted)

    return interval(pairs, of)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> Figure:
    """How often one inside scores above one outside, ties counting half; Hanley and McNeil's interval (1982)."""
    ordered = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    ranks = {score: (at + 1 + last) / 2 for score, at, last in _ties([score for score, _ in ordered])}
    one, other = len(inside), len(outside)
    if not one or not other:
        return Figure(0, 0.0, 0.0, 0.0)
    area = (sum(ranks[score] for score in inside) - one * (one + 1) / 2) / (one * other)
    first, second = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (one - 1) * (first - area * area) + (other - 1) * (second - area * area)
    half = 1.96 * (max(spread, 0.0) / (one * other)) ** 0.5
    return Figure(one + other, area, max(area - half, 0.0), min(area + half, 1.0))


def _ties(scores: Sequence[float]) -> list[tuple[float, int, int]]:
    found: dict[float, tuple[int, int]] = {}
    for at, score in enumerate(scores):
        found[score] = (found[score][0] if score in found else at, at + 1)
    return [(score, first, last) for score, (first, last) in found.items()]


def majority(pairs: Sequence[tuple[str, str]]) -> float:
    """The accuracy of always saying the commonest label."""
    return max(Counter(label for label, _ in pairs).values(), default=0) / max(len(pairs), 1)


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins of (confidence, right); Naeini et al. 2015."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in judged:
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, right))
    gaps = (abs(sum(s for s, _ in some) - sum(r for _, r in some)) for some in bins.values())
    return sum(gaps) / max(len(judged), 1)


def threshold_for(precision: float, judged: Sequence[tuple[float, bool]]) -> float:
    """The lowest confidence from which answers are right at least that often; above 1 when there is none."""
    best, right = 1.01, 0
    ordered = sorted(judged, reverse=True)
    for at, (sure, held) in enumerate(ordered, 1):
        right += held
        following = ordered[at][0] if at < len(ordered) else -1.0
        if following != sure and right / at >= precision:
            best = sure
    return best
