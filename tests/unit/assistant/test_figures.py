"""One notation for the numbers of both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.assistant.figures import figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within 7 days", "七天内"),
        ("twenty days", "20天"),
        ("30%", "百分之三十"),
        ("$1,200.50", "1200.5美元"),
        ("¥99", "99元"),
        ("March 5, 2024", "2024-03-05"),
        ("3月5日", "5 March"),
        ("１２ 个月", "十二个月"),
        ("forty hours", "四十小时"),
    ],
)
def test_the_same_figure_reads_the_same(one: str, other: str) -> None:
    assert figures(one) == figures(other) != frozenset()


@pytest.mark.parametrize(
    "text", ["请再试一次", "1. Open the app\n2. Tap Help", "第二步：点击帮助", "one of them", "you may try"]
)
def test_turns_of_phrase_are_no_figures(text: str) -> None:
    assert figures(text) == frozenset()


def test_a_share_is_not_a_count() -> None:
    assert not figures("30%") & figures("30 days")
    assert not figures("$30") & figures("30 days")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    figures(text)


@given(st.integers(0, 10**9))
def test_thousands_do_not_matter(number: int) -> None:
    assert figures(f"costs {number:,}") == figures(f"costs {number}")
