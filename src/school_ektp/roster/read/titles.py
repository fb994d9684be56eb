"""Which school and class a sheet belongs to, by its titles, its own name and its file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from school_ektp.roster.read.cells import clean, grade_of_class
from school_ektp.roster.read.dates import MONTHS, YEAR_LAST
from school_ektp.roster.read.grid import Grid, Header, Row
from school_ektp.roster.read.headings import header_key

_KINDS = (
    r"SMAN?|SMAS|SMKN?|SMKS|SMAIT|SMKIT|SMALB|SMALBN|MAN|MAS|MAK|MAKN|MA|SLBN?|SLBS|PKBM|SKB"
    r"|SEKOLAH MENENGAH (?:ATAS|KEJURUAN)|MADRASAH ALIYAH(?: KEJURUAN)?|SEKOLAH LUAR BIASA"
    r"|PUSAT KEGIATAN BELAJAR MASYARAKAT"
)
_SCHOOL = re.compile(rf"(?<![\w.])(?:{_KINDS})(?![\w./])(?=\s*\S).*", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:{_KINDS}|(?:SEKOLAH|MADRASAH)(?! MENENGAH PERTAMA))\b", re.IGNORECASE)
_AFTER_SCHOOL = re.compile(
    r"\s*(?:[,;(|]|\s-\s|\b(?:TAHUN|TP|T\.P|TA|SEMESTER|KELAS|NPSN|KECAMATAN|KEC|KABUPATEN|KAB|"
    r"PROVINSI|PROV|ALAMAT|JL|JALAN)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:nama\s+(?:satuan\s+pendidikan|sekolah|madrasah)|satuan\s+pendidikan|asal\s+sekolah"
    r"|sekolah|madrasah|school(?:\s+name)?)\s*(?::|=|$)\s*(.*)",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(
    r"\s*[,;(|]?\s*\b(?:NPSN|NSS|NSM|ALAMAT|KECAMATAN|KABUPATEN|KELAS|TAHUN (?:PEL|)AJARAN)\b.*",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:nama\s+)?(?:kelas|kls|rombel|rombongan\s+belajar|class)\s*(?::|=|$)\s*(.*)", re.IGNORECASE
)
_CLASS_BEGINS = re.compile(
    r"(?:(?:kelas|kls|rombel|class)[\s.:_-]*)?(?:1[0-3]|XIII|XII|XI|X)(?![0-9])", re.IGNORECASE
)
_AFTER_IN_FILE = re.compile(
    r"[-_ ]+(?:(?:KELAS|KLS|ROMBEL|DATA|DAFTAR|SISWA|PESERTA DIDIK|TAHUN|TP|TA|ANGKATAN)\b"
    r"|(?:XII|XI|X)(?=[-_ ]|$)).*",
    re.IGNORECASE,
)
_NPSN = re.compile(r"\bNPSN\b[^0-9A-Za-z]{0,8}([0-9]{8}|[KP][0-9]{7})(?![0-9])", re.IGNORECASE)
_IN_FILE = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{7}|[KP][0-9]{7})(?![0-9A-Za-z])")
_DAY = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d(?:0\d|1[0-2])(?:19|20)\d\d")
_NO_SCHOOL = (
    *("daftar", "kecamatan", "tanggal", "tahun", "semester", "kabupaten", "provinsi", "data"),
    *("pemerintah", "dinas", "kementerian", "kantor", "badan", "yayasan", "republik", "cabang"),
    *("alamat", "jl", "jalan", "telp", "telepon", "email", "e mail", "website", "fax", "npsn"),
    *("kode pos", "nss", "nsm", "akreditasi", "rekap", "laporan", "terakreditasi", "bidang"),
    *("kota", "lembaga", "perkumpulan", "majelis", "unduh", "diunduh", "dicetak", "wali kelas"),
)
_FILE_BEGINS = re.compile(r"^daftar_pd[-_ ]+(?:keluar[-_ ]+)?", re.IGNORECASE)
_FILE_ENDS = re.compile(
    r"(?:[-_ ]+\d{4}-\d{2}-\d{2}(?:[ _T]\d{2}[:_.]\d{2}[:_.]\d{2})?)?(?:\s*\(\d+\))?\.\w{2,5}$"
)


def title_school(grid: Grid, header: Header) -> str:
    """
    Return the school that a sheet names; empty when it names none.

    A label such as ``Nama Sekolah : X`` is surest, then a title with a kind of school in it, then
    the first title of a layout that has the school above, then the names of sheet and file.
    """
    rows = grid.top[: header.row]
    titles = [text for row in rows if (text := _first(row))]
    places = [*_labelled(rows), *(s for text in titles if (s := _school_in(text)))]
    if header.layout.titled:
        places += [text for text in titles if _may_be_school(text)]
    places += [s for text in (grid.sheet,) if (s := _school_in(clean(text)))]
    return next(iter(places), "") or _school_of_file(grid.file)


def title_npsn(grid: Grid, header: Header) -> str:
    """Return the NPSN that titles or the name of the file show; empty when none or several do."""
    texts = [" ".join(clean(cell) for cell in row if cell) for row in grid.top[: header.row]]
    name = grid.file.rsplit("/", 1)[-1]
    found = {number.upper() for text in (*texts, name) for number in _NPSN.findall(text)}
    if not found:
        found = {number.upper() for number in _IN_FILE.findall(name) if not _DAY.fullmatch(number)}
    return found.pop() if len(found) == 1 else ""


def title_class(grid: Grid, header: Header) -> str:
    """
    Return the class that all pupils of a sheet are in; empty when the sheet names none.

    A title such as ``Kelas : X IPA 1`` is surest, then the name of a sheet that begins with a
    grade, as those of workbooks with a sheet per class do.
    """
    titled = _after_label(grid.top[: header.row], _CLASS)
    known = next((name for name in titled if grade_of_class(name) is not None), "")
    return known or _class_of_sheet(clean(grid.sheet))


def _class_of_sheet(sheet: str) -> str:
    begins = _CLASS_BEGINS.match(sheet)
    if begins is None or YEAR_LAST.fullmatch(sheet):
        return ""
    rest = header_key(sheet[begins.end() :]).split()
    return "" if any(word in MONTHS for word in rest) else sheet


def _first(row: Row) -> str:
    return next((text for cell in row if cell and (text := clean(cell))), "")


def _labelled(rows: list[Row]) -> Iterator[str]:
    for name in _after_label(rows, _LABEL):
        yield _AFTER_LABEL.sub("", name) or name


def _after_label(rows: list[Row], label: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands behind a label, in its cell or beside it."""
    for row in rows:
        cells = [text for cell in row if cell and (text := clean(cell))]
        for number, text in enumerate(cells):
            found = label.fullmatch(text)
            if found and (name := found[1].strip() or _after(cells, number)):
                yield name


def _after(cells: list[str], number: int) -> str:
    """Return the text beside a label, past a colon in a cell of its own."""
    rest = (text.lstrip(":= ").strip() for text in cells[number + 1 :])
    return next((text for text in rest if text), "")


def _school_in(text: str) -> str:
    """Return the name of a school within a title, without what follows it."""
    found = _SCHOOL.search(text)
    if found is None:
        return text if _BEGINS.match(text) and _may_be_school(text) else ""
    if text[: found.start()].strip() and header_key(text).startswith(("jl", "jalan", "alamat")):
        return ""
    name = found[0]
    if text[: found.start()].strip():  # after words such as "Daftar Siswa", others may follow
        name = _AFTER_SCHOOL.split(name, maxsplit=1)[0]
    return name.strip()


def _may_be_school(text: str) -> bool:
    key = header_key(text)
    return bool(key) and not any(key == word or key.startswith(f"{word} ") for word in _NO_SCHOOL)


def _school_of_file(file: str) -> str:
    name = file.rsplit("/", 1)[-1]
    plain, ours = _FILE_BEGINS.subn("", name)
    text = " ".join(_FILE_ENDS.sub("", plain).replace("_", " ").split())
    return text if ours else _AFTER_IN_FILE.sub("", _school_in(text))
