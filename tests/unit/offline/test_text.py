"""Texts that mean the same become the same pieces."""

import pytest

from shared.adapters.offline.lexicons import simplified
from shared.adapters.offline.terms import units
from shared.adapters.offline.text import BREAK, atoms, normalise, stem, tokens


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("沒收到驗證碼", "没收到验证码"),
        ("鋰電池鼓脹、喇叭沒聲", "锂电池鼓胀、喇叭没声"),
        ("收唔到", "收不到"),
        ("E-Mail", "email"),
        ("Can’t", "can't"),
    ],
)
def test_forms_of_one_text_become_equal(text: str, plain: str) -> None:
    assert normalise(text) == plain


def test_every_chinese_character_stays_one_character() -> None:
    table = simplified()
    assert len(table) > 2_800
    assert all(len(normalise(chr(code))) == 1 for code in table)


def test_a_text_already_plain_stays_as_it_is() -> None:
    plain = {chr(code) for code in simplified().values()}
    assert {one for one in plain if normalise(one) != one} == set()


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("shipped", "ship"),
        ("shipping", "ship"),
        ("invoices", "invoic"),
        ("invoice", "invoic"),
        ("policies", "policy"),
        ("adding", "add"),
        ("cancelled", "cancel"),
        ("travelling", "travel"),
        ("installed", "install"),
        ("spelling", "spell"),
    ],
)
def test_inflections_share_a_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("word", "other"), [("please", "pleased"), ("notes", "not"), ("came", "cams"), ("themes", "them"), ("made", "mad")]
)
def test_words_that_only_look_alike_stay_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)


def test_chinese_becomes_characters_and_pairs() -> None:
    assert tokens("退款 app") == ["退", "款", "app", "退款"]


@pytest.mark.parametrize("text", ["can't", "cannot", "cant", "can not"])
def test_ways_to_say_cannot_are_one(text: str) -> None:
    assert atoms(text) == ["can", "not"]


def test_pairs_do_not_reach_across_punctuation() -> None:
    assert atoms("退，款") == ["退", BREAK, "款"]
    assert "退款" not in tokens("退，款")


@pytest.mark.parametrize("text", ["money back", "退钱", "退款", "reimbursement", "把钱退给我"])
def test_paraphrases_meet_in_one_term(text: str) -> None:
    assert "=refund" in [unit.token for unit in units(text)]


@pytest.mark.parametrize("text", ["", "   ", "？！", "请问怎么", "how do I", "😀"])
def test_a_text_without_meaning_has_no_units(text: str) -> None:
    assert units(text) == []
