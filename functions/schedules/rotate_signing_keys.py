"""Change the signing keys when they are old."""

from typing import Annotated

from shared.bootstrap import schedule_handler
from shared.identities.keys import KeyRotation
from shared.kernel.wiring import Provide


def rotate_signing_keys(rotation: Annotated[KeyRotation, Provide("key_rotation")]) -> None:
    """One look; most find nothing to do."""
    rotation.rotate()


handler = schedule_handler(__name__)
