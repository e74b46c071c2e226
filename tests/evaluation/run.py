"""`make eval` evaluates the assistant and writes docs/evaluation.md; with TASK and DATA it scores a file of yours."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.encoding import encoder
from tests.evaluation.few_shot import few_shot
from tests.evaluation.tasks import COMPANY, HERE, LABELLED, Line, Row, answers, labels, retrieval

REPORT = HERE.parents[1] / "docs" / "evaluation.md"
FIGURES = HERE / "figures.json"
QUESTIONS, MESSAGES = HERE / "golden" / "questions.jsonl", HERE / "golden" / "messages.jsonl"
NEEDED = {"retrieval": ("question", "language", "slug"), "answers": ("question", "language", "slug")}
TASKS = {
    "retrieval": "Finding the article",
    "answers": "Answering",
    "sentiment": "Sentiment",
    "intent": "Intent",
    "language": "Language",
}
HEAD = """# Evaluation

Written by `make eval` over the golden set (tests/evaluation/golden/README.md); no figure here was typed by hand.
Intervals are 95 % bootstrap intervals of 1,000 resamples. `dev` was looked at while engines and thresholds were chosen,
`held_out` was only measured. Traditional twins are told by themselves and are in no total. The offline engine is
measured, without a model.
"""


class Refused(Exception):
    """The data cannot be scored; the message says why."""


def read_rows(file: Path, task: str) -> list[Row]:
    """One JSON object a line, with the fields the task needs; Refused tells the line."""
    needed = NEEDED.get(task, ("text", "language"))
    rows: list[Row] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Refused(f"{file}:{number} is not JSON") from error
        missing = [name for name in needed if name not in row] if isinstance(row, dict) else list(needed)
        if task in LABELLED and not missing and not (row.get("label") or row.get(task)):
            missing = ["label"]
        if missing:
            raise Refused(f"{file}:{number} lacks {', '.join(missing)}")
        if row["language"] not in ("zh", "en"):
            raise Refused(f"{file}:{number} has a language that is neither zh nor en")
        rows.append(row)
    if not rows:
        raise Refused(f"{file} has no rows")
    return rows


def measured(task: str, rows: list[Row], folder: Path = COMPANY) -> Iterator[Line]:
    """The task's figures."""
    if task == "retrieval":
        return retrieval(rows, folder)
    if task == "answers":
        return answers(rows, folder)
    if any(row.get("split") == "train" for row in rows):
        return few_shot([{**row, "label": row.get("label") or row[task]} for row in rows], encoder())
    return labels(next(name for name in LABELLED if name == task), rows)  # type: ignore[arg-type]


def table(lines: list[Line]) -> str:
    """As Markdown."""
    rows = [f"| {name} | {where} | {figure.n} | {figure.text()} |" for name, where, figure in lines]
    return "\n".join(["| measure | rows | n | value (95 %) |", "|---|---|---|---|", *rows])


def golden_lines() -> dict[str, list[Line]]:
    """Every task over the golden set."""
    files = {task: QUESTIONS if task in NEEDED else MESSAGES for task in TASKS}
    return {task: list(measured(task, _golden(task, file))) for task, file in files.items()}


def _golden(task: str, file: Path) -> list[Row]:
    rows = read_rows(file, "retrieval" if task in NEEDED else "sentiment")
    return [{**row, "label": row["language"]} for row in rows] if task == "language" else rows


def report() -> None:
    """Write docs/evaluation.md and the figures a test holds the engine to."""
    found = golden_lines()
    parts = [HEAD, *(f"## {title}\n\n{table(found[task])}\n" for task, title in TASKS.items())]
    kept = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    by_hand = kept[kept.index("## Attacks") :] if "## Attacks" in kept else ""
    REPORT.write_text("\n".join([*parts, by_hand]).rstrip() + "\n", encoding="utf-8")
    told = {task: {f"{name} | {where}": [f.n, f.value, f.low] for name, where, f in found[task]} for task in TASKS}
    FIGURES.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{REPORT.relative_to(REPORT.parents[1])} written")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0, or 2 for data that cannot be scored."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.run", description=__doc__)
    parser.add_argument("--task", choices=[*NEEDED, *LABELLED])
    parser.add_argument("--data", type=Path)
    parser.add_argument(
        "--articles", type=Path, default=COMPANY, help="folder with index.json, for retrieval and answers"
    )
    given = parser.parse_args(arguments)
    if (given.task is None) != (given.data is None):
        parser.error("--task and --data go together")
    if given.task is None:
        report()
        return 0
    try:
        print(table(list(measured(given.task, read_rows(given.data, given.task), given.articles))))
    except (OSError, Refused) as refused:
        print(f"cannot score: {refused}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
