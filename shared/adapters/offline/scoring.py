"""Turns added-up evidence into probabilities that sum to one."""

import math
from collections.abc import Mapping

from shared.assistant.models import Judgement


def judged(evidence: Mapping[str, float], sharpness: float = 1.0) -> Judgement:
    """The softmax of the evidence; the label first named wins a tie, so that equal input gives equal output."""
    top = max(evidence.values())
    raised = {label: math.exp(sharpness * (value - top)) for label, value in evidence.items()}
    total = sum(raised.values())
    scores = {label: round(value / total, 4) for label, value in raised.items()}
    label = max(evidence, key=lambda name: evidence[name])
    scores[label] = round(scores[label] + 1 - sum(scores.values()), 4)
    return Judgement(label, scores[label], scores)
