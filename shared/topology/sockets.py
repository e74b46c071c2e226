"""One row per kind of event of the WebSocket API."""

from dataclasses import dataclass

from shared.topology.grants import OPEN_FIELDS, SOCKET_PUSH, Grant, read, write


@dataclass(frozen=True, slots=True)
class SocketRoute:
    """A function behind one of API Gateway's three route keys."""

    name: str
    key: str
    """`$connect`, `$disconnect`, or `$default` for every frame."""
    grants: tuple[Grant, ...]
    memory: int = 512
    timeout: int = 15
    layers: tuple[str, ...] = ("runtime",)

    @property
    def needs(self) -> frozenset[Grant]:
        """Everything the function may touch."""
        return frozenset(self.grants)

    @property
    def module(self) -> str:
        """Dotted path of the module that serves the row."""
        return f"functions.sockets.{self.name}"


CONNECTIONS = (*read("connections"), *write("connections"), *SOCKET_PUSH)

SOCKET_ROUTES = (
    SocketRoute("connect", "$connect", (*CONNECTIONS, *read("identities"))),
    SocketRoute("frame", "$default", (*CONNECTIONS, *read("tickets"), *OPEN_FIELDS)),
    SocketRoute("disconnect", "$disconnect", (*CONNECTIONS, *read("tickets"), *OPEN_FIELDS)),
)
