"""The page that an office sends upwards every fortnight."""

from __future__ import annotations

from school_ektp.model.language import Lang

FORTNIGHT: dict[str, dict[Lang, str]] = {
    "title": {
        "id": "Laporan berkala perekaman KTP-el di sekolah",
        "en": "Progress of ID recording at schools",
    },
    "period": {"id": "{since} – {until}", "en": "{since} – {until}"},
    "lead": {
        "id": (
            "Dari {target} siswa sasaran sampai {last_day}, {so_far} ({share}) sudah terekam,"
            " {recorded} di antaranya dalam masa laporan ini; {left} belum."
        ),
        "en": (
            "Of {target} pupils to be recorded by {last_day}, {so_far} ({share}) are recorded,"
            " {recorded} of them in the days reported here; {left} are not yet."
        ),
    },
    "lead_presumed": {
        "id": (
            "Dari {target} siswa sasaran sampai {last_day}, {so_far} ({share}) sudah terekam atau"
            " diperkirakan terekam: {before} sebelumnya dalam musim ini, {recorded} dalam masa"
            " laporan ini, {presumed} pada kunjungan yang hasilnya belum dilaporkan; {left} belum."
        ),
        "en": (
            "Of {target} pupils to be recorded by {last_day}, {so_far} ({share}) are recorded or"
            " expected to be: {before} earlier this season, {recorded} in the days reported here,"
            " {presumed} at visits whose outcome is not reported yet; {left} are not yet."
        ),
    },
    "ends": {
        "id": (
            "Menurut rencana sekarang diperkirakan {expected} terekam pada {last_day}; sembilan"
            " dari sepuluh musim mencapai {p10} atau lebih, satu dari sepuluh {p90} atau lebih."
        ),
        "en": (
            "By the plan of today {expected} are expected to be recorded by {last_day}; nine"
            " seasons of ten reach {p10} or more, one of ten {p90} or more."
        ),
    },
    "planned": {
        "id": "Rencana awal memperkirakan {planned} sampai {until}.",
        "en": "The first plan expected {planned} by {until}.",
    },
    "outside": {
        "id": "Di luar daftar sekolah terekam pula {outside} siswa.",
        "en": "On no roster, {outside} more pupils are recorded.",
    },
    "office": {
        "id": "Di kantor terekam {office} siswa yang sekolahnya tidak dicatat.",
        "en": "At the office {office} pupils whose school was not noted are recorded.",
    },
    "besides": {
        "id": (
            "Di luar rencana, dengan laju musim ini, kira-kira {walk_ins} siswa lagi datang tanpa"
            " dipanggil pada kunjungan dan {at_office} ke kantor."
        ),
        "en": (
            "Besides, at the rate of this season, about {walk_ins} more pupils walk in at visits"
            " and {at_office} come to the office."
        ),
    },
    "curve": {"id": "Terekam sampai tiap hari", "en": "Recorded up to each day"},
    "curve_about": {
        "id": (
            "Garis tebal: terekam, lalu perkiraan dengan pita P10 sampai P90. Garis tipis: rencana"
            " awal. Angka dibulatkan ke puluhan."
        ),
        "en": (
            "Thick line: recorded, then expected, with the band from P10 to P90. Thin line: the"
            " first plan. Numbers are rounded to tens."
        ),
    },
    "by_kecamatan": {"id": "Per kecamatan", "en": "By kecamatan"},
    "by_school": {"id": "Per sekolah", "en": "By school"},
    "by_team": {"id": "Per tim", "en": "By team"},
    "kecamatan": {"id": "Kecamatan", "en": "Kecamatan"},
    "school": {"id": "Sekolah", "en": "School"},
    "team": {"id": "Tim", "en": "Team"},
    "target": {"id": "Sasaran", "en": "Target"},
    "column_before": {"id": "Sebelumnya musim ini", "en": "Earlier this season"},
    "column_recorded": {"id": "Terekam masa ini", "en": "Recorded now"},
    "column_presumed": {"id": "Belum dilaporkan", "en": "Not reported yet"},
    "column_left": {"id": "Belum terekam", "en": "Not recorded"},
    "share": {"id": "Capaian", "en": "Achieved"},
    "visits": {"id": "Kunjungan", "en": "Visits"},
    "failed": {"id": "Tidak terlaksana", "en": "Did not take place"},
    "team_days": {"id": "Hari kerja lapangan", "en": "Days in the field"},
    "sum": {"id": "Jumlah", "en": "Total"},
    "unknown": {"id": "tidak diketahui", "en": "unknown"},
    "few": {"id": "kurang dari {small}", "en": "fewer than {small}"},
    "hidden": {
        "id": (
            "{sign}: tidak ditampilkan, karena kurang dari {small} siswa atau karena angka yang"
            " kecil dapat dihitung darinya."
        ),
        "en": (
            "{sign}: not shown, because it is fewer than {small} pupils or because a small number"
            " could be computed from it."
        ),
    },
}
