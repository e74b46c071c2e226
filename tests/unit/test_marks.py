"""The search for marks finds them in every form, and finds nothing where there are none."""

import base64
import gzip
import json
import os
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.marks import Found, Marks

WRITTEN: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "JSON": lambda text: json.dumps({"a": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text, ensure_ascii=False), ensure_ascii=False).encode(),
    "every character escaped": lambda text: "".join(f"\\u{ord(one):04X}" for one in text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().upper().encode(),
    "Python's bytes": lambda text: repr(text.encode()).encode(),
    "in an address": lambda text: quote(text).encode(),
    "large letters": lambda text: text.upper().encode(),
    **{
        f"base64 {shift}": lambda text, shift=shift: base64.b64encode(b"-" * shift + text.encode())
        for shift in range(3)
    },
    "base64url within a line": lambda text: b"key.of:" + base64.urlsafe_b64encode(text.encode()).rstrip(b"=") + b";",
    "base64 in base64": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib in base64": lambda text: base64.b64encode(zlib.compress(text.encode())),
    "gzip in base64": lambda text: base64.urlsafe_b64encode(gzip.compress(json.dumps(text).encode())),
}


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("latin", [True, False])
def test_a_mark_is_found_in_every_form(form: str, latin: bool) -> None:
    marks = Marks()
    held = WRITTEN[form](f"请看 {marks.new('me', latin)}, thanks")
    assert marks.search().hits([Found("here", held)])


def test_noise_and_the_marks_of_others_are_no_hits() -> None:
    others = Marks()
    noise = [os.urandom(40_000), base64.b64encode(os.urandom(40_000)), others.new("me").encode()]
    assert Marks().search().hits(Found("here", held) for held in noise) == []
