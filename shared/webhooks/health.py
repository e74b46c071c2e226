"""Whether an endpoint still takes anything: switched off by its own wish, or after days of nothing but failures."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from shared.kernel.errors import NotFound, WriteContention
from shared.webhooks.models import Endpoint, Outcome
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
        if judged(endpoint, outcome, now) == endpoint:
            return
        # Of no use for an endpoint that is gone, and with a rush of changes the next call will tell it again.
        with suppress(NotFound, WriteContention):
            after = changed(self._endpoints, endpoint.id, lambda before: judged(before, outcome, now))
            if not after.enabled:
                LOG.warning("webhook disabled", extra={"webhook_id": endpoint.id, "code": after.disabled_reason})


def judged(endpoint: Endpoint, outcome: Outcome, now: datetime) -> Endpoint:
    """The endpoint after a call."""
    if outcome.good:
        return replace(endpoint, failing_since=None)
    if outcome.gone:
        return replace(endpoint, enabled=False, disabled_reason="gone")
    if endpoint.failing_since is None:
        return replace(endpoint, failing_since=now)
    if now - endpoint.failing_since >= PATIENCE:
        return replace(endpoint, enabled=False, disabled_reason="failing")
    return endpoint
