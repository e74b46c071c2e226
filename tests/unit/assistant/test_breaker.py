"""The circuit breaker remembers failures and what the provider asked for."""

import pytest

from shared.adapters.openai.breaker import LONGEST_REST, CircuitBreaker
from shared.assistant.errors import ModelUnavailable


class Time:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def breaker(time: Time) -> CircuitBreaker:
    return CircuitBreaker(time, failures=3, rest=30.0)


def test_it_opens_after_failures_in_a_row(breaker: CircuitBreaker) -> None:
    for _ in range(2):
        breaker.failed()
    breaker.check()
    breaker.failed()
    with pytest.raises(ModelUnavailable):
        breaker.check()


def test_a_success_between_forgets_the_failures(breaker: CircuitBreaker) -> None:
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    breaker.check()


def test_a_retry_after_opens_it_at_once_for_as_long(breaker: CircuitBreaker, time: Time) -> None:
    breaker.failed(retry_after=12.0)
    time.now = 11.9
    with pytest.raises(ModelUnavailable) as raised:
        breaker.check()
    assert raised.value.retry_after == pytest.approx(0.1)
    time.now = 12.0
    breaker.check()


def test_no_provider_closes_it_for_ever(breaker: CircuitBreaker, time: Time) -> None:
    breaker.failed(retry_after=1e9)
    time.now = LONGEST_REST
    breaker.check()


def test_after_the_rest_one_caller_tries(breaker: CircuitBreaker, time: Time) -> None:
    breaker.failed(retry_after=5.0)
    time.now = 5.0
    breaker.check()
    with pytest.raises(ModelUnavailable):
        breaker.check()
    breaker.succeeded()
    breaker.check()
