"""How a function's signature names the objects it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

M = TypeVar("M")


class Wiring(Protocol):
    """Gives the object behind a provider's name."""

    def resolve(self, name: str) -> Any:
        """The one object of that name, built on first use."""


@dataclass(frozen=True, slots=True)
class Provide:
    """Marks a parameter, in its Annotated type, that a provider of `shared/bootstrap` fills."""

    name: str


def marked(function: Callable[..., Any], kind: type[M]) -> dict[str, M]:
    """The parameters whose type carries a marker of that kind."""
    hints = get_type_hints(function, include_extras=True)
    hints.pop("return", None)
    pairs = {name: _first(hint, kind) for name, hint in hints.items()}
    return {name: mark for name, mark in pairs.items() if mark is not None}


def _first(hint: Any, kind: type[M]) -> M | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((mark for mark in get_args(hint)[1:] if isinstance(mark, kind)), None)


def fill(function: Callable[..., Any], wiring: Wiring) -> dict[str, Any]:
    """The objects for a function's provided parameters."""
    return {name: wiring.resolve(mark.name) for name, mark in marked(function, Provide).items()}
