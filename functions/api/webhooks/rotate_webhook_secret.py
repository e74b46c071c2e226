"""Give a webhook a new secret."""

from functions.api.webhooks.schemas import WebhookSecretView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.webhooks import EndpointSecretsOf


def rotate_webhook_secret(webhook_id: str, caller: CallerOf, secrets: EndpointSecretsOf) -> WebhookSecretView:
    """Give a webhook a new secret, shown this once; the one before signs too for 24 hours."""
    return WebhookSecretView.revealed(secrets.rotate(webhook_id, caller))


handler = api_handler(__name__)
