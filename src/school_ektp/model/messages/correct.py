"""The file in which a school corrects its roster."""

from __future__ import annotations

from collections.abc import Mapping

from school_ektp.model.language import Lang

#: Roster columns a school may correct, as a clerk calls them; who someone is, by NISN.
CORRECTION_COLUMNS: Mapping[str, Mapping[Lang, str]] = {
    "student_id": {"id": "Identitas", "en": "Identifier"},
    "name": {"id": "Nama", "en": "Name"},
    "birth_date": {"id": "Tanggal Lahir", "en": "Birth date"},
    "sex": {"id": "Jenis Kelamin", "en": "Sex"},
    "nisn": {"id": "NISN", "en": "NISN"},
    "nik": {"id": "NIK", "en": "NIK"},
    "npsn": {"id": "NPSN", "en": "School number"},
    "grade": {"id": "Tingkat", "en": "Grade"},
    "class_name": {"id": "Kelas", "en": "Class"},
    "married": {"id": "Status Perkawinan", "en": "Married"},
    "recorded": {"id": "Sudah Rekam", "en": "Recorded"},
    "recorded_on": {"id": "Tanggal Rekam", "en": "Recorded on"},
    "home_region": {"id": "Kode Wilayah Asal", "en": "Home region"},
    "special_needs": {"id": "Kebutuhan Khusus", "en": "Special needs"},
}
#: Headers of the file; it is read back by these words.
CORRECTION_HEADERS: Mapping[str, Mapping[Lang, str]] = {
    "file": {"id": "Berkas", "en": "File"},
    "sheet": {"id": "Lembar", "en": "Sheet"},
    "row": {"id": "Baris", "en": "Row"},
    "name": {"id": "Nama Siswa", "en": "Pupil"},
    "column": {"id": "Kolom", "en": "Column"},
    "message": {"id": "Masalah", "en": "Issue"},
    "now": {"id": "Isi Sekarang", "en": "Value now"},
    "new": {"id": "Isi Baru", "en": "New value"},
    "remove": {"id": "Hapus Baris (ya)", "en": "Remove row (yes)"},
}
