"""Zipped workbooks before they are opened: what they would unpack to, and how far they reach."""

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
_OVERLAP = 64  # bytes kept, so that a cell reference cut in two is seen
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]{0,4})\$?(\d{1,12})""")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_ENCRYPTED = 1  # flag bit of a zip member


class Facts(NamedTuple):
    """What a workbook's parts say before it is opened."""

    system: DateSystem


def inspect(content: bytes, file: str, limits: ReadLimits) -> Facts:
    """
    Unpack every part within bounds, without keeping it, and return what matters.

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
    left = limits.expanded_bytes
    sheets = 0
    system = DateSystem.FROM_1900
    for member in members:
        is_sheet = member.filename.startswith("xl/worksheets/")
        sheets += is_sheet
        limits.hold("sheets", sheets, file)
        part = _Part(file, limits, left, is_sheet=is_sheet)
        left = part.scan(archive, member)
        if member.filename == "xl/workbook.xml" and part.is_1904:
            system = DateSystem.FROM_1904
    return Facts(system)


def _check_names(names: set[str], file: str) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise ReadError(file, "is a binary workbook (.xlsb); save it as .xlsx")
    if "content.xml" in names:
        raise ReadError(file, "is an OpenDocument file; save it as .xlsx")
    raise ReadError(file, "is a zip archive without a workbook; unpack it first")


class _Part:
    """One member of the archive, looked at chunk by chunk."""

    def __init__(self, file: str, limits: ReadLimits, left: int, *, is_sheet: bool) -> None:
        self.file = file
        self.limits = limits
        self.left = left
        self.is_sheet = is_sheet
        self.is_1904 = False
        self.rows = 0
        self.columns = 0

    def scan(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
        """Read the member through and return how many bytes may still be unpacked."""
        before = b""
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    self.limits.hold("expanded_bytes", self.limits.expanded_bytes + 1, self.file)
                self._look(before + chunk, member.filename)
                before = chunk[-_OVERLAP:]
        return self.left

    def _look(self, chunk: bytes, name: str) -> None:
        if not name.endswith((".xml", ".rels")):
            return
        if _DECLARATION.search(chunk):
            raise ReadError(self.file, "declares XML entities, which no spreadsheet program writes")
        self.is_1904 = self.is_1904 or bool(_DATE_1904.search(chunk))
        if self.is_sheet:
            self._reach(chunk)

    def _reach(self, chunk: bytes) -> None:
        """Note the farthest row and column: all cells up to there would be made."""
        references = _REFERENCE.findall(chunk)
        if not references:
            return
        letters = {column for column, _ in references}
        self.columns = max(self.columns, *map(_column_number, letters))
        self.rows = max(self.rows, *(int(row) for _, row in references))
        self.limits.hold("rows", self.rows, self.file)
        self.limits.hold("columns", self.columns, self.file)
        self.limits.hold("cells", self.rows * self.columns, self.file)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
