"""Characters typed by their sound are read as the phrase that was meant; words stay as they are."""

import pytest

from shared.adapters.offline.homophones import Homophones
from shared.adapters.offline.lexicons import syllables
from shared.adapters.offline.terms import units

HOMOPHONES = Homophones([tuple("注销"), tuple("验证码"), tuple("卖完"), tuple("退款")], syllables())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("我要注消", "我要注销"), ("验正码", "验证码"), ("推宽", "推宽"), ("注册", "注册"), ("退 款", "退 款")],
)
def test_a_slip_keeps_half_of_the_characters(typed: str, meant: str) -> None:
    assert "".join(HOMOPHONES.meant(list(typed), set(), set())) == meant


def test_known_places_belong_to_no_slip() -> None:
    assert HOMOPHONES.meant(list("注消"), {1}, set()) == list("注消")


def test_a_character_that_is_a_word_stays() -> None:
    assert HOMOPHONES.meant(list("买完"), set(), {0}) == list("买完")
    assert HOMOPHONES.meant(list("注消"), set(), {0}) == list("注销")


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("怎么注消", "=close_account"),
        ("固见升级失败", "=firmware"),
        ("收不到验正码", "=code_not_received"),
        ("物留信息", "=track"),
    ],
)
def test_a_question_with_a_slip_means_the_same(typed: str, term: str) -> None:
    assert term in [unit.token for unit in units(typed)]


@pytest.mark.parametrize(("text", "term"), [("同时使用", "=team"), ("受影响吗", "=video"), ("买完了", "=stock")])
def test_a_common_word_is_no_slip(text: str, term: str) -> None:
    assert term not in [unit.token for unit in units(text)]
