"""Judges a draft against its evidence, in code, before anyone sees it: what fails is cut or handed over."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from shared.assistant.courtesy import claim, sentences
from shared.assistant.decide import hand_over
from shared.assistant.figures import figures
from shared.assistant.lexical import language, supported, turned_around
from shared.assistant.models import Citation, Draft, Hit, Part, Question
from shared.assistant.promises import promises
from shared.assistant.secrecy import asks_for_secret, tells_instructions
from shared.assistant.strangers import foreign_letters, spelled_out, strange_words
from shared.assistant.surface import addresses, allowed, emails, has_hidden, has_markup
from shared.knowledge.models import Span

_YOURS = re.compile(r"\b(?:you|your|yours)\b|[您你]|订单|工单")
CHECKS = ("characters", "scripts", "markup", "links", "secrets", "promises", "instructions", "cited", "figures",
          "strange", "grounded")  # fmt: skip
"""In the order they are applied; a part falls to the first it fails."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check over a whole draft."""

    check: str
    ok: bool
    note: str = ""
    """Which parts failed, by number; never their words."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The draft that may go on and why."""

    draft: Draft
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A part with what it may rest on."""

    part: Part
    spans: tuple[Span, ...]
    titles: tuple[str, ...]
    asked: str
    shown: str
    """Everything the engine was shown that may be told: the evidence and what the customer wrote."""
    hosts: Set[str]

    @property
    def source(self) -> str:
        return _told(self.spans)

    @property
    def stated(self) -> list[str]:
        """The sentences that make a claim; a line that only names a retrieved article makes none."""
        lines = self.part.text.splitlines()
        text = "\n".join(line for line in lines if line.strip(" -*•") not in self.titles)
        return [sentence for sentence in sentences(text) if claim(sentence, self.asked)]


def check(draft: Draft, evidence: list[Hit], question: Question, allowed_hosts: Set[str] = frozenset()) -> Checked:
    """The draft without the parts that fail, and one verdict a check.

    A hand-over keeps none of the engine's words. An answer that stated something and lost all of it becomes a hand-over
    with reason `check_failed`, and so does a draft that lost every part; courtesy alone passes.
    """
    if draft.decision == "hand_over":
        return Checked(hand_over(draft, draft.reason, question), ())
    asked = "\n".join([question.subject, question.text, *(u.text for u in question.history if u.speaker == "customer")])
    shown = f"{_told(hit.span for hit in evidence)}\n{asked}"
    cases = [_case(part, evidence, asked, shown, allowed_hosts) for part in draft.parts]
    failed = [_failure(case) for case in cases]
    verdicts = tuple(_verdict(name, failed) for name in CHECKS)
    kept = [case for case, failure in zip(cases, failed, strict=True) if failure is None]
    lost_all = any(failed) and not any(case.stated or case.part.citations for case in kept)
    if not kept or (lost_all and draft.decision == "answer"):
        return Checked(hand_over(draft, "check_failed", question), verdicts)
    return Checked(replace(draft, parts=tuple(case.part for case in kept)), verdicts)


def _case(part: Part, evidence: list[Hit], asked: str, shown: str, hosts: Set[str]) -> _Case:
    held = {citation: span for citation in part.citations if (span := _span(citation, evidence)) is not None}
    spans = tuple(dict.fromkeys(held.values()))
    titles = tuple(dict.fromkeys(hit.span.title for hit in evidence if hit.span.title))
    return _Case(replace(part, citations=tuple(held)), spans, titles, asked, shown, hosts)


def _span(citation: Citation, evidence: list[Hit]) -> Span | None:
    """The retrieved span that holds the citation's quote at its byte range."""
    for hit in evidence:
        span = hit.span
        same = (span.article_id, span.article_version) == (citation.article_id, citation.article_version)
        if same and span.start <= citation.start < citation.end <= span.end:
            held = span.text.encode()[citation.start - span.start : citation.end - span.start]
            if held == citation.quote.encode():
                return span
    return None


def _failure(case: _Case) -> str | None:
    """The first check the part fails."""
    text = case.part.text
    tests = {
        "characters": lambda: not has_hidden(text),
        "scripts": lambda: not (foreign_letters(text, case.shown) or spelled_out(text, case.shown)),
        "markup": lambda: not has_markup(text),
        "links": lambda: _links_allowed(case),
        "secrets": lambda: not any(asks_for_secret(sentence) for sentence in sentences(text)),
        "promises": lambda: not any(promises(sentence, case.source) for sentence in sentences(text)),
        "instructions": lambda: not tells_instructions(text, case.shown),
        "cited": lambda: bool(case.part.citations) or not case.stated,
        "figures": lambda: _figures_known(case),
        "strange": lambda: not strange_words(text, case.shown),
        "grounded": lambda: _grounded(case),
    }
    return next((name for name in CHECKS if not tests[name]()), None)


def _links_allowed(case: _Case) -> bool:
    known = f"{case.source}\n{case.asked}"
    places, people = set(addresses(known)), set(emails(known))
    return all(allowed(place, case.hosts) and place in places for place in addresses(case.part.text)) and all(
        person in people for person in emails(case.part.text)
    )


def _figures_known(case: _Case) -> bool:
    """Figures stand in the source; the customer's own may be repeated to them, but not said of the world at large."""
    said = figures(case.part.text) - figures(case.source)
    if not said <= figures(case.asked):
        return False
    # A sentence alone may begin with the number of a step, which is no figure of the part.
    return all(
        _YOURS.search(sentence.lower()) or all(_of_a_case(figure) for figure in figures(sentence) & said)
        for sentence in case.stated
    )


def _of_a_case(figure: str) -> bool:
    """An amount or a long number belongs to one case; a short one may be a rule."""
    return len(figure) > 4 or figure[0] in "$¥€£"


def _grounded(case: _Case) -> bool:
    """Every statement shares its words with the cited spans of its own language; other languages cannot be compared."""
    tongue = language(case.part.text)
    if all(language(span.text) != tongue for span in case.spans):
        return True
    return all(
        supported(sentence, case.source, case.asked) and not turned_around(sentence, case.source)
        for sentence in case.stated
    )


def _told(spans: Iterable[Span]) -> str:
    return "\n".join("\n".join((span.title, *span.headings, span.text)) for span in spans)


def _verdict(name: str, failed: list[str | None]) -> Verdict:
    numbers = [str(number) for number, failure in enumerate(failed, 1) if failure == name]
    return Verdict(name, not numbers, f"parts {', '.join(numbers)}" if numbers else "")
