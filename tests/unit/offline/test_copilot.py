"""Help for agents: quotes, drafts, rules, excerpts and like tickets."""

import pytest

from shared.adapters.offline.copilot import OfflineCopilot
from shared.assistant.models import Hit, PastTicket, Suggestion, SuggestionType, Utterance
from shared.kernel.texts import Language
from tests.unit.offline.builders import INVOICES_EN, REFUNDS_EN, a_hit, a_question

PAST = [
    PastTicket("tkt_1", "发票抬头写错", "客户的发票抬头写错了，已红冲重开。"),
    PastTicket("tkt_2", "Card declined", "The card was declined because foreign payments were off."),
    PastTicket("tkt_3", "App does not start", "Black window after the update; the graphics driver was old."),
]


def suggest(
    type: SuggestionType,
    text: str = "Can I get a refund?",
    language: Language = "en",
    conversation: tuple[Utterance, ...] = (),
    evidence: tuple[Hit, ...] = (),
    subject: str = "",
) -> list[Suggestion]:
    question = a_question(text, language, subject=subject)
    return OfflineCopilot().suggest(type, question, list(conversation), list(evidence), PAST, 1.0)


def test_solutions_are_quotes_one_an_article() -> None:
    found = suggest("solution", evidence=(a_hit(REFUNDS_EN, 0.9), a_hit(REFUNDS_EN, 0.8), a_hit(INVOICES_EN, 0.4)))
    assert [suggestion.citations[0].title for suggestion in found] == ["Refund policy", "Invoices"]
    assert [suggestion.confidence for suggestion in found] == [0.9, 0.4]


def test_weak_evidence_is_no_solution() -> None:
    assert suggest("solution", evidence=(a_hit(score=0.05),)) == []


def test_a_reply_with_evidence_quotes_it() -> None:
    (reply,) = suggest("reply", evidence=(a_hit(),))
    assert reply.citations[0].quote in reply.text


def test_a_reply_without_evidence_asks_for_what_is_missing() -> None:
    (reply,) = suggest("reply", "我的快递到哪里了", "zh")
    assert "订单号" in reply.text
    (known,) = suggest("reply", "我的快递到哪里了，订单号 LN20240501", "zh")
    assert "订单号" not in known.text


def test_a_reply_to_an_angry_customer_begins_with_an_apology() -> None:
    (reply,) = suggest("reply", "Your service is terrible and useless")
    assert reply.text.startswith("I am sorry")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("转人工", "zh", "认领工单"),
        ("I want a refund for order LN20240501", "en", "refund conditions"),
        ("I want a refund", "en", "order number"),
        ("This is terrible, you are liars", "en", "apologise"),
        ("谢谢，解决了", "zh", "已解决"),
    ],
)
def test_the_next_action_follows_the_matter(text: str, language: Language, words: str) -> None:
    assert words in suggest("next_action", text, language)[0].text


def test_after_our_answer_the_next_action_is_to_wait() -> None:
    said = (Utterance("customer", "I want a refund"), Utterance("agent", "Done."))
    assert "pending" in suggest("next_action", conversation=said)[0].text


def test_a_summary_tells_problem_last_word_and_language() -> None:
    said = (
        Utterance("customer", "你好。系统升级以后无法正常启动，一直黑屏。谢谢。"),
        Utterance("agent", "请更新显卡驱动。"),
        Utterance("customer", "更新了还是不行"),
    )
    (summary,) = suggest("summary", "更新了还是不行", "zh", said, subject="技术支持请求")
    assert summary.text == (
        "问题：技术支持请求 – 系统升级以后无法正常启动，一直黑屏。\n客户最后说：更新了还是不行\n对话语言：中文"
    )


@pytest.mark.parametrize(
    ("text", "language", "ticket"),
    [
        ("开的发票抬头有误", "zh", "tkt_1"),
        ("the program will not launch", "en", "tkt_3"),
        ("信用卡付款失败", "zh", "tkt_2"),
    ],
)
def test_similar_tickets_meet_across_wording_and_language(text: str, language: Language, ticket: str) -> None:
    found = suggest("similar", text, language)
    assert found[0].ticket_id == ticket
    assert 0 < found[0].confidence <= 1


def test_nothing_alike_suggests_nothing() -> None:
    assert suggest("similar", "Does the lamp come in white?") == []
