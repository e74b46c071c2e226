"""Read a delivery."""

from functions.api.webhooks.schemas import DeliveryView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import DeliveryLogOf


def get_delivery(webhook_id: str, delivery_id: str, caller: CallerOf, log: DeliveryLogOf) -> DeliveryView:
    """Read a delivery with its attempts."""
    return DeliveryView.of(log.get(webhook_id, delivery_id, caller))


handler = api_handler(__name__)
