"""The longest phrase at each place, and where it ends."""

from shared.adapters.offline.phrases import PhraseTable

TABLE = PhraseTable([("退款", "refund"), ("退款多久到账", "refund_time"), ("money back", "refund")])


def test_the_longest_phrase_is_found() -> None:
    (match,) = TABLE.find(list("退款多久到账"))
    assert (match.start, match.end, match.values) == (0, 6, ("refund_time",))


def test_a_match_ends_where_its_phrase_ends() -> None:
    (match,) = TABLE.find(list("想退款多久"))
    assert (match.start, match.end) == (1, 3)


def test_phrases_are_told_as_atoms() -> None:
    assert ("money", "back") in TABLE.phrases()
