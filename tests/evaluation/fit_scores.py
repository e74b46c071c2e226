"""Fits the weights of `shared/adapters/offline/index.py` on the dev half: `python -m tests.evaluation.fit_scores`."""

import math
from dataclasses import astuple

from local.demo.read_articles import read_articles
from shared.adapters.offline.index import Features, SpanIndex, build_parts
from shared.knowledge.models import Article
from tests.evaluation.golden import Golden, golden

STEPS = 4000
RATE = 0.5
RIDGE = 0.003
ARTICLES_A_QUESTION = 3


def examples(articles: list[Article], questions: list[Golden]) -> list[tuple[Features, bool]]:
    """The best spans of each question, and of the same question when its article does not exist."""
    full = SpanIndex(build_parts(articles))
    found = [row for question in questions for row in _rows(full, question, ARTICLES_A_QUESTION)]
    for slug in sorted({question.slug for question in questions if question.slug}):
        without = SpanIndex(build_parts([article for article in articles if article.slug != slug]))
        for question in questions:
            if question.slug == slug:
                found.extend(_rows(without, question, 1))
    return found


def _rows(index: SpanIndex, question: Golden, limit: int) -> list[tuple[Features, bool]]:
    best: dict[str, Features] = {}
    for number, features in index.features(question.question, question.language):
        span, slug = index.place(number)
        if span.language == question.language:
            best.setdefault(slug, features)
    return [(features, slug == question.slug) for slug, features in list(best.items())[:limit]]


def fit(rows: list[tuple[Features, bool]]) -> list[float]:
    """Bias and weights by gradient descent on the log loss, with a ridge that keeps weights from running away."""
    weights = [0.0] * 6
    for _ in range(STEPS):
        slope = [RIDGE * weight for weight in weights]
        slope[0] = 0.0
        for features, wanted in rows:
            values = (1.0, *astuple(features))
            guess = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
            for at, value in enumerate(values):
                slope[at] += (guess - wanted) * value / len(rows)
        weights = [weight - RATE * step for weight, step in zip(weights, slope, strict=True)]
    return weights


if __name__ == "__main__":
    dev = [question for question in golden() if question.split == "dev"]
    rows = examples(read_articles(), dev)
    print(len(rows), [round(weight, 2) for weight in fit(rows)])
