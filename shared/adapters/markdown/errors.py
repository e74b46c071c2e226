"""What keeps a file from being an article."""

from collections.abc import Iterator
from contextlib import contextmanager

import yaml

from shared.kernel.errors import DomainError, ErrorKind


class FileRefused(DomainError):
    """The file cannot be read as an article; the reason is for whoever runs the command."""

    kind = ErrorKind.INVALID
    code = "file_refused"
    en = "Refused: {reason}."
    zh = "已拒绝：{reason}。"


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for every error of the YAML library, and for nesting it does not stand."""
    try:
        yield
    except (yaml.YAMLError, RecursionError) as error:
        raise FileRefused(reason="the front matter is not valid YAML") from error
