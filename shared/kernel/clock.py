"""Time as the API shows it: UTC, RFC 3339, milliseconds."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The current instant in UTC, cut to milliseconds so that what is stored equals what was computed."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def stamp(at: datetime) -> str:
    """RFC 3339 with milliseconds and `Z`; sorts as text by time."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_stamp(text: str) -> datetime:
    """The instant of a stamp; ValueError when it is none."""
    return datetime.fromisoformat(text)
