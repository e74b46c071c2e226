"""Settings: small, typed, and refused by the variable's name when they are unsafe."""

import pytest
from pydantic import ValidationError

from shared import config
from shared.config import (
    CacheSettings,
    HostSettings,
    LimitSettings,
    LogSettings,
    MailSettings,
    ModelSettings,
    Settings,
    TokenSettings,
    TurnSettings,
    WorkerSettings,
    location,
    optional_location,
    read,
)
from shared.kernel.errors import Misconfigured

ALL: list[type[Settings]] = [
    kind
    for kind in vars(config).values()
    if isinstance(kind, type) and kind is not Settings and issubclass(kind, Settings)
]
UNSAFE = [
    (CacheSettings, "CACHE_URL", "http://:hunter2@cache.example.com"),
    (LimitSettings, "RATE_LIMIT_SCALE", "0"),
    (LimitSettings, "RATE_LIMIT_SCALE", "100000007"),
    (ModelSettings, "AI_BASE_URL", "ftp://hunter2.example.com"),
    (ModelSettings, "AI_BASE_URL", "models.hunter2.example.com/v1"),
    (ModelSettings, "AI_TIMEOUT", "0"),
    (ModelSettings, "AI_TIMEOUT", "nan"),
    (ModelSettings, "AI_TIMEOUT", "6001"),
    (ModelSettings, "AI_SEND_TEMPERATURE", "hunter2"),
    (TurnSettings, "TURN_SETTLE_SECONDS", "-77"),
    (TurnSettings, "TURN_SETTLE_SECONDS", "hunter2"),
    (TurnSettings, "TURN_DEADLINE_SECONDS", "6001"),
    (TurnSettings, "TURN_DEADLINE_SECONDS", "inf"),
    (MailSettings, "MAIL", "hunter2"),
    (LogSettings, "LOG_LEVEL", "hunter2"),
    (LogSettings, "LOG_FORMAT", "hunter2"),
    (HostSettings, "PORT", "70001"),
    (HostSettings, "METRICS_PORT", "hunter2"),
    (WorkerSettings, "WORKER_VISIBILITY_SECONDS", "1"),
    (WorkerSettings, "WORKER_CONCURRENCY", "77"),
]


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine's own."""
    for name in [name for kind in ALL for name in kind.model_fields]:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(("model", "variable", "value"), UNSAFE)
def test_an_unsafe_value_is_refused_by_name_and_never_shown(
    model: type[Settings], variable: str, value: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Misconfigured) as refused:
        read(model)
    assert refused.value.facts == {"settings": variable}
    assert caplog.messages == [f"settings refused: {variable}"]
    assert value not in f"{refused.value!r} {refused.value.__cause__} {refused.value.detail('en')}"


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("METRICS_PORT", "0")
    with pytest.raises(Misconfigured) as refused:
        read(HostSettings)
    assert refused.value.facts == {"settings": "PORT, METRICS_PORT"}


def test_a_budget_in_money_needs_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_DAILY_COST", "5")
    with pytest.raises(Misconfigured) as refused:
        read(ModelSettings)
    assert refused.value.facts == {"settings": "AI_DAILY_COST"}
    monkeypatch.setenv("AI_PRICE_OUTPUT", "2")
    assert read(ModelSettings).ai_daily_cost == 5


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_nothing_must_be_set(model: type[Settings]) -> None:
    assert read(model) == model()


def test_the_defaults_are_the_safe_ones() -> None:
    assert (read(CacheSettings).cache_url, read(ModelSettings).ai_api_key) == (None, None)
    assert read(LimitSettings).rate_limit_scale == 1
    assert (read(TurnSettings).turn_settle_seconds, read(TurnSettings).turn_deadline_seconds) == (2, 20.0)
    assert read(ModelSettings).ai_timeout < read(TurnSettings).turn_deadline_seconds
    assert (read(MailSettings).mail, read(LogSettings).log_level) == ("ses", "INFO")
    assert read(TokenSettings).token_issuer == read(TokenSettings).token_audience == "smart-customer-service"


@pytest.mark.parametrize(
    ("model", "variable", "value", "expected"),
    [
        (CacheSettings, "CACHE_URL", "rediss://cache:6379/0", "rediss://cache:6379/0"),
        (ModelSettings, "AI_BASE_URL", "http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        (ModelSettings, "AI_BASE_URL", "https://models.example.com/v1", "https://models.example.com/v1"),
        (ModelSettings, "AI_SEND_TEMPERATURE", "true", True),
        (TurnSettings, "TURN_SETTLE_SECONDS", "0", 0),
        (WorkerSettings, "WORKER_CONCURRENCY", "8", 8),
    ],
)
def test_a_safe_value_is_read(
    model: type[Settings], variable: str, value: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(read(model), variable.lower()) == expected


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert read(HostSettings).port == 8080


def test_a_key_shows_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_API_KEY", "sk-hunter2")
    monkeypatch.setenv("CACHE_URL", "redis://:hunter2@cache")
    assert read(ModelSettings).ai_api_key == "sk-hunter2"
    assert "hunter2" not in f"{read(ModelSettings)!r} {read(ModelSettings)} {read(CacheSettings)!r}"


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError):
        read(HostSettings).port = 1


def test_a_resource_is_where_its_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_TICKETS", "prod-tickets")
    assert location("table", "tickets") == optional_location("table", "tickets") == "prod-tickets"


@pytest.mark.parametrize("value", [None, ""])
def test_a_resource_that_was_not_granted_is_named(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUEUE_AI_TURNS", raising=False)
    if value is not None:
        monkeypatch.setenv("QUEUE_AI_TURNS", value)
    with pytest.raises(Misconfigured) as refused:
        location("queue", "ai_turns")
    assert refused.value.facts == {"settings": "QUEUE_AI_TURNS"}
    assert optional_location("queue", "ai_turns") is None


def test_link_hosts_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(ModelSettings).link_hosts == frozenset()
    monkeypatch.setenv("AI_LINK_HOSTS", "help.example.com, example.org ,")
    assert read(ModelSettings).link_hosts == {"help.example.com", "example.org"}
