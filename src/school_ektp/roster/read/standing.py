"""
Who on a list is a pupil: columns such as Status, with Aktif, Lulus, Mutasi.

Whole sheets may list pupils who left, or teachers, other staff and parents.
"""

from __future__ import annotations

import re

import polars as pl

from school_ektp.roster.issues import NO_ISSUES, issues_at
from school_ektp.roster.read.cells import FLAG, clean, flag_key, is_recorded, word_key
from school_ektp.roster.read.distinct import EMPTY, Cell
from school_ektp.roster.read.grid import Grid, Header
from school_ektp.roster.read.headings import header_key

#: Rule of the issue that puts a row out whose own cell says that the pupil is none any more.
NOT_ACTIVE = "not_active"
_UNKNOWN = "belum diisi"  # for a blank cell beside ticks
_KNOWN_SHARE = 0.5  # of the words of a column, from which it is what they say

_WHO = r"^(?:(?:siswa|murid|santri|peserta didik|pd|sudah|sdh|telah|tlh) )+"
_STAYS = re.compile(
    r"(?:(?:belum|tidak|tdk|not) (?:lulus|tamat|keluar|pindah|graduated)"
    r"|(?:pindah|mutasi|keluar) (?:antar )?(?:kelas|rombel|jurusan|dari)\b|kembali\b|on\b"
    r"|(?:siswa |murid |santri |peserta didik |pd )?(?:aktif|active)"
    r"|masih |terdaftar|registered|enrolled|(?:siswa )?(?:baru|pindahan|masuk)\b|mutasi masuk"
    r"|pindah masuk|pindahan masuk|naik kelas|tinggal kelas|mengulang|transfer(?:red)? in)"
)
_GONE = re.compile(
    r"(?:(?:tidak|tdk|t|non|in|not|bukan) ?(?:aktif|active|terdaftar|bersekolah|sekolah lagi)"
    r"|lulus|tamat|alumn|graduat|mutasi|pindah|keluar|drop(?:ped)? ?out|d ?o\b|putus sekolah"
    r"|mengundurkan diri|undur diri|dikeluarkan|meninggal|wafat|alm\b|almarhum|hilang|berhenti"
    r"|transfer|withdrawn|left\b|moved|deceased|passed away|expelled|resign|out\b|off\b)"
)
_LIST_OF = re.compile(
    r"^(?:(?:daftar|data|rekap\w*|nama|laporan|buku|list|of|siswa|siswi|murid|santri|peserta didik"
    r"|pd|yang|sudah|telah|students?|pupils?) )+"
)
_GONE_SOMEWHERE = re.compile(
    r"(?<!akan )(?<!rencana )(?<!belum )(?<!tidak )(?<!ingin )(?<!mau )"
    r"\b(?:pindah|keluar|mutasi|meninggal|wafat|mengundurkan diri|berhenti|alumni"
    r"|(?:tidak|non) ?aktif|putus sekolah|drop ?out)\b"
    r"(?! (?:kelas|rombel|jurusan|dari|masuk|kota|negeri))"
)


def are_leavers(grid: Grid, header: Header) -> bool:
    """Return whether a title, the sheet or the file is named after pupils who left."""
    titles = [header_key(cell) for row in grid.top[: max(header.row, 0)] for cell in row if cell]
    file = header_key(grid.file.rsplit("/", 1)[-1].rpartition(".")[0])
    texts = [_LIST_OF.sub("", text) for text in (*titles, header_key(grid.sheet), file)]
    return any(_GONE.match(text) and not _STAYS.match(text) for text in texts)


def read_activity(text: str) -> Cell:
    """Return whether still a pupil, from the words of school lists or from yes and no."""
    key = flag_key(text)
    if not key:
        return EMPTY
    if key in FLAG:
        return Cell(FLAG[key])
    found = _activity(key)
    return Cell(found, "" if found is not None else "activity_unknown")


def _activity(key: str) -> bool | None:
    plain = re.sub(_WHO, "", key) or key
    if _STAYS.match(key) or _STAYS.match(plain):
        return True
    return False if _GONE.match(plain) or _GONE_SOMEWHERE.search(key) else None


def read_remark(text: str) -> Cell:
    """Return false where a remark says that the pupil has left; other remarks say nothing."""
    return Cell(False) if _activity(word_key(text)) is False else EMPTY


def read_deleted(text: str) -> Cell:
    """Return whether a program marked the row as deleted: by yes and no, or by the day."""
    key = flag_key(text)
    return Cell(FLAG.get(key, not _STAYS.match(key))) if key else EMPTY


def with_standing(texts: pl.DataFrame) -> pl.DataFrame:
    """
    Return texts with bare ``standing`` and ``remark`` columns taken for what their words say.

    A column becomes ``activity`` where most of its words say who is a pupil, and ``status`` where
    most say who is recorded. Of one with other words ``doubt`` is left where any says that a pupil
    has left; else it goes. Blank cells of an ``activity`` column of ticks are unknown.
    """
    texts = _with_sections(texts)
    for name in ("standing", "remark"):
        if name in texts.columns:
            texts = _settled(texts, name)
    if "activity" not in texts.columns:
        return texts
    keys = [flag_key(text) for text in texts["activity"].drop_nulls().unique()]
    is_ticked = bool(keys) and all(FLAG.get(key, False) for key in keys)
    return texts.with_columns(pl.col("activity").fill_null(_UNKNOWN)) if is_ticked else texts


def _with_sections(texts: pl.DataFrame) -> pl.DataFrame:
    """Take a line above pupils that names those who left for a doubt about each of them."""
    if "section" not in texts.columns:
        return texts
    lines = {
        line: bool(_GONE.match(text) and not _STAYS.match(text))
        for line in texts["section"].drop_nulls().unique()
        if (text := _LIST_OF.sub("", word_key(line)))
    }
    gone = [line for line, is_gone in lines.items() if is_gone]
    rest = texts.drop("section")
    if not gone:
        return rest
    return rest.with_columns(doubt=pl.when(texts["section"].is_in(gone)).then(texts["section"]))


def _settled(texts: pl.DataFrame, name: str) -> pl.DataFrame:
    keys = {word_key(text) for text in texts[name].drop_nulls().unique()} - {""}
    activity = {key: found for key in keys if (found := _activity(key)) is not None}
    recording = sum(is_recorded(key) is not None and not key.isdigit() for key in keys)
    known = max(len(activity), recording)
    is_known = known > 0 and known >= _KNOWN_SHARE * len(keys)
    if is_known and recording > len(activity):
        return texts.drop(name) if "status" in texts.columns else texts.rename({name: "status"})
    if is_known and (name == "remark" or "activity" not in texts.columns):
        return texts.rename({name: "activity" if name == "standing" else name})
    if all(activity.values()):
        return texts.drop(name)
    gone = pl.Series(
        name, [_activity(word_key(text)) is False for text in texts[name].fill_null("")]
    )
    doubt = pl.when(gone).then(pl.col(name))
    before = [pl.col("doubt")] if "doubt" in texts.columns else []
    return texts.with_columns(pl.coalesce(*before, doubt).alias("doubt")).drop(name)


def not_active(rows: pl.DataFrame) -> pl.DataFrame:
    """
    Return an issue for each row whose ``activity`` or ``remark`` is false or that is ``deleted``.

    Rows that a remark only makes doubtful get one that puts nobody out.
    """
    signs = [
        pl.col(name) if name == "deleted" else ~pl.col(name)
        for name in ("activity", "remark", "deleted")
        if name in rows.columns
    ]
    gone = rows.select(pl.any_horizontal(*signs, pl.lit(False)).fill_null(False)).to_series()
    found = [issues_at(rows.filter(gone), NOT_ACTIVE, "activity", npsn=None)] if gone.any() else []
    if "doubt" in rows.columns:
        doubtful = (~rows["doubt"]).fill_null(False) & ~gone
        found.append(issues_at(rows.filter(doubtful), "left_maybe", "activity", npsn=None))
    return pl.concat([NO_ISSUES, *found])


def who_stays(rows: pl.DataFrame) -> pl.Series:
    """
    Return which rows of a list with a column for those who left are pupils still.

    None are on a list of leavers. Where most rows have neither a day nor a reason, the list is of
    all pupils, and these rows stay.
    """
    signs = [pl.col(name).is_not_null() for name in ("left_on", "left_why") if name in rows.columns]
    stays = rows.select(~pl.any_horizontal(signs)).to_series()
    return stays & (2 * int(stays.sum()) > len(stays))


#: Name of the layout in the summary of files.
STAFF = "staff"

_MARKS = frozenset(
    {
        *("nuptk", "jenis ptk", "jenis gtk", "jenis pegawai", "status kepegawaian", "niy nigk"),
        *("status pegawai", "sk pengangkatan", "tmt pengangkatan", "sk cpns", "tanggal cpns"),
        *("tmt pns", "pangkat golongan", "golongan pangkat", "tugas tambahan", "karpeg", "nuks"),
        *("jabatan ptk", "jabatan gtk", "lembaga pengangkatan", "sumber gaji", "npk", "peg id"),
        *("nip", "nip nik", "nip niy", "mata pelajaran diampu", "sertifikasi guru"),
        *("jabatan", "position", "employment status", "pangkat", "golongan", "guru mapel"),
        *("mengajar", "mata pelajaran", "status guru", "tmt", "tmt mengajar", "tugas mengajar"),
    }
)
_PUPIL_MARKS = frozenset(
    {
        *("nisn", "nipd", "nis", "rombel", "rombel saat ini", "rombongan belajar", "kelas"),
        *("tingkat rombel", "nama ayah", "nama ayah kandung", "sekolah asal"),
    }
)
_PEOPLE = (
    r"(?:guru|pendidik|tendik|tenaga (?:ke)?pendidik|ptk|gtk|pegawai|karyawan|staf"
    r"|orang ?tua|ortu|wali (?:murid|siswa|santri)|komite|teachers?|parents?)"
)
_NAMED = re.compile(rf"(?:(?:daftar|data|rekap|rekapitulasi|nama(?: nama)?) )*{_PEOPLE}\b")
_PUPILS = re.compile(
    r"(?<!wali )(?<!orang tua )(?<!orangtua )(?<!ortu )"
    r"\b(?:siswa|murid|santri|peserta didik|pupils?|students?)\b"
)


def is_staff(grid: Grid, header: Header) -> bool:
    """
    Return whether a sheet lists staff: by its header, or by its title, its name or the file's.

    A header with columns that only pupils have outweighs names, but not columns that only staff
    have, unless these are fewer.
    """
    names = [header_key(cell) for cell in grid.top[header.row] if cell]
    staff, pupils = (len(marks.intersection(names)) for marks in (_MARKS, _PUPIL_MARKS))
    if staff or pupils:
        return staff > pupils
    titles = [header_key(clean(cell)) for row in grid.top[: header.row] for cell in row if cell]
    file = header_key(grid.file.rsplit("/", 1)[-1])
    texts = [*titles, header_key(grid.sheet), file]
    return any(map(_NAMED.match, texts)) and not any(map(_PUPILS.search, texts))
