"""What a file is, by its first bytes, whatever it is called."""

from __future__ import annotations

import pytest

from few_pupils import SCHOOL, SEVERAL
from school_ektp.errors import ReadError
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.sniff import FileKind, file_kind
from school_ektp.testing.containers import Container
from school_ektp.testing.workbooks import dapodik_workbook


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "compressed with gzip"),
        (b"<html><table></table></html>", "is a web page"),
        (b"PK\x03\x04", "damaged zip archive"),
        (b"{}", "holds no list of objects"),
        (b"[1, 2]", "holds no list of objects"),
        (b'{"rows": ', "is not sound JSON"),
        (b"<?xml version='1.0'?><a/>", "XML without a worksheet"),
        (b"<?xml version='1.0'?><a>", "is no sound XML at line"),
        (b"PAR1xxxxPAR1", "damaged Parquet file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is a damaged workbook"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"just words", "has no header"),
    ],
)
def test_what_is_no_roster_says_what_it_is(content, fault):
    with pytest.raises(ReadError, match=fault):
        read_bytes(content, "f")


@pytest.mark.parametrize("container", Container)
def test_each_container_is_known_by_its_bytes(container):
    content = dapodik_workbook(SEVERAL, SCHOOL, container=container)

    assert file_kind(content, "daftar.csv") is FileKind(container.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(('[{"nama": "UJI"}]', FileKind.JSON), ('\n {"rows": []}', FileKind.JSON)),
        *(("Nama;NISN\n", FileKind.TEXT), ("-", FileKind.TEXT), ("PK", FileKind.TEXT)),
        ("<?xml version='1.0'?><Workbook/>", FileKind.SPREADSHEETML),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_text_is_told_apart_in_every_encoding(text, kind, encoding):
    assert file_kind(text.encode(encoding), "f.xlsx") is kind
