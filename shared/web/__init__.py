"""HTTP: the app built from the table's rows, the request pipeline, and the two ways to host it."""

from shared.web import framework

__all__ = ["framework"]
