"""The engine costs little: numpy at most, nothing read at import, no input that makes it crawl."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from shared.adapters.offline.classifier import OfflineClassifier
from shared.assistant.models import Task
from tests.unit.offline.builders import INVOICES_EN, REFUNDS_EN, a_retriever

ROOT = Path(__file__).parents[3]
TASKS: tuple[Task, ...] = ("sentiment", "intent", "language", "category", "priority")

# -I and -S leave no third-party package to import.
ALONE = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from shared.adapters.offline import classifier, drafter, labels, sentiment, terms
print(sum(table.cache_info().currsize for table in (labels._table, sentiment._table, terms._table)))
"""
SEARCHING = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from shared.adapters.offline import copilot, retriever
ours = {{path for path in sys.modules.values() if "site-packages" in str(getattr(path, "__file__", ""))}}
print(*sorted({{module.__name__.partition(".")[0] for module in ours}}))
"""


def test_importing_the_engine_needs_the_standard_library_only_and_reads_no_list() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_searching_needs_numpy_and_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", SEARCHING], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["numpy"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "1" * 50_000,
        "order " * 9_000,
        "a@" * 25_000,
        "a.a@" * 12_000,
        "退" * 50_000,
        "#" * 50_000,
        "$1," * 17_000,
    ],
    ids=lambda text: text[:6],
)
def test_no_long_text_takes_long(text: str) -> None:
    classifier, retriever = OfflineClassifier(), a_retriever(REFUNDS_EN, INVOICES_EN)
    retriever.search("warm", "en", 5)
    started = time.process_time()
    for task in TASKS:
        classifier.classify(task, text)
    classifier.entities(text)
    retriever.search(text, "en", 5)
    assert time.process_time() - started < 1.0
