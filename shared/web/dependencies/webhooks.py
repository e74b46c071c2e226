"""Aliases for webhooks."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.webhooks.log import DeliveryLog, Redelivery
from shared.webhooks.registering import EndpointDesk, EndpointList, EndpointSecrets

EndpointListOf = Annotated[EndpointList, Provide("webhook_list")]
EndpointDeskOf = Annotated[EndpointDesk, Provide("webhook_desk")]
EndpointSecretsOf = Annotated[EndpointSecrets, Provide("webhook_secrets")]
DeliveryLogOf = Annotated[DeliveryLog, Provide("delivery_log")]
RedeliveryOf = Annotated[Redelivery, Provide("redelivery")]
