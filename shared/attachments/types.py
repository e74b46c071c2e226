"""The types we accept and how each begins. A list of what is allowed, so no library that names a hundred others.

Signatures: https://www.iana.org/assignments/media-types, ISO/IEC 14496-12 (`ftyp`), RFC 9649 (WebP), ECMA-376 (OPC).
"""

import io
import zipfile
from collections.abc import Callable

INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg",
                    "audio/wav", "video/mp4", "video/webm", "video/quicktime"})  # fmt: skip
"""Shown in a page; everything else, PDF too, is saved by the browser and runs nothing in ours."""
OPC = "application/vnd.openxmlformats-officedocument."
OFFICE = {
    f"{OPC}wordprocessingml.document": "word/",
    f"{OPC}spreadsheetml.sheet": "xl/",
    f"{OPC}presentationml.presentation": "ppt/",
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
}
OLD_OFFICE = {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
TEXT = {"text/plain", "text/csv"}
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<body", b"<iframe")
HEAD = 4096
"""Bytes a type is told by."""


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and any(head[8:12].startswith(brand) for brand in brands)


def _starts(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signs)


SIGNS: dict[str, Callable[[bytes], bool]] = {
    "image/png": _starts(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _starts(b"\xff\xd8\xff"),
    "image/gif": _starts(b"GIF87a", b"GIF89a"),
    "image/webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "image/heic": _brand(b"heic", b"heix", b"mif1", b"msf1"),
    "audio/mpeg": lambda head: head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in b"\xfb\xf3\xf2\xfa"),
    "audio/mp4": _brand(b"M4A", b"M4B"),
    "audio/ogg": _starts(b"OggS"),
    "audio/wav": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE",
    "video/mp4": _brand(
        b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V", b"3gp"
    ),
    "video/quicktime": _brand(b"qt  "),
    "video/webm": lambda head: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64],
    "application/pdf": _starts(b"%PDF-"),
    **dict.fromkeys(OLD_OFFICE, _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
}
ALLOWED = frozenset({*SIGNS, *OFFICE, *OPEN_DOCUMENT, *TEXT})


def is_type(content: bytes, type: str) -> bool:
    """Whether the content is what it says it is."""
    head = content[:HEAD]
    if type in SIGNS:
        return SIGNS[type](head) and not _markup(head)
    if type in TEXT:
        return _text(content)
    return type in ALLOWED and head.startswith(b"PK\x03\x04") and _document(content, type)


def _markup(head: bytes) -> bool:
    """A file that is two things at once is shown as the more harmful one by somebody."""
    told = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return told.startswith(MARKUP)


def _text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    control = set(text) & {chr(code) for code in range(32) if chr(code) not in "\t\n\r\f"}
    return not control and not _markup(content[:HEAD])


def _document(content: bytes, type: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if type in OFFICE:
                return "[Content_Types].xml" in names and any(name.startswith(OFFICE[type]) for name in names)
            return "mimetype" in names and package.getinfo("mimetype").file_size < 100 and _says(package, type)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError):
        return False


def _says(package: zipfile.ZipFile, type: str) -> bool:
    with package.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip() == type
