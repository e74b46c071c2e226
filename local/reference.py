"""Writes the documents that derive from the code: the README's route list and docs/configuration.md."""

import re
from collections.abc import Iterator
from inspect import cleandoc, getmembers, isclass
from pathlib import Path

from shared import config
from shared.topology.routes import PUBLIC, ROUTES, USER, Route

ROOT = Path(__file__).parent.parent
START, END = "<!-- routes: written by `make docs` -->", "<!-- end of routes -->"


def route_list() -> str:
    """One line a route, by area, as Markdown."""
    lines = ["| route | who | what |", "|---|---|---|"]
    lines += [f"| `{row.method} {row.path}` | {_who(row)} | {_summary(row)} |" for row in ROUTES]
    return "\n".join(lines)


def _who(row: Route) -> str:
    return {PUBLIC: "everyone", USER: "signed in"}.get(row.access, f"`{row.access}`")


def _summary(row: Route) -> str:
    source = (ROOT / (row.module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    return source.split('"""')[1].strip().rstrip(".")


def readme(text: str) -> str:
    """The README with the present route list."""
    return re.sub(f"{START}.*{END}", lambda _: f"{START}\n{route_list()}\n{END}", text, flags=re.DOTALL)


def configuration() -> str:
    """docs/configuration.md: every variable, its default, and what it is for."""
    head = "# Configuration\n\nEnvironment variables, read on first use; an unsafe value is refused by name.\n"
    return "\n".join([head, *_sections(), ""])


def _sections() -> Iterator[str]:
    for _, model in sorted(getmembers(config, isclass)):
        if issubclass(model, config.Settings) and model is not config.Settings:
            yield f"## {model.__name__.removesuffix('Settings')}\n\n{cleandoc(model.__doc__ or '')}\n"
            yield "| variable | default |\n|---|---|"
            for name, field in model.model_fields.items():
                yield f"| `{name.upper()}` | {'–' if field.default is None else f'`{field.default}`'} |"
            yield ""


def main() -> None:
    """Write both."""
    target = ROOT / "README.md"
    target.write_text(readme(target.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs" / "configuration.md").write_text(configuration(), encoding="utf-8")


if __name__ == "__main__":
    main()
