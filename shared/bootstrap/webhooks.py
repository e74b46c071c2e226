"""Outbound webhooks."""

from shared.bootstrap.platform import queue, table
from shared.bootstrap.registry import Wired, provides
from shared.config import WebhookSettings, read
from shared.kernel.ports import JobQueue
from shared.messages.ports import Webhooks
from shared.sealing.webhooks import NewWebhookSecrets, WebhookSecrets
from shared.topology import grants
from shared.webhooks.composing import Composer
from shared.webhooks.health import Health
from shared.webhooks.log import DeliveryLog, Redelivery
from shared.webhooks.ports import (
    Deliveries,
    DeliveryReader,
    EndpointReader,
    Endpoints,
    Receivers,
    SecretOpener,
    SecretSealer,
)
from shared.webhooks.registering import EndpointDesk, EndpointList, EndpointSecrets
from shared.webhooks.sending import Sending
from shared.webhooks.subscribing import EntryWebhooks, Subscriptions
from shared.webhooks.sweeping import DeliverySweeper

BOTH = (*grants.read("webhooks"), *grants.write("webhooks"))


@provides(*grants.read("webhooks"), uses=("transport",))
def webhook_endpoint_reader(wired: Wired) -> EndpointReader:
    """Endpoints to read, their secrets sealed."""
    from shared.adapters.dynamodb.webhooks import DynamoEndpointReader

    return table(DynamoEndpointReader, wired, "webhooks")


@provides(*BOTH, uses=("transport",))
def webhook_endpoints(wired: Wired) -> Endpoints:
    """Endpoints, their secrets sealed."""
    from shared.adapters.dynamodb.webhooks import DynamoEndpoints

    return table(DynamoEndpoints, wired, "webhooks")


@provides(*BOTH, uses=("transport",))
def deliveries(wired: Wired) -> Deliveries:
    """The log."""
    from shared.adapters.dynamodb.webhooks import DynamoDeliveries

    return table(DynamoDeliveries, wired, "webhooks")


@provides(*grants.read("webhooks"), uses=("transport",))
def delivery_rows(wired: Wired) -> DeliveryReader:
    """The log to read."""
    from shared.adapters.dynamodb.webhooks import DynamoDeliveries

    return table(DynamoDeliveries, wired, "webhooks")


@provides(*grants.send("webhook_deliveries"), uses=("sqs_client",))
def webhook_jobs(wired: Wired) -> JobQueue:
    """Deliveries to send."""
    return queue(wired, "webhook_deliveries")


@provides(uses=("opener",))
def webhook_secret_opener(wired: Wired) -> SecretOpener:
    """Opens secrets."""
    return WebhookSecrets(wired.resolve("opener"))


@provides(uses=("sealer",))
def webhook_secret_sealer(wired: Wired) -> SecretSealer:
    """Seals secrets."""
    return NewWebhookSecrets(wired.resolve("sealer"))


@provides(*grants.WEBHOOK_POST)
def webhook_receivers(wired: Wired) -> Receivers:
    """Everybody's servers."""
    from shared.adapters.http.receivers import HttpReceivers

    return HttpReceivers(read(WebhookSettings).private_hosts)


@provides(uses=("webhook_endpoint_reader", "deliveries", "webhook_jobs", "clock"))
def entry_webhooks(wired: Wired) -> Webhooks:
    """From entries to deliveries."""
    clock = wired.resolve("clock")
    subscriptions = Subscriptions(wired.resolve("webhook_endpoint_reader"), clock)
    return EntryWebhooks(subscriptions, wired.resolve("deliveries"), wired.resolve("webhook_jobs"), clock)


@provides(uses=("webhook_endpoint_reader",))
def webhook_list(wired: Wired) -> EndpointList:
    """Reads endpoints."""
    return EndpointList(wired.resolve("webhook_endpoint_reader"))


@provides(uses=("webhook_endpoints", "clock"))
def webhook_desk(wired: Wired) -> EndpointDesk:
    """Changes endpoints."""
    hosts = read(WebhookSettings).private_hosts
    return EndpointDesk(wired.resolve("webhook_endpoints"), wired.resolve("clock"), hosts)


@provides(uses=("webhook_endpoints", "webhook_secret_sealer", "webhook_secret_opener", "clock", "ids"))
def webhook_secrets(wired: Wired) -> EndpointSecrets:
    """Makes endpoints and secrets."""
    names = ("webhook_endpoints", "webhook_secret_sealer", "webhook_secret_opener", "clock", "ids")
    return EndpointSecrets(*[*map(wired.resolve, names), read(WebhookSettings).private_hosts])


@provides(uses=("ticket_rows", "ticket_reader", "webhook_secret_opener", "clock"))
def webhook_composer(wired: Wired) -> Composer:
    """Makes messages."""
    return Composer(*map(wired.resolve, ("ticket_rows", "ticket_reader", "webhook_secret_opener", "clock")))


@provides(
    uses=("webhook_endpoints", "deliveries", "webhook_composer", "webhook_receivers", "webhook_jobs", "clock", "ids")
)
def webhook_sending(wired: Wired) -> Sending:
    """Sends what is due."""
    return Sending(
        wired.resolve("webhook_endpoints"),
        wired.resolve("deliveries"),
        wired.resolve("webhook_composer"),
        wired.resolve("webhook_receivers"),
        Health(wired.resolve("webhook_endpoints")),
        wired.resolve("webhook_jobs"),
        wired.resolve("clock"),
        wired.resolve("ids"),
    )


@provides(uses=("deliveries", "webhook_jobs", "clock"))
def webhook_sweeper(wired: Wired) -> DeliverySweeper:
    """Queues what is due."""
    return DeliverySweeper(*map(wired.resolve, ("deliveries", "webhook_jobs", "clock")))


@provides(uses=("webhook_endpoint_reader", "delivery_rows"))
def delivery_log(wired: Wired) -> DeliveryLog:
    """Shows deliveries."""
    return DeliveryLog(*map(wired.resolve, ("webhook_endpoint_reader", "delivery_rows")))


@provides(uses=("webhook_endpoint_reader", "deliveries", "webhook_jobs", "clock", "ids"))
def redelivery(wired: Wired) -> Redelivery:
    """Sends again."""
    return Redelivery(*map(wired.resolve, ("webhook_endpoint_reader", "deliveries", "webhook_jobs", "clock", "ids")))
