"""A file is what it says it is and harms nobody, or it is refused with a reason."""

import tracemalloc

import pytest

from shared.attachments.scanning import BasicScanner, Limits
from shared.attachments.types import ALLOWED, INLINE, is_type
from tests.unit.attachments.samples import GOOD, HARMFUL, disguised, nested, zipped


@pytest.mark.parametrize("type", sorted(ALLOWED))
def test_each_type_is_told_by_its_content_and_nothing_is_found_in_it(type: str) -> None:
    assert is_type(GOOD[type], type)
    assert BasicScanner().scan(GOOD[type], type) is None


@pytest.mark.parametrize("type", sorted(ALLOWED))
def test_no_type_passes_for_another(type: str) -> None:
    old = {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
    alike = [old, {"text/plain", "text/csv"}]
    same = next((group for group in alike if type in group), {type})
    taken = {other for other, content in GOOD.items() if is_type(content, type)}
    assert taken == same


@pytest.mark.parametrize("name", disguised())
def test_what_is_disguised_is_seen_through(name: str) -> None:
    content, type = disguised()[name]
    assert not is_type(content, type)


@pytest.mark.parametrize("name", HARMFUL)
def test_what_harms_is_found(name: str) -> None:
    content, reason = HARMFUL[name]
    assert BasicScanner().scan(content, "application/zip") == reason


def test_nothing_that_could_run_a_script_is_shown_in_a_page() -> None:
    assert INLINE < ALLOWED
    assert not {type for type in ALLOWED if "svg" in type or "html" in type or "xml" in type.split(".")[0]}
    assert not {type for type in INLINE if not type.startswith(("image/", "audio/", "video/"))}


def test_a_bound_on_all_members_together_is_kept() -> None:
    many = zipped({f"{n}": bytes(range(256)) * 40 for n in range(50)})
    assert BasicScanner(Limits(total=100_000)).scan(many, "x") == "archive_too_large"
    assert BasicScanner(Limits(total=10_000_000)).scan(many, "x") is None
    assert BasicScanner().scan(nested(1), "x") is None


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    content, _ = HARMFUL["zip bomb"]
    tracemalloc.start()
    assert BasicScanner(Limits(ratio=10)).scan(content, "x") == "archive_too_large"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
