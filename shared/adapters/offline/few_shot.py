"""Labels learnt from a few examples each, by kernel ridge regression: exact, without steps or chance.

On ten examples a label it is as often right as logistic regression over the same vectors, and it knows better what is
none of its labels, because a text far from every example scores low for every label.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shared.adapters.offline.gram_kernel import GramKernel, Numbers
from shared.assistant.models import Judgement
from shared.assistant.ports import Embedder

OTHER = "other"
RIDGE = 0.1
"""What each example may be off by; it keeps one odd example from bending its surroundings."""
NARROW = 2.0
"""How fast likeness falls off with the angle between two vectors: exp(NARROW × (cosine - 1))."""
WORDS = 0.15
"""Share of common words in likeness beside vectors; without an embedder it is all there is."""
SURE_OF = 0.05
"""Share of the examples' own texts that may be turned away as `other`, each judged by the others."""
SHARPNESS = (2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is an example of."""

    text: str
    label: str


class FewShotClassifier:
    """Trained when made; texts that resemble no example are `other`. With the same examples always the same."""

    def __init__(self, examples: Sequence[Example], embedder: Embedder | None = None) -> None:
        """Examples of `other` speak against every label. ValueError where a label has one, or none stands beside it."""
        counted = Counter(example.label for example in examples)
        self.labels = sorted(counted.keys() - {OTHER})
        if len(counted) < 2 or not self.labels or min(counted.values()) < 2:
            raise ValueError("two labels with two examples each are the least to learn from")
        self._embedder = embedder
        texts = [example.text for example in examples]
        self._words = GramKernel(texts)
        self._vectors = np.asarray(embedder.embed(texts), float) if embedder else None
        targets = np.array([[float(example.label == label) for label in self.labels] for example in examples])
        alike = np.array([self._words.against(text) for text in texts])
        if self._vectors is not None:
            alike = WORDS * alike + (1 - WORDS) * _near(self._vectors, self._vectors)
        self._usual = targets.mean(0)
        inverse = np.linalg.inv(alike + RIDGE * np.eye(len(texts)))
        self._weights = inverse @ (targets - self._usual)
        # What each example would score had it not been there, in closed form (Rasmussen and Williams 2006, 5.12).
        unseen = targets - self._weights / np.diag(inverse)[:, None]
        labelled = targets.any(1)
        self._sharpness = max(SHARPNESS, key=lambda each: _likelihood(unseen[labelled], targets[labelled], each))
        self._least = float(np.quantile(unseen[labelled].max(1), SURE_OF))

    def judge(self, text: str) -> Judgement:
        """The label the text resembles most, or `other`; scores sum to one."""
        return self.judged(self.scored(text))

    def judged(self, scores: Numbers) -> Judgement:
        """The same from what `scored` told of a text."""
        known = _logistic(self._sharpness * (float(np.max(scores)) - self._least))
        shares = _shares(scores, self._sharpness) * known
        told = {label: round(float(share), 4) for label, share in zip(self.labels, shares, strict=True)}
        told[OTHER] = round(1 - sum(told.values()), 4)
        best = self.labels[int(np.argmax(scores))] if known >= 0.5 else OTHER
        return Judgement(best, told[best], told)

    def scored(self, text: str) -> Numbers:
        """About 1 for the label it is, about 0 for others; a low maximum is a text of none of them."""
        alike = self._words.against(text)
        if self._embedder is not None and self._vectors is not None:
            vector = np.asarray(self._embedder.embed([text]), float)
            alike = WORDS * alike + (1 - WORDS) * _near(vector, self._vectors)[0]
        scores: Numbers = alike @ self._weights + self._usual
        return scores


def _near(one: Numbers, other: Numbers) -> Numbers:
    near: Numbers = np.exp(NARROW * (one @ other.T - 1))
    return near


def _shares(scores: Numbers, sharpness: float) -> Numbers:
    raised = np.exp(sharpness * (scores - scores.max(-1, keepdims=True)))
    shares: Numbers = raised / raised.sum(-1, keepdims=True)
    return shares


def _likelihood(scores: Numbers, targets: Numbers, sharpness: float) -> float:
    return float(np.log((_shares(scores, sharpness) * targets).sum(1) + 1e-12).sum())


def _logistic(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))
