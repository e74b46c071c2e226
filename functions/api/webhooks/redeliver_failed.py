"""Send again what failed."""

from functions.api.webhooks.schemas import AgainView, RedeliverFailed
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import RedeliveryOf


def redeliver_failed(webhook_id: str, body: RedeliverFailed, caller: CallerOf, redelivery: RedeliveryOf) -> AgainView:
    """Send again what failed since an instant, two hundred at most; ask again while more are left."""
    return AgainView.of(redelivery.failed_since(webhook_id, body.to_instant(), caller))


handler = api_handler(__name__)
