"""The `Drafter` port without a model: quotes articles, asks once, or hands over; it never words a fact itself."""

import re
from dataclasses import replace

from shared.adapters.offline import ENGINE
from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.replies import REPLIES, say
from shared.assistant.models import Citation, Decision, Draft, Hit, Judgement, Part, Question, Utterance
from shared.assistant.ports import Classifier
from shared.kernel.texts import Language
from shared.knowledge.models import Span

ANSWER_FROM = 0.7
"""Least probability of a span that is quoted as the answer, read off the risk–coverage figures of tests/evaluation."""
ASK_FROM = 0.25
"""Least probability of a span worth asking about."""
UPSET_FROM = 0.9
"""Least probability of a negative feeling at which quoting an article would only make it worse."""
COMPLAINT_FROM = 0.7
"""The same for messages that are complaints."""
MOST_SPANS = 3
NEAR_THE_BEST = 0.95
"""Share of the best probability that lets another span of the same article be quoted with it."""
_TAG = re.compile(r"<[a-zA-Z/!?]")


class OfflineDrafter:
    """Deterministic drafts; the thresholds are the team's. Takes no time worth a deadline, never raises."""

    def __init__(
        self, answer_from: float = ANSWER_FROM, ask_from: float = ASK_FROM, classifier: Classifier | None = None
    ) -> None:
        self._answer_from = answer_from
        self._ask_from = ask_from
        self._classifier = classifier or OfflineClassifier()

    def draft(self, question: Question, evidence: list[Hit], deadline: float) -> Draft:
        """What to say; confidence is the best span's probability, or the label's where a label decided."""
        intent = question.intent or self._classifier.classify("intent", question.text)
        feeling = question.sentiment or self._classifier.classify("sentiment", question.text)
        # Articles are the team's Markdown; a span with raw HTML is not passed on to customers.
        hits = sorted((hit for hit in evidence if not _TAG.search(hit.span.text)), key=lambda hit: -hit.score)
        best = hits[0].score if hits else 0.0
        if intent.label == "ask_person":
            return _plain("hand_over", "asked_for_person", question.language, intent.confidence)
        if _upset(intent, feeling):
            return _plain("hand_over", "upset", question.language, feeling.confidence)
        if best >= self._answer_from:
            return _answer(question.language, hits)
        if intent.label in ("greeting", "thanks"):
            return replace(_plain("answer", intent.label, question.language, intent.confidence), reason="answered")
        if best >= self._ask_from and not _asked_before(question.history):
            return _ask(question.language, [hit for hit in hits if hit.score >= self._ask_from / 2])
        return _plain("hand_over", "no_article", question.language, best)


def cite(span: Span) -> Citation:
    """The citation that quotes the whole span."""
    return Citation(
        article_id=span.article_id,
        article_version=span.article_version,
        title=span.title,
        quote=span.text,
        start=span.start,
        end=span.end,
        hash=span.hash,
    )


def _upset(intent: Judgement, feeling: Judgement) -> bool:
    least = COMPLAINT_FROM if intent.label == "complaint" else UPSET_FROM
    return feeling.label == "negative" and feeling.confidence >= least


def _plain(decision: Decision, key: str, language: Language, confidence: float) -> Draft:
    return Draft(decision, (Part(say(key, language)),), confidence, key, ENGINE)


def _answer(language: Language, hits: list[Hit]) -> Draft:
    best = hits[0]
    near = [
        hit.span
        for hit in hits
        if hit.span.article_id == best.span.article_id and hit.score >= best.score * NEAR_THE_BEST
    ]
    quoted = sorted(near[:MOST_SPANS], key=lambda span: span.start)
    intro = "intro" if best.span.language == language else "intro_foreign"
    parts = (Part(say(intro, language)), *(Part(span.text, (cite(span),)) for span in quoted))
    return Draft("answer", parts, best.score, "answered", ENGINE)


def _ask(language: Language, hits: list[Hit]) -> Draft:
    titles = list(dict.fromkeys(hit.span.title for hit in hits))[:MOST_SPANS]
    listed = "\n".join(f"- {title}" for title in titles)
    text = f"{say('clarify', language)}\n\n{listed}\n\n{say('clarify_else', language)}"
    return Draft("ask", (Part(text),), hits[0].score, "unclear", ENGINE)


def _asked_before(history: tuple[Utterance, ...]) -> bool:
    """Whether the assistant's last word was a clarifying question; a second one would only annoy."""
    last = next((said.text for said in reversed(history) if said.speaker == "assistant"), "")
    return last.startswith(tuple(REPLIES["clarify"].values()))
