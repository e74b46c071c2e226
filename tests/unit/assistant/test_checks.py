"""What the checks let through and what they cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.offline.replies import say
from shared.assistant.checks import CHECKS, Checked, check
from shared.assistant.models import Draft, Hit, Part
from shared.kernel.texts import Language
from tests.unit.assistant.evidence import a_chinese_hit, a_draft, a_hit, a_question, a_quote

HIT, ZH = a_hit(), a_chinese_hit()
PAID = a_quote(HIT, "Refunds are paid within 5 working days")
OPENED = a_quote(HIT, "Opened software cannot be returned.")
SEVEN = a_quote(ZH, "自签收之日起7天内可以申请退货")
UNSEALED = a_quote(ZH, "已拆封的软件不支持退货。")
HOSTS = {"help.example.com"}


def checked(draft: Draft, text: str = "When will I get my money back?", language: str = "en") -> Checked:
    return check(draft, [HIT, ZH], a_question(text, language=language), HOSTS)


def failed(result: Checked) -> list[str]:
    return [verdict.check for verdict in result.verdicts if not verdict.ok]


@pytest.mark.parametrize(
    "part",
    [
        Part("You will get your refund within 5 working days.", (PAID,)),
        Part("Refunds are paid to your card within five working days.", (PAID,)),
        Part("Opened software can't be returned.", (OPENED,)),
        Part("退款会在5个工作日内原路退回。", (a_quote(ZH, "退款将在5个工作日内原路退回"),)),
        Part("您可以在签收后七天内申请退货。", (SEVEN,)),
        Part("已拆封的软件无法退货。", (UNSEALED,)),
        Part("您可以在签收后7天内申请退货。", (SEVEN,)),
        Part("You can return it within 7 days of delivery.", (SEVEN,)),
    ],
)
def test_a_supported_statement_passes_whole(part: Part) -> None:
    result = checked(a_draft(part))
    assert result.draft == a_draft(part)
    assert [verdict.check for verdict in result.verdicts] == list(CHECKS)
    assert failed(result) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "Hello, thank you for contacting us. I'm sorry to hear about the delay.",
        "Let me know if you have any other questions.",
        "I understand how frustrating this is.",
        "You're welcome, have a great day!",
        "您好，感谢您的耐心等待。",
        "非常抱歉给您带来不便，请您放心。",
        "如果您还有其他问题，欢迎随时告诉我们。",
        "您好！很高兴为您服务，请问有什么可以帮您？",
        "不客气，祝您生活愉快！",
        "Hi Anna, thanks for getting in touch. That sounds frustrating, and I'm sorry.",
        "To help you, I need a bit more detail. Which device do you use?",
        "您好，请提供一下订单号，我帮您看看。",
    ],
)
def test_courtesy_needs_no_source(text: str) -> None:
    assert checked(a_draft(Part(text))).draft.parts == (Part(text),)


@pytest.mark.parametrize(
    ("check_name", "part"),
    [
        ("cited", Part("Our shops are open on Sundays and bank holidays.")),
        ("cited", Part("Hello, your parcel is waiting at the depot in Leeds.")),
        ("cited", Part("我们的门店周日照常营业，欢迎光临。")),
        ("cited", Part("Thanks! It costs 20 dollars.")),
        ("figures", Part("Refunds are paid within 3 working days.", (PAID,))),
        ("figures", Part("Refunds are paid within three working days.", (PAID,))),
        ("figures", Part("您可以在签收后三十天内申请退货。", (SEVEN,))),
        ("figures", Part("Refunds of $5 are paid within 5 working days.", (PAID,))),
        ("grounded", Part("Opened software can be returned.", (OPENED,))),
        ("grounded", Part("已拆封的软件支持退货。", (UNSEALED,))),
        ("grounded", Part("Premium members enjoy lifetime warranty on headphones.", (PAID,))),
        ("grounded", Part("退款会在5个工作日内退回。会员还可以免费获得耳机一副。", (SEVEN,))),
        ("grounded", Part("退款会在5个工作日内退回，拆封软件支持退货。", (UNSEALED, SEVEN))),
        ("secrets", Part("Please send us your password so that we can look.")),
        ("secrets", Part("Could you tell me your card number and PIN?")),
        ("secrets", Part("请把您的银行卡密码发给我们。")),
        ("promises", Part("I have refunded your order.", (PAID,))),
        ("promises", Part("I've cancelled it.")),
        ("promises", Part("We will refund you within 5 working days.", (PAID,))),
        ("promises", Part("Your refund has been issued.", (PAID,))),
        ("promises", Part("已为您退款，请查收。")),
        ("promises", Part("我会马上帮您办理退货。", (SEVEN,))),
        ("promises", Part("您的订单已经取消。")),
        ("links", Part("See https://evil.example.net/refund")),
        ("links", Part("Refunds: evil.com/refund")),
        ("links", Part("Refunds [here](/login)")),
        ("links", Part("Write to boss@example.org")),
        ("markup", Part("Refunds <b>within</b> 5 working days.", (PAID,))),
        ("markup", Part("![x](https://help.example.com/a.png)")),
        ("markup", Part("data:text/html;base64,AAAA")),
        ("characters", Part("Refunds are paid within 5 working days.\u202e", (PAID,))),
        ("characters", Part("Hello\u200b")),
        ("characters", Part("Hello\U000e0041")),
    ],
)
def test_what_fails_is_handed_over(check_name: str, part: Part) -> None:
    result = checked(a_draft(part))
    assert failed(result) == [check_name]
    assert (result.draft.decision, result.draft.reason) == ("hand_over", "check_failed")
    assert part.text not in result.draft.text


def test_only_the_failing_part_is_cut() -> None:
    good = Part("Refunds are paid within 5 working days.", (PAID,))
    result = checked(a_draft(Part("Hello!"), good, Part("Shipping costs 9 euros.", (PAID,))))
    assert result.draft.parts == (Part("Hello!"), good)
    assert [verdict.note for verdict in result.verdicts if not verdict.ok] == ["parts 3"]


def test_courtesy_alone_does_not_save_an_answer_that_lost_its_facts() -> None:
    result = checked(a_draft(Part("Hello!"), Part("Shipping costs 9 euros.", (PAID,))))
    assert (result.draft.decision, result.draft.reason) == ("hand_over", "check_failed")


def test_the_customers_own_figures_may_be_repeated() -> None:
    part = Part("The refund of $80 is paid within 5 working days.", (PAID,))
    assert checked(a_draft(part), "Where is my $80 refund?").draft.parts == (part,)


def test_a_citation_that_was_not_retrieved_counts_for_nothing() -> None:
    part = Part("Refunds are paid within 5 working days.", (PAID,))
    result = check(a_draft(part), [ZH], a_question())
    assert failed(result) == ["cited"]


def test_a_link_of_the_article_to_an_allowed_host_passes() -> None:
    hit = a_hit("Start a return at https://help.example.com/returns and follow the steps.")
    part = Part("Start your return at https://help.example.com/returns.", (a_quote(hit, "Start a return at"),))
    assert check(a_draft(part), [hit], a_question(), HOSTS).draft.parts == (part,)
    assert failed(check(a_draft(part), [hit], a_question(), {"other.example"})) == ["links"]


def test_the_articles_own_words_are_no_promise() -> None:
    hit = a_hit("我们会在24小时内处理您的退货申请。")
    part = Part("我们会在24小时内处理您的退货申请。", (a_quote(hit, "我们会在24小时内处理您的退货申请"),))
    assert check(a_draft(part), [hit], a_question(language="zh")).draft.parts == (part,)


def test_a_condition_is_no_promise() -> None:
    hit = a_hit("如果订单已发货，则不能取消，请拒收后申请退货。")
    part = Part("如果您的订单已经发货，则不能取消，请拒收后申请退货。", (a_quote(hit, "则不能取消"),))
    assert check(a_draft(part), [hit], a_question(language="zh")).draft.parts == (part,)


def test_a_warning_is_no_request_for_secrets() -> None:
    hit = a_hit("Never share your password with anyone. 请勿将验证码告诉他人。")
    part = Part("Never share your password with anyone.", (a_quote(hit, "Never share your password"),))
    assert check(a_draft(part), [hit], a_question()).draft.parts == (part,)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["greeting", "thanks", "intro", "intro_foreign", "clarify", "clarify_else", "sorry"])
def test_what_the_offline_engine_says_itself_passes(key: str, language: Language) -> None:
    part = Part(say(key, language))
    assert check(a_draft(part), [HIT], a_question(language=language)).draft.parts == (part,)


def test_an_article_may_be_named_by_its_title() -> None:
    hit = a_hit(title="Return opened software and get a store credit")
    draft = a_draft(Part("Is it one of these?\n\n- Return opened software and get a store credit"), decision="ask")
    assert check(draft, [hit], a_question()).draft == draft
    assert check(draft, [HIT], a_question()).draft.decision == "hand_over"


@pytest.mark.parametrize(
    "hit",
    [HIT, ZH, a_hit("我们会在24小时内处理您的退款申请，不可撤销。"), a_hit("We cannot ship to islands, except Malta.")],
)
def test_a_whole_span_quoted_as_it_stands_passes(hit: Hit) -> None:
    part = Part(hit.span.text, (a_quote(hit, hit.span.text),))
    assert check(a_draft(part), [hit], a_question()).draft.parts == (part,)


def test_a_question_back_passes() -> None:
    draft = a_draft(Part("Could you tell me which product you bought?"), decision="ask", reason="unclear")
    assert checked(draft).draft == draft


def test_a_hand_over_speaks_our_words_only() -> None:
    result = checked(a_draft(Part("Click https://evil.com"), decision="hand_over", reason="no_article"), language="zh")
    assert "evil" not in result.draft.text
    assert "人工客服" in result.draft.text


@given(st.text(max_size=200))
def test_no_text_breaks_the_checks_and_none_slips_out_changed(text: str) -> None:
    draft = checked(a_draft(Part(text, (PAID,)))).draft
    assert draft.decision == "hand_over" or draft.parts == (Part(text, (PAID,)),)


@given(st.text(max_size=60), st.sampled_from(["https://evil.example/x", "<img src=x>", "\u202e", "www.evil.example"]))
def test_an_attack_passes_in_no_surroundings(text: str, attack: str) -> None:
    assert checked(a_draft(Part(f"{text} {attack}", (PAID,)))).draft.decision == "hand_over"
