"""The context is read strictly."""

import pytest

from infra.stage import BadContext, read_settings


def test_the_defaults_are_development_with_a_cache() -> None:
    settings = read_settings({}.get)
    assert (settings.stage, settings.networked, settings.durable) == ("dev", True, False)


@pytest.mark.parametrize(("key", "value"), [("stage", "test"), ("cache", "redis"), ("local", "maybe")])
def test_a_value_that_means_nothing_is_refused_by_its_name(key: str, value: str) -> None:
    with pytest.raises(BadContext, match=key):
        read_settings({key: value}.get)


def test_any_origin_stands_alone() -> None:
    with pytest.raises(BadContext, match="origins"):
        read_settings({"origins": "*,https://shop.example"}.get)


def test_a_local_deployment_has_no_network_whatever_the_cache() -> None:
    assert not read_settings({"local": "true", "cache": "valkey"}.get).networked
