"""The memory store of articles against the contract."""

import pytest

from shared.adapters.memory.articles import MemoryArticles
from shared.knowledge.ports import Articles
from tests.contract.articles_contract import ArticlesContract


class TestMemoryArticles(ArticlesContract):
    """The twin the other adapters are compared with."""

    @pytest.fixture
    def articles(self) -> Articles:
        return MemoryArticles()
