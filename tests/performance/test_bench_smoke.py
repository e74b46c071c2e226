"""The contenders do the same work: what the benchmark compares is comparable. Nothing is timed here."""

from collections.abc import Iterator

import pytest

from tests.performance import given
from tests.performance.bench import lambdas
from tests.performance.contenders import NAMES, OURS
from tests.performance.lambdas import Lambdas


@pytest.fixture(scope="module")
def measured() -> Iterator[Lambdas]:
    with lambdas() as running:
        yield running


@pytest.mark.parametrize("module", NAMES)
def test_every_contender_opens_the_ticket(measured: Lambdas, module: str) -> None:
    body = measured.answer(module)["body"]
    assert body.keys() >= given.FIELDS
    assert {name: body[name] for name in ("subject", "category", "priority", "tags")} == {
        name: given.BODY[name] for name in ("subject", "category", "priority", "tags")
    }


def test_the_peers_answer_with_our_fields(measured: Lambdas) -> None:
    fields = {module: measured.answer(module)["body"].keys() for module in NAMES}
    assert all(found == fields[OURS] for found in fields.values())
