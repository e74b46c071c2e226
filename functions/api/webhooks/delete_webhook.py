"""Delete a webhook."""

from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import EndpointDeskOf


def delete_webhook(webhook_id: str, caller: CallerOf, desk: EndpointDeskOf) -> None:
    """Delete a webhook; what was not delivered yet is given up."""
    desk.remove(webhook_id, caller)


handler = api_handler(__name__)
