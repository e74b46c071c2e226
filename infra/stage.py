"""What a deployment chooses, read from the CDK context (`-c stage=prod -c cache=none …`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

Stage = Literal["dev", "prod"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class BadContext(ValueError):
    """The message names the context key and the values it may have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment."""

    stage: Stage
    cache: bool
    """False leaves the cache and the network out; nothing but speed is lost."""
    local: bool
    """For the emulator: no layers, no network, and this machine's processor."""
    origins: tuple[str, ...]
    """Web origins that may call the API from a browser."""
    log_level: LogLevel
    ai_model: str
    ai_base_url: str
    mail_from: str

    @property
    def durable(self) -> bool:
        """Whether data must survive a mistaken deletion of the stack."""
        return self.stage == "prod"

    @property
    def networked(self) -> bool:
        """Whether there is a cache, and so a network for the functions that use it."""
        return self.cache and not self.local


def read_settings(look_up: Callable[[str], object]) -> Settings:
    """The settings of a context; BadContext names the key that is wrong."""

    def text(key: str, default: str = "") -> str:
        value = look_up(key)
        return default if value is None else str(value)

    def one_of(key: str, *allowed: str) -> str:
        value = text(key, allowed[0])
        if value not in allowed:
            raise BadContext(f"-c {key}={value}: must be one of {', '.join(allowed)}")
        return value

    return Settings(
        stage=cast(Stage, one_of("stage", "dev", "prod")),
        cache=one_of("cache", "valkey", "none") == "valkey",
        local=one_of("local", "false", "true", "False", "True").lower() == "true",
        origins=_origins(text("origins")),
        log_level=cast(LogLevel, one_of("log_level", "INFO", "DEBUG", "WARNING", "ERROR")),
        ai_model=text("ai_model"),
        ai_base_url=text("ai_base_url"),
        mail_from=text("mail_from"),
    )


def _origins(listed: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in listed.split(",") if origin.strip())
    if "*" in origins and len(origins) > 1:
        raise BadContext("-c origins: `*` stands alone")
    return origins
