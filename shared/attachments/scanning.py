"""The scanner every deployment has: test virus, programs, macros, and archives that are more than they seem.

It is no antivirus; a deployment that has one puts it behind the same port. What it refuses it refuses without unpacking
more than a bound: sizes are counted while they are read, never taken from the archive's own word.
"""

import io
import lzma
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass

# https://www.eicar.org/download-anti-malware-testfile/, in two parts so that no scanner takes this file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe", b"#!")  # fmt: skip
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
MACROS = ("vbaproject.bin", "vbadata.xml")
NAMES = (".exe", ".dll", ".scr", ".bat", ".cmd", ".com", ".js", ".vbs", ".ps1", ".jar", ".msi", ".lnk", ".hta")
CHUNK = 65_536
OLE, OLE_MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "_VBA_PROJECT".encode("utf-16-le")
"""An old office document, and the name of the stream its macros stand in."""
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, ValueError,
          OSError)  # fmt: skip
"""What reading a damaged archive ends with."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be."""

    members: int = 2_000
    depth: int = 2
    """Archives within archives."""
    total: int = 200 * 1024 * 1024
    """Bytes unpacked, all together."""
    ratio: int = 200
    """Bytes unpacked for a packed one, of a member of more than a megabyte."""


class Refusal(Exception):
    """Found something; its code."""


class BasicScanner:
    """A Scanner."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def scan(self, content: bytes, type: str) -> str | None:
        """`malware`, `program`, `macros`, `encrypted_archive`, `archive_too_large` or `broken_archive`."""
        try:
            self._look(content, 0, [0])
        except Refusal as found:
            return str(found)
        except BROKEN:
            return "broken_archive"
        return None

    def _look(self, content: bytes, depth: int, unpacked: list[int]) -> None:
        if EICAR in content:
            raise Refusal("malware")
        if content.startswith(PROGRAMS):
            raise Refusal("program")
        if content.startswith(OLE) and OLE_MACROS in content:
            raise Refusal("macros")
        if content.startswith(ARCHIVES):
            self._archive(content, depth, unpacked)
        elif zipfile.is_zipfile(io.BytesIO(content)):
            # Behind something else, where unpacking programs find it all the same; what only looks like one is none.
            with suppress(*BROKEN):
                self._archive(content, depth, unpacked)

    def _archive(self, content: bytes, depth: int, unpacked: list[int]) -> None:
        if depth >= self._limits.depth:
            raise Refusal("archive_too_large")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > self._limits.members:
                raise Refusal("archive_too_large")
            for member in members:
                self._member(archive, member, depth, unpacked)

    def _member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int, unpacked: list[int]) -> None:
        name = member.filename.lower()
        if member.flag_bits & 0x1:
            raise Refusal("encrypted_archive")
        if name.endswith(MACROS):
            raise Refusal("macros")
        if name.endswith(NAMES):
            raise Refusal("program")
        self._look(self._unpacked(archive, member, unpacked), depth + 1, unpacked)

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, unpacked: list[int]) -> bytes:
        parts: list[bytes] = []
        size = 0
        with archive.open(member) as stream:
            while part := stream.read(CHUNK):
                parts.append(part)
                size += len(part)
                unpacked[0] += len(part)
                bomb = size > 1024 * 1024 and size > self._limits.ratio * max(1, member.compress_size)
                if unpacked[0] > self._limits.total or bomb:
                    raise Refusal("archive_too_large")
        return b"".join(parts)
