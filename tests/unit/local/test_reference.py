"""What is written from the code agrees with the code."""

from pathlib import Path

from local import reference

ROOT = Path(__file__).parents[3]


def test_the_readme_lists_the_routes_of_the_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert reference.readme(text) == text, "run `make docs`"
    assert "| `POST /api/v1/tickets` | signed in |" in text


def test_the_configuration_page_lists_every_variable() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == reference.configuration(), "run `make docs`"
