"""Imports FastAPI at the price a cold start should pay, before anything else of `shared.web` imports it."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(name: str) -> Iterator[None]:
    """The module cannot be imported within the block, unless it already has been."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage within the block: what an import makes stays."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# FastAPI wants email_validator only for the address of an API's contact, which ours does not tell; it costs an eighth
# of a cold start. Our own models import it when they are built.
with absent("email_validator"), uncollected():
    import fastapi.openapi.models

__all__ = ["fastapi"]
