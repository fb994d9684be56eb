"""What a file is, by its first bytes: extensions of school files are often wrong."""

from __future__ import annotations

from enum import Enum

from school_ektp.errors import ReadError


class FileKind(Enum):
    """Kinds of files that can be read."""

    XLSX = "xlsx"  #: zipped workbook
    XLS = "xls"  #: BIFF workbook in a compound file
    SPREADSHEETML = "spreadsheetml"  #: XML workbook of 2003, as Dapodik names .xls
    JSON = "json"
    ICAL = "ical"  #: calendar of any program
    PARQUET = "parquet"
    TEXT = "text"  #: delimited text in any encoding


_MAGIC = (
    (b"PK\x03\x04", FileKind.XLSX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.XLS),
    (b"PAR1", FileKind.PARQUET),
)
_REFUSED = (
    (b"%PDF", "is a PDF; ask for the spreadsheet it was printed from"),
    (b"\x1f\x8b", "is compressed with gzip; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it first"),
    (b"PK\x05\x06", "is an empty zip archive"),
    (b"\x89PNG", "is a picture; ask for the spreadsheet"),
    (b"\xff\xd8\xff", "is a picture; ask for the spreadsheet"),
    (b"{\\rtf", "is a text document; ask for the spreadsheet"),
    (b"\x09\x08", "is a workbook older than Excel 97; save it as .xlsx"),
    (b"\x09\x04", "is a workbook older than Excel 97; save it as .xlsx"),
)
_MARKUP = b"<"
_SEEN = 4096


def file_kind(content: bytes, file: str) -> FileKind:
    """
    Return what the whole content of a file is.

    Raises:
        ReadError: Empty, or of a kind that holds no roster.
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    for magic, fault in _REFUSED:
        if content.startswith(magic):
            raise ReadError(file, fault)
    start = _plain_start(content)
    if not start:
        raise ReadError(file, "is empty")
    if start.startswith(_MARKUP):
        return _markup(start, file)
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        return FileKind.ICAL
    return FileKind.JSON if start[:1] in b"{[" else FileKind.TEXT


def _plain_start(content: bytes) -> bytes:
    """Return the first bytes as ASCII would have them, without byte order mark and spaces."""
    start = content[:_SEEN].replace(b"\x00", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    return start.lstrip(b" \t\r\n\v\f\x1e")


def _markup(start: bytes, file: str) -> FileKind:
    lower = start.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lower or b"<workbook" in lower:
        return FileKind.SPREADSHEETML
    if lower.startswith((b"<?xml", b"<!doctype")) and b"<html" not in lower:
        return FileKind.SPREADSHEETML  # its reader says what is wrong with it
    raise ReadError(file, "is a web page; open it in a spreadsheet program and save it as .xlsx")
