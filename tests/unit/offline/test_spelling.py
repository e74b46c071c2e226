"""A slip of the pen is read as the word that was meant, and a word as itself."""

import pytest

from shared.adapters.offline.spelling import Speller
from shared.adapters.offline.terms import units

SPELLER = Speller(["return", "return", "address", "vacuum", "switch", "order", "change"], ["chance"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("retrun", "return"),
        ("adress", "address"),
        ("vaccuum", "vacuum"),
        ("swotch", "switch"),
        ("chance", "chance"),
        ("border", "order"),
        ("ret", "ret"),
        ("e204", "e204"),
        ("退款", "退款"),
        ("zzzzzz", "zzzzzz"),
    ],
)
def test_one_slip_is_forgiven(typed: str, meant: str) -> None:
    assert SPELLER.meant(typed) == meant


def test_of_two_near_words_the_commoner_is_meant() -> None:
    assert Speller(["cable", "table", "table"]).meant("ttable") == "table"
    assert Speller(["stove", "store", "store"]).meant("stoxe") == "store"


@pytest.mark.parametrize("text", ["I want a refnud", "how do i get a rfund", "give me a refundd"])
def test_a_question_with_a_typo_means_the_same(text: str) -> None:
    assert "=refund" in [unit.token for unit in units(text)]


def test_what_was_typed_still_counts_a_little() -> None:
    weights = {unit.token: unit.weight for unit in units("the lantren shop")}
    assert weights["lantren"] < weights["=store"]
