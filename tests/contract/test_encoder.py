"""The encoder's arrays as a layer has them give what the package gives, and the same whatever else is asked."""

import numpy as np
import pytest

from shared.adapters.use.baking import bake
from shared.adapters.use.encoder import UseEmbedder

TEXTS = [
    "Where is my order 20260412-3? It has not moved for 3 days!",
    "我的包裹三天没动了,在哪里?",
    "refund 退款 for the ﬁrst order ①",
    "",
    "Où est mon colis ?",
]


@pytest.fixture(scope="module")
def baked(tmp_path_factory: pytest.TempPathFactory) -> UseEmbedder:
    folder = tmp_path_factory.mktemp("encoder")
    bake(folder)
    return UseEmbedder(folder)


def test_baked_arrays_give_the_packages_vectors(baked: UseEmbedder) -> None:
    shipped = UseEmbedder(None).embed(TEXTS)
    assert np.allclose((baked.embed(TEXTS) * shipped).sum(axis=1), 1, atol=1e-3)


def test_vectors_have_length_one_and_are_alike_across_languages(baked: UseEmbedder) -> None:
    vectors = baked.embed(["How do I get a refund?", "怎么退款?", "The weather is nice today."])
    assert vectors.shape == (3, baked.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_a_text_has_one_vector_whatever_it_is_asked_with(baked: UseEmbedder) -> None:
    together = baked.embed(TEXTS)
    assert all((baked.embed([text])[0] == row).all() for text, row in zip(TEXTS, together, strict=True))


def test_a_script_that_is_left_out_is_read_as_unknown_and_harms_nothing(baked: UseEmbedder) -> None:
    assert np.isfinite(baked.embed(["Где мой заказ?", "\x00", "👩‍👩‍👧" * 200])).all()


def test_no_text_has_no_vector(baked: UseEmbedder) -> None:
    assert baked.embed([]).shape == (0, baked.dimensions)
