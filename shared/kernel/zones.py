"""Time zones by their IANA names."""

from zoneinfo import ZoneInfo


def zone_of(name: str) -> ZoneInfo | None:
    """The zone; None when there is none of that name, whatever is wrong with it."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not found, a folder or too long, no name at all
        return None
