"""How a route's signature names what the pipeline works out for it."""

from dataclasses import dataclass

from shared.kernel.wiring import Provide


@dataclass(frozen=True, slots=True)
class FromRequest:
    """A value of the request's scope: `caller`, `once`, `if_match`, `language`, `base_url`."""

    name: str


Marker = Provide | FromRequest
