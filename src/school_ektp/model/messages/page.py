"""The report as one page."""

from __future__ import annotations

from school_ektp.model.language import Lang

PAGE: dict[str, dict[Lang, str]] = {
    "page_title": {
        "id": "Rencana perekaman KTP-el di sekolah",
        "en": "Plan of ID recording at schools",
    },
    "page_skip": {"id": "Langsung ke isi", "en": "Skip to the content"},
    "page_contents": {"id": "Isi", "en": "Contents"},
    "page_recorded": {"id": "diperkirakan terekam", "en": "expected to be recorded"},
    "page_of_waiting": {
        "id": "dari {waiting} yang menunggu; 9 dari 10 musim mencapai {p10}",
        "en": "of {waiting} who wait; 9 seasons of 10 reach {p10}",
    },
    "page_coverage": {"id": "perkiraan cakupan", "en": "coverage expected"},
    "page_coverage_before": {"id": "sebelumnya {before}", "en": "before: {before}"},
    "page_team_days": {"id": "hari-tim", "en": "team-days"},
    "page_by_teams": {"id": "oleh {teams}", "en": "by {teams}"},
    "page_left": {"id": "tinggal dipanggil ke kantor", "en": "left for the office"},
    "page_at_schools": {"id": "di {schools}", "en": "at {schools}"},
    "page_worth": {"id": "Apa yang dihitung", "en": "What counts how much"},
    "page_violations": {
        "id": "Rencana ini melanggar atau tidak memenuhi yang diminta, {violations}:",
        "en": "This plan breaks or does not keep what was asked, {violations}:",
    },
    "page_read": {
        "id": "Yang dibaca dan yang disisihkan",
        "en": "What was read and set aside",
    },
    "page_read_about": {
        "id": "Setiap siswa dalam daftar ada di tepat satu tempat.",
        "en": "Every pupil of the roster is in exactly one place.",
    },
    "page_place": {"id": "Tempat", "en": "Place"},
    "page_pupils": {"id": "Siswa", "en": "Pupils"},
    "page_rows_read": {"id": "Jumlah baris yang dibaca", "en": "Rows read, in all"},
    "page_pupils_in_all": {"id": "Jumlah siswa dalam daftar", "en": "Pupils of the roster, in all"},
    "page_place_refused": {"id": "Ditolak, lihat temuan", "en": "Refused, see the issues"},
    "page_place_left_school": {"id": "Sudah keluar dari sekolah", "en": "Left the school"},
    "page_place_recorded_before": {
        "id": "Sudah direkam sebelum rencana ini mulai",
        "en": "Recorded before this plan begins",
    },
    "page_place_set_aside": {
        "id": "Disisihkan: terdaftar di daerah lain atau tanggal lahir tidak diketahui",
        "en": "Set aside: registered elsewhere, or birth date unknown",
    },
    "page_place_too_young": {
        "id": "Belum cukup umur pada hari terakhir",
        "en": "Not of age on the last day",
    },
    "page_place_served": {
        "id": "Diperkirakan terekam menurut rencana",
        "en": "Expected to be recorded by the plan",
    },
    "page_place_waiting": {
        "id": "Diperkirakan tertinggal setelah hari terakhir",
        "en": "Expected to be left out after the last day",
    },
    "page_difference": {
        "id": "Selisih: daftar dan rencana tidak berasal dari data yang sama",
        "en": "Difference: roster and plan do not come from the same data",
    },
    "page_issues": {"id": "Temuan dalam daftar", "en": "Issues of the roster"},
    "page_issue": {"id": "Temuan", "en": "Issue"},
    "page_severity": {"id": "Jenis", "en": "Kind"},
    "page_severity_refusal": {"id": "ditolak", "en": "refused"},
    "page_severity_warning": {"id": "peringatan", "en": "warning"},
    "page_severity_repair": {"id": "diperbaiki", "en": "repaired"},
    "page_count": {"id": "Jumlah", "en": "Count"},
    "page_where": {"id": "Tempatnya", "en": "Where"},
    "page_where_row": {"id": "{file} {sheet} baris {row}", "en": "{file} {sheet} row {row}"},
    "page_where_more": {"id": "dan {count} lagi", "en": "and {count} more"},
    "page_no_issues": {"id": "Tidak ada temuan.", "en": "There are no issues."},
    "page_grid": {"id": "Tim dan hari", "en": "Teams and days"},
    "page_grid_about": {
        "id": (
            "Angka adalah siswa yang diperkirakan terekam; makin gelap, makin penuh hari tim itu."
            " Pilih angka untuk melihat kunjungannya."
        ),
        "en": (
            "A number counts pupils expected to be recorded; the darker, the fuller the day."
            " Choose a number to see the visits."
        ),
    },
    "page_week": {"id": "Pekan {span}", "en": "Week {span}"},
    "page_team": {"id": "Tim", "en": "Team"},
    "page_cell": {
        "id": "{team}, {day}: {pupils}, {visits}",
        "en": "{team}, {day}: {pupils}, {visits}",
    },
    "page_free": {"id": "kosong", "en": "free"},
    "page_off": {"id": "tidak bertugas", "en": "off duty"},
    "page_past": {"id": "lewat", "en": "past"},
    "page_kept": {"id": "dicadangkan untuk susulan", "en": "kept free for making up"},
    "page_closed": {"id": "tidak ada sekolah yang buka", "en": "no school is open"},
    "page_outside": {"id": "di luar musim", "en": "outside the season"},
    "page_holiday": {"id": "libur: {name}", "en": "holiday: {name}"},
    "page_holidays": {"id": "Hari libur", "en": "Holidays"},
    "page_sum": {"id": "Jumlah", "en": "Sum"},
    "page_level_1": {"id": "kurang dari setengah hari", "en": "less than half of the day"},
    "page_level_2": {"id": "setengah hari lebih", "en": "half of the day or more"},
    "page_level_3": {"id": "tiga perempat hari lebih", "en": "three quarters or more"},
    "page_level_4": {"id": "hampir penuh", "en": "almost full"},
    "page_left_out": {"id": "Yang tertinggal", "en": "Who is left out"},
    "page_left_about": {
        "id": (
            "Angka adalah perkiraan. Setiap alasan ditemukan dengan mencoba satu kunjungan lagi."
        ),
        "en": ("Numbers are expectations. Every reason was found by trying one more visit."),
    },
    "page_school": {"id": "Sekolah", "en": "School"},
    "page_why": {"id": "Mengapa", "en": "Why"},
    "page_left_more": {
        "id": "{schools} lagi, dengan lebih sedikit siswa",
        "en": "{schools} more, with fewer pupils",
    },
    "page_remedy": {"id": "Jalan keluar", "en": "Way out"},
    "page_curve": {"id": "Kemajuan", "en": "Progress"},
    "page_curve_about": {
        "id": (
            "Siswa yang diperkirakan terekam sejak hari pertama, dengan pita yang memuat delapan"
            " dari sepuluh musim, dan yang menunggu seandainya tidak ada yang direkam: mereka"
            " bertambah karena setiap hari ada yang mencapai umur perekaman."
        ),
        "en": (
            "Pupils expected to be recorded since the first day, with a band that holds eight"
            " seasons of ten, and those who would wait if nobody were recorded: they grow because"
            " every day some come of age."
        ),
    },
    "page_curve_alt": {
        "id": (
            "Yang menunggu: {waiting_first} pada hari pertama, {waiting_last} pada hari terakhir;"
            " diperkirakan terekam {recorded}, delapan dari sepuluh musim {p10} sampai {p90};"
            " tenggat {deadline}."
        ),
        "en": (
            "Waiting: {waiting_first} on the first day, {waiting_last} on the last; {recorded}"
            " expected to be recorded, {p10} to {p90} in eight seasons of ten; the deadline is"
            " {deadline}."
        ),
    },
    "page_key_waiting": {
        "id": "menunggu bila tidak ada yang direkam",
        "en": "waiting if nobody is recorded",
    },
    "page_key_recorded": {"id": "diperkirakan terekam", "en": "expected to be recorded"},
    "page_key_p10": {"id": "9 dari 10 musim", "en": "9 seasons of 10"},
    "page_key_deadline": {"id": "tenggat: {deadline}", "en": "deadline: {deadline}"},
    "page_numbers": {"id": "Angkanya", "en": "The numbers"},
    "page_week_end": {"id": "Sampai", "en": "Up to"},
    "page_map": {"id": "Peta", "en": "Map"},
    "page_map_about": {
        "id": (
            "Luas lingkaran: siswa yang menunggu; bagian gelap: perkiraan terekam. Garis lurus"
            " dari kantor ke sekolah dan kembali; segitiga: tempat berangkat."
        ),
        "en": (
            "Size of a circle: pupils waiting; dark part: expected to be recorded. Straight"
            " lines lead from the base to the schools and back; triangle: where teams start."
        ),
    },
    "page_map_hidden": {
        "id": "Lingkaran kecil yang kosong: jumlahnya tidak ditampilkan.",
        "en": "Small empty circles: their number is not shown.",
    },
    "page_map_alt": {
        "id": "{schools} dan {routes} rute; daftar kunjungan memuat hal yang sama.",
        "en": "{schools} and {routes:route|routes}; the list of visits tells the same.",
    },
    "page_map_near": {"id": "Diperbesar: bagian yang padat", "en": "Enlarged: where it is dense"},
    "page_map_none": {
        "id": "Tidak ada sekolah yang diketahui letaknya.",
        "en": "The place of no school is known.",
    },
    "page_unplaced": {
        "id": "Tidak di peta, karena letaknya belum diketahui: {schools}.",
        "en": "Not on the map, because their place is not known: {schools}.",
    },
    "page_all_teams": {"id": "semua tim", "en": "all teams"},
    "page_all_days": {"id": "semua hari", "en": "all days"},
    "page_day": {"id": "Hari", "en": "Day"},
    "page_route_tip": {"id": "{team}, {day}: {pupils}", "en": "{team}, {day}: {pupils}"},
    "page_school_tip": {
        "id": "{school}: {recorded} dari {waiting}",
        "en": "{school}: {recorded} of {waiting}",
    },
    "page_shares": {"id": "Cakupan", "en": "Coverage"},
    "page_shares_about": {
        "id": (
            "Bagian yang sudah direkam dari semua siswa yang boleh direkam:"
            " pada hari pertama, dan yang diperkirakan pada hari terakhir."
        ),
        "en": (
            "Those recorded as a share of all pupils who may be recorded:"
            " on the first day, and as expected on the last."
        ),
    },
    "page_by_kecamatan": {"id": "Menurut kecamatan", "en": "By kecamatan"},
    "page_by_level": {"id": "Menurut jenjang", "en": "By school level"},
    "page_by_sex": {"id": "Menurut jenis kelamin", "en": "By sex"},
    "page_sex_about": {
        "id": "Dihitung bila putra dan putri dipanggil sebanding dengan yang menunggu.",
        "en": "Counted as if boys and girls were called in proportion to those who wait.",
    },
    "page_sex_missing": {
        "id": "Jenis kelamin tidak dihitung: daftar siswa tidak disertakan.",
        "en": "Sex is not counted: the roster was not given.",
    },
    "page_sex_L": {"id": "laki-laki", "en": "male"},
    "page_sex_P": {"id": "perempuan", "en": "female"},
    "page_sex_unknown": {"id": "tidak diketahui", "en": "unknown"},
    "page_kecamatan": {"id": "Kecamatan", "en": "Kecamatan"},
    "page_level": {"id": "Jenjang", "en": "Level"},
    "page_sex": {"id": "Jenis kelamin", "en": "Sex"},
    "page_before": {"id": "Sebelum", "en": "Before"},
    "page_after": {"id": "Sesudah", "en": "After"},
    "page_newly": {"id": "Perkiraan terekam", "en": "Expected"},
    "page_still": {"id": "Tertinggal", "en": "Left"},
    "page_all": {"id": "Semua", "en": "All"},
    "page_bar": {
        "id": "{before} sudah, {recorded} diperkirakan, {left} tertinggal",
        "en": "{before} before, {recorded} expected, {left} left",
    },
    "page_key_before": {"id": "direkam sebelumnya", "en": "recorded before"},
    "page_key_planned": {"id": "perkiraan rencana", "en": "expected by the plan"},
    "page_key_left": {"id": "tertinggal", "en": "left out"},
    "page_risk": {"id": "Risiko", "en": "Risk"},
    "page_risk_sentence": {
        "id": (
            "Dalam 9 dari 10 musim yang disimulasikan terekam paling sedikit {p10}, dalam"
            " separuhnya paling sedikit {p50}, dan dalam 1 dari 10 paling sedikit {p90}."
        ),
        "en": (
            "In 9 of 10 simulated seasons at least {p10} are recorded, in half of them at least"
            " {p50}, and in 1 of 10 at least {p90}."
        ),
    },
    "page_risk_alt": {
        "id": "Pita dari P10 sampai P90 dan garis P50, dari hari pertama sampai hari terakhir.",
        "en": "A band from P10 to P90 and the line of P50, from the first day to the last.",
    },
    "page_key_band": {"id": "P10 sampai P90", "en": "P10 to P90"},
    "page_key_median": {"id": "P50, separuh musim", "en": "P50, half of the seasons"},
    "page_key_planned_line": {"id": "perkiraan rencana", "en": "expected by the plan"},
    "page_risk_days": {
        "id": "Hari-tim yang paling berat bila batal",
        "en": "Team-days that would be missed most",
    },
    "page_risk_days_about": {
        "id": "Siswa yang diperkirakan terekam pada hari-tim itu: paling banyak yang hilang.",
        "en": "Pupils expected to be recorded on that team-day: where most is at stake.",
    },
    "page_visits": {"id": "Daftar kunjungan", "en": "List of visits"},
    "page_no_visits": {"id": "Tidak ada kunjungan.", "en": "There are no visits."},
    "page_time": {"id": "Jam", "en": "Time"},
    "page_called": {"id": "Dipanggil", "en": "To call"},
    "page_expected": {"id": "Perkiraan terekam", "en": "Expected"},
    "page_to_grid": {"id": "Kembali ke tim dan hari", "en": "Back to teams and days"},
    "page_close": {"id": "Tutup", "en": "Close"},
    "page_hidden": {
        "id": (
            "{mark}: tidak ditampilkan, karena kurang dari {fewest} siswa atau akan membuka angka"
            " seperti itu. Jumlah seluruh rencana ditampilkan."
        ),
        "en": (
            "{mark}: not shown, because it is fewer than {fewest} pupils or would give such a"
            " number away. Sums of the whole plan are shown."
        ),
    },
    "page_internal": {
        "id": "Untuk kantor sendiri: angka kecil ditampilkan. Jangan diteruskan.",
        "en": "For the office itself: small numbers are shown. Do not pass it on.",
    },
    "page_foot": {
        "id": "Tidak memuat nama, NIK atau tanggal lahir siswa. Dibuat dengan school_ektp.",
        "en": "Holds no name, NIK or birth date of a pupil. Made with school_ektp.",
    },
    "page_remedy_effect": {
        "id": (
            "{remedy}: sekitar {recorded} lagi di sekolah ini,"
            " rencana bernilai {value} siswa lebih banyak, {effort}"
        ),
        "en": (
            "{remedy}: about {recorded} more at this school,"
            " the plan worth {value} pupils more, {effort}"
        ),
    },
    "page_remedy_effort": {"id": "{team_days}", "en": "{team_days}"},
    "page_remedy_no_effort": {"id": "tanpa hari-tim tambahan", "en": "with no more team-days"},
    "page_progress": {"id": "Capaian musim ini", "en": "The season so far"},
    "page_progress_sentence": {
        "id": (
            "Pada {on}, {so_far} dari {target} sasaran sudah terekam ({share}). Pada {last_day}"
            " diperkirakan {expected}; sembilan dari sepuluh musim mencapai {low} atau lebih,"
            " satu dari sepuluh {high} atau lebih, yang di luar daftar termasuk."
        ),
        "en": (
            "On {on}, {so_far} of {target} to be recorded are recorded ({share}). By {last_day}"
            " {expected} are expected; nine seasons of ten reach {low} or more, one of ten {high}"
            " or more, those on no roster among them."
        ),
    },
    "page_progress_besides": {
        "id": (
            "Di luar rencana, dengan laju musim ini, kira-kira {walk_ins} siswa lagi datang tanpa"
            " dipanggil pada kunjungan dan {at_office} ke kantor; yang ke kantor sebagian juga"
            " diperkirakan pada kunjungan."
        ),
        "en": (
            "Besides, at the rate of this season, about"
            " {walk_ins:more pupil walks|more pupils walk} in at visits and {at_office:comes|come}"
            " to the office; the plan expects some of the latter at visits."
        ),
    },
    "page_progress_about": {
        "id": (
            "Untuk dipakai di kantor sendiri: angka kecil tidak disembunyikan. Yang hasilnya belum"
            " dilaporkan dihitung menurut perkiraan."
        ),
        "en": (
            "For the office's own eyes: small counts are not hidden. What is not reported yet is"
            " counted as expected."
        ),
    },
    "page_progress_about_others": {
        "id": (
            "Menurut waktu, angka dibulatkan ke puluhan. Kecamatan dan sekolah ada di laporan"
            " dua mingguan, yang menyembunyikan angka kecil. Yang hasilnya belum dilaporkan"
            " dihitung menurut perkiraan."
        ),
        "en": (
            "Over time, numbers are in tens. Kecamatan and schools are on the fortnightly"
            " page, which hides small counts. What is not reported yet is counted as expected."
        ),
    },
    "page_progress_key_recorded": {"id": "terekam", "en": "recorded"},
    "page_progress_key_expected": {
        "id": "perkiraan rencana sekarang",
        "en": "expected by the plan of today",
    },
    "page_progress_key_begun": {"id": "perkiraan rencana awal", "en": "expected by the first plan"},
    "page_progress_by_kecamatan": {"id": "Capaian per kecamatan", "en": "By kecamatan"},
    "page_progress_by_school": {"id": "Capaian per sekolah", "en": "By school"},
    "page_progress_by_class": {"id": "Capaian per kelas", "en": "By class"},
    "page_progress_by_team": {"id": "Capaian per tim", "en": "By team"},
    "page_progress_by_week": {
        "id": "Capaian per pekan (dalam kurung: perkiraan)",
        "en": "By week (in brackets: expected)",
    },
    "page_progress_kecamatan": {"id": "Kecamatan", "en": "Kecamatan"},
    "page_progress_school": {"id": "Sekolah", "en": "School"},
    "page_progress_target": {"id": "Sasaran", "en": "Target"},
    "page_progress_so_far": {"id": "Terekam", "en": "Recorded"},
    "page_progress_presumed": {"id": "Di antaranya perkiraan", "en": "Of them expected only"},
    "page_progress_waits": {"id": "Menunggu", "en": "Waiting"},
    "page_progress_later": {"id": "Menyusul", "en": "Due later"},
    "page_progress_planned": {"id": "Rencana awal", "en": "First plan"},
    "page_progress_to_come": {"id": "Akan terekam", "en": "Still planned"},
    "page_progress_share": {"id": "Capaian", "en": "Achieved"},
    "page_progress_visits": {"id": "Kunjungan", "en": "Visits"},
    "page_progress_failed": {"id": "Tidak terlaksana", "en": "Did not take place"},
    "page_progress_team_days": {"id": "Hari-tim", "en": "Team-days"},
    "page_progress_called": {"id": "Dipanggil", "en": "Called"},
    "page_progress_came": {"id": "Datang", "en": "Came"},
    "page_progress_recorded": {"id": "Terekam", "en": "Recorded"},
    "page_progress_expected": {"id": "Perkiraan", "en": "Expected"},
    "page_progress_week_end": {"id": "Sampai", "en": "Up to"},
    "page_progress_due": {"id": "wajib direkam", "en": "due to be recorded"},
}
