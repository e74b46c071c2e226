"""What every presence owes; a presence's test inherits `PresenceContract` and overrides `presence`."""

import pytest

from shared.kernel.ports import Presence


class PresenceContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def presence(self) -> Presence:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_nobody_is_here_at_first(self, presence: Presence) -> None:
        assert presence.online(["usr_1"]) == set()
        assert presence.online([]) == set()

    def test_who_was_here_just_now_is_online(self, presence: Presence) -> None:
        presence.touch("usr_1")
        presence.touch("usr_2")
        assert presence.online(["usr_1", "usr_2", "usr_3"]) == {"usr_1", "usr_2"}

    def test_only_those_asked_for_are_told(self, presence: Presence) -> None:
        presence.touch("usr_1")
        assert presence.online(["usr_2"]) == set()

    def test_coming_again_changes_nothing(self, presence: Presence) -> None:
        presence.touch("usr_1")
        presence.touch("usr_1")
        assert presence.online(["usr_1"]) == {"usr_1"}
