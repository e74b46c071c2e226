"""`make import-kb`: what is printed, what is stored, and that running it again changes nothing."""

from pathlib import Path

import pytest

from functions.container.import_kb import run
from local.demo.read_articles import FOLDER
from local.import_kb import environment
from local.settings import Refused
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.kernel.errors import Unavailable
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.importing import Importing
from shared.knowledge.versions import ArticleVersion


@pytest.fixture
def store() -> MemoryArticles:
    return MemoryArticles()


def importing(store: MemoryArticles) -> Importing:
    return Importing(store, ArticleDesk(store, FixedClock(), SeededIds(0)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "billing/refund.zh.md": "# 退款\n\n30 天内可以退款。\n",
        "billing/refund.en.md": "# Refunds\n\nWithin 30 days.\n",
        "guess.md": "# Passwords\n\nClick the link in the mail to set a new password.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def newest(store: MemoryArticles, slug: str, language: str) -> ArticleVersion:
    return store.newest(str(store.find(slug, language)))  # type: ignore[arg-type]


def test_every_file_has_its_line_and_the_end_a_sum(
    store: MemoryArticles, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([str(folder)], importing(store)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "[1/3] created   billing/refund.en.md",
        "[2/3] created   billing/refund.zh.md",
        "[3/3] created   guess.md",
        "created 3, updated 0, unchanged 0, refused 0",
    ]
    made = newest(store, "refund", "zh")
    assert (made.title, made.body, made.category) == ("退款", "30 天内可以退款。\n", "billing")
    assert (made.status, made.written_by, store.published()) == ("draft", "import", [])
    assert newest(store, "guess", "en").title == "Passwords"


def test_again_it_changes_only_what_has_changed(
    store: MemoryArticles, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([str(folder), "--publish"], importing(store))
    before = store.snapshot()
    assert run([str(folder), "--publish"], importing(store)) == 0
    assert store.snapshot() == before
    (folder / "guess.md").write_text("# Passwords\n\nAsk us for a new password.\n")
    assert run([str(folder), "--publish"], importing(store)) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "created 0, updated 1, unchanged 2, refused 0"
    assert newest(store, "guess", "en").published_version == 4


def test_what_cannot_be_taken_is_named_with_its_reason_and_the_rest_is_taken(
    store: MemoryArticles, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([str(folder)], importing(store))
    archived = newest(store, "refund", "en")
    store.commit(archived.archive("usr_x", archived.updated_at))
    (folder / "bad.en.md").write_text("no heading")
    (folder / "long.en.md").write_text("# " + "x" * 201 + "\n\nx")
    (folder / "other.en.md").write_text("---\nslug: guess\n---\n# Twice\n\nx")
    (folder / "french.md").write_text("---\nlanguage: fr\nslug: Français\n---\n# 1\n\n42")
    capsys.readouterr()
    assert run([str(folder)], importing(store)) == 1
    told = capsys.readouterr()
    refused = told.err.splitlines()
    assert told.out.splitlines()[-1] == "created 0, updated 0, unchanged 2, refused 5"
    for name, reason in [
        ("bad.en.md", "no title"),
        ("billing/refund.en.md", "archived"),
        ("long.en.md", "title: String should have at most 200 characters"),
        ("french.md", "slug: String should match pattern"),
        ("other.en.md", "guess.md has the same slug and language"),
    ]:
        assert any(line.startswith(f"refused   {name}: ") and reason in line for line in refused), name


def test_nothing_to_import_is_told(tmp_path: Path, store: MemoryArticles, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (tmp_path, tmp_path / "missing"):
        assert run([str(place)], importing(store)) == 2
        assert "no Markdown files" in capsys.readouterr().err


def test_a_store_that_fails_ends_it_and_again_it_goes_on(
    store: MemoryArticles, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing(MemoryArticles):
        writes = 0

        def commit(self, version: ArticleVersion, once: object = None) -> None:
            self.writes += 1
            if self.writes == 2:
                raise Unavailable
            super().commit(version)

    command = importing(Failing())
    assert run([str(folder)], command) == 1
    assert "run it again" in capsys.readouterr().err
    assert run([str(folder)], command) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "created 2, updated 0, unchanged 1, refused 0"


def test_the_demos_articles_are_a_folder_like_any_other(store: MemoryArticles) -> None:
    assert run([str(FOLDER), "--publish"], importing(store)) == 0
    assert len(store.published()) == 30


def test_the_command_needs_somewhere_to_import_to(tmp_path: Path) -> None:
    assert environment({"TABLE_KNOWLEDGE": "t"}) == {"TABLE_KNOWLEDGE": "t"}
    with pytest.raises(Refused, match="make run"):
        environment({"DATA_DIR": str(tmp_path)})
