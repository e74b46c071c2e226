"""Send a test event."""

from functions.api.webhooks.schemas import DeliveryView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import RedeliveryOf


def send_test_event(webhook_id: str, caller: CallerOf, redelivery: RedeliveryOf) -> DeliveryView:
    """Send a `webhook.test` event; what came of it stands in the delivery log."""
    return DeliveryView.of(redelivery.test(webhook_id, caller))


handler = api_handler(__name__)
