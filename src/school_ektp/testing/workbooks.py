"""
Files as schools and offices send them, faithful in form and invented in content.

Give a roster (such as the sample's) and get the bytes of a Dapodik download, an EMIS sheet, a
web-service answer or a civil-registry list, with each known quirk on request.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

import polars as pl

from school_ektp.model.school import School
from school_ektp.model.shipped import shipped_rows
from school_ektp.testing.containers import CellValue, Container, Merge, spreadsheet

Pupil: TypeAlias = Mapping[str, Any]


class Quirk(StrEnum):
    """
    What happens to files on their way; each is harmless unless it says what it costs.

    Members whose comment names a cost change what can be read; the others read back equal.
    """

    DATE_CELLS = "date_cells"  #: birth dates as real dates
    DATE_SERIALS = "date_serials"  #: birth dates as Excel serial numbers
    DATES_SLASHED = "dates_slashed"  #: ``05/03/2008``
    DATES_DASHED = "dates_dashed"  #: ``5-3-2008``
    DATES_NAMED = "dates_named"  #: ``5 Maret 2008``
    DATES_COMPACT = "dates_compact"  #: ``20080305``
    SYSTEM_1904 = "system_1904"  #: serial numbers count from 1904
    COLUMNS_MOVED = "columns_moved"  #: columns in another order
    COLUMNS_INSERTED = "columns_inserted"  #: columns of the school's own
    COLUMNS_DELETED = "columns_deleted"  #: columns that nobody needs are gone
    HEADERS_RENAMED = "headers_renamed"  #: ``Tgl. Lahir``, ``L/P``, ``No. NISN``
    HEADER_FLAT = "header_flat"  #: one header row, ``Nama Ayah`` beside ``Nama``
    COLUMNS_NUMBERED = "columns_numbered"  #: a row 1, 2, 3 below the header
    HEADER_AGAIN = "header_again"  #: the header once more between pupils
    ROWS_BLANK = "rows_blank"  #: empty rows between pupils
    ROWS_ABOVE = "rows_above"  #: empty rows above the titles
    FOOTER = "footer"  #: place, date and the head's name below
    SHEET_RENAMED = "sheet_renamed"
    SHEETS_ADDED = "sheets_added"  #: a sheet of remarks and an empty one
    NISN_NUMBERS = "nisn_numbers"  #: NISN as numbers, without leading zeros
    APOSTROPHES = "apostrophes"  #: ``'0012345678`` against that
    HIDDEN_MARKS = "hidden_marks"  #: direction marks and no-break spaces in names
    SPACES = "spaces"  #: spaces around and within
    SEX_IN_WORDS = "sex_in_words"  #: ``Laki-laki``
    TITLES_REMOVED = "titles_removed"  #: costs the school's name and the day of the download
    NIK_NUMBERS = "nik_numbers"  #: costs the sixteenth digit of each NIK
    NIK_SCIENTIFIC = "nik_scientific"  #: costs all NIK
    DATES_MONTH_DAY = "dates_month_day"  #: ``03/05/2008``: may be misread unless one proves it


#: Quirks after which a file reads back equal; those of one group exclude each other.
HARMLESS = frozenset(Quirk) - {
    *(Quirk.TITLES_REMOVED, Quirk.NIK_NUMBERS, Quirk.NIK_SCIENTIFIC, Quirk.DATES_MONTH_DAY)
}
DATE_QUIRKS = tuple(quirk for quirk in Quirk if quirk.value.startswith("date"))

_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_RENAMED = {
    "Nama": "NAMA PESERTA DIDIK",
    "JK": "L/P",
    "NISN": "No. NISN",
    "Tanggal Lahir": "Tgl.\nLahir",
    "NIK": "Nomor Induk Kependudukan",
    "Rombel Saat Ini": "Rombongan Belajar",
    "Kebutuhan Khusus": "Berkebutuhan Khusus",
    "No KK": "No. Kartu Keluarga",
    "Nama Lengkap": "Nama Siswa",
    "Tingkat - Rombel": "Tingkat Rombel",
}
#: What fills the columns that no roster needs; a test looks for these words where they must not be.
SECRETS = ("AYAH RAHASIA", "IBU RAHASIA", "0812RAHASIA", "BANK RAHASIA", "PENGHASILAN RAHASIA")
_FILLERS = (
    ("Data Ayah / Nama", SECRETS[0]),
    ("Data Ibu / Nama", SECRETS[1]),
    ("Data Ayah / NIK", "1702RAHASIA"),
    ("HP", SECRETS[2]),
    ("No Telepon", SECRETS[2]),
    ("Bank", SECRETS[3]),
    ("Data Ayah / Penghasilan", SECRETS[4]),
    ("Nama Ayah Kandung", SECRETS[0]),
    ("Nama Ibu Kandung", SECRETS[1]),
)
_NEEDED = {"Nama", "JK", "NISN", "Tanggal Lahir", "NIK", "Rombel Saat Ini", "Kebutuhan Khusus"}


def dapodik_workbook(
    roster: pl.DataFrame,
    school: School,
    *,
    as_of: dt.date = dt.date(2024, 7, 22),
    quirks: Iterable[Quirk] = (),
    container: Container = Container.XLSX,
    seed: int = 0,
) -> bytes:
    """
    Return a Dapodik ``Daftar Peserta Didik``: titles, a two-row header, 66 columns.

    Args:
        roster: Pupils of one school, columns `school_ektp.roster.schema.ROSTER`.
        school: Named in row 2; Dapodik does not write its NPSN.
        as_of: Day of the download.
        quirks: What happened to the file since.
        container: .xlsx, or what Dapodik and old programs call .xls.
        seed: Order of moved columns and places of blank rows.

    Raises:
        MissingExtraError: An .xlsx is asked for and the extra ``excel`` is not installed.
    """
    asked = frozenset(quirks)
    table = _Table(_dapodik_labels(), asked, random.Random(seed))
    rows = [_dapodik_row(number, pupil) for number, pupil in _numbered(roster)]
    titles: list[list[CellValue]] = [
        ["Daftar Peserta Didik"],
        [school.name],
        [f"Kecamatan Kec. {school.kecamatan}, Kabupaten Kab. Contoh, Provinsi Prov. Contoh"],
        [f"Tanggal Unduh: {as_of.isoformat()} 08:15:00", *[None] * 10, "Pengunduh: Operator"],
    ]
    return table.file("Daftar Peserta Didik", titles, rows, container)


def dapodik_leavers_workbook(
    roster: pl.DataFrame,
    school: School,
    *,
    left_on: dt.date,
    as_of: dt.date = dt.date(2024, 7, 22),
    container: Container = Container.XLSX,
) -> bytes:
    """
    Return the Dapodik list of pupils who left, all on one day.

    Args:
        roster: The pupils who left.
        school: Their school.
        left_on: Their last day.
        as_of: Day of the download.
        container: Kind of file.
    """
    labels = ["No", "Nama", "NIPD", "JK", "NISN", "Tempat Lahir", "Tanggal Lahir", "NIK"]
    labels += ["Keluar karena", "Tanggal keluar"]
    table = _Table(labels, frozenset(), random.Random(0))
    rows = [
        {
            **_dapodik_row(number, pupil),
            "Keluar karena": "Mutasi",
            "Tanggal keluar": left_on.isoformat(),
        }
        for number, pupil in _numbered(roster)
    ]
    titles: list[list[CellValue]] = [
        ["Daftar Peserta Didik Keluar"],
        [school.name],
        [f"Tanggal Unduh: {as_of.isoformat()} 08:15:00"],
        [],
    ]
    return table.file("Peserta Didik Keluar", titles, rows, container)


def emis_workbook(
    roster: pl.DataFrame,
    *,
    quirks: Iterable[Quirk] = (),
    container: Container = Container.XLSX,
    by_class: bool = False,
    seed: int = 0,
) -> bytes:
    """
    Return an EMIS list of a madrasah: 18 columns, header in row 1, no name of the school.

    Args:
        roster: Pupils of one school.
        quirks: What happened to the file since.
        container: Kind of file.
        by_class: One sheet per class.
        seed: As in `dapodik_workbook`.
    """
    labels = [row["header"] for row in shipped_rows("emis_columns.csv")]
    table = _Table(labels, frozenset(quirks), random.Random(seed))
    parts = roster.partition_by("class_name", maintain_order=True) if by_class else [roster]
    sheets = {
        f"Kelas {number}" if by_class else "Data Siswa": [
            _emis_row(place, pupil) for place, pupil in _numbered(part)
        ]
        for number, part in enumerate(parts, start=1)
    }
    return table.files_of(sheets, container)


def web_service_json(roster: pl.DataFrame) -> bytes:
    """Return what the Dapodik web service answers for the pupils of one school."""
    rows = [
        {
            "registrasi_id": f"r-{number}",
            "nisn": pupil["nisn"],
            "nik": pupil["nik"],
            "nama": pupil["name"],
            "jenis_kelamin": pupil["sex"],
            "tanggal_lahir": pupil["birth_date"].isoformat(),
            "tingkat_pendidikan_id": pupil["grade"] and str(pupil["grade"]),
            "nama_rombel": pupil["class_name"],
            "nama_ayah": SECRETS[0],
            "nomor_telepon_seluler": SECRETS[2],
        }
        for number, pupil in _numbered(roster)
    ]
    return json.dumps({"results": len(rows), "id": "registrasi_id", "rows": rows}).encode()


#: Status codes of the registry, by whether a person is recorded.
_STATUS = {False: "2", True: "3"}


def register_workbook(
    people: pl.DataFrame,
    *,
    container: Container = Container.XLSX,
    quirks: Iterable[Quirk] = (),
    seed: int = 0,
) -> bytes:
    """
    Return a list of the civil registry: by name, by address, with the status of recording.

    Args:
        people: Columns nik, name, birth_date, sex, recorded, married, home_region of
            `school_ektp.roster.schema.ROSTER`.
        container: Kind of file.
        quirks: What happened to the file since.
        seed: As in `dapodik_workbook`.
    """
    labels = [row["column"] for row in shipped_rows("dukcapil_columns.csv")]
    table = _Table(labels, frozenset(quirks), random.Random(seed))
    rows = [_register_row(person) for _, person in _numbered(people)]
    return table.files_of({"Sheet1": rows}, container)


def _numbered(roster: pl.DataFrame) -> Iterable[tuple[int, Pupil]]:
    return enumerate(roster.iter_rows(named=True), start=1)


def _dapodik_labels() -> list[str]:
    return [row["label"] for row in shipped_rows("dapodik_columns.csv")]


def _dapodik_row(number: int, pupil: Pupil) -> dict[str, CellValue]:
    return {
        **dict(_FILLERS),
        "No": number,
        "Nama": pupil["name"],
        "NIPD": str(1000 + number),
        "JK": pupil["sex"],
        "NISN": pupil["nisn"],
        "Tempat Lahir": "CURUP",
        "Tanggal Lahir": pupil["birth_date"],
        "NIK": pupil["nik"],
        "Rombel Saat Ini": pupil["class_name"] or None,
        "Kebutuhan Khusus": "Tuna grahita ringan" if pupil["special_needs"] else "Tidak ada",
        "Agama": "Islam",
        "Penerima KPS": "Tidak",
    }


def _emis_row(number: int, pupil: Pupil) -> dict[str, CellValue]:
    return {
        **dict(_FILLERS),
        "No": number,
        "Nama Lengkap": pupil["name"],
        "NISN": pupil["nisn"],
        "NIK": pupil["nik"],
        "Tempat Lahir": "CURUP",
        "Tanggal Lahir": pupil["birth_date"],
        "Tingkat - Rombel": pupil["class_name"] or None,
        "Umur": "16 tahun",
        "Status": "Aktif",
        "Jenis Kelamin": pupil["sex"],
        "Kebutuhan Khusus": "Ya" if pupil["special_needs"] else "Tidak",
    }


def _register_row(person: Pupil) -> dict[str, CellValue]:
    region = (person["home_region"] or "17.02").split(".")
    return {
        **dict(_FILLERS),
        "NIK": person["nik"],
        "NAMA_LGKP": person["name"] and person["name"].upper(),
        "JENIS_KLMIN": {"L": "1", "P": "2"}.get(person["sex"]),
        "TGL_LHR": person["birth_date"],
        "NO_PROP": int(region[0]),
        "NO_KAB": int(region[1]),
        "NO_KEC": 9,
        "NO_KEL": 1012,
        "STAT_KWN": "2" if person["married"] else "1",
        "EKTP_STATUS": _STATUS[person["recorded"]],
        "EKTP_CREATED": person["recorded_on"] and person["recorded_on"].isoformat(),
    }


_DATE_FORMS: Mapping[Quirk, Callable[[dt.date], CellValue]] = {
    Quirk.DATE_CELLS: lambda day: day,
    Quirk.DATE_SERIALS: lambda day: (day - _EPOCH).days,
    Quirk.DATES_SLASHED: lambda day: f"{day:%d/%m/%Y}",
    Quirk.DATES_DASHED: lambda day: f"{day.day}-{day.month}-{day.year}",
    Quirk.DATES_NAMED: lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    Quirk.DATES_COMPACT: lambda day: f"{day:%Y%m%d}",
    Quirk.DATES_MONTH_DAY: lambda day: f"{day:%m/%d/%Y}",
}
_DATE_LABELS = frozenset({"Tanggal Lahir", "TGL_LHR"})


class _Table:
    """A table on its way from clean rows to a file with quirks."""

    def __init__(self, labels: Sequence[str], quirks: frozenset[Quirk], rng: random.Random) -> None:
        self.quirks = quirks
        self.rng = rng
        self.labels = self._arranged(list(labels))
        self.form = self._date_form()

    def _arranged(self, labels: list[str]) -> list[str]:
        if Quirk.COLUMNS_DELETED in self.quirks:
            marks = {"NIPD", "Penerima KPS", "Umur", "NO_PROP", "NO_KAB", "STAT_KWN"}
            kept = _NEEDED | marks | {"Nama Lengkap", "Tingkat - Rombel", "Jenis Kelamin"}
            kept |= {"NAMA_LGKP", "TGL_LHR", "JENIS_KLMIN", "EKTP_STATUS", "EKTP_CREATED"}
            labels = [label for label in labels if label in kept]
        if Quirk.COLUMNS_MOVED in self.quirks:
            self.rng.shuffle(labels)
        if Quirk.COLUMNS_INSERTED in self.quirks:
            labels.insert(self.rng.randrange(len(labels) + 1), "Keterangan")
            labels.insert(self.rng.randrange(len(labels) + 1), "")
        return labels

    def _date_form(self) -> Callable[[dt.date], CellValue]:
        if Quirk.SYSTEM_1904 in self.quirks and Quirk.DATE_SERIALS in self.quirks:
            return lambda day: (day - _EPOCH_1904).days
        asked = [form for quirk, form in _DATE_FORMS.items() if quirk in self.quirks]
        return asked[0] if asked else dt.date.isoformat

    def file(
        self,
        name: str,
        titles: list[list[CellValue]],
        rows: Sequence[Mapping[str, CellValue]],
        container: Container,
    ) -> bytes:
        above: list[list[CellValue]] = [[]] * (3 if Quirk.ROWS_ABOVE in self.quirks else 0)
        titled = [] if Quirk.TITLES_REMOVED in self.quirks else [*above, *titles]
        return self._bytes({name: [*titled, *self._body(rows)]}, container, len(titled))

    def files_of(
        self, sheets: Mapping[str, Sequence[Mapping[str, CellValue]]], container: Container
    ) -> bytes:
        return self._bytes({name: self._body(rows) for name, rows in sheets.items()}, container, 0)

    def _bytes(
        self, sheets: Mapping[str, list[list[CellValue]]], container: Container, header: int
    ) -> bytes:
        named = dict(sheets)
        if Quirk.SHEET_RENAMED in self.quirks:
            named = {f"Lembar {n}": rows for n, rows in enumerate(named.values(), start=1)}
        if Quirk.SHEETS_ADDED in self.quirks:
            named |= {"Catatan": [["Mohon diperiksa"], ["", "Terima kasih"]], "Kosong": []}
        return spreadsheet(
            named,
            container,
            date_1904=Quirk.SYSTEM_1904 in self.quirks,
            merges=self._merges(header),
        )

    def _body(self, rows: Sequence[Mapping[str, CellValue]]) -> list[list[CellValue]]:
        header = self._header()
        cells = [self._cells(row) for row in rows]
        if Quirk.HEADER_AGAIN in self.quirks:
            cells.insert(len(cells) // 2, list(header[0]))
        if Quirk.ROWS_BLANK in self.quirks:
            for _ in range(2):
                cells.insert(self.rng.randrange(len(cells) + 1), [])
        if Quirk.FOOTER in self.quirks:
            place = self.labels.index(next(iter(_DATE_LABELS.intersection(self.labels))))
            signed: list[list[CellValue]] = [
                [*[None] * place, text] for text in ("Curup, 22 Juli 2024", "Kepala Sekolah")
            ]
            cells += [[], *signed]
        return [*header, *cells]

    def _header(self) -> list[list[CellValue]]:
        tops: list[CellValue] = []
        subs: list[CellValue] = []
        for label in self.labels:
            group, _, part = label.rpartition(" / ")
            if Quirk.HEADER_FLAT in self.quirks and group:
                group, part = "", f"{part} {group.removeprefix('Data ')}"
            if group:
                tops.append(None if group in tops else group)
                subs.append(part)
            else:
                tops.append(self._label(part) or None)
                subs.append(None)
        rows = [tops, subs] if any(subs) else [tops]
        if Quirk.COLUMNS_NUMBERED in self.quirks:
            rows.append([*range(1, len(tops) + 1)])
        return rows

    def _label(self, label: str) -> str:
        return _RENAMED.get(label, label) if Quirk.HEADERS_RENAMED in self.quirks else label

    def _merges(self, header: int) -> list[Merge]:
        """Merge the groups of the header as Dapodik does, where their columns lie together."""
        if Quirk.HEADER_FLAT in self.quirks or Quirk.COLUMNS_MOVED in self.quirks:
            return []
        groups = [label.rpartition(" / ")[0] for label in self.labels]
        return [
            (header, groups.index(group), header, groups.index(group) + groups.count(group) - 1)
            for group in dict.fromkeys(filter(None, groups))
            if groups.count(group) > 1 and _together(groups, group)
        ]

    def _cells(self, row: Mapping[str, CellValue]) -> list[CellValue]:
        return [self._cell(label, row.get(label)) for label in self.labels]

    def _cell(self, label: str, value: CellValue) -> CellValue:
        if label in _DATE_LABELS and isinstance(value, dt.date):
            return self.form(value)
        if label == "NIK" and isinstance(value, str):
            return self._nik(value)
        if label == "NISN" and isinstance(value, str):
            return self._nisn(value)
        if label in {"Nama", "Nama Lengkap", "NAMA_LGKP"} and isinstance(value, str):
            return self._name(value)
        if Quirk.SEX_IN_WORDS in self.quirks and label in {"JK", "Jenis Kelamin"}:
            return {"L": "Laki-laki", "P": "PEREMPUAN"}.get(str(value))
        return value

    def _nik(self, value: str) -> CellValue:
        if Quirk.NIK_SCIENTIFIC in self.quirks:
            return f"{value[0]},{value[1:6]}E+15"
        if Quirk.NIK_NUMBERS in self.quirks:
            return int(value[:15] + "0")
        return f"'{value}" if Quirk.APOSTROPHES in self.quirks else value

    def _nisn(self, value: str) -> CellValue:
        if Quirk.NISN_NUMBERS in self.quirks:
            return int(value)
        return f"'{value}" if Quirk.APOSTROPHES in self.quirks else value

    def _name(self, value: str) -> str:
        if Quirk.HIDDEN_MARKS in self.quirks:
            value = "\u200f" + value.replace(" ", "\u00a0") + "\u200b"
        return f"  {value.replace(' ', '   ')} " if Quirk.SPACES in self.quirks else value


def _together(groups: list[str], group: str) -> bool:
    first = groups.index(group)
    return set(groups[first : first + groups.count(group)]) == {group}
