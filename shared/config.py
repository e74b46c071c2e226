"""Settings, one small frozen model per adapter, read from the environment on first use; unsafe values are refused."""

import logging
import os
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from shared.kernel.errors import Misconfigured
from shared.topology.resources import env_name

LOG = logging.getLogger("scs.config")
T = TypeVar("T", bound="Settings")


class Settings(BaseModel):
    """Fields named as their variables in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


def read(model: type[T]) -> T:
    """The settings from the environment; Misconfigured names the variables that are wrong, never their values."""
    values = {name: os.environ[name.upper()] for name in model.model_fields if os.environ.get(name.upper())}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        wrong = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors())
        LOG.error("settings refused: %s", wrong)
        raise Misconfigured(settings=wrong) from None


def location(kind: str, name: str) -> str:
    """Where a resource is; Misconfigured when the function was not granted it."""
    variable = env_name(kind, name)
    value = os.environ.get(variable)
    if not value:
        LOG.error("settings missing: %s", variable)
        raise Misconfigured(settings=variable)
    return value


def optional_location(kind: str, name: str) -> str | None:
    """Where a resource is, None where it was not granted or the deployment has none."""
    return os.environ.get(env_name(kind, name)) or None


class CacheSettings(Settings):
    """Redis or Valkey. Without a URL everything works without it."""

    cache_url: Annotated[str | None, Field(repr=False)] = None
    """May hold a password."""

    @field_validator("cache_url")
    @classmethod
    def _known_scheme(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://")):
            raise ValueError("redis:// or rediss://")
        return value


class TokenSettings(Settings):
    """Access tokens."""

    token_issuer: str = "smart-customer-service"  # noqa: S105 - a name, not a secret
    token_audience: str = "smart-customer-service"  # noqa: S105 - a name, not a secret


class KeySettings(Settings):
    """Encryption of fields. In AWS the deployment names its KMS key; elsewhere a key file takes its place."""

    key_file: str | None = None
    """Path of the master keys, `{"active": name, "keys": {name: base64url of 32 bytes}}`; instead of KMS."""
    key_cache_seconds: Annotated[int, Field(ge=1, le=900)] = 300
    """How long a process remembers a key: what it may still read while the key service is away, or after an erasure."""
    key_cache_count: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000


class FileSettings(Settings):
    """Files on tickets: in a bucket, or in a directory that every container of the deployment shares."""

    attachment_max_bytes: Annotated[int, Field(ge=1, le=25_000_000)] = 25_000_000
    files_dir: str | None = None
    """A directory in place of the bucket; the container then takes and serves files itself."""
    files_url: str = ""
    """Where clients reach the container, `https://help.example.com`; part of the addresses of files in a directory."""
    files_secret: Annotated[str | None, Field(repr=False, min_length=32)] = None
    """Signs those addresses; the same in every container."""

    def files_key(self) -> bytes:
        """What signs addresses; Misconfigured where it is needed and missing."""
        if self.files_secret is None:
            raise Misconfigured(settings="FILES_SECRET")
        return self.files_secret.encode()


class WebhookSettings(Settings):
    """Outbound webhooks, which go to public https addresses only."""

    webhook_private_hosts: str = ""
    """`host:port` of your own receivers inside, separated by commas: there, private addresses and http are allowed."""

    @property
    def private_hosts(self) -> frozenset[str]:
        """Each of them."""
        return frozenset(host.strip().lower() for host in self.webhook_private_hosts.split(",") if host.strip())


class LimitSettings(Settings):
    """Rate limits: every policy's limit is multiplied by the scale."""

    rate_limit_scale: Annotated[int, Field(ge=1, le=1000)] = 1


class ModelSettings(Settings):
    """The language model. Without a key the offline engine does all the work."""

    ai_api_key: Annotated[str | None, Field(repr=False)] = None
    ai_base_url: str | None = None
    ai_model: str = "gpt-5-mini"
    ai_timeout: Annotated[float, Field(gt=0, le=60)] = 12.0
    """Seconds of silence within a reply that has begun."""
    ai_first_word_timeout: Annotated[float, Field(gt=0, le=60)] = 3.0
    """Seconds until a reply must begin, or the offline engine answers; a model that thinks in silence needs more."""
    ai_send_temperature: bool = False
    """Reasoning models refuse a temperature; servers of your own may want one."""
    ai_reasoning_effort: str = ""
    """Sent when set."""
    ai_price_input: Annotated[float, Field(ge=0)] = 0.0
    """What a million tokens of input cost."""
    ai_price_output: Annotated[float, Field(ge=0)] = 0.0
    """What a million tokens of output cost."""
    ai_daily_tokens: Annotated[int, Field(ge=0)] = 0
    """Tokens of a day (UTC) after which the offline engine does all the work; 0 is no limit."""
    ai_daily_cost: Annotated[float, Field(ge=0)] = 0.0
    """The same in the currency of the prices, which it needs; 0 is no limit."""
    ai_daily_tokens_per_person: Annotated[int, Field(ge=0)] = 200_000
    """The same for what one person's questions take, about a hundred answers; 0 is no limit."""
    ai_link_hosts: str = ""
    """Hosts, separated by commas, that the assistant's replies may link to."""

    @field_validator("ai_base_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError("https:// or http://")
        return value

    @field_validator("ai_daily_cost")
    @classmethod
    def _priced(cls, value: float, info: ValidationInfo) -> float:
        if value and not (info.data.get("ai_price_input") or info.data.get("ai_price_output")):
            raise ValueError("needs AI_PRICE_INPUT and AI_PRICE_OUTPUT")
        return value

    @property
    def link_hosts(self) -> frozenset[str]:
        """Each host of `ai_link_hosts`."""
        return frozenset(host for part in self.ai_link_hosts.split(",") if (host := part.strip()))


class TurnSettings(Settings):
    """Automatic answers."""

    turn_settle_seconds: Annotated[int, Field(ge=0, le=60)] = 2
    """How long the assistant waits for the customer to finish writing."""
    turn_deadline_seconds: Annotated[float, Field(gt=1, le=60)] = 20.0


class RealtimeSettings(Settings):
    """Open screens."""

    public_ws_url: str | None = None
    """Where browsers open sockets, `wss://help.example.com/ws`, or a path; without it, `/ws` of the host asked."""
    sockets_endpoint: str | None = None
    """API Gateway's management address, or its path at `AWS_ENDPOINT_URL`; without it containers hold the sockets."""
    allowed_origins: str = ""
    """Web origins, separated by commas, whose pages may open sockets, besides pages of the same host."""
    realtime_poll_seconds: Annotated[float, Field(gt=0, le=60)] = 0.5
    """Without a cache: how often a container looks for new entries of the tickets that are followed there."""
    realtime_poll_seconds_with_cache: Annotated[float, Field(gt=0, le=60)] = 5.0
    """The same where the cache tells of new entries: the safety net for what it loses."""

    @field_validator("public_ws_url")
    @classmethod
    def _socket_scheme(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("ws://", "wss://", "/")):
            raise ValueError("ws://, wss:// or a path")
        return value

    @property
    def origins(self) -> frozenset[str]:
        """The listed origins."""
        return frozenset(origin.strip() for origin in self.allowed_origins.split(",") if origin.strip())


class MailSettings(Settings):
    """Outgoing e-mail."""

    mail: Literal["ses", "file"] = "ses"
    mail_from: str = "support@example.com"
    mail_dir: str = ".data/outbox"


class LogSettings(Settings):
    """Logs."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"


class HostSettings(Settings):
    """The container."""

    host: str = "0.0.0.0"  # noqa: S104 - a container is reached from outside; make run sets 127.0.0.1
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    metrics_port: Annotated[int, Field(ge=1, le=65535)] = 9090
    drain_seconds: Annotated[float, Field(ge=0, le=60)] = 0
    """How long a process that was told to stop still takes requests while readiness already answers 503."""


class WorkerSettings(Settings):
    """The container's worker."""

    worker_visibility_seconds: Annotated[int, Field(ge=2, le=600)] = 30
    """How long a worker that died keeps its jobs from others; renewed while it works."""
    worker_concurrency: Annotated[int, Field(ge=1, le=32)] = 2
    """Batches of each queue handled at once."""
