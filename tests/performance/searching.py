"""Searches knowledge bases of growing size: `python -m tests.performance.searching [SIZE …]`.

Building and searching are processes of their own, so that the memory told is that of a process that only searches.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from local.demo.read_articles import article_id, read_articles
from shared.knowledge.models import Article
from tests.performance.report import Figure

ROOT = Path(__file__).parents[2]
COMPANY = ROOT / "tests/evaluation/company"
QUESTIONS = ROOT / "tests/evaluation/golden/questions.jsonl"
SIZES = (100, 1_000, 10_000)
PARAGRAPHS = 6
ASKED = 400


def an_article(number: int, pattern: Article, pool: dict[str, list[str]]) -> Article:
    """Paragraphs of the golden company in a new order, with names that stand in this article only."""
    chance = random.Random(number)
    language = ("zh", "en")[number % 2]
    name = "".join(chance.choices("bcdfgklmnprstvz", k=3)) + str(number)
    body = "\n\n".join(f"## {name} {at}\n\n{chance.choice(pool[language])}" for at in range(PARAGRAPHS))
    title = f"{name}: {chance.choice(pool[language])[:24]}".replace("\n", " ")
    slug = f"a{number}"
    return replace(pattern, id=article_id(slug, language), slug=slug, language=language, title=title, body=body)


def build(size: int, path: Path) -> None:
    """Write an index file; tells the CPU seconds it took on the last line."""
    from shared.adapters.offline.index_file import index_bytes
    from shared.adapters.offline.parts import build_parts
    from shared.adapters.use.encoder import UseEmbedder

    pool: dict[str, list[str]] = {"zh": [], "en": []}
    read = read_articles(COMPANY)
    for article in read:
        pool[article.language] += [part for part in article.body.split("\n\n") if not part.startswith("#")]
    articles = [an_article(number, read[0], pool) for number in range(size)]
    embedder = UseEmbedder(None)
    embedder.embed(["x"])
    started = time.process_time()
    path.write_bytes(index_bytes(build_parts(articles, embedder)))
    print(json.dumps({"seconds": time.process_time() - started, "megabytes": path.stat().st_size / 1e6}))


def search(path: Path, encoder: Path) -> None:
    """Ask; tells milliseconds of CPU and the most memory held on the last line."""
    from shared.adapters.offline.index import SpanIndex
    from shared.adapters.offline.index_file import map_index
    from shared.adapters.use.encoder import UseEmbedder

    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()][:ASKED]
    index = SpanIndex(map_index(path), UseEmbedder(encoder))
    index.search("x y", "en", 8)
    took = []
    for row in rows:
        started = time.process_time()
        index.search(row["question"], row["language"], 8)
        took.append((time.process_time() - started) * 1000)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"p50": statistics.median(took), "p99": statistics.quantiles(took, n=100)[98], "megabytes": held}))


def figures(sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Growth from the least to the most articles."""
    with tempfile.TemporaryDirectory() as folder:
        encoder = Path(folder) / "encoder"
        _child("bake", str(encoder))
        for size in sizes:
            path = Path(folder) / str(size)
            made = _child("build", str(size), str(path))
            asked = _child("search", str(path), str(encoder))
            name = f"{size:,} articles"
            yield Figure(f"index of {name}: building", "CPU ms an article", 1000 * made["seconds"] / size)
            yield Figure(f"index of {name}: file", "MB", made["megabytes"])
            yield Figure(f"search of {name}: median", "CPU ms", asked["p50"])
            yield Figure(f"search of {name}: 99 of 100", "CPU ms", asked["p99"], budget="≤ 20")
            yield Figure(f"search of {name}: memory of the process", "MB", asked["megabytes"], budget="≤ 300")


def _child(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.performance.searching", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={"OPENBLAS_NUM_THREADS": "1"}, capture_output=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    return figures


def main(arguments: list[str]) -> None:
    """A child's work, or the table."""
    match arguments:
        case ["bake", folder]:
            from shared.adapters.use.baking import bake

            bake(Path(folder))
        case ["build", size, path]:
            build(int(size), Path(path))
        case ["search", path, encoder]:
            search(Path(path), Path(encoder))
        case _:
            for figure in figures(tuple(int(size) for size in arguments) or SIZES):
                print(figure.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
