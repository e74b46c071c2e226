"""Brings a folder of Markdown files in as articles: `python -m functions.container.import_kb DIR [--publish]`.

Uses the deployment's own credentials and `TABLE_KNOWLEDGE`, on AWS as well as locally. The format: docs/knowledge.md.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from functions.api.knowledge.schemas import ArticleCreate
from shared.adapters.markdown.errors import FileRefused
from shared.adapters.markdown.folder import article_fields, markdown_files
from shared.adapters.offline.language import judge_language
from shared.kernel.errors import DomainError
from shared.knowledge.importing import Importing
from shared.knowledge.versions import NewArticle

BY = "import"
"""Whose words a command's versions are."""
Line = tuple[str, str, str]
"""What became of a file, its path, and why where it was refused."""


def run(arguments: Sequence[str], importing: Importing) -> int:
    """The exit code: 0 done, 1 some were refused or the store failed, 2 there is nothing to import."""
    parser = argparse.ArgumentParser(prog="python -m functions.container.import_kb", description=__doc__)
    parser.add_argument("dir", type=Path, help="a folder of Markdown files")
    parser.add_argument("--publish", action="store_true", help="publish what is imported; without it, drafts are made")
    asked = parser.parse_args(arguments)
    folder = asked.dir.expanduser()
    try:
        files = markdown_files(folder)
        if not files:
            print(f"There are no Markdown files in {folder}.", file=sys.stderr)
            return 2
        return _report(_lines(files, folder, asked.publish, importing), len(files))
    except DomainError as error:
        print(f"{error.code}: {error.detail('en')} What was imported stays; run it again.", file=sys.stderr)
        return 1


def _report(lines: Iterator[Line], total: int) -> int:
    done: list[Line] = []
    for line in lines:
        done.append(line)
        print(f"[{len(done):>{len(str(total))}}/{total}] {_told(line)}", flush=True)
    counts = Counter(outcome for outcome, _, _ in done)
    print(", ".join(f"{outcome} {counts[outcome]}" for outcome in ("created", "updated", "unchanged", "refused")))
    refused = [line for line in done if line[0] == "refused"]
    for line in refused:
        print(_told(line), file=sys.stderr)
    return 1 if refused else 0


def _told(line: Line) -> str:
    outcome, path, reason = line
    return f"{outcome:<9} {path}" + (f": {reason}" if reason else "")


def _lines(files: list[Path], folder: Path, publish: bool, importing: Importing) -> Iterator[Line]:
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        path = file.relative_to(folder).as_posix()
        try:
            new = article_of(file, folder)
        except FileRefused as refusal:
            yield "refused", path, str(refusal.facts["reason"])
            continue
        first = seen.setdefault((new.slug, new.language), path)
        if first != path:
            yield "refused", path, f"{first} has the same slug and language"
            continue
        brought = importing.bring(new, BY, publish)
        yield brought.outcome, path, brought.refusal.detail("en") if brought.refusal else ""


def article_of(file: Path, folder: Path) -> NewArticle:
    """The file as an article, held to the rules of the API; FileRefused."""
    fields = article_fields(file, folder)
    if "language" not in fields:
        fields["language"] = judge_language(f"{fields['title']}\n{fields['body']}").label
    try:
        return ArticleCreate.model_validate(fields).to_new()
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise FileRefused(reason="; ".join(faults)) from None


def main() -> int:
    """The command over the deployment's own table."""
    from shared.bootstrap import WIRING

    return run(sys.argv[1:], WIRING.resolve("importing"))


if __name__ == "__main__":
    raise SystemExit(main())
