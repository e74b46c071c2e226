"""The stores of articles against the contract: in memory, over moto, and over the emulator."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from local.aws import table_request
from shared.adapters.dynamodb.articles import DynamoArticles
from shared.adapters.dynamodb.transport import Boto3Transport
from shared.adapters.memory.articles import MemoryArticles
from shared.topology.resources import table
from tests.contract.article_versions_contract import ArticleVersionsContract, RacingArticlesContract
from tests.contract.articles_contract import ArticlesContract
from tests.contract.test_ticket_store import REGION, set_aws
from tests.emulator import Emulator


class TestMemoryArticles(ArticlesContract, ArticleVersionsContract, RacingArticlesContract):
    """The twin the other adapters are compared with."""

    @pytest.fixture
    def articles(self) -> MemoryArticles:
        return MemoryArticles()


class TestDynamoArticlesOverMoto(ArticlesContract, ArticleVersionsContract):
    @pytest.fixture
    def articles(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoArticles]:
        set_aws(monkeypatch)
        with mock_aws():
            request = table_request("knowledge", table("knowledge"))
            boto3.client("dynamodb", region_name=REGION).create_table(**request)
            yield DynamoArticles(Boto3Transport(), "knowledge")


class TestDynamoArticlesOverTheEmulator(ArticlesContract, ArticleVersionsContract, RacingArticlesContract):
    @pytest.fixture
    def articles(self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> DynamoArticles:
        env = emulator.fresh()
        set_aws(monkeypatch, **env)
        return DynamoArticles(Boto3Transport(), env["TABLE_KNOWLEDGE"])
