"""Webhook secrets, each sealed under a key of its own endpoint."""

from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer


def _place(endpoint_id: str) -> Place:
    return Place("settings", endpoint_id, "secret")


class WebhookSecrets:
    """A SecretOpener."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener

    def open(self, endpoint_id: str, sealed: str) -> str:
        """The secret."""
        return self._opener.open(sealed, _place(endpoint_id))


class NewWebhookSecrets:
    """A SecretSealer."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def seal(self, endpoint_id: str, secret: str) -> str:
        """Under the endpoint's key, made with its first secret."""
        return self._sealer.seal(endpoint_id, secret, _place(endpoint_id))
