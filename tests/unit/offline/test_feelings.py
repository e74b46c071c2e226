"""The model of feelings, and what stands beside it: pictures, mockery and questions."""

import time
import zlib
from pathlib import Path

import pytest

from shared.adapters.offline import feeling_model
from shared.adapters.offline.asking import asking
from shared.adapters.offline.emoji import pictured
from shared.adapters.offline.feeling_grams import BITS, MOST, buckets, grams
from shared.adapters.offline.feeling_model import FILE, HEAD, MARK, felt
from shared.adapters.offline.sarcasm import mockery, opened_in_mockery
from shared.adapters.offline.sentiment import judge_sentiment
from shared.adapters.offline.text import atoms
from tests.evaluation.run import MESSAGES, read_rows

PRAISE = (
    "味道很不错，送餐也快，下次还来",
    "面料柔软，做工细致",
    "The crew were lovely and we landed early",
    "便當很好吃",
)
BLAME = (
    "汤洒了一半，米饭是生的",
    "洗一次就掉色，客服还不认账",
    "Stopped charging after a week, a waste of money",
    "wooden acting",
)
PLAIN = (
    "花呗怎么提前还款",
    "换了手机号怎么登录",
    "Which seat has more room?",
    "系统无法正常启动",
    "The app does not open",
)
FLOORS = {"negation": 0.9, "sarcasm": 0.9, "emoji": 0.9, "code_switch": 0.85, "neutral_question": 0.95, "plain": 0.9}
"""Accuracy on the dev half, a little under what was measured; n is 12 to 48 a slice."""


def right(slice_: str) -> float:
    rows = [row for row in read_rows(MESSAGES, "sentiment") if (row["split"], row["slice"]) == ("dev", slice_)]
    return sum(judge_sentiment(row["text"]).label == row["sentiment"] for row in rows) / len(rows)


@pytest.mark.parametrize(("label", "texts"), [("positive", PRAISE), ("negative", BLAME), ("neutral", PLAIN)])
def test_a_trade_never_seen_is_judged(label: str, texts: tuple[str, ...]) -> None:
    assert [text for text in texts if judge_sentiment(text).label != label] == []


@pytest.mark.parametrize("slice_", FLOORS)
def test_no_slice_of_the_dev_half_falls_below_its_floor(slice_: str) -> None:
    assert right(slice_) >= FLOORS[slice_]


def test_the_model_hears_praise_and_blame_where_no_cue_stands() -> None:
    assert felt("房间一股烟味，隔壁说话听得一清二楚").polarity < 0 < felt("老板人很好，还送了水果").polarity
    assert felt("怎么修改收货地址").neutrality > 0 > felt("太好吃了，全家都喜欢").neutrality


def test_texts_without_letters_are_left_to_the_pictures() -> None:
    assert felt("") == felt("👍👍") == felt("!!! 123") == feeling_model.Feeling(0.0, 0.0)
    assert judge_sentiment("👍").label == "positive"
    assert judge_sentiment("👎🏽").label == "negative"
    assert judge_sentiment("🐱🐱").label == "neutral"


def test_the_same_picture_again_says_a_little_more() -> None:
    one, three, many = (pictured("😡" * times)["negative"] for times in (1, 3, 50))
    assert one < three == many < 3 * one


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Great job, it died one day after the warranty ended", False),
        ("真棒，一开机就死机", False),
        ("Great job, it has not crashed once since", True),
        ("My hub stopped working, can you help? Great, thanks", True),
        ("真棒，修好之后再也没死机", True),
        ("Wonderful, another week without light", False),
        ("太好了，等了一个月等来一个空盒子", False),
        ("Great! When will it ship?", True),
        ("Perfect, it arrived today", True),
        ("不错，做工很好", True),
    ],
)
def test_praise_of_a_mishap_is_mockery_unless_it_is_over(text: str, meant: bool) -> None:
    assert (mockery(atoms(text)) == 0 and not opened_in_mockery(text)) is meant


@pytest.mark.parametrize(
    ("text", "share"), [("", 0), ("怎么退款", 1), ("很满意，谢谢。几号到？", 1 / 3), ("Fine. Is it?", 0.5)]
)
def test_a_share_of_clauses_asks(text: str, share: float) -> None:
    assert asking(text) == pytest.approx(share)


def test_traditional_and_simplified_touch_the_same_weights() -> None:
    assert buckets("這個訂單還沒發貨") == buckets("这个订单还没发货")
    assert buckets("太好了") == sorted(set(buckets("太好了")))
    assert max(buckets("a quick brown fox 123 🙂 敏捷")) < 1 << BITS


def test_a_denied_word_is_another_word() -> None:
    assert {"w:not", "w:!good"} <= grams("not good")
    assert "w:good" in grams("not now. good")


def test_an_endless_text_is_not_read_to_its_end() -> None:
    assert len(grams(" ".join(map("word{}".format, map(str, range(9)))) * 10_000)) < MOST + 100


def test_a_message_takes_less_than_a_millisecond() -> None:
    text = "昨天下的单，今天还没有发货，麻烦帮我看一下，很着急，谢谢。Please check my order, it is urgent. " * 2
    felt(text)
    started = time.process_time()
    for _ in range(200):
        felt(text)
    assert (time.process_time() - started) / 200 < 0.001


def test_the_weights_are_small_and_those_of_the_data_sheet() -> None:
    assert FILE.stat().st_size < 64 * 1024
    assert f"{zlib.crc32(FILE.read_bytes()):08x}" in (FILE.parent / "DATA_SHEET.md").read_text(encoding="utf-8")


def test_weights_of_another_model_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "feelings.bin"
    file.write_bytes(HEAD.pack(MARK, BITS + 1, 1, 0, 1, 0) + zlib.compress(b""))
    monkeypatch.setattr(feeling_model, "FILE", file)
    feeling_model._planes.cache_clear()
    with pytest.raises(ValueError, match="another model"):
        felt("text")
    feeling_model._planes.cache_clear()
