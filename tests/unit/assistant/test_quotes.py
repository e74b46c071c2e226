"""A quote is where the span has it, byte for byte."""

from hypothesis import given
from hypothesis import strategies as st

from shared.assistant.quotes import find_quote, verified
from tests.unit.assistant.evidence import a_chinese_hit, a_hit


def test_white_space_does_not_hide_a_quote() -> None:
    hit = a_hit("Press the\n  red button.")
    citation = find_quote(hit.span, "the red button")
    assert citation is not None
    assert citation.quote == "the\n  red button"


def test_a_changed_quote_is_dropped() -> None:
    claims = [{"ref": "S1", "quote": "within 3 working days"}, {"ref": "S9", "quote": "Refunds are paid"}]
    assert verified(claims, {"S1": a_hit()}) == ()


def test_a_crumb_is_no_quote() -> None:
    assert find_quote(a_hit().span, "paid"[:3]) is None


@given(st.data())
def test_the_byte_range_holds_the_quote(data: st.DataObject) -> None:
    span = a_chinese_hit().span
    start = data.draw(st.integers(0, len(span.text) - 5))
    end = data.draw(st.integers(start + 5, len(span.text)))
    citation = find_quote(span, span.text[start:end])
    assert citation is not None
    held = (b" " * span.start + span.text.encode())[citation.start : citation.end].decode()
    assert held == citation.quote == span.text[start:end]
