"""The YAML block some Markdown files begin with, as Jekyll, Hugo and others write it between two lines of `---`."""

import re
from typing import Any

import yaml

from shared.adapters.markdown.errors import FileRefused, translated

MAX_FRONT = 8_192
"""Characters; deeper nesting than fits in them is no front matter."""
_FRONT = re.compile(r"---[ \t]*\n(?:(.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)


def split_front(text: str) -> tuple[dict[str, Any], str]:
    """The block's fields and the text after it; no fields where the text begins otherwise. FileRefused."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    front = found.group(1) or ""
    if len(front) > MAX_FRONT:
        raise FileRefused(reason="the front matter is too long")
    with translated():
        # The basic loader makes nothing but texts, lists and mappings: `title: No` stays a text, `!!python` is refused.
        fields = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - builds no objects
    if fields and not isinstance(fields, dict):
        # Two rules of `---` with text between them.
        return {}, text
    return fields or {}, text[found.end() :]
