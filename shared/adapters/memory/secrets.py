"""Secret texts in memory."""


class MemorySecrets:
    """Secrets."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def read(self, secret: str) -> str | None:
        """The text."""
        return self._texts.get(secret)

    def write(self, secret: str, text: str) -> None:
        """Replace the text."""
        self._texts[secret] = text
