"""What a row of the table of routes says."""

from dataclasses import dataclass
from typing import Literal

from shared.topology.grants import CACHE_USE, Grant, read

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
PUBLIC = "public"
"""Access for anyone, without a token."""
USER = "user"
"""Access for any caller with a valid token; what they may do to which object is the service's rule."""


@dataclass(frozen=True, slots=True)
class Route:
    """`access` is PUBLIC, USER or a permission of `shared/identities/roles.py`."""

    area: str
    name: str
    method: Method
    path: str
    status: int
    access: str
    grants: tuple[Grant, ...] = ()
    limit: str = "api"
    """Rate-limit policy of `shared/web/limits.py`; empty for none."""
    memory: int = 512
    """MB"""
    timeout: int = 15
    """Seconds"""
    layers: tuple[str, ...] = ("runtime",)

    @property
    def needs(self) -> frozenset[Grant]:
        """The row's own grants, and what checking the token and the rate takes."""
        token = read("settings") if self.access != PUBLIC else ()
        return frozenset((*self.grants, *token, *(CACHE_USE if self.limit else ())))

    @property
    def module(self) -> str:
        """Dotted path of the module that serves the row."""
        return f"functions.api.{self.area}.{self.name}"
