"""Drafts quote, ask once or hand over; they never state a fact of their own."""

import pytest

from shared.adapters.offline import ENGINE
from shared.adapters.offline.drafter import OfflineDrafter
from shared.adapters.offline.replies import REPLIES, say
from shared.assistant.models import Draft, Hit, Utterance
from shared.kernel.texts import Language
from shared.knowledge.models import Article
from shared.knowledge.spans import split_spans
from tests.contract.articles_contract import an_article
from tests.unit.offline.builders import INVOICES_EN, REFUNDS_EN, REFUNDS_ZH, a_hit, a_question


def draft(text: str, *hits: Hit, language: Language = "en", **fields: object) -> Draft:
    return OfflineDrafter().draft(a_question(text, language, **fields), list(hits), 1.0)


def test_a_sure_hit_is_quoted_word_for_word() -> None:
    answer = draft("Can I get a refund?", a_hit(score=0.9))
    assert (answer.decision, answer.reason, answer.engine) == ("answer", "answered", ENGINE)
    assert answer.confidence == 0.9
    citation = answer.citations[0]
    assert REFUNDS_EN.body.encode()[citation.start : citation.end].decode() == citation.quote
    assert answer.parts[1].text == citation.quote


def test_only_quoted_parts_state_facts() -> None:
    answer = draft("Can I get a refund?", a_hit())
    own_words = {text for sentence in REPLIES.values() for text in sentence.values()}
    assert all(part.citations or part.text in own_words for part in answer.parts)


@pytest.mark.parametrize(("language", "article"), [("en", REFUNDS_ZH), ("zh", REFUNDS_EN)])
def test_an_article_in_the_other_language_is_quoted_as_it_is_and_said_so(language: Language, article: Article) -> None:
    answer = draft("refund 退款", a_hit(article), language=language)
    assert answer.parts[0].text == say("intro_foreign", language)
    assert answer.citations


def test_at_most_three_spans_of_one_article_are_quoted_in_its_order() -> None:
    paragraph = (
        "A paragraph that is long enough to be a span of its own, for it has a good many words in it, number {}."
    )
    article = an_article(body="\n\n".join(paragraph.format(number) for number in range(5)))
    hits = [Hit(span, 0.9) for span in reversed(split_spans(article))]
    answer = draft("a paragraph?", *hits, a_hit(INVOICES_EN, 0.9))
    starts = [citation.start for citation in answer.citations]
    assert len(starts) == 3
    assert starts == sorted(starts)
    assert {citation.article_id for citation in answer.citations} == {article.id}


def test_middling_evidence_asks_which_article_is_meant() -> None:
    question = draft("billing?", a_hit(INVOICES_EN, 0.4), a_hit(REFUNDS_EN, 0.35))
    assert (question.decision, question.reason) == ("ask", "unclear")
    assert "- Invoices\n- Refund policy" in question.text
    assert not question.citations


def test_it_asks_only_once() -> None:
    asked = draft("billing?", a_hit(score=0.4)).text
    again = draft("billing?", a_hit(score=0.4), history=(Utterance("assistant", asked), Utterance("customer", "hm")))
    assert (again.decision, again.reason) == ("hand_over", "no_article")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_evidence_it_hands_over_in_the_customers_language(language: Language) -> None:
    refused = draft("bananas 香蕉", language=language)
    assert (refused.decision, refused.reason) == ("hand_over", "no_article")
    assert refused.text == say("no_article", language)


@pytest.mark.parametrize("text", ["I want to talk to a human", "转人工"])
def test_who_asks_for_a_person_gets_one_whatever_was_found(text: str) -> None:
    passed = draft(text, a_hit(score=0.99))
    assert (passed.decision, passed.reason) == ("hand_over", "asked_for_person")


@pytest.mark.parametrize("text", ["This is outrageous, I am furious about my refund!!", "垃圾公司，骗子，气死我了"])
def test_an_upset_customer_is_handed_over(text: str) -> None:
    assert draft(text, a_hit(score=0.99)).reason == "upset"


@pytest.mark.parametrize("text", ["hello", "你好", "谢谢"])
def test_small_talk_is_answered_without_facts(text: str) -> None:
    answer = draft(text)
    assert (answer.decision, answer.reason) == ("answer", "answered")
    assert not answer.citations


def test_a_span_with_html_is_never_quoted() -> None:
    article = an_article(body="Get a refund <script>alert(1)</script> here.\n")
    assert draft("refund?", a_hit(article, 0.99)).decision == "hand_over"


def test_the_teams_thresholds_are_kept() -> None:
    strict = OfflineDrafter(answer_from=0.95, ask_from=0.92)
    assert strict.draft(a_question(), [a_hit(score=0.9)], 1.0).decision == "hand_over"
