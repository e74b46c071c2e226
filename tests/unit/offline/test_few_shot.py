"""Labels from a few examples: right on what resembles them, `other` on what does not, the same every time."""

import math

import pytest

from shared.adapters.offline.few_shot import OTHER, Example, FewShotClassifier
from shared.adapters.offline.gram_kernel import GramKernel

EXAMPLES = [
    Example(text, label)
    for label, texts in {
        "warranty": ("how long is the warranty", "is my lamp still under warranty", "保修期多久", "过了保修还能修吗"),
        "invoice": ("send me an invoice", "I need an invoice with my tax number", "帮我开发票", "发票抬头怎么改"),
        "gift": ("can you wrap it as a gift", "is gift wrapping free", "可以包装成礼物吗", "礼品包装多少钱"),
    }.items()
    for text in texts
]


class Meanings:
    """The `Embedder` port over three meanings, told by words of both languages."""

    dimensions = 4
    words = (("warranty", "guarantee", "保修", "质保"), ("invoice", "bill", "发票"), ("gift", "present", "礼"))

    def embed(self, texts: list[str]) -> list[list[float]]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> list[float]:
        found = [float(any(word in text for word in some)) for some in self.words]
        vector = [*found, 0.0 if any(found) else 1.0]
        length = math.sqrt(sum(value * value for value in vector))
        return [value / length for value in vector]


@pytest.mark.parametrize(
    ("text", "label"),
    [("warranty of the lamp?", "warranty"), ("发票怎么开", "invoice"), ("is it wrapped as a gift", "gift")],
)
def test_words_in_common_are_enough_without_an_embedder(text: str, label: str) -> None:
    assert FewShotClassifier(EXAMPLES).judge(text).label == label


@pytest.mark.parametrize(("text", "label"), [("质保多长", "warranty"), ("a present for my aunt", "gift")])
def test_an_embedder_finds_what_shares_no_word(text: str, label: str) -> None:
    assert FewShotClassifier(EXAMPLES, Meanings()).judge(text).label == label


@pytest.mark.parametrize("embedder", [None, Meanings()])
def test_what_resembles_no_example_is_other(embedder: Meanings | None) -> None:
    classifier = FewShotClassifier(EXAMPLES, embedder)
    judged = classifier.judge("zebra crossing quickly")
    assert (judged.label, judged.confidence) == (OTHER, judged.scores[OTHER])
    assert classifier.scored("zebra crossing quickly").max() < classifier.scored("is gift wrapping free").max()


def test_scores_are_of_each_label_and_sum_to_one() -> None:
    judged = FewShotClassifier(EXAMPLES).judge("可以开发票吗")
    assert judged.scores.keys() == {"warranty", "invoice", "gift", OTHER}
    assert sum(judged.scores.values()) == pytest.approx(1)


def test_the_same_examples_in_any_order_judge_alike() -> None:
    one, other = FewShotClassifier(EXAMPLES, Meanings()), FewShotClassifier(EXAMPLES[::-1], Meanings())
    for text in ("发票", "gift for you", "nothing of it"):
        assert one.judge(text) == other.judge(text)


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="two labels with two examples"):
        FewShotClassifier([Example("a", "one"), Example("b", "one")])
    with pytest.raises(ValueError, match="two labels"):
        FewShotClassifier([Example("a", "one"), Example("b", "two"), Example("c", OTHER)])
    with pytest.raises(ValueError, match="two labels"):
        FewShotClassifier([Example("a", OTHER), Example("b", OTHER)])


def test_one_label_is_told_from_examples_of_other() -> None:
    others = [Example(text, OTHER) for text in ("hello", "where is my order", "你好", "我的订单到哪了")]
    classifier = FewShotClassifier([*others, *(each for each in EXAMPLES if each.label == "warranty")])
    assert classifier.judge("how long does the warranty last").label == "warranty"
    assert classifier.judge("where is my parcel").label == OTHER


def test_a_text_is_like_itself_and_unlike_strangers() -> None:
    kernel = GramKernel(["where is my order", "我的订单到哪了"])
    assert kernel.against("where is my order").tolist() == pytest.approx([1, 0])
    assert kernel.against("我的訂單到哪了")[1] == pytest.approx(1)
    assert not kernel.against("zzz").any()
    assert not kernel.against("").any()
