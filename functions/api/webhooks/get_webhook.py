"""Read a webhook."""

from functions.api.webhooks.schemas import WebhookView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import EndpointListOf


def get_webhook(webhook_id: str, caller: CallerOf, webhooks: EndpointListOf) -> WebhookView:
    """Read a webhook."""
    return WebhookView.of(webhooks.get(webhook_id, caller))


handler = api_handler(__name__)
