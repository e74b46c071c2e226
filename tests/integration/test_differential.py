"""The memory twins, over which everything else is proven, behave as the DynamoDB adapters over the emulator do."""

import os
from collections.abc import Iterator

import pytest

from shared.adapters.aws.signing import Credentials
from shared.adapters.dynamodb.signed_transport import SignedTransport
from shared.adapters.memory.process import START
from shared.sealing.models import Branch
from tests.emulator import Emulator, running_emulator
from tests.identity_acts import IdentityActs, KeyActs
from tests.store_acts import Chance, TicketActs
from tests.store_pairs import Pairs, adapters, twins

OPERATIONS = int(os.environ.get("DIFFERENTIAL_OPERATIONS", "800"))
"""Of each seed, before everything is compared."""
SEEDS = tuple(int(seed) for seed in os.environ.get("DIFFERENTIAL_SEEDS", "1 2 3").split())
ALL = {
    *(
        f"tickets.{name}"
        for name in ("commit", "get", "page", "entries", "timeline", "entry", "unsettled", "result_of")
    ),
    *(f"receipts.{name}" for name in ("get", "of_requester", "of_ticket", "rate", "record", "answered", "citing")),
    *(f"attachments.{name}" for name in ("get", "of_ticket", "add", "settle")),
    *(f"users.{name}" for name in ("get", "find_by_email", "page", "registered", "add", "replace")),
    *(f"credentials.{name}" for name in ("find", "swap", "put")),
    *(f"codes.{name}" for name in ("find", "put", "attempt")),
    *(f"sessions.{name}" for name in ("find", "rotate", "revoke", "of_user")),
    *(f"activity.{name}" for name in ("of_user", "forget")),
    *(f"keys.{name}" for name in ("find_many", "branch", "add", "swap", "active", "add_branch", "swap_branch")),
    *("keys.drop_branch", "keys.branches", "keys.under", "commits.commit", "opening.open", "activity_log.record"),
}
REFUSALS = {
    "AlreadyDone",
    "AnsweredBefore",
    "AttachmentNotReady",
    "EmailTaken",
    "IdempotencyKeyReused",
    "InvalidCode",
    "InvalidCredentials",
    "LastAdmin",
    "NotFound",
    "NumberTaken",
    "StaleVersion",
    "VersionConflict",
}
"""What both must have refused at least once, or the operations are too tame."""


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture(scope="module")
def lived(emulator: Emulator) -> list[Pairs]:
    """Every seed's stores after its operations and the comparison of all they hold; a difference ends it."""
    return [live(emulator, seed) for seed in SEEDS]


def live(emulator: Emulator, seed: int) -> Pairs:
    transport = SignedTransport(emulator.endpoint, "us-east-1", Credentials("local", "local"))
    pairs = Pairs(twins(), adapters(transport, emulator.fresh()), seed)
    chance = Chance(pairs)
    areas = (TicketActs(chance), IdentityActs(chance), KeyActs(chance))
    tickets, *_ = areas
    while not tickets.lives:
        tickets.open()
    steps = [*areas[0].acts() * 2, *areas[1].acts(), *areas[2].acts()]
    while pairs.step < OPERATIONS:
        pairs.random.choice(steps)()
    for area in areas:
        area.compare()
    transport.close()
    return pairs


def test_at_least_two_thousand_operations_end_the_same_way(lived: list[Pairs]) -> None:
    assert sum(pairs.step for pairs in lived) >= 2_000


def test_every_operation_and_every_refusal_was_among_them(lived: list[Pairs]) -> None:
    assert {name for pairs in lived for name in pairs.asked} == ALL
    assert {name for pairs in lived for name in pairs.refused} >= REFUSALS


def test_a_difference_is_told_with_its_seed_and_step() -> None:
    pairs = Pairs(twins(), twins(), 7)
    pairs.call("keys.active")
    pairs.twins["keys"].add_branch(Branch("brk_1", b"", "master", START), None)
    with pytest.raises(AssertionError, match=r"seed 7, step 2: keys\.active"):
        pairs.call("keys.active")
