"""Small files of every kind, made here."""

import io
import struct
import zipfile
from typing import Any

from shared.attachments.scanning import EICAR
from shared.attachments.types import OFFICE, OPEN_DOCUMENT


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of those members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(type: str, **more: bytes) -> bytes:
    """A document of an office, as little as makes one."""
    folder = OFFICE[type]
    return zipped({"[Content_Types].xml": b"<Types/>", f"{folder}document.xml": b"<w/>", **more})


def open_document(type: str) -> bytes:
    """A document of the other."""
    return zipped({"mimetype": type.encode(), "content.xml": b"<x/>"})


def ftyp(brand: bytes) -> bytes:
    """The first box of an ISO media file."""
    return struct.pack(">I", 16) + b"ftyp" + brand + b"\x00\x00\x00\x00"


GOOD: dict[str, bytes] = {
    "image/png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 20,
    "image/jpeg": b"\xff\xd8\xff\xe0" + b"\x00" * 20,
    "image/gif": b"GIF89a" + b"\x00" * 20,
    "image/webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "image/heic": ftyp(b"heic"),
    "audio/mpeg": b"ID3\x04" + b"\x00" * 20,
    "audio/mp4": ftyp(b"M4A "),
    "audio/ogg": b"OggS" + b"\x00" * 20,
    "audio/wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
    "video/mp4": ftyp(b"isom"),
    "video/quicktime": ftyp(b"qt  "),
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    **dict.fromkeys(
        ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 20,
    ),
    **{type: office(type) for type in OFFICE},
    **{type: open_document(type) for type in OPEN_DOCUMENT},
    "text/plain": "退款 please\n".encode(),
    "text/csv": b"\xef\xbb\xbfa,b\r\n1,2\r\n",
}


def nested(depth: int, content: bytes = b"x") -> bytes:
    """An archive in an archive in an archive."""
    for _ in range(depth):
        content = zipped({"inner.zip": content})
    return content


def bomb(megabytes: int = 30) -> bytes:
    """Much from little."""
    return zipped({"zeros": b"\x00" * (megabytes * 1024 * 1024)})


def encrypted() -> bytes:
    """An archive whose member says it is encrypted."""
    content = bytearray(zipped({"a.txt": b"secret"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(mark)
        content[start + place] |= 1
    return bytes(content)


def damaged(compression: int) -> bytes:
    """An archive whose member does not unpack."""
    content = bytearray(zipped({"a.txt": bytes(range(256)) * 50}, compression))
    start = content.index(b"a.txt") + 5
    content[start : start + 40] = b"\xff" * 40
    return bytes(content)


def lying() -> bytes:
    """An archive that says its member is small."""
    content = bytearray(bomb())
    start = content.index(b"PK\x01\x02")
    content[start + 24 : start + 28] = struct.pack("<I", 10)
    return bytes(content)


HARMFUL: dict[str, tuple[bytes, str]] = {
    "eicar": (EICAR, "malware"),
    "eicar in text": (b"hello\n" + EICAR + b"\nbye", "malware"),
    "eicar in an archive": (zipped({"a.txt": EICAR}), "malware"),
    "eicar in a document": (office(next(iter(OFFICE)), **{"word/media/x.bin": EICAR}), "malware"),
    "eicar two archives deep": (nested(1, EICAR), "malware"),
    "windows program": (b"MZ" + b"\x00" * 60, "program"),
    "linux program": (b"\x7fELF" + b"\x00" * 60, "program"),
    "mac program": (b"\xcf\xfa\xed\xfe" + b"\x00" * 60, "program"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "program in an archive": (zipped({"photo.jpg": b"MZ" + b"\x00" * 60}), "program"),
    "script by its name": (zipped({"Invoice.PDF.js": b"alert(1)"}), "program"),
    "macros": (office(next(iter(OFFICE)), **{"word/vbaProject.bin": b"x"}), "macros"),
    "encrypted": (encrypted(), "encrypted_archive"),
    "archives in archives": (nested(3), "archive_too_large"),
    "zip bomb": (bomb(), "archive_too_large"),
    "too many members": (zipped({f"{n}": b"" for n in range(2_001)}, zipfile.ZIP_STORED), "archive_too_large"),
    "eicar in an archive behind a picture": (GOOD["image/png"] + zipped({"a.txt": EICAR}), "malware"),
    "macros in an old document": (GOOD["application/msword"] + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "damaged lzma": (damaged(zipfile.ZIP_LZMA), "broken_archive"),
    "damaged bzip2": (damaged(zipfile.ZIP_BZIP2), "broken_archive"),
    "broken": (zipped({"a": b"x" * 1000})[:-30], "broken_archive"),
    "lying about its size": (lying(), "broken_archive"),
}


def disguised() -> dict[str, tuple[bytes, Any]]:
    """Contents and the type they pretend to be."""
    return {
        "html as text": (b"<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
        "html with a mark as text": (b"\xef\xbb\xbf  <html>", "text/plain"),
        "svg as png": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/png"),
        "svg as text": (b"<?xml version='1.0'?><svg/>", "text/plain"),
        "script as csv": (b"<script>alert(1)</script>", "text/csv"),
        "binary as text": (b"\x00\x01\x02", "text/plain"),
        "latin-1 as text": ("é".encode("latin-1"), "text/plain"),
        "png as jpeg": (GOOD["image/png"], "image/jpeg"),
        "zip as docx": (zipped({"a.txt": b"x"}), next(iter(OFFICE))),
        "docx as xlsx": (office("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "text as open document": (zipped({"mimetype": b"text/plain"}), "application/vnd.oasis.opendocument.text"),
        "no archive as docx": (b"PK\x03\x04nothing", next(iter(OFFICE))),
        "mp4 as quicktime": (GOOD["video/mp4"], "video/quicktime"),
        "matroska as webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "video/webm"),
        "nothing as pdf": (b"", "application/pdf"),
        "an unknown type": (b"x", "application/x-sh"),
        "html by its own name": (b"<html>", "text/html"),
        "svg by its own name": (b"<svg/>", "image/svg+xml"),
    }  # fmt: skip
