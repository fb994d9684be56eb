"""Lists of teachers, other staff and parents, which schools keep beside those of pupils."""

from __future__ import annotations

import re

from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.grid import Grid, Header
from school_ektp.roster.read.layouts import header_key

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
