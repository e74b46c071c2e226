"""Change a webhook."""

from functions.api.webhooks.schemas import WebhookUpdate, WebhookView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, IfMatchOf
from shared.web.dependencies.webhooks import EndpointDeskOf


def update_webhook(
    webhook_id: str, body: WebhookUpdate, caller: CallerOf, if_match: IfMatchOf, desk: EndpointDeskOf
) -> WebhookView:
    """Change a webhook, switch it off or on again."""
    return WebhookView.of(desk.update(webhook_id, body.changes(), caller, if_match))


handler = api_handler(__name__)
