"""What must be known to call a model."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """Where the model is and how long it is waited for; the key never shows in a repr."""

    api_key: str = field(repr=False)
    model: str
    base_url: str = "https://api.openai.com/v1"
    timeout: float = 15.0
    """Seconds of silence after which an attempt is given up; the caller's deadline bounds the sum."""
    first_word: float = 3.0
    """Seconds until the reply must have begun, connecting and a second attempt included; see the decision note."""
    send_temperature: bool = True
    """Off for reasoning models, which refuse any temperature but their own."""
    reasoning_effort: str = ""
    """Sent when set; reasoning tokens count against `max_tokens`."""
