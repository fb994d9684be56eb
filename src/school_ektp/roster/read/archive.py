"""
Zipped workbooks before they are opened: what they unpack to, and how far they reach.

Programs read damaged archives in different ways. What was looked at here is packed anew, without
compression, so that the reader of workbooks sees nothing else.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from school_ektp.errors import ReadError
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import ReadLimits

_CHUNK = 1 << 20
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]{0,4})\$?(\d{1,12})""")
_ENCODED = re.compile(rb"""\br\s*=\s*["'][^"'<>]{0,40}&""")  # hides a reference from the above
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_ENCRYPTED = 1  # flag bit of a zip member


class Facts(NamedTuple):
    """What matters of a workbook, and a sound copy of it."""

    system: DateSystem
    content: bytes


def inspect(content: bytes, file: str, limits: ReadLimits) -> Facts:
    """
    Unpack every part within bounds; return the date system and the workbook packed anew.

    The sizes that an archive states are not believed.

    Raises:
        ReadError: Not a sound workbook, or one beyond the bounds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _facts(archive, file, limits)
    except ReadError:
        raise
    except (*_BAD, RuntimeError, KeyError, IndexError, AttributeError, OverflowError):
        raise ReadError(file, "is a damaged zip archive; save the workbook anew") from None


def _facts(archive: zipfile.ZipFile, file: str, limits: ReadLimits) -> Facts:
    members = archive.infolist()
    names = {member.filename for member in members}
    _check_names(names, file)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ReadError(file, "is protected by a password; save it without one")
    if len(names) < len(members):
        raise ReadError(file, "holds parts of the same name; save the workbook anew")
    scan = _Scan(file, limits)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as sound:
        for member in members:
            if not member.is_dir():
                sound.writestr(zipfile.ZipInfo(member.filename), scan.part(archive, member))
    return Facts(scan.system, buffer.getvalue())


def _check_names(names: set[str], file: str) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise ReadError(file, "is a binary workbook (.xlsb); save it as .xlsx")
    if "content.xml" in names:
        raise ReadError(file, "is an OpenDocument file; save it as .xlsx")
    raise ReadError(file, "is a zip archive without a workbook; unpack it first")


class _Scan:
    """The parts of an archive, looked at one after the other; bounds hold for all together."""

    def __init__(self, file: str, limits: ReadLimits) -> None:
        self.file = file
        self.limits = limits
        self.left = limits.expanded_bytes
        self.sheets = 0
        self.system = DateSystem.FROM_1900

    def part(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return a part; the size that the archive states is not believed."""
        content = self._unpacked(archive, member)
        name = member.filename
        if name.endswith((".xml", ".rels")):
            self._refuse_tricks(content)
        if name == "xl/workbook.xml" and _DATE_1904.search(content):
            self.system = DateSystem.FROM_1904
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            self.sheets += 1
            self.limits.hold("sheets", self.sheets, self.file)
            self._reach(content)
        return content

    def _refuse_tricks(self, xml: bytes) -> None:
        if _DECLARATION.search(xml):
            raise ReadError(self.file, "declares XML entities, which no spreadsheet program writes")
        if b"\x00" in xml or _ENCODED.search(xml):  # another encoding would hide references
            raise ReadError(self.file, "is a damaged workbook; save it anew")

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    self.limits.hold("expanded_bytes", self.limits.expanded_bytes + 1, self.file)
                chunks.append(chunk)
        return b"".join(chunks)

    def _reach(self, sheet: bytes) -> None:
        """Hold the farthest row and column against the bounds: all cells up to them are made."""
        references = _REFERENCE.findall(sheet)
        columns = max(
            (_column_number(letters) for letters in {c for c, _ in references}), default=0
        )
        rows = max((int(row) for _, row in references), default=0)
        self.limits.hold("rows", rows, self.file)
        self.limits.hold("columns", columns, self.file)
        self.limits.hold("cells", rows * columns, self.file)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
