"""Fits shared/adapters/offline/ranking.json: `python -m tests.evaluation.fit_ranking`.

Learns from the invented companies in tests/evaluation/training and the dev half of the golden set; held-out questions
are never read. The ranker is a conditional logit over all groups of translations (McFadden 1974) with the right ones'
probabilities added up; the probability is a logistic regression (Platt 1999) over five folds, so that it is fitted on
scores of questions the ranker had not seen.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.adapters.offline.index import SpanIndex
from shared.adapters.offline.parts import build_parts
from shared.adapters.offline.ranking import FILE, evidence, stacked
from tests.encoding import encoder
from tests.evaluation.material import Company, companies, golden_dev
from tests.evaluation.tasks import wanted

RIDGE = 0.01
SURE_RIDGE = 0.002
STEPS = 1500
RATE = 0.05
FOLDS = 5
WITHHELD = 4
"""Of so many answerable questions one is also judged without its article, the hardest kind that has no answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question: what was found for it, and which groups are right."""

    views: tuple[Any, Any, Any]
    covers: Any
    right: Any
    fold: int


def examples(company: Company, with_meaning: bool) -> Iterator[Example]:
    """Those of one company."""
    index = SpanIndex(build_parts(company.articles, encoder() if with_meaning else None), encoder())
    slugs = index.slugs
    for number, row in enumerate(company.questions):
        found = index.found(row["question"], row["language"])
        if found is not None:
            right = np.array([slugs[article] in wanted(row) for article in found.shown])
            yield Example((found.own, found.alone, found.beside), found.covers, right, number % FOLDS)


def rank(rows: list[Example], ridge: float = RIDGE) -> Any:
    """Weights of the ranker, for features as they are."""
    rows = [row for row in rows if row.right.any()]
    tables = [stacked(*row.views) for row in rows]
    every = np.concatenate(tables)
    middle, spread = every.mean(axis=0), every.std(axis=0) + 1e-3
    deep = max(len(table) for table in tables)
    inputs = np.zeros((len(rows), deep, every.shape[1]))
    there, right = np.full((len(rows), deep), -1e9), np.zeros((len(rows), deep))
    for at, (table, row) in enumerate(zip(tables, rows, strict=True)):
        inputs[at, : len(table)] = (table - middle) / spread
        there[at, : len(table)], right[at, : len(table)] = 0.0, row.right

    def slope(weights: Any) -> Any:
        scores = inputs @ weights + there
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        aimed = chances * right
        aimed /= aimed.sum(axis=1, keepdims=True) + 1e-12
        return np.einsum("nk,nkf->f", chances - aimed, inputs) / len(rows) + ridge * weights

    return descended(np.zeros(every.shape[1]), slope) / spread


def descended(weights: Any, slope: Callable[[Any], Any]) -> Any:
    """Adam (Kingma and Ba 2015) with its usual constants."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        now = slope(weights)
        first, second = 0.9 * first + 0.1 * now, 0.999 * second + 0.001 * now * now
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def judged(rows: list[Example], weights: Any) -> Iterator[tuple[Any, bool]]:
    """What the probability of the best group rests on, and whether it was right."""
    for row in rows:
        scores = stacked(*row.views) @ weights
        own = ~np.isnan(row.views[0][:, 0])
        best = int(np.argmax(scores))
        views = np.where(own[:, None], row.views[0], row.views[1])
        yield evidence(scores, own, np.concatenate([views, row.covers], axis=1))[best], bool(row.right[best])


def without(row: Example) -> Example:
    """The question as it would be asked if no article answered it."""
    rest = ~row.right
    own, alone, beside = (view[rest] for view in row.views)
    return Example((own, alone, beside), row.covers[rest], row.right[rest], row.fold)


def sure(rows: list[Example]) -> Any:
    """Weights of the logistic regression."""
    seen: list[tuple[Any, bool]] = []
    for fold in range(FOLDS):
        weights = rank([row for row in rows if row.fold != fold])
        kept = [row for row in rows if row.fold == fold]
        seen += judged([*kept, *(without(row) for row in kept[::WITHHELD] if row.right.any())], weights)
    inputs = np.stack([values for values, _ in seen])
    held = np.array([right for _, right in seen], float)
    spread = inputs.std(axis=0) + 1e-3
    spread[-1] = 1.0
    middle = inputs.mean(axis=0)
    middle[-1] = 0.0
    scaled = (inputs - middle) / spread

    def slope(weights: Any) -> Any:
        guesses = 1 / (1 + np.exp(-(scaled @ weights)))
        pull = SURE_RIDGE * weights
        pull[-1] = 0.0
        return (guesses - held) @ scaled / len(held) + pull

    weights = descended(np.zeros(inputs.shape[1]), slope) / spread
    weights[-1] -= weights[:-1] @ middle[:-1]
    return weights


def fitted(learned: list[Company], with_meaning: bool) -> dict[str, list[float]]:
    """What the file holds for one kind of index."""
    rows = [row for company in learned for row in examples(company, with_meaning)]
    return {"weights": np.round(rank(rows), 4).tolist(), "sure": np.round(sure(rows), 4).tolist()}


def main() -> None:
    """Write the file."""
    learned = [*companies(), golden_dev()]
    told = {"with meaning": fitted(learned, True), "lexical": fitted(learned, False)}
    FILE.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
