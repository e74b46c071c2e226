"""Labels learnt from rows marked `train`, measured on the others; `oos` marks what belongs to no label."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from shared.adapters.offline.few_shot import OTHER, Example, FewShotClassifier
from shared.adapters.offline.gram_kernel import GramKernel
from shared.assistant.ports import Embedder
from tests.evaluation.statistics import Figure, accuracy, auroc, macro_f1, mean, share

Row = dict[str, Any]
Line = tuple[str, str, Figure]
OUTSIDE = "oos"


def few_shot(rows: list[Row], embedder: Embedder | None) -> Iterator[Line]:
    """Accuracy within the labels, of the labels given with `other` as an answer, and how well outsiders are told."""
    shown = [Example(row["text"], row["label"]) for row in rows if row["split"] == "train" and row["label"] != OUTSIDE]
    asked = [row for row in rows if row["split"] != "train"]
    inside = [row for row in asked if row["label"] != OUTSIDE]
    outside = [row for row in asked if row["label"] == OUTSIDE]
    classifier = FewShotClassifier(shown, embedder)
    where = f"{len(classifier.labels)} labels, {len(shown)} examples, {'with' if embedder else 'without'} embedder"
    scored, took = _scored(classifier, inside)
    pairs = [(row["label"], label) for row, (label, _, _) in zip(inside, scored, strict=True)]
    yield "accuracy of the likeliest label", where, accuracy(pairs)
    yield "macro-F1 of the likeliest label", where, macro_f1(pairs)
    yield (
        "accuracy with `other` allowed",
        where,
        accuracy([(row["label"], given) for row, (_, given, _) in zip(inside, scored, strict=True)]),
    )
    yield "accuracy of the nearest centroid (Rocchio, TF-IDF)", where, accuracy(list(_centroid(shown, inside)))
    commonest = Counter(example.label for example in shown).most_common(1)[0][0]
    yield "accuracy of the commonest label", where, share([row["label"] == commonest for row in inside])
    if outside:
        foreign, more = _scored(classifier, outside)
        took += more
        yield "out of scope: AUROC", where, auroc([near for *_, near in scored], [near for *_, near in foreign])
        yield "out of scope: told as `other`", where, share([given == OTHER for _, given, _ in foreign])
    yield "CPU ms a text", where, mean(took)
    yield "CPU ms a text, 99th percentile", where, Figure(len(took), *[float(np.quantile(took, 0.99))] * 3)


def _scored(classifier: FewShotClassifier, rows: list[Row]) -> tuple[list[tuple[str, str, float]], list[float]]:
    found: list[tuple[str, str, float]] = []
    took: list[float] = []
    for row in rows:
        started = time.process_time()
        scores = classifier.scored(row["text"])
        given = classifier.judged(scores).label
        took.append((time.process_time() - started) * 1000)
        found.append((classifier.labels[int(scores.argmax())], given, float(scores.max())))
    return found, took


def _centroid(shown: list[Example], asked: list[Row]) -> Iterator[tuple[str, str]]:
    kernel = GramKernel([example.text for example in shown])
    labels = sorted({example.label for example in shown})
    members = {label: [at for at, example in enumerate(shown) if example.label == label] for label in labels}
    for row in asked:
        alike = kernel.against(row["text"])
        yield row["label"], max(labels, key=lambda label: float(alike[members[label]].mean()))
