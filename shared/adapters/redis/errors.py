"""What the cache's errors mean to us. `tests/contract/test_redis_errors.py` fails on a class that is not listed."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.kernel.errors import DomainError, Misconfigured, Unavailable


class CacheDown(Unavailable):
    """The cache did not answer in time, or is resting after it did not."""

    code = "cache_down"


class CacheRefused(Misconfigured):
    """The cache answered that it will not do this: wrong password, wrong type, no such command."""

    code = "cache_refused"


DOWN = frozenset(
    {
        "AskError",
        "BusyLoadingError",
        "ClusterDownError",
        "ClusterError",
        "ConnectionError",
        "ExternalAuthProviderError",
        "MasterDownError",
        "MaxConnectionsError",
        "MovedError",
        "OutOfMemoryError",
        "ReadOnlyError",
        "RedisClusterException",
        "RedisError",
        "SlotNotCoveredError",
        "TimeoutError",
        "TryAgainError",
    }
)
REFUSED = frozenset(
    {
        "AuthenticationError",
        "AuthenticationWrongNumberOfArgsError",
        "AuthorizationError",
        "ChildDeadlockedError",
        "ClusterCrossSlotError",
        "CrossSlotTransactionError",
        "DataError",
        "ExecAbortError",
        "IncorrectPolicyType",
        "InvalidPipelineStack",
        "InvalidResponse",
        "LockError",
        "LockNotOwnedError",
        "ModuleError",
        "NoPermissionError",
        "NoScriptError",
        "NoSuchFieldsetError",
        "PubSubError",
        "ResponseError",
        "WatchError",
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every foreign error."""
    from redis import exceptions

    try:
        yield
    except (
        exceptions.RedisError,
        exceptions.RedisClusterException,
        exceptions.ChildDeadlockedError,
        exceptions.IncorrectPolicyType,
        OSError,
    ) as error:
        raise _of(error) from error


def _of(error: Exception) -> DomainError:
    # A class the library adds later counts as its nearest listed parent.
    names = [known.__name__ for known in type(error).__mro__]
    listed = next((name for name in names if name in REFUSED or name in DOWN), "")
    return CacheRefused() if listed in REFUSED else CacheDown()
