"""All stacks of one deployment, and what depends on what."""

from dataclasses import dataclass

import aws_cdk as cdk

from infra.constructs.hosting import Packages
from infra.names import PROJECT, physical
from infra.stacks.api import ApiStack, DeskStack
from infra.stacks.data import DataStack
from infra.stacks.network import NetworkStack
from infra.stacks.sockets import SocketsStack
from infra.stacks.workers import WorkersStack
from infra.stage import Settings


@dataclass(frozen=True, slots=True)
class System:
    """The stacks; `network` is None without a cache."""

    data: DataStack
    network: NetworkStack | None
    sockets: SocketsStack
    api: ApiStack
    desk: DeskStack
    workers: WorkersStack


def build_system(app: cdk.App, settings: Settings, packages: Packages) -> System:
    """The stacks in `app`. No account and no region is named, so nothing is looked up at synthesis."""
    data = DataStack(app, physical(settings.stage, "data"), settings)
    network = NetworkStack(app, physical(settings.stage, "network"), settings) if settings.networked else None
    attached = network.network if network else None
    sockets = SocketsStack(app, physical(settings.stage, "sockets"), settings, packages)
    api = ApiStack(app, physical(settings.stage, "api"), settings, packages, attached, sockets.api_id)
    desk = DeskStack(app, physical(settings.stage, "desk"), settings, packages, attached, sockets.api_id, api.api)
    workers = WorkersStack(
        app, physical(settings.stage, "workers"), settings, packages, attached, data.streams, sockets.api_id
    )
    for stack in (sockets, api, desk, workers):
        # Names are fixed, so CDK does not see that functions need the tables and queues.
        stack.add_stack_dependency(data)
    if settings.durable and settings.mail_from.endswith("@example.com"):
        cdk.Annotations.of(workers).add_warning_v2(
            "customer-service:mail-from", "log-in codes cannot be sent: name a verified address with -c mail_from=…"
        )
    cdk.Tags.of(app).add("project", PROJECT)
    cdk.Tags.of(app).add("stage", settings.stage)
    return System(data, network, sockets, api, desk, workers)
