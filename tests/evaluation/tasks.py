"""What is evaluated, each over rows of one JSON object a line; see README.md beside this file for the formats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from local.demo.read_articles import read_articles
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.drafter import ANSWER_FROM, OfflineDrafter
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Question, Task
from shared.kernel.texts import Language
from tests.encoding import encoder
from tests.evaluation import baselines
from tests.evaluation.statistics import (
    Figure,
    accuracy,
    calibration_error,
    macro_f1,
    majority,
    mean,
    share,
    threshold_for,
)

Row = dict[str, Any]
Line = tuple[str, str, Figure]
"""What was measured, on which rows, and the figure."""
HERE = Path(__file__).parent
COMPANY = HERE / "company"
PRECISION = 0.97
LABELLED = ("sentiment", "intent", "language", "category", "priority")
TaskName = Literal["retrieval", "answers", "sentiment", "intent", "language", "category", "priority"]
DEEP = 40


class Library:
    """A knowledge base, its search and its answers."""

    def __init__(self, folder: Path) -> None:
        self.articles = read_articles(folder)
        self.slugs = {article.id: article.slug for article in self.articles}
        self.retriever = OfflineRetriever(MemoryArticles(self.articles), embedder=encoder())
        self.drafter = OfflineDrafter(answer_from=1e-9)

    def ranked(self, row: Row) -> list[str]:
        """Slugs, the best first."""
        hits = self.retriever.search(row["question"], spoken(row), DEEP)
        return list(dict.fromkeys(self.slugs[hit.span.article_id] for hit in hits))

    def answered(self, row: Row) -> tuple[float, str | None]:
        """How sure of what the engine would quote, and its slug; None where it quotes nothing at any threshold."""
        hits = self.retriever.search(row["question"], spoken(row), 8)
        draft = self.drafter.draft(Question(row["question"], spoken(row)), hits, 1.0)
        if not draft.citations:
            return 0.0, None
        return draft.confidence, self.slugs[draft.citations[0].article_id]


def spoken(row: Row) -> Language:
    """The row's language."""
    return cast(Language, row["language"])


def wanted(row: Row) -> set[str]:
    """The slugs that answer."""
    return {row["slug"], *row.get("also", [])} - {None}


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows under one name."""

    name: str
    rows: list[Row]


def slices(rows: Iterable[Row], by: str) -> list[Slice]:
    """By a field and the language, then by the language."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(f"{row['language']} {row[by]}" if by in row else str(row["language"]), []).append(row)
    return [Slice(name, found[name]) for name in sorted(found)]


def retrieval(rows: list[Row], folder: Path = COMPANY) -> Iterator[Line]:
    """Recall and mean reciprocal rank of articles, in one knowledge base of both languages."""
    library = Library(folder)
    asked = [row for row in rows if wanted(row)]
    crossed = [row for row in asked if row.get("kind") == "cross_language"]
    same = [row for row in asked if row.get("kind") not in ("cross_language", "traditional")]
    groups = [Slice(f"{one.name} cross-language", one.rows) for one in slices(crossed, "-")]
    groups += [Slice(f"{one.name} same language", one.rows) for one in slices(same, "-")]
    groups += slices((row for row in asked if "kind" in row), "kind")
    for group in groups:
        ranks = [rank(library.ranked(row), wanted(row)) for row in group.rows]
        yield "recall@1", group.name, share([at == 1 for at in ranks])
        yield "recall@5", group.name, share([0 < at <= 5 for at in ranks])
        yield "MRR", group.name, mean([1 / at if at else 0.0 for at in ranks])


def rank(found: list[str], right: set[str]) -> int:
    """The place of the first right one, from 1; 0 when there is none."""
    return next((at for at, slug in enumerate(found, 1) if slug in right), 0)


def answers(rows: list[Row], folder: Path = COMPANY) -> Iterator[Line]:
    """Given answers: how often right, of how many questions, at the shipped threshold and at one chosen on `dev`."""
    library = Library(folder)
    judged = [(row, *library.answered(row)) for row in rows if row.get("kind") != "traditional"]
    right = [(row, sure, slug is not None and slug in wanted(row)) for row, sure, slug in judged]
    dev = [(sure, held) for row, sure, held in right if row.get("split") == "dev"]
    chosen = threshold_for(PRECISION, dev or [(sure, held) for _, sure, held in right])
    yield f"threshold for precision {PRECISION}", "dev" if dev else "all", mean([chosen])
    for name, bar in (("shipped", ANSWER_FROM), (f"chosen on dev for precision {PRECISION}", chosen)):
        for group in ("dev", "held_out", None):
            some = [one for one in right if group in (None, one[0].get("split"))]
            if not some or (group is None and dev):
                continue
            where = f"{group or 'all'}, threshold {name}"
            can = [one for one in some if wanted(one[0])]
            cannot = [one for one in some if not wanted(one[0])]
            yield "precision of given answers", where, share([held for _, sure, held in some if sure >= bar])
            yield "coverage of answerable questions", where, share([sure >= bar for _, sure, _ in can])
            yield "unanswerable not answered", where, share([sure < bar for _, sure, _ in cannot])
            error = calibration_error([(sure, held) for _, sure, held in some])
            yield "calibration error", where, Figure(len(some), error, error, error)


def labels(task: Task, rows: list[Row]) -> Iterator[Line]:
    """Accuracy and macro-F1 of a label, by language and by slice, with what always saying the commonest would get."""
    classifier = OfflineClassifier()

    def judged(some: list[Row]) -> list[tuple[str, str]]:
        return [(row.get("label") or row[task], classifier.classify(task, row["text"]).label) for row in some]

    halves = [Slice(f"{row} ", some) for row, some in _by(rows, "split").items()]
    for half in halves:
        for group in slices(half.rows, "-"):
            pairs = judged(group.rows)
            yield "accuracy", half.name + group.name, accuracy(pairs)
            yield "macro-F1", half.name + group.name, macro_f1(pairs)
            base = majority(pairs)
            yield "accuracy of the commonest label", half.name + group.name, Figure(len(pairs), base, base, base)
            yield from _compared(task, group, half.name)
    for group in slices((row for row in rows if "slice" in row), "slice"):
        yield "accuracy", group.name, accuracy(judged(group.rows))


def _compared(task: Task, group: Slice, half: str) -> Iterator[Line]:
    if task != "sentiment":
        return
    said = [(row.get("label") or row[task], baselines.sentiment(row)) for row in group.rows]
    pairs = [(label, judged) for label, judged in said if judged is not None]
    if pairs:
        yield f"accuracy of {baselines.NAMES[group.name]}", half + group.name, accuracy(pairs)


def _by(rows: list[Row], field: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.get(field, "all")), []).append(row)
    return found
