"""Open screens: who is connected, and how entries and hints reach them."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.assistant.answer_ports import Drafts
from shared.bootstrap.platform import endpoint as aws_endpoint
from shared.bootstrap.platform import queue, table
from shared.bootstrap.registry import Wired, provides
from shared.config import CacheSettings, RealtimeSettings, location, read
from shared.kernel.ports import JobQueue
from shared.messages.ports import Pushes
from shared.realtime.address import SocketAddress
from shared.realtime.backlog import Backlog
from shared.realtime.conversation import Conversation
from shared.realtime.desk import SocketDesk
from shared.realtime.door import Door
from shared.realtime.drafting import DraftsHeard, RelayDrafts, SocketDrafts
from shared.realtime.entrance import Entrance, TicketOffice
from shared.realtime.local_push import LocalPush
from shared.realtime.models import StandingChange
from shared.realtime.ports import Connections, Followers, OpenSessions, Push, ReadMarks, Relay, SocketTickets
from shared.realtime.pushing import Rechecks, Revocations, SocketPushes, WakingPushes
from shared.realtime.tails import NoFollowers, Tails
from shared.sealing.pushes import OpeningPushes
from shared.topology import grants

BOTH = (*grants.read("connections"), *grants.write("connections"))


@provides(*grants.write("connections"), uses=("transport",))
def socket_tickets(wired: Wired) -> SocketTickets:
    """One-time tickets."""
    from shared.adapters.dynamodb.sockets import DynamoSocketTickets

    return table(DynamoSocketTickets, wired, "connections")


@provides(*BOTH, uses=("transport", "clock"))
def connections(wired: Wired) -> Connections:
    """Who is connected."""
    from shared.adapters.dynamodb.sockets import DynamoConnections

    return DynamoConnections(wired.resolve("transport"), location("table", "connections"), wired.resolve("clock"))


@provides(*BOTH, uses=("transport",))
def read_marks(wired: Wired) -> ReadMarks:
    """How far people have read."""
    from shared.adapters.dynamodb.sockets import DynamoReadMarks

    return table(DynamoReadMarks, wired, "connections")


@provides(*grants.read("identities"), uses=("transport",))
def open_sessions(wired: Wired) -> OpenSessions:
    """Log-in sessions to look at."""
    from shared.adapters.dynamodb.sessions import DynamoSessions

    return table(DynamoSessions, wired, "identities")


@provides()
def relay(wired: Wired) -> Relay:
    """Between a container's processes, through the cache. It asks for no grant: no Lambda speaks to another by it."""
    url = read(CacheSettings).cache_url
    if url is None:
        from shared.adapters.memory.relay import MemoryRelay

        return MemoryRelay()
    from shared.adapters.redis.client import CacheConnection
    from shared.adapters.redis.relay import RedisRelay

    return RedisRelay(CacheConnection(url), CacheConnection(url, cool_down=1.0))


@provides(uses=("ids", "relay"))
def local_push(wired: Wired) -> LocalPush:
    """The sockets of this process, a replica by a name of its own."""
    return LocalPush(wired.resolve("ids").new("rep"), wired.resolve("relay"))


@provides(*grants.SOCKET_PUSH, uses=("local_push",))
def socket_push(wired: Wired) -> Push:
    """To any socket of the deployment."""
    place = read(RealtimeSettings).sockets_endpoint
    if place is None:
        return wired.resolve("local_push")  # type: ignore[no-any-return]
    from shared.adapters.apigateway.push import GatewayPush

    return GatewayPush(f"{aws_endpoint() or ''}{place}" if place.startswith("/") else place)


@provides(uses=("ticket_reader", "local_push"))
def tails(wired: Wired) -> Tails:
    """What is followed through this process."""
    return Tails(wired.resolve("ticket_reader"), wired.resolve("local_push"))


@provides(uses=("tails",))
def followers(wired: Wired) -> Followers:
    """Live entries: by the stream in AWS, by reading on in the container."""
    return wired.resolve("tails") if read(RealtimeSettings).sockets_endpoint is None else NoFollowers()


@provides(uses=("socket_tickets", "user_rows", "open_sessions", "clock"))
def entrance(wired: Wired) -> Entrance:
    """Who may come in."""
    return Entrance(*_all(wired, "socket_tickets", "user_rows", "open_sessions", "clock"))


@provides(uses=("entrance", "connections", "socket_push", "clock"))
def socket_door(wired: Wired) -> Door:
    """Handshakes."""
    return Door(
        wired.resolve("entrance"),
        wired.resolve("connections"),
        wired.resolve("socket_push"),
        wired.resolve("clock"),
        read(RealtimeSettings).origins,
    )


@provides(uses=("connections", "read_marks", "ticket_reader", "followers", "socket_push", "clock"))
def conversation(wired: Wired) -> Conversation:
    """What connected people do."""
    return Conversation(
        wired.resolve("connections"),
        wired.resolve("read_marks"),
        wired.resolve("ticket_reader"),
        Backlog(wired.resolve("ticket_reader"), wired.resolve("socket_push")),
        wired.resolve("followers"),
        wired.resolve("socket_push"),
        wired.resolve("clock"),
    )


@provides(uses=("connections", "conversation", "socket_push", "clock"))
def socket_desk(wired: Wired) -> SocketDesk:
    """Frames. They are counted per process: API Gateway has a throttle of its own in front."""
    from shared.adapters.memory.limiter import MemoryRateLimiter

    clock = wired.resolve("clock")
    return SocketDesk(
        wired.resolve("connections"),
        wired.resolve("conversation"),
        wired.resolve("socket_push"),
        MemoryRateLimiter(clock),
        clock,
    )


@provides(uses=("socket_tickets", "presence", "clock", "ids"))
def ticket_office(wired: Wired) -> TicketOffice:
    """Gives tickets out."""
    return TicketOffice(*_all(wired, "socket_tickets", "presence", "clock", "ids"))


@provides(*grants.SOCKET_TELL)
def socket_address(wired: Wired) -> SocketAddress:
    """Where clients connect."""
    return SocketAddress(read(RealtimeSettings).public_ws_url)


@provides(uses=("connections", "socket_push", "relay", "opener"))
def entry_pushes(wired: Wired) -> Pushes:
    """From the stream to the screens. Only what is sent from here is opened here."""
    if read(RealtimeSettings).sockets_endpoint is None:
        return WakingPushes(wired.resolve("relay"))
    return OpeningPushes(SocketPushes(*_all(wired, "connections", "socket_push")), wired.resolve("opener"))


@provides(uses=("connections", "socket_push", "relay", "sealer", "clock"))
def drafts(wired: Wired) -> Drafts:
    """Answers in the making."""
    if read(RealtimeSettings).sockets_endpoint is None:
        return RelayDrafts(*_all(wired, "relay", "sealer", "clock"))
    return SocketDrafts(*_all(wired, "connections", "socket_push", "clock"))


@provides(uses=("tails", "local_push", "opener"))
def drafts_heard(wired: Wired) -> DraftsHeard:
    """The other end, in the process that holds sockets."""
    return DraftsHeard(*_all(wired, "tails", "local_push", "opener"))


@provides()
def standing_reader(wired: Wired) -> Callable[[Mapping[str, Any]], StandingChange | None]:
    """Change records as what people may do."""
    from shared.adapters.dynamodb.standing import standing_change_from

    return standing_change_from


@provides(*grants.send("revocation_failures"), uses=("sqs_client",))
def revocations_parking(wired: Wired) -> JobQueue:
    """Where changes wait that could not be acted on."""
    return queue(wired, "revocation_failures")


@provides(uses=("connections", "open_sessions", "entrance", "socket_push"))
def rechecks(wired: Wired) -> Rechecks:
    """Looks again at who may stay."""
    return Rechecks(*_all(wired, "connections", "open_sessions", "entrance", "socket_push"))


@provides(uses=("connections", "socket_push"))
def revoking(wired: Wired) -> Revocations:
    """Closes sockets."""
    return Revocations(*_all(wired, "connections", "socket_push"))


def _all(wired: Wired, *names: str) -> list[Any]:
    return [wired.resolve(name) for name in names]
