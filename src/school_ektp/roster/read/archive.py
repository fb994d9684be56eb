"""
Zipped workbooks before they are opened: what they unpack to, and how far they reach.

Programs read damaged archives in different ways. What was looked at here is packed again, so that
the reader of workbooks sees nothing else.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from array import array

from school_ektp.errors import ReadError
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import REPEATED, ReadLimits
from school_ektp.roster.read.reach import Reach, texts_of, with_true_counts

_CHUNK = 1 << 20
_EXPANSION = 25  # bytes of a workbook for each byte of its file
_STORED_MOST = 1 << 24  # bytes of a part that is packed again without compression
_ENCODED = re.compile(rb"""\br\s*=\s*["'][^"'<>]{0,40}&""")  # hides a reference
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CODE = re.compile(rb"""^[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]*)["']""")
_CODES = re.compile(rb"(?:utf-?8|us-ascii|ascii|iso-?8859-\d+|windows-125\d|latin1)", re.IGNORECASE)
_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""", re.IGNORECASE)
_BAD = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError),
    *(NotImplementedError, LookupError, AttributeError, OverflowError, struct.error, MemoryError),
)
_SHEET_ID = re.compile(rb"""<(?:[^<>\s/:]+:)?sheet\s[^<>]*?:id\s*=\s*["']([^"'<>]*)["']""")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"'<>]*)["']""")
_ENCRYPTED = 1  # flag bit of a zip member
_MARKUP = (".xml", ".rels", ".vml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tif", ".tiff", ".svg")


def inspect(content: bytes, file: str, limits: ReadLimits) -> tuple[DateSystem, bytes]:
    """
    Unpack every part within bounds; return the date system and the workbook packed again.

    The sizes that an archive states are not believed.

    Raises:
        ReadError: Not a sound workbook, or one beyond the bounds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _facts(archive, len(content), file, limits)
    except ReadError:
        raise
    except _BAD:
        raise ReadError(file, "is a damaged zip archive; save the workbook again") from None


def _facts(
    archive: zipfile.ZipFile, size: int, file: str, limits: ReadLimits
) -> tuple[DateSystem, bytes]:
    members = archive.infolist()
    names = {member.filename for member in members}
    _check_names(names, file)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ReadError(file, "is protected by a password; save it without one")
    if len({name.lower() for name in names}) < len(members):
        raise ReadError(file, "holds parts of the same name; save the workbook again")
    scan = _Scan(size, file, limits)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compresslevel=1) as sound:
        for member in members:
            if not member.is_dir() and not member.filename.lower().endswith(_PICTURES):
                part = scan.part(archive, member)
                kind = zipfile.ZIP_STORED if len(part) < _STORED_MOST else zipfile.ZIP_DEFLATED
                sound.writestr(zipfile.ZipInfo(member.filename), part, kind, 1)
    scan.hold_together()
    return scan.system, buffer.getvalue()


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

    def __init__(self, size: int, file: str, limits: ReadLimits) -> None:
        self.size = size
        self.file = file
        self.limits = limits
        self.expanded = 0
        self.sheets = 0
        self.reaches: list[Reach] = []
        self.texts = array("Q")  # lengths of the shared texts
        self.system = DateSystem.FROM_1900

    def part(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Return a part; the size that the archive states is not believed."""
        content = self._unpacked(archive, member)
        name = member.filename.lower()
        if name.endswith(_MARKUP) or content.lstrip()[:1] == b"<":
            self._refuse_tricks(content)
        if name.endswith(("xl/workbook.xml", "xl/_rels/workbook.xml.rels")):
            self._refuse_sheets_twice(content)
        if name == "xl/workbook.xml" and _DATE_1904.search(content):
            self.system = DateSystem.FROM_1904
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            self.sheets += 1
            self.limits.hold("sheets", self.sheets, self.file)
        if b"<sst" in content or b":sst" in content or "sharedstrings" in name:
            content = with_true_counts(content)
            if self.texts:
                raise ReadError(self.file, "has two lists of shared texts; save the workbook again")
            self.texts = texts_of(content)
        return self._looked_at(content)

    def _looked_at(self, content: bytes) -> bytes:
        """Hold the cells of a part against the bounds; any part can be named as a sheet."""
        reach = Reach.of(content)
        if reach is None:
            raise ReadError(self.file, "is a damaged workbook; save it again")
        if reach.cells:
            self.limits.hold("rows", reach.rows, self.file)
            self.limits.hold("columns", reach.columns, self.file)
            self.limits.hold("cells", reach.rows * reach.columns, self.file)
            self.limits.hold_room(reach.rows * reach.columns, self.size, self.file)
            self.reaches.append(reach)
        return content

    def hold_together(self) -> None:
        """Hold the sum of all texts that cells refer to against its bound."""
        longest = max(self.texts, default=0)
        if longest * sum(reach.cells for reach in self.reaches) <= self.limits.repeated_bytes:
            return
        lengths = self.texts
        total = sum(
            lengths[number] * times
            for reach in self.reaches
            for number, times in reach.texts().items()
            if number < len(lengths)
        )
        self.limits.hold("repeated_bytes", total - REPEATED * self.size, self.file)

    def _refuse_tricks(self, xml: bytes) -> None:
        if _DECLARATION.search(xml):
            raise ReadError(self.file, "declares XML entities, which no spreadsheet program writes")
        code = _CODE.match(xml)
        other_code = code is not None and not _CODES.fullmatch(code[1])
        if other_code or b"\x00" in xml or _ENCODED.search(xml):  # would hide references
            raise ReadError(self.file, "is a damaged workbook; save it again")

    def _refuse_sheets_twice(self, xml: bytes) -> None:
        """Refuse a workbook that names one part as several sheets: each would be read again."""
        for named in (_SHEET_ID, _TARGET):
            parts = [part.lower().rsplit(b"/", 1)[-1] for part in named.findall(xml)]
            if len(set(parts)) < len(parts):
                raise ReadError(self.file, "names one part as several sheets; save it again")

    def _unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                self.expanded += len(chunk)
                self.limits.hold("expanded_bytes", self.expanded, self.file)
                beyond = self.expanded - _EXPANSION * self.size
                self.limits.hold("expansion_bytes", beyond, self.file)
                chunks.append(chunk)
        return b"".join(chunks)
