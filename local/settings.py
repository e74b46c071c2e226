"""What `make run` reads from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PASSED_ON = (
    "ATTACHMENT_MAX_BYTES",
    "AI_API_KEY",
    "AI_BASE_URL",
    "AI_DAILY_COST",
    "AI_DAILY_TOKENS",
    "AI_DAILY_TOKENS_PER_PERSON",
    "AI_FIRST_WORD_TIMEOUT",
    "AI_LINK_HOSTS",
    "AI_MODEL",
    "AI_PRICE_INPUT",
    "AI_PRICE_OUTPUT",
    "AI_REASONING_EFFORT",
    "AI_SEND_TEMPERATURE",
    "AI_TIMEOUT",
    "ALLOWED_ORIGINS",
    "KEY_CACHE_COUNT",
    "KEY_CACHE_SECONDS",
    "KEY_FILE",
    "LOG_LEVEL",
    "PUBLIC_WS_URL",
    "RATE_LIMIT_SCALE",
    "TURN_DEADLINE_SECONDS",
    "TURN_SETTLE_SECONDS",
    "WORKER_CONCURRENCY",
    "WORKER_VISIBILITY_SECONDS",
)
"""Handed to the product as they are; without a key it answers with its offline model."""


class Refused(Exception):
    """The local system cannot or must not start as asked; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Read with `from_env`; the defaults are those of the README."""

    port: int
    metrics_port: int
    data_dir: Path
    seed: bool = True
    passed_on: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Refused names the variable that is wrong."""
        settings = cls(
            port=_port(environ, "PORT", 8080),
            metrics_port=_port(environ, "METRICS_PORT", 9090),
            data_dir=data_dir(environ),
            seed=environ.get("SEED", "1") not in ("0", "", "no", "false"),
            passed_on={name: environ[name] for name in PASSED_ON if environ.get(name)},
        )
        if settings.port == settings.metrics_port:
            raise Refused(f"PORT and METRICS_PORT are both {settings.port}; give them different values.")
        return settings

    @property
    def url(self) -> str:
        """The address of the pages and the API."""
        return f"http://127.0.0.1:{self.port}"


def data_dir(environ: Mapping[str, str]) -> Path:
    """Where the local system keeps everything, absolute."""
    return Path(environ.get("DATA_DIR") or ".data").absolute()


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refused(f"{name}={text} is no port; give a number from 1 to 65535.")
    return int(text)
