"""Vectors of texts."""

from typing import Any

DIMENSIONS = 512
Vectors = Any
"""A float32 array with a row a text; numpy is only there where vectors are made."""
