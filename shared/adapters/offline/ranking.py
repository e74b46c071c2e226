"""Weighs what speaks for an article: weights fitted by tests/evaluation/fit_ranking.py, never set by hand."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

LEXICAL = ("span", "article", "names", "span_terms", "article_terms", "name_terms",
           "span_shapes", "article_shapes", "name_shapes")  # fmt: skip
"""Shares of BM25 over words and terms, over terms alone, and over pieces of words."""
MEANING = ("span_meaning", "whole_meaning", "title_meaning")
"""Cosines of the question with the article's best span, its whole text, and its title."""
FEATURES = (*LEXICAL, *MEANING)
VIEWS = 3
"""The article in the customer's language; the other language where it is alone; the other beside the own."""
COVERS = ("article_share", "article_lack", "span_share", "many")
"""How much of the question the article and its best span hold, the rarest it lacks, how many things are asked."""
SURE = ("score", "margin", "own", *FEATURES, *COVERS)
"""What the probability rests on: the score, how far the next best is behind, and the best view's features."""
ALONE = 4.0
"""How far an only article is thought to be before the next, as no fitted margin fits it."""
FILE = Path(__file__).parent / "ranking.json"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A linear ranker of articles and a logistic regression over what it found."""

    features: tuple[str, ...]
    weights: Any
    """By view and feature, then three for the views themselves."""
    sure: Any
    """Of the logistic regression, by `SURE` as far as the features go; the bias last."""

    def scores(self, own: Any, alone: Any, beside: Any) -> Any:
        """A score for each group of translations from the features of its views; rows of NaN for views it lacks."""
        return stacked(own, alone, beside) @ self.weights

    def probabilities(self, scores: Any, own: Any, features: Any) -> Any:
        """How likely each group answers the question, given all their scores and the features of the view shown."""
        return 1 / (1 + np.exp(-(evidence(scores, own, features) @ self.sure)))


def stacked(own: Any, alone: Any, beside: Any) -> Any:
    """The three views side by side, zeros and a zero flag for views that are missing."""
    views = (own, alone, beside)
    there = [~np.isnan(view[:, :1]) for view in views]
    return np.concatenate([*(np.nan_to_num(view) for view in views), *(flag.astype(float) for flag in there)], axis=1)


def evidence(scores: Any, own: Any, features: Any) -> Any:
    """The rows the logistic regression sees."""
    best = np.argmax(scores)
    rival = np.max(np.delete(scores, best)) if len(scores) > 1 else scores[best] - ALONE
    margins = scores - np.where(np.arange(len(scores)) == best, rival, scores[best])
    columns = [scores, np.clip(margins, -6.0, 6.0), own.astype(float), *features.T, np.ones(len(scores))]
    return np.stack(columns, axis=1)


@cache
def ranking(with_meaning: bool) -> Ranking:
    """The fitted one, with or without vectors."""
    told = json.loads(FILE.read_text())["with meaning" if with_meaning else "lexical"]
    return Ranking(FEATURES if with_meaning else LEXICAL, np.array(told["weights"]), np.array(told["sure"]))
