"""Personal data leaves masked and comes back whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.assistant.masking import Mask

PERSONAL = st.sampled_from(
    ["13812345678", "+86 138 1234 5678", "a.b@example.com", "4111 1111 1111 1111", "11010519491231002X", "[EMAIL_1]"]
)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我的手机号是13812345678，谢谢", "我的手机号是[PHONE_1]，谢谢"),
        ("call 415-555-0134 or +44 20 7946 0958", "call [PHONE_1] or [PHONE_2]"),
        ("邮箱user@example.com", "邮箱[EMAIL_1]"),
        ("card 4111-1111-1111-1111", "card [CARD_1]"),
        ("身份证 11010519491231002X", "身份证 [ID_1]"),
    ],
)
def test_personal_data_is_hidden(text: str, hidden: str) -> None:
    assert Mask().hide(text) == hidden


@pytest.mark.parametrize(
    "text", ["订单号：20231122123456780", "order #4111111111111111", "2024-05-01 10:30", "1234567890123", "共 13 件"]
)
def test_order_numbers_and_plain_numbers_stay(text: str) -> None:
    assert Mask().hide(text) == text


def test_the_same_value_has_one_placeholder_in_a_conversation() -> None:
    mask = Mask()
    assert mask.hide("a@b.cc") == mask.hide("a@b.cc") == "[EMAIL_1]"
    assert mask.reveal("Write to [EMAIL_1], not [EMAIL_2].") == "Write to a@b.cc, not [EMAIL_2]."


@given(st.lists(st.one_of(PERSONAL, st.text(max_size=20)), max_size=8))
def test_what_is_hidden_can_be_revealed(pieces: list[str]) -> None:
    text, mask = " ".join(pieces), Mask()
    assert mask.reveal(mask.hide(text)) == text


@given(st.lists(PERSONAL.filter(lambda value: value[0] != "["), min_size=1, max_size=4))
def test_nothing_personal_is_left(values: list[str]) -> None:
    hidden = Mask().hide("，".join(values))
    assert not any(value in hidden for value in values)
