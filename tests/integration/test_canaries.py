"""Marks written through every route stand nowhere in clear, and after an erasure they are nowhere at all."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from llmock.pytest_plugin import LLMock
from llmock.testing import LLMockServer

from local.readiness import wait_for
from shared.bootstrap.registry import REGISTRY, Wired
from shared.kernel.texts import ERASED
from shared.sealing.errors import SealBroken
from shared.sealing.models import Place
from shared.sealing.sealer import MARK
from tests.emulator import Emulator, running_emulator
from tests.marked_world import CUSTOMERS, MarkedWorld, marked_world, overheard
from tests.places import logs
from tests.sealed_leaves import Leaf, Swapping, leaves_of, walk
from tests.text_places import text_places
from tests.visitors import Customer

MODEL = "model"
NEVER_TAKEN = {
    "tags": "labels are in clear by decision",
    "category": "labels are in clear by decision",
    "user_id": "an id by its pattern",
    "ticket_id": "an id by its pattern",
    "context": "an id by its pattern",
    "article_id": "an id by its pattern",
    "macro_id": "an id by its pattern",
    "actions": "labels are in clear by decision",
    "team_id": "a label by its pattern, in clear by decision",
    "assignee_id": "an id by its pattern",
    "expected_assignee_id": "an id by its pattern",
    "attachments": "ids by their pattern",
    "content_type": "one of a list",
    "url": "a public address by its form",
    "since": "an instant by its form",
    "from": "a day by its form",
    "to": "a day by its form, or one of a list",
    "zone": "one of a list",
    "policies": "names by their pattern, in clear by decision",
    "calendars": "names by their pattern, in clear by decision",
    "code": "six digits",
    "refresh_token": "made by us",
    "cursor": "made by us",
    "If-Match": "made by us",
}
"""Places where a mark is refused, so that only the refusal is looked at."""
PUBLIC = {
    *(f"create_article body {name}" for name in ("slug", "title", "body")),
    *(f"update_article body {name}" for name in ("title", "body")),
    "import_articles body articles",
    *(f"{name}_webhook body description" for name in ("create", "update")),
    "put_intent body examples",
    *(f"{name}_macro body {field}" for name in ("create", "update") for field in ("name", "shortcut", "note", "reply")),
    *(f"{name}_test_question body headings" for name in ("create", "update")),
    "create_test_question body question",
}
"""Texts that are written to be read by everyone, what administrators call their systems, and examples they make up: in
clear by decision, and given no mark that is kept."""
NOT_SHOWN = {
    "header Idempotency-Key",
    "analyze body text",
    "suggest body text",
    "rate_answer body comment",
    "create_user body name",
}
"""Kept by nobody, or replaced by a later one."""
SEALED = {
    "tickets META subject",
    *(f"tickets E {field}" for field in ("content", "reason", "citations.quote", "attachments.name")),
    *(f"tickets E changes.subject {which}" for which in (0, 1)),
    "tickets A name",
    *(f"identities META {field}" for field in ("email", "name")),
    *(f"answers N {field}" for field in ("reply", "inputs", "citations.quote", "feedback.comment")),
}
"""Every sealed field of people there is; both sides of a change of the subject."""
SEALED_TOO = {"webhooks W secret"}
"""What is under a key that is no person's."""
IN_CLEAR = {
    "tickets": """pk sk gsi1pk gsi1sk gsi2pk gsi2sk gsi3pk gsi3sk gsi4pk gsi4sk gsi5pk gsi5sk id ticket_id
        requester_id uploader_id sla_policy sla_alarm_at sla_paused_since sla_warned sla_breached
        first_response_due_at next_response_due_at resolution_due_at
        answer_id assignee_id number kind event state status owner role uploader_role type sha256 fingerprint
        at created_at updated_at waiting_since resolved_at first_response_at first_human_response_at
        first_ai_response_at category priority tags language sentiment intent article_id title hash""",
    "identities": """pk sk gsi1pk gsi1sk id user_id email_key fingerprint token_hash password_hash role language at
        created_at updated_at used_at last_seen_at code_hash session_id""",
    "answers": """pk sk gsi1pk gsi1sk id answer_id ticket_id requester_id article_id title hash fingerprint snapshot
        outcome at language label decision reason check note engine""",
}
"""The words that the decision note has in clear: ids, times, states, labels, hashes, and titles of public articles."""


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture(scope="module")
def world(
    emulator: Emulator, tmp_path_factory: pytest.TempPathFactory, llmock_server: LLMockServer
) -> Iterator[MarkedWorld]:
    model = LLMock(llmock_server).reset()
    settings = {"AI_API_KEY": "sk-test", "AI_BASE_URL": model.base_url(), "AI_MODEL": "tiny"}
    with marked_world(emulator, tmp_path_factory.mktemp("canaries"), settings) as made:
        for number in range(CUSTOMERS // 2):
            said = f"Could you tell me more about {made.marks.new(MODEL, number % 2 == 0)}?"
            parts = [{"text": said, "citations": []}]
            model.reply(json.dumps({"decision": "ask", "reason": "unclear", "confidence": 0.9, "parts": parts}))
        with overheard(made):
            made.live()
            made.run()
        yield made


def test_every_place_for_a_text_was_given_a_mark(world: MarkedWorld) -> None:
    places = text_places(world.described())
    taken = {place for place, _ in world.visitors.taken}
    tried = taken | world.visitors.refused
    assert [str(place) for place in places if str(place) not in tried] == []
    free = [str(place) for place in places if place.name not in NEVER_TAKEN and place.where != "path"]
    assert [place for place in free if place not in taken | PUBLIC] == []
    assert len({mark for _, mark in world.visitors.taken}) >= 200, Counter(mark.owner for mark in world.marks.made)


def test_messages_with_every_word_in_them_were_made_for_another_system(world: MarkedWorld) -> None:
    rows = [item for table, item in world.places.items() if table == "webhooks" and item["sk"]["S"].startswith("D#")]
    assert len(rows) > 50
    errors = {attempt["M"]["error"]["S"] for row in rows for attempt in row["attempts"]["L"]}
    assert errors == {"connection_refused"}


def test_no_mark_stands_in_clear_anywhere(world: MarkedWorld) -> None:
    everything = [*world.found, *world.holds()]
    seen = {found.where for found in everything}
    kinds = {where.partition(" ")[0] for where in seen}
    assert kinds >= {"table", "stream", "queue", "object", "cache", "log", "metrics"}
    full = {"queue ai_turns", "queue ai_turns-dlq", "queue login_codes", "queue uploads", "queue timeline_failures"}
    assert seen >= full | {"cache traffic", "log of the workers", "log api0.log"}
    pieces = [found for found in world.found if found.where == "cache traffic" and b"draft" in found.held]
    assert pieces, "no piece of an answer passed by"
    hits = world.marks.search().hits(everything)
    assert hits == [], "\n".join(hits)


def test_what_is_in_clear_is_what_the_decision_lists(world: MarkedWorld) -> None:
    for table, names in IN_CLEAR.items():
        items = [item for where, item in world.places.items() if where == table]
        texts = [(path, value) for item in items for path, value in walk(item) if path[-1] == "S"]
        plain = {named(path) for path, value in texts if not value.startswith(MARK)}
        assert plain <= set(names.split()), table


def named(path: tuple[str | int, ...]) -> str:
    """The field a value is of."""
    return [step for step in path if isinstance(step, str) and step not in ("S", "M", "L")][-1]


def test_a_sealed_value_in_another_place_is_refused(world: MarkedWorld) -> None:
    swapping = Swapping(world.emulator, world.system.env, world.work.wired)
    leaves = sealed_leaves(world)
    kinds = {leaf.kind: leaf for leaf in leaves}
    assert set(kinds) == SEALED | SEALED_TOO
    pairs = [(one, other) for one in kinds.values() for other in leaves if pairable(one, other)]
    tried = {(one.kind, other.kind, one.owner == other.owner): (one, other) for one, other in pairs}
    assert {one.kind for one, _ in tried.values()} == set(kinds)
    for one, other in tried.values():
        swapping.read(one)
        outcomes = [swapping.outcome(one, other), swapping.outcome(other, one)]
        assert [type(outcome) for outcome in outcomes] == [SealBroken, SealBroken], (one.kind, other.kind)
        assert world.marks.within("".join(map(repr, outcomes))) == []


def test_a_client_who_asks_for_a_swapped_value_is_told_of_an_error_and_of_nothing_else(world: MarkedWorld) -> None:
    swapping = Swapping(world.emulator, world.system.env, world.work.wired)
    subjects = [leaf for leaf in sealed_leaves(world) if leaf.kind == "tickets META subject"]
    with swapping.instead(subjects[0], subjects[1]):
        ticket = {"ticket_id": subjects[0].item["id"]["S"]}
        answer = world.visitors.ask("get_ticket", "admin", ticket)
        listed = world.visitors.ask("list_tickets", "admin")
    for one in (answer, listed):
        assert (one.status_code, one.json()["code"]) == (500, "internal")
        assert world.marks.within(one.text) == []
        assert MARK not in one.text

    def told() -> int:
        return sum(b'"code":"seal_broken"' in line.held for line in logs(world.system.log))

    # The process writes its log after it has answered.
    wait_for(lambda: told() >= 2, 30, "both errors in the log")
    assert told() == 2


def pairable(one: Leaf, other: Leaf) -> bool:
    """Of the same field in two items, or of two fields in one."""
    same = (one.table, one.item["pk"], one.item["sk"]) == (other.table, other.item["pk"], other.item["sk"])
    return (one.kind != other.kind) if same else one.kind == other.kind


def sealed_leaves(world: MarkedWorld) -> list[Leaf]:
    """All of them."""
    return [leaf for table, item in world.places.items() for leaf in leaves_of(table, item)]


def test_after_an_erasure_no_mark_comes_back(world: MarkedWorld) -> None:
    for customer in world.customers:
        shown = customer.shown("admin")
        theirs = {mark.text for mark in world.marks.made if mark.owner == customer.who and mark.text not in shown}
        assert {where(place) for place, mark in world.visitors.taken if mark in theirs} <= NOT_SHOWN
        assert len(told(world, customer, "admin")) > 20
    assert any(told(world, customer, "admin", MODEL) for customer in world.customers)
    people = {world.visitors.ids[customer.who] for customer in world.customers}
    keys = wrapped_keys(world)
    assert set(keys) > people
    world.erase()
    assert set(wrapped_keys(world)) == set(keys) - people
    for customer in world.customers:
        for reader in ("admin", "agent"):
            assert told(world, customer, reader) + told(world, customer, reader, MODEL) == []


def test_after_an_erasure_nothing_that_is_kept_opens(world: MarkedWorld) -> None:
    people = {world.visitors.ids[customer.who] for customer in world.customers}
    opener = Wired(REGISTRY).resolve("opener")
    theirs = [leaf for leaf in sealed_leaves(world) if leaf.owner in people]
    assert {leaf.kind for leaf in theirs} == SEALED
    places = [Place(leaf.table, leaf.item["pk"]["S"].partition("#")[2], "subject") for leaf in theirs]
    assert {opener.open(leaf.text, place) for leaf, place in zip(theirs, places, strict=True)} == {ERASED}
    # What articles say is for everybody: their index stays.
    assert [held for held in world.places.bucket() if not held.where.startswith("object index/")] == []
    hits = world.marks.search().hits([*world.found, *world.holds()])
    assert hits == [], "\n".join(hits)


def told(world: MarkedWorld, customer: Customer, reader: str, owner: str = "") -> list[str]:
    """The customer's marks that the reader is shown."""
    return [mark.text for mark in world.marks.within(customer.shown(reader)) if mark.owner == (owner or customer.who)]


def where(place: str) -> str:
    """A place without its route, for headers."""
    name, _, rest = place.partition(" ")
    return rest if rest.startswith("header") else f"{name} {rest}"


def wrapped_keys(world: MarkedWorld) -> dict[str, bytes]:
    """Each person's key as it is kept."""
    rows = [item for table, item in world.places.items() if table == "keys" and item["sk"]["S"] == "K"]
    return {item["owner"]["S"]: item["wrapped"]["B"] for item in rows if "wrapped" in item}
