"""What the check of a roster finds: one sentence per rule, without a personal value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from school_ektp.model.language import Figure, Lang

REFUSAL, WARNING, REPAIR = "refusal", "warning", "repair"


@attrs.frozen
class Wording:
    """
    How a rule is worded.

    Attributes:
        severity: ``"refusal"``, ``"warning"`` or ``"repair"``.
        texts: Sentence per language; ``{0}`` stands for the detail of the finding, and
            ``{0:row|rows}`` for a number with the form that goes with it.
    """

    severity: str
    texts: Mapping[Lang, str]

    def says(self, detail: str, lang: Lang) -> str:
        """Return the sentence with its detail."""
        return self.texts[lang].format(Figure(detail, lang))


def _rule(severity: str, indonesian: str, english: str) -> Wording:
    return Wording(severity, MappingProxyType({"id": indonesian, "en": english}))


#: Rule name to its wording; the page "what each rule means" is written from it.
RULES: Mapping[str, Wording] = MappingProxyType(
    {
        # whole rosters and files
        "roster_empty": _rule(
            REFUSAL,
            "Tidak ada satu pun siswa; periksa berkas yang dibaca.",
            "There is not one pupil; look at the files that were read.",
        ),
        "file_unreadable": _rule(
            REFUSAL,
            "Berkas tidak dapat dibaca ({0}); buka, simpan ulang sebagai .xlsx, lalu kirim lagi.",
            "The file cannot be read ({0}); open it, save it as .xlsx and send it again.",
        ),
        "sheet_without_header": _rule(
            WARNING,
            "Tidak ada baris judul kolom dalam 20 baris pertama; lembar ini tidak dipakai.",
            "No header was found in the first 20 rows; this sheet is not used.",
        ),
        "npsn_for_no_file": _rule(
            WARNING,
            "NPSN disebut untuk berkas ini, tetapi tidak ada berkas bernama itu; periksa namanya.",
            "An NPSN is given for this file, but no file of that name was read; check the name.",
        ),
        "sheet_hidden": _rule(
            WARNING,
            "Lembar ini tersembunyi dan tidak dipakai; tampilkan bila harus dihitung.",
            "This sheet is hidden and is not used; show it if it should count.",
        ),
        "staff_list": _rule(
            WARNING,
            "Lembar ini berisi daftar guru, pegawai atau orang tua, bukan siswa; tidak dipakai.",
            "This sheet lists teachers, other staff or parents and no pupils; it is not used.",
        ),
        "list_of_leavers": _rule(
            WARNING,
            "Menurut judul atau namanya lembar ini berisi siswa yang sudah keluar; tidak dihitung.",
            "By its title or name this sheet lists pupils who left; they are not counted.",
        ),
        "column_missing": _rule(
            WARNING,
            "Kolom tidak ada pada lembar ini; bila ada di aslinya, unduh ulang.",
            "The column is not on this sheet; if the original has it, download it again.",
        ),
        "column_twice": _rule(
            WARNING,
            "Judul kolom ini muncul {0} kali; yang paling kiri dipakai, hapus yang lain.",
            "This header appears {0:time|times}; the leftmost is used, delete the others.",
        ),
        "rows_stated": _rule(
            WARNING,
            "Berkas menyebut {0} baris, isinya berbeda; unduh ulang.",
            "The file states {0:row|rows} and holds another number; download it again.",
        ),
        "quote_stray": _rule(
            REPAIR,
            "Tanda kutip yang tidak ditutup dihapus dari baris ini; periksa selnya.",
            "A quote that does not close was taken out of this row; look at its cells.",
        ),
        "quoted_rows": _rule(
            WARNING,
            "Tanda kutip di baris ini membungkus beberapa baris; baris-baris itu dipisahkan lagi.",
            "Quotes in this row held several rows in one cell; they were taken apart again.",
        ),
        "cell_with_rows": _rule(
            WARNING,
            "Sel ini memuat beberapa baris tabel sekaligus; pisahkan agar siswanya terhitung.",
            "This cell holds several rows of a table; take them apart, or their pupils are lost.",
        ),
        "row_longer": _rule(
            WARNING,
            "Baris ini lebih panjang dari judulnya; koma di dalam sel mungkin menggeser isinya.",
            "This row is longer than its header; a comma within a cell may have shifted it.",
        ),
        "ampersand_mended": _rule(
            REPAIR,
            "Tanda & yang rusak diperbaiki di {0} tempat.",
            "A broken & was mended in {0:place|places}.",
        ),
        "dates_turned": _rule(
            WARNING,
            "Sel tanggal di kolom ini tertukar hari dan bulannya oleh Excel; ditukar kembali.",
            "Excel had exchanged day and month in date cells of this column; they were put back.",
        ),
        "dates_maybe_turned": _rule(
            WARNING,
            "Mungkin Excel menukar hari dan bulan di sel tanggal kolom ini; periksa menurut akta.",
            "Excel may have exchanged day and month in date cells of this column; check them.",
        ),
        "dates_mixed": _rule(
            WARNING,
            "{0} tanggal di kolom ini berurutan hari dan bulan lain dari selebihnya; periksa.",
            "{0:date of this column has|dates of this column have} day and month in another order"
            " than the rest; check.",
        ),
        "month_day_order": _rule(
            WARNING,
            "Tanggal di lembar ini berurutan bulan/hari (gaya Amerika) dan dibaca demikian.",
            "Dates of this sheet are in month/day order (American) and were read so.",
        ),
        "roster_old": _rule(
            WARNING,
            "Data ini berumur {0} hari; minta unduhan baru dari sekolah.",
            "These data are {0:day|days} old; ask the school for a new download.",
        ),
        "roster_last_year": _rule(
            WARNING,
            "Data ini dari tahun pelajaran {0}; kelas dan siswa sudah berganti, minta yang baru.",
            "These data are of the school year {0}; classes have changed since, ask for new ones.",
        ),
        "roster_from_future": _rule(
            WARNING,
            "Tanggal unduh ({0}) sesudah hari pemeriksaan; periksa jam komputer sekolah.",
            "The download date ({0}) is after the day of the check; check the school's clock.",
        ),
        # required
        "student_id_missing": _rule(
            REFUSAL,
            "Tidak ada nomor pengenal; isi NISN atau NIK.",
            "There is no identifier; give the NISN or the NIK.",
        ),
        "npsn_missing": _rule(
            REFUSAL,
            "Sekolah tidak disebut; isi NPSN, atau sebutkan NPSN saat membaca berkas ini.",
            "The school is not named; give its NPSN, or name it when reading this file.",
        ),
        "birth_date_missing": _rule(
            REFUSAL,
            "Tanggal lahir kosong; isi menurut akta.",
            "The birth date is empty; fill it in from the birth certificate.",
        ),
        # cells
        "hidden_marks": _rule(
            REPAIR,
            "Tanda yang tak terlihat dihapus dari sel.",
            "Marks that cannot be seen were removed from the cell.",
        ),
        "date_impossible": _rule(
            REFUSAL,
            "Tanggal lahir ini tidak ada di kalender; perbaiki menurut akta.",
            "No calendar has this birth date; correct it from the birth certificate.",
        ),
        "date_unreadable": _rule(
            REFUSAL,
            "Tanggal lahir tidak terbaca; tulis seperti 2008-03-05.",
            "The birth date cannot be read; write it like 2008-03-05.",
        ),
        "date_from_serial": _rule(
            REPAIR,
            "Angka seri Excel dibaca sebagai tanggal.",
            "An Excel serial number was read as a date.",
        ),
        "date_short_year": _rule(
            REPAIR,
            "Tahun dua angka: 00-49 dibaca 2000-2049, selebihnya 1950-1999.",
            "Year of two digits: 00-49 was read as 2000-2049, the rest as 1950-1999.",
        ),
        "date_month_day": _rule(
            REPAIR,
            "Dibaca bulan/hari karena seluruh kolom membuktikannya.",
            "Read as month/day, as the whole column proves.",
        ),
        "date_other_order": _rule(
            WARNING,
            "Urutan hari dan bulan lain dari seluruh kolom; hanya terbaca begini. Periksa.",
            "Day and month stand the other way round than in the column; no other way is a date."
            " Check it.",
        ),
        "date_compact": _rule(
            REPAIR,
            "Delapan angka tanpa pemisah dibaca sebagai tanggal.",
            "Eight digits without separators were read as a date.",
        ),
        "date_with_time": _rule(
            REPAIR,
            "Sel tanggal berisi jam juga; jamnya diabaikan.",
            "The date has a time beside it; the time was left out.",
        ),
        "date_next_day": _rule(
            WARNING,
            "Jam di sel ini sesaat sebelum tengah malam setempat; hari berikutnya yang dipakai.",
            "The time in this cell is shortly before midnight here; the day after was taken.",
        ),
        "recorded_on_unreadable": _rule(
            WARNING,
            "Tanggal rekam tidak terbaca; dianggap tidak diketahui.",
            "The day of recording cannot be read; it is taken as unknown.",
        ),
        "left_on_unreadable": _rule(
            WARNING,
            "Tanggal keluar tidak terbaca; siswa dianggap sudah keluar.",
            "The day of leaving cannot be read; the pupil is taken to have left.",
        ),
        "sex_unknown": _rule(
            WARNING,
            "Jenis kelamin bukan L atau P; dianggap tidak diketahui.",
            "The sex is neither L nor P; it is taken as unknown.",
        ),
        "grade_unknown": _rule(
            WARNING,
            "Tingkat tidak terbaca; tulis 10, 11 atau 12.",
            "The grade cannot be read; write 10, 11 or 12.",
        ),
        "special_needs_unknown": _rule(
            WARNING,
            "Kebutuhan khusus belum diketahui; dianggap tidak ada.",
            "Whether there are special needs is not known; taken as none.",
        ),
        "activity_unknown": _rule(
            WARNING,
            "Status siswa tidak terbaca; dianggap aktif.",
            "The status of the pupil cannot be read; taken as active.",
        ),
        "married_unknown": _rule(
            WARNING,
            "Status perkawinan tidak terbaca; dianggap belum kawin.",
            "Whether married cannot be read; taken as unmarried.",
        ),
        "recorded_unknown": _rule(
            WARNING,
            "Status rekam tidak terbaca; dianggap belum rekam.",
            "Whether recorded cannot be read; taken as not recorded.",
        ),
        "status_not_recording": _rule(
            WARNING,
            "Kolom Status tidak menyebut siapa yang sudah rekam; tidak dipakai, isi recorded=.",
            "The column Status does not say who is recorded; it is not used, pass recorded=.",
        ),
        "region_form": _rule(
            WARNING,
            "Kode wilayah bukan seperti 17.02; dianggap kabupaten sekolah.",
            "The region code is not like 17.02; the regency of the school is assumed.",
        ),
        "nisn_zeros": _rule(
            REPAIR,
            "Nol di depan NISN yang hilang dikembalikan.",
            "Leading zeros that the NISN had lost were put back.",
        ),
        "nisn_form": _rule(
            WARNING,
            "NISN bukan 10 angka; tidak dipakai, perbaiki dari Dapodik.",
            "The NISN is not 10 digits; it is not used, correct it from Dapodik.",
        ),
        "nisn_lost": _rule(
            WARNING,
            "NISN rusak oleh Excel (bentuk 1,2E+09); unduh ulang, jangan simpan ulang.",
            "Excel ruined the NISN (like 1.2E+09); download it again and do not save it again.",
        ),
        "nik_form": _rule(
            WARNING,
            "NIK bukan 16 angka; tidak dipakai, perbaiki dari kartu keluarga.",
            "The NIK is not 16 digits; it is not used, correct it from the family card.",
        ),
        "nik_lost": _rule(
            WARNING,
            "NIK rusak oleh Excel (bentuk 1,7E+15); unduh ulang, jangan simpan ulang.",
            "Excel ruined the NIK (like 1.7E+15); download it again and do not save it again.",
        ),
        "nik_is_kk": _rule(
            WARNING,
            "NIK sama dengan nomor KK; tidak dipakai, perbaiki dari kartu keluarga.",
            "The NIK equals the family card number; it is not used, correct it from the card.",
        ),
        "nik_rounded": _rule(
            WARNING,
            "{0} % NIK sekolah ini berakhir 0: tampaknya dibulatkan Excel; unduh ulang.",
            "{0}% of this school's NIK end in 0: Excel seems to have rounded them; download again.",
        ),
        "nik_region": _rule(
            WARNING,
            "Enam angka pertama NIK bukan kode wilayah; periksa kartu keluarga.",
            "The first six digits of the NIK are no region code; check the family card.",
        ),
        "nik_date": _rule(
            WARNING,
            "Angka tanggal pada NIK tidak ada di kalender; periksa kartu keluarga.",
            "The date digits of the NIK are on no calendar; check the family card.",
        ),
        "nik_serial": _rule(
            WARNING,
            "Nomor urut NIK 0000 tidak pernah terbit; periksa kartu keluarga.",
            "The serial 0000 of the NIK is never issued; check the family card.",
        ),
        "nik_birth_date": _rule(
            WARNING,
            "NIK dan tanggal lahir berbeda; keduanya dipertahankan, periksa akta.",
            "NIK and birth date disagree; both are kept, check the birth certificate.",
        ),
        "nik_sex": _rule(
            WARNING,
            "NIK dan jenis kelamin berbeda; keduanya dipertahankan, periksa kartu keluarga.",
            "NIK and sex disagree; both are kept, check the family card.",
        ),
        # values
        "npsn_form": _rule(
            REFUSAL,
            "NPSN bukan 8 angka (PKBM: K atau P dan 7 angka); perbaiki.",
            "The NPSN is not 8 digits (PKBM: K or P and 7 digits); correct it.",
        ),
        "school_unknown": _rule(
            REFUSAL,
            "Sekolah tidak ada di daftar sekolah; tambahkan, atau perbaiki NPSN atau namanya.",
            "The school is not on the list of schools; add it, or correct its NPSN or name.",
        ),
        "birth_in_future": _rule(
            REFUSAL,
            "Tanggal lahir sesudah hari pemeriksaan; perbaiki menurut akta.",
            "The birth date is after the day of the check; correct it from the certificate.",
        ),
        "age_low": _rule(
            WARNING,
            "Umur di bawah 10 tahun; periksa tahun lahir.",
            "Under 10 years old; check the year of birth.",
        ),
        "age_high": _rule(
            WARNING,
            "Umur di atas 25 tahun; periksa tahun lahir.",
            "Over 25 years old; check the year of birth.",
        ),
        "age_for_grade": _rule(
            WARNING,
            "Umur jauh dari umur lazim tingkat ini; periksa tanggal lahir dan kelas.",
            "The age is far from what is usual for this grade; check birth date and class.",
        ),
        "grade_range": _rule(
            WARNING,
            "Tingkat bukan 10 sampai 13; dianggap tidak diketahui.",
            "The grade is not 10 to 13; it is taken as unknown.",
        ),
        "grade_and_class": _rule(
            WARNING,
            "Tingkat dan nama kelas berbeda; tingkat dipakai.",
            "Grade and class name disagree; the grade is used.",
        ),
        "class_missing": _rule(
            WARNING,
            "Kelas tidak diketahui; ketidakhadiran satu kelas (PKL) tidak dapat diperhitungkan.",
            "The class is unknown; absences of one class (PKL) cannot be allowed for.",
        ),
        "recorded_in_future": _rule(
            WARNING,
            "Tanggal rekam sesudah hari pemeriksaan; dianggap sudah rekam.",
            "The day of recording is after the day of the check; taken as recorded.",
        ),
        "recorded_before_birth": _rule(
            WARNING,
            "Tanggal rekam sebelum tanggal lahir; periksa keduanya.",
            "The day of recording is before the birth date; check both.",
        ),
        # several rows
        "left_school": _rule(
            WARNING,
            "Ada di daftar siswa keluar ({0}); tidak dihitung lagi.",
            "On the list of pupils who left ({0}); no longer counted.",
        ),
        "not_active": _rule(
            WARNING,
            "Menurut statusnya bukan siswa lagi (lulus, pindah, tidak aktif); tidak dihitung.",
            "By the status no longer a pupil (graduated, moved, not active); not counted.",
        ),
        "left_maybe": _rule(
            WARNING,
            "Menurut catatannya mungkin bukan siswa lagi; tetap dihitung, periksa baris ini.",
            "By a remark perhaps no longer a pupil; still counted, check this row.",
        ),
        "duplicate_id": _rule(
            REFUSAL,
            "Pengenal yang sama sudah ada di {0}; hapus salah satu.",
            "The same identifier is already at {0}; delete one of them.",
        ),
        "duplicate_nisn": _rule(
            REFUSAL,
            "NISN, nama dan tanggal lahir yang sama sudah ada di {0}; hapus salah satu.",
            "The same NISN, name and birth date are already at {0}; delete one of them.",
        ),
        "duplicate_nik": _rule(
            REFUSAL,
            "NIK, nama dan tanggal lahir yang sama sudah ada di {0}; hapus salah satu.",
            "The same NIK, name and birth date are already at {0}; delete one of them.",
        ),
        "nisn_shared": _rule(
            WARNING,
            "NISN yang sama dipakai siswa lain di {0}; perbaiki salah satu.",
            "Another pupil at {0} has the same NISN; correct one of them.",
        ),
        "nik_shared": _rule(
            WARNING,
            "NIK yang sama dipakai siswa lain di {0}; perbaiki salah satu.",
            "Another pupil at {0} has the same NIK; correct one of them.",
        ),
        "same_person": _rule(
            WARNING,
            "Nama dan tanggal lahir sama dengan {0}; hapus salah satu bila orangnya sama.",
            "Name and birth date are the same as at {0}; delete one if it is the same person.",
        ),
        # schools
        "school_without_pupils": _rule(
            WARNING,
            "Tidak ada data siswa dari sekolah ini; minta unduhannya.",
            "There are no pupils of this school; ask for its download.",
        ),
        "birth_date_heaping": _rule(
            WARNING,
            "Terlalu banyak lahir pada tanggal baku ({0}); tanggalnya mungkin perkiraan.",
            "Birth dates heap on one day ({0}); they may be estimates.",
        ),
        # the list of schools
        "school_level": _rule(
            WARNING,
            "Bukan SMA, SMK, MA, SLB atau PKBM; sekolah ini tidak dipakai.",
            "Not an SMA, SMK, MA, SLB or PKBM; this school is not used.",
        ),
        "school_name_missing": _rule(
            REFUSAL,
            "Nama sekolah kosong; isi.",
            "The name of the school is empty; fill it in.",
        ),
        "kecamatan_missing": _rule(
            REFUSAL,
            "Kecamatan sekolah kosong; isi.",
            "The kecamatan of the school is empty; fill it in.",
        ),
        "school_twice": _rule(
            REFUSAL,
            "NPSN ini sudah ada di baris {0}; hapus salah satu.",
            "This NPSN is already in row {0}; delete one of them.",
        ),
        "kecamatan_unknown": _rule(
            WARNING,
            "Kecamatan tidak ada di daftar wilayah; letak sekolah tidak dapat diperiksa.",
            "The kecamatan is not in the table of places; the location cannot be checked.",
        ),
        "location_missing": _rule(
            REPAIR,
            "Koordinat kosong; titik tengah {0} dipakai, ganti bila letaknya diketahui.",
            "There are no coordinates; the centre of {0} is used, replace it when known.",
        ),
        "location_zero": _rule(
            REPAIR,
            "Koordinat 0 berarti belum diisi; titik tengah {0} dipakai.",
            "Coordinates of 0 mean unset; the centre of {0} is used.",
        ),
        "location_swapped": _rule(
            REPAIR,
            "Lintang dan bujur tertukar; ditukar kembali.",
            "Latitude and longitude were swapped; they were swapped back.",
        ),
        "location_sign": _rule(
            REPAIR,
            "Tanda minus lintang hilang; dikembalikan.",
            "The minus of the latitude was lost; it was put back.",
        ),
        "location_outside": _rule(
            REPAIR,
            "Titik ini {0} km di luar kecamatannya; titik tengah desa atau kecamatan dipakai.",
            "The point is {0} km outside of its kecamatan; the centre of village or kecamatan is "
            "used.",
        ),
        "location_far": _rule(
            REPAIR,
            "Titik ini {0} km dari kecamatannya, di laut atau daerah lain; titik tengah dipakai.",
            "The point is {0} km from its kecamatan, in the sea or elsewhere; a centre is used.",
        ),
        "location_unreadable": _rule(
            REPAIR,
            "Koordinat tidak terbaca; titik tengah {0} dipakai.",
            "The coordinates cannot be read; the centre of {0} is used.",
        ),
        "location_unknown": _rule(
            WARNING,
            "Letak sekolah tidak diketahui; tanpa letak sekolah ini tidak dapat dijadwalkan.",
            "The location is unknown; without one this school cannot be planned.",
        ),
        # match with the register
        "recorded_disagrees": _rule(
            WARNING,
            "Daftar sekolah menyebut sudah rekam, daftar Dukcapil belum; yang terakhir dipakai.",
            "The roster says recorded, the register says not; the register is used.",
        ),
        # corrections that came back
        "correction_unknown_row": _rule(
            WARNING,
            "Perbaikan menunjuk baris yang tidak ada; dilewati.",
            "The correction points to a row that does not exist; it was passed over.",
        ),
        "correction_unknown_column": _rule(
            WARNING,
            "Perbaikan menunjuk kolom yang tidak dapat diperbaiki; dilewati.",
            "The correction points to a column that cannot be corrected; it was passed over.",
        ),
        "removed_by_school": _rule(
            REFUSAL,
            "Dihapus menurut berkas yang dikembalikan sekolah.",
            "Removed as the school returned it.",
        ),
        "corrected": _rule(
            REPAIR,
            "Diperbaiki menurut berkas yang dikembalikan sekolah.",
            "Corrected as the school returned it.",
        ),
    }
)

#: Rules that put a row or a file out, the weightiest first.
REFUSALS = tuple(name for name, wording in RULES.items() if wording.severity == REFUSAL)
