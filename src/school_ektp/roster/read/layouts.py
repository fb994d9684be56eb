"""Layouts as data: which header names mean which column, and what tells one layout from another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from school_ektp.roster.read.headings import header_key, squeezed

__all__ = ["HEADER_WITHIN", "Layout", "header_key"]

#: Rows from the top in which a header is looked for.
HEADER_WITHIN = 20


@attrs.frozen(kw_only=True)
class Layout:
    """
    One kind of table.

    Attributes:
        name: As the summary of files shows it.
        columns: Column of ours to the header keys that mean it, the surest first.
        needs: A row is a header when it holds one column of each of these groups.
        marks: Header keys that only this layout has.
        titled: Rows above the header name the school.
        expected: Columns whose absence is reported.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...]
    marks: frozenset[str] = frozenset()
    titled: bool = False
    expected: tuple[str, ...] = ()

    @cached_property
    def meanings(self) -> dict[str, tuple[str, int]]:
        """Squeezed header key to the column it means and its place in that column's list."""
        found: dict[str, tuple[str, int]] = {}
        for column, keys in self.columns.items():
            for place, key in enumerate(keys):
                found.setdefault(squeezed(key), (column, place))
        return found

    @cached_property
    def own_marks(self) -> frozenset[str]:
        """The marks, squeezed."""
        return frozenset(map(squeezed, self.marks))


_NAME = (
    *("nama", "nama lengkap", "nama siswa", "nama peserta didik", "nama pd", "nama lgkp"),
    *("nama murid", "name", "full name", "student name", "nama santri", "nama penduduk"),
    *("nama lengkap siswa", "nama siswa siswi", "nama anak", "nama warga", "nama pelajar"),
    *("name of student", "nama warga belajar", "nama wb"),
)
_NIK = (
    *("nik", "no nik", "nomor nik", "nik siswa", "nik peserta didik", "nik ktp", "no ktp"),
    *("nomor induk kependudukan", "no induk kependudukan", "national id", "national id number"),
    "nik no",
)
_NISN = (
    *("nisn", "no nisn", "nomor nisn", "nisn siswa", "nomor induk siswa nasional", "nisn no"),
    "no induk siswa nasional",
)
_SEX = (
    *("jk", "l p", "lp", "p l", "jenis kelamin", "kelamin", "jenis klmin", "jekel", "j k"),
    *("sex", "gender", "m f", "jantina", "l w", "p w"),
)
_BIRTH = (
    *("tanggal lahir", "tgl lahir", "tgl lhr", "tanggal lhr", "tanggallahir", "tgllahir"),
    *("tanggal lahir siswa", "birth date", "date of birth", "birthdate", "dob"),
    *("tempat tanggal lahir", "tempat tgl lahir", "ttl", "tempat dan tanggal lahir"),
    *("birthday", "born", "born on", "tarikh lahir", "lahir"),
)
BIRTH_PARTS = frozenset({"birth_month", "birth_year"})  # beside a day, in columns of their own
_BIRTH_MONTH = ("bulan lahir", "bln lahir", "birth month", "month of birth")
_BIRTH_YEAR = ("tahun lahir", "thn lahir", "birth year", "year of birth")
_CLASS = (
    *("rombel saat ini", "rombel", "rombongan belajar", "nama rombel", "kelas saat ini"),
    *("kelas rombel", "nama kelas", "kelas", "class", "class name", "tingkat rombel"),
    *("kelas siswa", "kelas sekarang", "nama rombongan belajar", "grade class"),
)
_GRADE = ("tingkat", "tingkat kelas", "tingkat pendidikan", "grade", "tingkat pendidikan id")
_KK = ("no kk", "nkk", "nomor kk", "no kartu keluarga", "nomor kartu keluarga")
_NEEDS = (
    *("kebutuhan khusus", "berkebutuhan khusus", "special needs", "abk", "status abk", "pdbk"),
    *("anak berkebutuhan khusus",),
)
_DISABILITY = (
    *("disabilitas", "jenis disabilitas", "penyandang disabilitas", "jenis kebutuhan khusus"),
    *("ketunaan", "jenis ketunaan", "kelainan", "disability"),
)
_ACTIVITY = (
    *("status siswa", "status peserta didik", "status pd", "status murid", "status santri"),
    *("status keaktifan", "status aktif", "keaktifan", "aktif", "status kesiswaan"),
    *("is active", "active", "enrollment status", "student status"),
)
_DELETED = (
    "soft delete",
    "is deleted",
    "deleted",
    "deleted at",
    "dihapus",
    "terhapus",
    "lulus",
    "sudah lulus",
    "alumni",
    "keluar",
)
_STANDING = (
    *("status", "status akademik", "status belajar", "status registrasi", "status pendaftaran"),
    *("status pelajar", "status terakhir", "status akhir", "status mutasi", "status anak didik"),
    *("jenis pendaftaran", "keadaan", "keadaan siswa", "kondisi", "kondisi siswa"),
)
_REMARK = (
    *("keterangan", "ket", "catatan", "keterangan siswa", "keterangan lain", "remarks", "remark"),
    *("notes", "note", "mutasi"),
)
_MARRIED = (
    *("status perkawinan", "status kawin", "stat kwn", "stat kawin", "sts kawin", "menikah"),
    *("kawin", "perkawinan", "married", "marital status"),
)
_STATUS = (
    *("status rekam", "ket rekam", "ektp status", "status perekaman", "keterangan rekam"),
    *("status ktp", "status ktp el", "status ektp", "stat rkm", "stat rekam", "sts rekam"),
    *("status rekam ktp", "status rekam ktp el", "status perekaman ktp", "recording status"),
)
_RECORDED = (
    "recorded",
    "sudah rekam",
    "rekam",
    "perekaman",
    "rekam ktp",
    "rekam ktp el",
    "ktp el",
    "e ktp",
)
_RECORDED_ON = (
    *("tanggal rekam", "tgl rekam", "tanggal perekaman", "tgl perekaman", "recorded on"),
    *("ektp created",),
)
_PERSON = (frozenset({"name", "nisn", "nik", "student_id"}), frozenset({"birth_date"}))

_DAPODIK = {
    "name": _NAME,
    "sex": _SEX,
    "nisn": _NISN,
    "birth_date": _BIRTH,
    "birth_month": _BIRTH_MONTH,
    "birth_year": _BIRTH_YEAR,
    "nik": _NIK,
    "class_name": _CLASS,
    "grade": _GRADE,
    "special_needs": _NEEDS,
    "disability": _DISABILITY,
    "activity": _ACTIVITY,
    "standing": _STANDING,
    "remark": _REMARK,
    "deleted": _DELETED,
    "no_kk": _KK,
}
_LEFT_WHY = (
    *("keluar karena", "alasan keluar", "jenis keluar", "sebab keluar", "alasan pindah"),
    *("alasan mutasi", "alasan berhenti", "reason for leaving"),
)
_LEFT_ON = (
    *("tanggal keluar", "tgl keluar", "left on", "tanggal mutasi", "tgl mutasi", "tanggal pindah"),
    *("tgl pindah", "tanggal berhenti", "tgl berhenti", "tanggal mutasi keluar", "date left"),
)

DAPODIK = Layout(
    name="dapodik",
    columns=_DAPODIK,
    needs=_PERSON,
    marks=frozenset({"nipd", "rombel saat ini", "skhun", "jenis tinggal", "penerima kps"}),
    titled=True,
    expected=("nisn", "nik", "sex", "class_name"),
)
EMIS = Layout(
    name="emis",
    columns=_DAPODIK,
    needs=_PERSON,
    marks=frozenset({"tingkat rombel", "umur", "nomor kip pip", "nama ayah kandung"}),
    expected=("nisn", "nik", "sex", "class_name"),
)
PLAIN = Layout(
    name="plain",
    columns={
        **_DAPODIK,
        "student_id": ("student id", "pupil id", "id siswa", "id peserta didik", "id"),
        "npsn": (
            *("npsn", "school id", "npsn sekolah", "nomor sekolah", "school npsn"),
            *("kode sekolah", "school number", "school code"),
        ),
        "school_name": (
            *("nama sekolah", "sekolah", "school name", "school"),
            *("satuan pendidikan", "asal sekolah", "nama satuan pendidikan"),
        ),
        "married": _MARRIED,
        "status": _STATUS,
        "recorded": _RECORDED,
        "recorded_on": _RECORDED_ON,
        "home_region": ("home region", "kode wilayah asal", "wilayah asal", "kode kabupaten asal"),
    },
    needs=_PERSON,
)
DAPODIK_LEAVERS = Layout(
    name="dapodik_leavers",
    columns={**PLAIN.columns, "left_on": _LEFT_ON, "left_why": _LEFT_WHY},
    needs=(frozenset({"name", "nisn", "nik"}), frozenset({"left_on", "left_why"})),
    marks=frozenset({*_LEFT_ON, *_LEFT_WHY}),
    titled=True,
)
WEB_SERVICE = Layout(
    name="dapodik_web_service",
    columns={
        "name": ("nama",),
        "sex": ("jenis kelamin",),
        "nisn": ("nisn",),
        "birth_date": ("tanggal lahir",),
        "nik": ("nik",),
        "class_name": ("nama rombel",),
        "grade": ("tingkat pendidikan id",),
        "special_needs": ("kebutuhan khusus",),
        "npsn": ("npsn",),
        "school_name": ("nama sekolah",),
    },
    needs=_PERSON,
    marks=frozenset({"tingkat pendidikan id", "peserta didik id", "registrasi id"}),
)
REGISTER = Layout(
    name="register",
    columns={
        "nik": _NIK,
        "name": _NAME,
        "sex": _SEX,
        "birth_date": _BIRTH,
        "birth_month": _BIRTH_MONTH,
        "birth_year": _BIRTH_YEAR,
        "status": (*_STATUS, *_RECORDED),
        "bare_status": (  # of what, its values tell
            *("status", "stat", "keterangan status", "keterangan", "ket"),
        ),
        "unrecorded": ("belum rekam", "belum perekaman", "belum merekam", "not recorded"),
        "recorded_on": _RECORDED_ON,
        "married": _MARRIED,
        "region_code": ("kode wilayah", "home region", "kode kelurahan lengkap"),
        "province": ("no prop", "kode propinsi", "kode provinsi", "no provinsi"),
        "regency": ("no kab", "kode kabupaten", "no kabupaten", "kode kab"),
        "kecamatan": ("no kec", "kode kecamatan", "no kecamatan", "kode kec"),
        "village": ("no kel", "kode kelurahan", "no kelurahan", "kode kel", "kode desa"),
    },
    needs=(frozenset({"name", "nik"}), frozenset({"nik", "birth_date"})),
)

#: Layouts a roster can have, and lists of those who left; the earlier wins a tie.
ROSTER_LAYOUTS = (DAPODIK_LEAVERS, DAPODIK, EMIS, WEB_SERVICE, PLAIN)
REGISTER_LAYOUTS = (REGISTER,)

#: Sub-headers below a merged cell such as "Data Ayah": they tell a second header row from a pupil.
SUB_HEADERS = frozenset(
    {"nama", "tahun lahir", "jenjang pendidikan", "pekerjaan", "penghasilan", "nik"}
)
#: Further words that stand below a merged cell and never in all cells of a pupil.
BELOW_MERGED = frozenset(
    {
        *("tempat", "tempat lahir", "tmpt lahir", "tempat lhr", "tanggal", "tgl", "bulan"),
        *("tahun", "hari", "bln", "thn", "l", "p", "laki laki", "perempuan", "nomor", "no", "kode"),
        *("status", "jumlah", "kelas", "jalan", "rt", "rw", "desa", "kelurahan", "kecamatan"),
    }
)
