"""Send a message again."""

from functions.api.webhooks.schemas import DeliveryView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import RedeliveryOf


def redeliver(webhook_id: str, delivery_id: str, caller: CallerOf, redelivery: RedeliveryOf) -> DeliveryView:
    """Send a message again, under the id it had, with all its retries."""
    return DeliveryView.of(redelivery.again(webhook_id, delivery_id, caller))


handler = api_handler(__name__)
