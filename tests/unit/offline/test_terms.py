"""Texts that speak of the same thing name the same term, in other words and in the other language."""

import pytest

from shared.adapters.offline.lexicons import entries
from shared.adapters.offline.terms import STOP, index_tokens, units
from shared.adapters.offline.text import BREAK, atoms, is_han


def terms(text: str) -> set[str]:
    return {unit.token for unit in units(text) if unit.is_term}


@pytest.mark.parametrize(
    ("asked", "written", "term"),
    [
        ("who pays the postage when I send it back", "退货运费由谁承担", "=who_pays"),
        ("退货邮费谁掏", "Who covers return shipping", "=return_goods"),
        ("咋把人拉进来", "Invite members", "=invite"),
        ("号被封了咋办", "Your account is suspended", "=account_locked"),
        ("码死活不来", "The verification code does not arrive", "=not_received"),
        ("房子卖了", "Transfer to a new owner", "=transfer_ownership"),
        ("转圈圈看不了", "The stream keeps buffering", "=video_not_loading"),
        ("滴滴响个不停", "It keeps beeping", "=beep"),
        ("電池鼓包", "swollen battery", "=battery_swollen"),
        ("閘道器", "the gateway", "=hub"),
        ("簡訊收不到", "no text message", "=sms"),
        ("儲值失敗", "top up failed", "=top_up"),
        ("收唔到包裹", "包裹没收到", "=parcel"),
        ("寄到柏林", "Within the EU", "=eu"),
        ("拉萨", "remote areas", "=remote_area"),
        ("我爸", "family members", "=family"),
        ("租客", "guests", "=guest"),
        ("限流", "429 Too Many Requests", "=rate_limit"),
        ("宕机了吗", "is there an outage", "=outage"),
        ("航班取消", "my flight was cancelled", "=cancel"),
        ("吞卡", "the machine kept my card", "=atm"),
        ("colour", "颜色", "=colour"),
        ("cheque", "支票", "=cheque"),
    ],
)
def test_two_ways_to_say_it_meet(asked: str, written: str, term: str) -> None:
    assert term in terms(asked)
    assert term in index_tokens(written)


def test_a_thing_weighs_half_its_kind() -> None:
    weights = {unit.token: unit.weight for unit in units("PayPal")}
    assert weights == {"=paypal": 0.5, "=wallet": 1.0}


def test_what_is_named_twice_keeps_its_heavier_weight() -> None:
    weights = {unit.token: unit.weight for unit in units("paypal e-wallet wallet")}
    assert weights["=wallet"] == 1.0


def test_all_terms_of_a_phrase_weigh_little_more_than_a_word() -> None:
    for phrase in ("wire", "取消预约", "return shipping", "order"):
        assert sum(unit.weight for unit in units(phrase) if unit.is_term) <= 1.5


def test_the_wording_of_a_term_is_kept_without_single_characters() -> None:
    (unit,) = [unit for unit in units("退款") if unit.token == "=refund"]
    assert unit.surface == ("退款",)


def test_every_term_has_words_in_both_languages() -> None:
    languages: dict[str, set[bool]] = {}
    for entry in entries("terms"):
        languages.setdefault(entry.label, set()).add(any(map(is_han, atoms(entry.phrase))))
    assert {label for label, found in languages.items() if len(found) == 1} == set()


def test_no_phrase_reaches_across_punctuation() -> None:
    assert [entry.phrase for entry in entries("terms") if BREAK in atoms(entry.phrase)] == []


def test_what_a_question_can_lose_is_listed() -> None:
    assert units("could you please tell me how to") == []
    assert any(entry.label == STOP for entry in entries("terms"))
