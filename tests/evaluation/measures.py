"""Measures the built-in engine on the golden questions: `python -m tests.evaluation.measures` prints the figures."""

import time
from collections.abc import Iterator

from local.demo.read_articles import read_articles
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.drafter import OfflineDrafter
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Hit, Question
from shared.assistant.ports import Retriever
from shared.kernel.texts import Language
from shared.knowledge.models import Article
from tests.encoding import encoder
from tests.evaluation.golden import Golden, golden, labelled

Figures = dict[str, tuple[int, int]]
"""A measure's name, how often it held, and of how many."""

ARTICLES = read_articles()
SLUGS = {article.id: article.slug for article in ARTICLES}


def retriever_over(articles: list[Article]) -> Retriever:
    """The built-in retriever over these articles."""
    return OfflineRetriever(MemoryArticles(articles), embedder=encoder())


def measure(language: Language, split: str) -> Figures:
    """Every figure of one language and half."""
    asked = [question for question in golden() if (question.language, question.split) == (language, split)]
    figures: Figures = {}
    for name, held in [*_retrieval(asked), *_decisions(asked), *_withheld(asked), *_labels(language, split)]:
        hits, total = figures.get(name, (0, 0))
        figures[name] = (hits + held, total + 1)
    return figures


def _slugs(hits: list[Hit]) -> list[str]:
    return list(dict.fromkeys(SLUGS[hit.span.article_id] for hit in hits))


def _retrieval(asked: list[Golden]) -> Iterator[tuple[str, bool]]:
    everything = retriever_over(ARTICLES)
    foreign: dict[str, Retriever] = {
        language: retriever_over([article for article in ARTICLES if article.language != language])
        for language in ("zh", "en")
    }
    for question in asked:
        if question.slug:
            found = _slugs(everything.search(question.question, question.language, 8))
            yield "recall@1", found[:1] == [question.slug]
            yield "recall@3", question.slug in found[:3]
            across = _slugs(foreign[question.language].search(question.question, question.language, 8))
            yield "cross-language recall@1", across[:1] == [question.slug]


def _decisions(asked: list[Golden]) -> Iterator[tuple[str, bool]]:
    retriever, drafter = retriever_over(ARTICLES), OfflineDrafter()
    for question in asked:
        hits = retriever.search(question.question, question.language, 8)
        draft = drafter.draft(Question(question.question, question.language), hits, 1.0)
        answered = draft.decision == "answer" and bool(draft.citations)
        if question.slug is None:
            yield "unanswerable not answered", not answered
            continue
        yield "answerable answered", answered
        yield "answerable answered or asked", draft.decision != "hand_over"
        if answered:
            yield "answers from the right article", SLUGS[draft.citations[0].article_id] == question.slug


def _withheld(asked: list[Golden]) -> Iterator[tuple[str, bool]]:
    """The hardest unanswerable questions: those whose article has been taken away."""
    drafter = OfflineDrafter()
    for slug in sorted({question.slug for question in asked if question.slug}):
        rest = retriever_over([article for article in ARTICLES if article.slug != slug])
        for question in asked:
            if question.slug == slug:
                hits = rest.search(question.question, question.language, 8)
                draft = drafter.draft(Question(question.question, question.language), hits, 1.0)
                yield "withheld article not answered", not draft.citations


def _labels(language: Language, split: str) -> Iterator[tuple[str, bool]]:
    classifier = OfflineClassifier()
    for message in labelled():
        if (message.language, message.split) == (language, split):
            yield "sentiment", classifier.classify("sentiment", message.text).label == message.sentiment
            yield "intent", classifier.classify("intent", message.text).label == message.intent
            yield "language", classifier.classify("language", message.text).label == language


def table(figures: Figures) -> str:
    """One line a measure."""
    return "\n".join(f"  {name:32} {held:3}/{total:<3} {held / total:.2f}" for name, (held, total) in figures.items())


def timings() -> dict[str, float]:
    """Milliseconds of CPU a call, over every golden question; the index's building apart."""
    started = time.process_time()
    retriever = retriever_over(ARTICLES)
    retriever.search("x", "en", 1)
    took = {"build index": (time.process_time() - started) * 1000}
    questions, classifier, drafter = golden(), OfflineClassifier(), OfflineDrafter()
    classifier.classify("intent", "x")
    found: list[list[Hit]] = []
    started = time.process_time()
    for question in questions:
        found.append(retriever.search(question.question, question.language, 8))
    took["search"] = (time.process_time() - started) * 1000 / len(questions)
    started = time.process_time()
    for question in questions:
        classifier.classify("sentiment", question.question)
        classifier.classify("intent", question.question)
    took["classify"] = (time.process_time() - started) * 1000 / len(questions) / 2
    started = time.process_time()
    for question, hits in zip(questions, found, strict=True):
        drafter.draft(Question(question.question, question.language), hits, 1.0)
    took["draft"] = (time.process_time() - started) * 1000 / len(questions)
    return took


if __name__ == "__main__":
    for half in ("dev", "held_out"):
        for tongue in ("en", "zh"):
            print(f"{half} {tongue}\n{table(measure(tongue, half))}")
    print({name: round(value, 3) for name, value in timings().items()})
