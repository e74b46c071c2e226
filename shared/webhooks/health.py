"""Whether an endpoint still takes anything: switched off by its own wish, or after days of nothing but failures."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from shared.kernel.errors import NotFound, WriteContention
from shared.webhooks.models import DisabledReason, Endpoint, Outcome
from shared.webhooks.ports import Endpoints
from shared.webhooks.registering import changed

LOG = logging.getLogger("scs.webhooks")
PATIENCE = timedelta(days=5)
"""Longer than all tries of one message take."""


class Health:
    """Written only when it turns: an endpoint that works, or goes on failing, costs no write."""

    def __init__(self, endpoints: Endpoints) -> None:
        self._endpoints = endpoints

    def note(self, endpoint: Endpoint, outcome: Outcome, now: datetime) -> None:
        """What a call tells of its endpoint, as it was read before the call."""
        if outcome.good:
            if endpoint.failing_since is not None:
                self._change(endpoint, failing_since=None)
        elif outcome.gone:
            self._switch_off(endpoint, "gone")
        elif endpoint.failing_since is None:
            self._change(endpoint, failing_since=now)
        elif now - endpoint.failing_since >= PATIENCE:
            self._switch_off(endpoint, "failing")

    def _switch_off(self, endpoint: Endpoint, reason: DisabledReason) -> None:
        self._change(endpoint, enabled=False, disabled_reason=reason)
        LOG.warning("webhook disabled", extra={"webhook_id": endpoint.id, "code": reason})

    def _change(self, endpoint: Endpoint, **changes: object) -> None:
        # Of no use for an endpoint that is gone, and with a rush of changes the next call will tell it again.
        with suppress(NotFound, WriteContention):
            changed(self._endpoints, endpoint.id, lambda before: replace(before, **changes))  # type: ignore[arg-type]
