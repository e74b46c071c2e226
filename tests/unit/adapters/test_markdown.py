"""Files of Markdown as articles: what they say themselves, and what their name and place say."""

from pathlib import Path
from typing import Any

import pytest

from shared.adapters.markdown import folder as reading
from shared.adapters.markdown.errors import FileRefused
from shared.adapters.markdown.folder import article_fields, markdown_files
from shared.adapters.markdown.front_matter import split_front


def fields_of(folder: Path, name: str, text: str | bytes) -> dict[str, Any]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return article_fields(path, folder)


def reason_of(folder: Path, name: str, text: str | bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        fields_of(folder, name, text)
    return str(refused.value.facts["reason"])


def test_a_plain_file_says_everything_by_its_heading_its_name_and_its_folder(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "billing/refund-policy.zh.md", "# 退款政策\n\n30 天内可以退款。\n") == {
        "slug": "refund-policy",
        "language": "zh",
        "title": "退款政策",
        "category": "billing",
        "body": "30 天内可以退款。\n",
    }


def test_front_matter_says_it_better(tmp_path: Path) -> None:
    front = "title: No\nslug: gifts\nlanguage: zh-CN\ncategory: shop\ntags: [a, b]\ndate: 2026-01-02"
    text = f"---\n{front}\n---\n# Other\n\nx"
    found = fields_of(tmp_path, "en/billing/a.md", text)
    assert found == {"slug": "gifts", "language": "zh", "title": "No", "category": "shop", "body": "# Other\n\nx"}


@pytest.mark.parametrize(
    ("name", "slug", "language", "category"),
    [
        ("Reset_your Password.en.md", "reset-your-password", "en", "general"),
        ("zh/account/login.md", "login", "zh", "account"),
        ("account/zh-CN/login.md", "login", "zh", "account"),
        ("account/login/index.en-US.md", "login", "en", "login"),
        ("v1.2.md", "v1-2", None, "general"),
        ("FAQ & Billing/a.fr.md", "a-fr", None, "faq-billing"),
    ],
)
def test_names_and_folders_fill_in(tmp_path: Path, name: str, slug: str, language: str | None, category: str) -> None:
    found = fields_of(tmp_path, name, "# T\n\nx")
    assert (found["slug"], found.get("language"), found["category"]) == (slug, language, category)


def test_a_heading_that_repeats_the_title_is_not_kept_twice(tmp_path: Path) -> None:
    assert fields_of(tmp_path, "a.en.md", "---\ntitle: Gifts\n---\n\n# Gifts #\n\nx")["body"] == "x"


@pytest.mark.parametrize("text", ["\ufeff# T\r\n\r\nx\r\n", "---\r\n---\r\n# T\r\n\r\nx\n"])
def test_marks_and_line_ends_of_other_systems_are_read(tmp_path: Path, text: str) -> None:
    found = fields_of(tmp_path, "a.en.md", text)
    assert (found["title"], found["body"]) == ("T", "x\n")


def test_text_between_two_rules_is_no_front_matter() -> None:
    assert split_front("---\nSome text\n---\n") == ({}, "---\nSome text\n---\n")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.en.md", "no heading", "no title"),
        ("a.en.md", b"# T\n\xff", "not UTF-8"),
        ("a.en.md", b"# T\n" + b"x" * reading.MAX_BYTES, "larger than 256 KB"),
        ("a.en.md", "---\ntitle: [\n---\nx", "not valid YAML"),
        ("a.en.md", "---\ntitle: \x07\n---\nx", "not valid YAML"),
        ("a.en.md", f"---\nx: {'[' * 4_000}\n---\nx", "not valid YAML"),
        ("a.en.md", f"---\nx: {'y' * 9_000}\n---\nx", "too long"),
        ("退款.zh.md", "# 退款\n\nx", "makes no slug"),
    ],
)
def test_a_file_that_is_no_article_says_why(tmp_path: Path, name: str, text: str | bytes, reason: str) -> None:
    assert reason in reason_of(tmp_path, name, text)


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("# Secret\n\nx")
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "a.en.md").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    assert markdown_files(folder) == [folder / "a.en.md"]
    with pytest.raises(FileRefused, match="file_refused"):
        article_fields(folder / "a.en.md", folder)


def test_hidden_folders_and_other_files_are_left_out_and_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.md", "a/c.md", ".git/d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# T\n")
    assert [path.name for path in markdown_files(tmp_path)] == ["c.md", "b.md"]
    monkeypatch.setattr(reading, "MAX_FILES", 1)
    with pytest.raises(FileRefused):
        markdown_files(tmp_path)
