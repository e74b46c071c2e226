"""Labels in both languages: right on plain cases, honest in their numbers, the same every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.adapters.offline.classifier import OfflineClassifier
from shared.assistant.models import Task

classifier = OfflineClassifier()
TASKS: tuple[Task, ...] = ("sentiment", "intent", "language", "category", "priority")


def label(task: Task, text: str) -> str:
    return classifier.classify(task, text).label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我对这个产品很满意", "positive"),
        ("I am very unhappy with this", "negative"),
        ("请问如何修改密码", "neutral"),
        ("How do I change my password?", "neutral"),
        ("我很不满意", "negative"),
        ("not happy at all", "negative"),
        ("not bad", "positive"),
        ("系统无法正常启动", "neutral"),
        ("The shop is nice, but the support is terrible", "negative"),
        ("包装不错，但是质量太差", "negative"),
        ("請問怎麼退款", "neutral"),
        ("", "neutral"),
    ],
)
def test_sentiment(text: str, expected: str) -> None:
    assert label("sentiment", text) == expected


def test_an_intensifier_makes_the_judgement_surer() -> None:
    plain = classifier.classify("sentiment", "我满意").scores["positive"]
    assert classifier.classify("sentiment", "我非常满意").scores["positive"] > plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好，我需要帮助", "greeting"),
        ("Hello!", "greeting"),
        ("谢谢，解决了", "thanks"),
        ("转人工", "ask_person"),
        ("I want to talk to a human", "ask_person"),
        ("hello, how do I reset my password", "account_access"),
        ("thanks, but I still want a refund", "refund"),
        ("系统无法正常启动", "technical_issue"),
        ("帮我取消订阅", "cancel"),
        ("where is my order", "order_status"),
        ("I am very unhappy with this", "complaint"),
        ("bananas", "other"),
        ("", "other"),
    ],
)
def test_intent(text: str, expected: str) -> None:
    assert label("intent", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("系统无法正常启动", "technical"),
        ("please send the invoice", "billing"),
        ("忘记密码了", "account"),
        ("my parcel is late", "shipping"),
        ("收到的商品破损", "product"),
        ("hello", "general"),
    ],
)
def test_category(text: str, expected: str) -> None:
    assert label("category", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our whole company cannot log in, this is urgent!", "urgent"),
        ("账户被盗了，请马上处理", "urgent"),
        ("软件打不开，很急", "high"),
        ("The app crashes", "normal"),
        ("How do I export my notes?", "low"),
        ("软件打不开，不急，有空再看", "normal"),
        ("bananas", "normal"),
    ],
)
def test_priority(text: str, expected: str) -> None:
    assert label("priority", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好", "zh"),
        ("hello there", "en"),
        ("我的 Lantern app 打不开了", "zh"),
        ("Please send it to 北京", "en"),
        ("パスワードを忘れました", "other"),
        ("비밀번호를 잊었어요", "other"),
        ("Как вернуть деньги", "other"),
        ("je ne peux pas me connecter avec mon mot de passe", "other"),
        ("12345", "other"),
        ("", "other"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert label("language", text) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="不很满意差!？ not bad very 退款refund", max_size=80))
def test_scores_sum_to_one_and_the_label_is_the_likeliest(text: str) -> None:
    for task in TASKS:
        judgement = classifier.classify(task, text)
        assert sum(judgement.scores.values()) == pytest.approx(1.0, abs=1e-9)
        assert judgement.confidence == judgement.scores[judgement.label] == max(judgement.scores.values())
        assert all(score >= 0 for score in judgement.scores.values())
        assert judgement == OfflineClassifier().classify(task, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("订单号：LN20240501，花了199元", [("order_number", "LN20240501"), ("amount", "199元")]),
        ("order #12345 of 2024-05-01", [("order_number", "12345"), ("date", "2024-05-01")]),
        ("5月1日买的，电话13800138000", [("date", "5月1日"), ("phone", "13800138000")]),
        ("paid $1,250.50 on May 3rd, 2024", [("amount", "$1,250.50"), ("date", "May 3rd, 2024")]),
        ("mail a.b@c-d.co.uk or call +1 555 010 0000", [("email", "a.b@c-d.co.uk"), ("phone", "+1 555 010 0000")]),
        ("see https://lantern.example/a?b=1.", [("url", "https://lantern.example/a?b=1")]),
        ("in order to help", []),
        ("nothing here", []),
    ],
)
def test_entities(text: str, expected: list[tuple[str, str]]) -> None:
    found = classifier.entities(text)
    assert [(entity.type, entity.text) for entity in found] == expected
    assert all(text[entity.start : entity.end] == entity.text for entity in found)
