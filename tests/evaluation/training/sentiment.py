"""Makes `weights/feelings.bin`: `python -m tests.evaluation.training.sentiment FOLDER`, with numpy and scikit-learn.

FOLDER holds the packages named in sources.py, as `pip download --no-deps` gives them. They and the two libraries
live in an environment of their own; the product needs none of them.
"""

import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from shared.adapters.offline.feeling_grams import BITS, buckets
from shared.adapters.offline.feeling_model import FILE, HEAD, MARK
from shared.adapters.offline.lexicons import entries
from tests.evaluation.training.plain_texts import plain_texts
from tests.evaluation.training.sources import Example, chinese_reviews, english_ratings, english_words

BELIEVED = 0.35
"""A review whose label a model of the others finds less likely than this is noise: a sentence out of its context."""
POLAR, PLAIN = 0.25, 0.2
"""From how far a rated sentence praises or blames, and up to where it does neither."""
WORD_WEIGHT, PHRASE_WEIGHT = 0.6, 3.0
PLAIN_WEIGHT = 0.25
"""Of a word in VADER's lexicon, of a phrase in ours and of a plain text, against one sentence."""
STEPS = 7
"""The largest weight as an integer: few values pack well, and more change no figure."""
PATTERN_TIMES = 40


def matrix(examples: Sequence[Example]) -> sparse.csr_matrix:
    """A row a text, of length one."""
    touched = [buckets(one.text) for one in examples]
    values = [1 / len(some) ** 0.5 for some in touched for _ in some]
    columns = [column for some in touched for column in some]
    return sparse.csr_matrix(
        (values, columns, np.cumsum([0, *map(len, touched)])), shape=(len(touched), 1 << BITS), dtype=np.float64
    )


def fitted(examples: Sequence[Example], positive: np.ndarray, strength: float) -> LogisticRegression:
    """Logistic regression of whether an example is `positive`."""
    weights = np.array([one.weight for one in examples])
    return LogisticRegression(C=strength, solver="liblinear", tol=1e-4).fit(
        matrix(examples), positive, sample_weight=weights
    )


def believed(examples: list[Example]) -> list[Example]:
    """Without those a model of the other four fifths contradicts."""
    praise = np.array([one.value > 0 for one in examples])
    model = LogisticRegression(C=3, solver="liblinear")
    likely = cross_val_predict(model, matrix(examples), praise, cv=5, method="predict_proba")[:, 1]
    return [one for one, p, label in zip(examples, likely, praise, strict=True) if (p if label else 1 - p) >= BELIEVED]


def phrases() -> list[Example]:
    """The cues of lexicons/sentiment.txt that speak clearly."""
    sign = {"positive": 1.0, "negative": -1.0}
    return [
        Example(one.phrase, sign[one.label], "phrase", PHRASE_WEIGHT * one.weight)
        for one in entries("sentiment")
        if one.label in sign and one.weight >= 0.8
    ]


def made(language: str, times: int) -> list[Example]:
    """Plain messages of our own."""
    return [Example(text, 0.0, "made") for text in plain_texts(language, times)]


def polarity(reviews: list[Example], ratings: list[Example], words: list[Example]) -> LogisticRegression:
    """Praise against blame; a plain text counts once as each, so that its grams speak for neither."""
    felt = [one for one in ratings if abs(one.value) >= POLAR]
    rated = [Example(one.text, one.value, one.trade, 1.5 * abs(one.value)) for one in felt]
    known = [Example(one.text, one.value, one.trade, WORD_WEIGHT * abs(one.value)) for one in words]
    plain = [one for one in ratings if abs(one.value) < PLAIN / 2] + made("zh", 20) + made("en", 20)
    both = [Example(one.text, sign, one.trade, PLAIN_WEIGHT) for one in plain for sign in (1.0, -1.0)]
    examples = [*reviews, *rated, *known, *phrases(), *both]
    return fitted(examples, np.array([one.value > 0 for one in examples]), 8.0)


def neutrality(reviews: list[Example], ratings: list[Example]) -> LogisticRegression:
    """Neither against either, the Chinese and the English texts of each side weighing alike."""
    rated = [one for one in ratings if abs(one.value) >= 2 * POLAR]
    plain = [one for one in ratings if abs(one.value) < PLAIN]
    sides = (
        (reviews, 1),
        (made("zh", PATTERN_TIMES), 0),
        (rated, 1),
        ([*plain, *made("en", PATTERN_TIMES // 2)], 0),
        (phrases(), 1),
    )
    examples = [
        Example(one.text, one.value, one.trade, 8000 / len(side) * (0.3 if one.trade == "phrase" else 1.0))
        for side, _ in sides
        for one in side
    ]
    felt = np.array([feels for side, feels in sides for _ in side])
    return fitted(examples, felt == 0, 3.0)


def packed(planes: Sequence[LogisticRegression]) -> bytes:
    """The file of two planes."""
    numbers: list[float] = []
    bodies: list[bytes] = []
    for plane in planes:
        # What few texts touch decides nothing, so the scale follows the bulk and the rest is cut off.
        scale = float(np.quantile(np.abs(plane.coef_[plane.coef_ != 0]), 0.999)) / STEPS
        bodies.append(np.clip(np.rint(plane.coef_[0] / scale), -STEPS, STEPS).astype(np.int8).tobytes())
        numbers += [scale, float(plane.intercept_[0])]
    return HEAD.pack(MARK, BITS, *numbers) + zlib.compress(b"".join(bodies), 9)


def left_out(reviews: list[Example], ratings: list[Example], words: list[Example]) -> None:
    """How well praise is told from blame in a trade no example was of; noise is left in the measured half."""
    for trade in sorted({one.trade for one in [*reviews, *ratings]} - {"other"}):
        kept = believed([one for one in reviews if one.trade != trade])
        model = polarity(kept, [one for one in ratings if one.trade != trade], words)
        asked = [one for one in [*reviews, *ratings] if one.trade == trade and abs(one.value) >= POLAR]
        right = model.predict(matrix(asked)) == np.array([one.value > 0 for one in asked])
        print(f"left out {trade}: {right.mean():.3f} of {len(asked)}")


def main(folder: Path) -> None:
    """Print the figures, write the weights."""
    reviews, ratings, words = chinese_reviews(folder), english_ratings(folder), list(english_words(folder))
    if "--figures" in sys.argv:
        left_out(reviews, ratings, words)
    kept = believed(reviews)
    print(f"{len(kept)} of {len(reviews)} Chinese sentences kept, {len(ratings)} English ones, {len(words)} words")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(packed([polarity(kept, ratings, words), neutrality(kept, ratings)]))
    print(f"{FILE.name}: {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
