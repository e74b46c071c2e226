"""Every exception class of the redis library is listed and translated."""

import inspect

import pytest
from redis import exceptions

from shared.adapters.redis.errors import DOWN, REFUSED, CacheDown, CacheRefused, translated

CLASSES = {
    name: known
    for name, known in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(known, Exception) and known.__module__ == exceptions.__name__
}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_class_is_listed_once(name: str) -> None:
    assert (name in DOWN) != (name in REFUSED)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_class_is_translated(name: str) -> None:
    foreign = CLASSES[name].__new__(CLASSES[name])
    ours = CacheDown if name in DOWN else CacheRefused
    with pytest.raises(ours) as caught, translated():
        raise foreign
    assert caught.value.__cause__ is foreign


def test_nothing_is_listed_that_does_not_exist() -> None:
    assert set(CLASSES) == DOWN | REFUSED


def test_a_class_of_a_later_version_counts_as_its_parent() -> None:
    class Later(exceptions.NoPermissionError):
        pass

    with pytest.raises(CacheRefused), translated():
        raise Later


def test_a_broken_socket_means_the_cache_is_down() -> None:
    with pytest.raises(CacheDown), translated():
        raise ConnectionResetError
