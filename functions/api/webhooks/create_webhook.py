"""Add a webhook."""

from functions.api.webhooks.schemas import WebhookCreate, WebhookSecretView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, OnceOf
from shared.web.dependencies.webhooks import EndpointSecretsOf


def create_webhook(
    body: WebhookCreate, caller: CallerOf, once: OnceOf, secrets: EndpointSecretsOf
) -> WebhookSecretView:
    """Add a webhook.

    The answer holds the secret that signs its messages; it is not shown again. Messages follow within ten seconds.
    """
    return WebhookSecretView.revealed(secrets.create(body.to_new(), caller, once))


handler = api_handler(__name__)
