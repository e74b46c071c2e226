"""What can be wrong with a sealed text or a key."""

from shared.kernel.errors import DomainError


class SealBroken(DomainError):
    """The text is not what was sealed at that place: changed, moved, or never sealed. It is never shown."""

    code = "seal_broken"
