"""A request that must have its effect once, however often it is sent."""

from dataclasses import dataclass

KEPT_SECONDS = 40 * 86_400
"""How long a key is remembered: past the 35 days clients are promised."""


@dataclass(frozen=True, slots=True)
class Once:
    """Names a request; a store keeps it with the result, in the same transaction."""

    scope: str
    """Whose key it is: the caller's id, or `public` before there is a caller."""
    key: str
    """SHA-256 of the key the client sent."""
    fingerprint: str
    """SHA-256 over operation, path and body: another body under the same key is refused."""
