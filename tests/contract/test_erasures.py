"""What every store owes that an erasure works on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory.process import START
from shared.identities.models import LoginCode, email_key
from shared.insights.models import Activity
from shared.kernel.errors import WriteContention
from shared.privacy.models import Certificate, Erasure
from tests.contract.identity_stores import StoreCases, Stores, a_user

LATER = START + timedelta(minutes=10)


def an_erasure(**changes: object) -> Erasure:
    return replace(Erasure("era_1", "usr_1", "usr_admin", START, email_key="hash"), **changes)  # type: ignore[arg-type]


DONE = an_erasure(
    stage="done",
    version=3,
    email_key=None,
    key_sha256="ab" * 32,
    destroyed_at=START,
    effective_at=LATER,
    completed_at=LATER,
    scrubbed={"activity": 3},
    certificate=Certificate("a.b.c", {"kty": "OKP", "x": "y"}),
)


class TestErasures(StoreCases):
    """Records of erasures."""

    def test_a_record_comes_back_whole(self, stores: Stores) -> None:
        assert stores.erasures.find("usr_1") is None
        assert stores.erasures.open(an_erasure())
        assert stores.erasures.find("usr_1") == an_erasure()

    def test_a_person_is_erased_once(self, stores: Stores) -> None:
        assert stores.erasures.open(an_erasure())
        assert not stores.erasures.open(an_erasure(id="era_2"))
        assert stores.erasures.find("usr_1") == an_erasure()

    def test_a_record_is_swapped_only_for_the_one_that_was_read(self, stores: Stores) -> None:
        stores.erasures.open(an_erasure())
        assert stores.erasures.swap(an_erasure(), DONE)
        assert not stores.erasures.swap(an_erasure(), DONE)
        assert stores.erasures.find("usr_1") == DONE

    def test_what_is_due_is_listed_longest_waiting_first(self, stores: Stores) -> None:
        waiting = an_erasure(user_id="usr_2", stage="destroyed", destroyed_at=START, effective_at=LATER)
        for erasure in (an_erasure(requested_at=START + timedelta(seconds=1)), waiting, replace(DONE, user_id="usr_3")):
            stores.erasures.open(erasure)
        assert [each.user_id for each in stores.erasures.due(START, 9)] == []
        assert [each.user_id for each in stores.erasures.due(LATER, 9)] == ["usr_1", "usr_2"]
        assert [each.user_id for each in stores.erasures.due(LATER, 1)] == ["usr_1"]


class TestAccounts(StoreCases):
    """The end of an account."""

    def test_an_ended_account_is_nobodys_and_in_no_list(self, stores: Stores) -> None:
        user = a_user(email="wang@example.com")
        stores.users.add(user, "hash", None)
        stores.codes.put(LoginCode(user.email_key, "code", LATER, START))
        stores.accounts.end(user.id, user.email_key, LATER)
        ended = stores.users.get(user.id)
        assert (ended.disabled, ended.erased_at, ended.version) == (True, LATER, 2)
        assert stores.users.page(None, 9, None).items == []
        assert stores.users.find_by_email(email_key("wang@example.com")) is None
        assert stores.credentials.find(user.id) is None
        assert stores.codes.find(user.email_key) is None

    def test_ending_it_again_changes_nothing_that_matters(self, stores: Stores) -> None:
        user = a_user()
        stores.users.add(user, None, None)
        for minutes in (10, 20):
            stores.accounts.end(user.id, user.email_key, START + timedelta(minutes=minutes))
        assert stores.users.get(user.id).erased_at == LATER

    def test_the_address_is_free_and_its_new_owner_is_left_alone(self, stores: Stores) -> None:
        old, new = a_user(email="wang@example.com"), a_user(email="wang@example.com")
        stores.users.add(old, "hash", None)
        stores.accounts.end(old.id, old.email_key, LATER)
        stores.users.add(new, "hash", None)
        stores.accounts.end(old.id, old.email_key, LATER)
        assert stores.users.find_by_email(new.email_key) == new
        assert stores.credentials.find(new.id) is not None

    def test_there_is_nothing_to_end_of_nobody(self, stores: Stores) -> None:
        with pytest.raises(WriteContention):
            stores.accounts.end("usr_nobody", "hash", LATER)


class TestForgetting(StoreCases):
    """Activity."""

    def test_everything_a_person_did_is_forgotten_and_nothing_of_others(self, stores: Stores) -> None:
        for n in range(30):
            stores.activity_log.record(Activity("usr_1", f"msg_{n}", "message", START + timedelta(seconds=n), "x"))
        stores.activity_log.record(Activity("usr_2", "msg_x", "message", START, "x"))
        assert stores.activity.forget("usr_1") == 30
        assert stores.activity.forget("usr_1") == 0
        assert stores.activity.of_user("usr_1", 9, None).items == []
        assert len(stores.activity.of_user("usr_2", 9, None).items) == 1
