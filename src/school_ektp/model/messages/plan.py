"""What a plan says of itself: the sentence, the calendar, the papers, an edit."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: Forms for one and for any other number.
NOUNS: dict[str, dict[Lang, tuple[str, str]]] = {
    "pupil": {"id": ("siswa", "siswa"), "en": ("pupil", "pupils")},
    "team_day": {"id": ("hari-tim", "hari-tim"), "en": ("team-day", "team-days")},
    "school": {"id": ("sekolah", "sekolah"), "en": ("school", "schools")},
    "visit": {"id": ("kunjungan", "kunjungan"), "en": ("visit", "visits")},
    "minute": {"id": ("menit", "menit"), "en": ("minute", "minutes")},
    "team": {"id": ("tim", "tim"), "en": ("team", "teams")},
    "kit": {"id": ("alat rekam", "alat rekam"), "en": ("kit", "kits")},
    "violation": {
        "id": ("pelanggaran aturan", "pelanggaran aturan"),
        "en": ("violation", "violations"),
    },
    "day": {"id": ("hari", "hari"), "en": ("day", "days")},
}

PLAN: dict[str, dict[Lang, str]] = {
    "who_waits": {
        "id": (
            "Dari {all} pemula pada {day}, {recorded} sudah direkam dan {waiting} menunggu;"
            " {more} lagi mencapai umur perekaman sampai {last}."
        ),
        "en": (
            "Of {all:first-timer|first-timers} on {day}, {recorded:is|are} recorded and"
            " {waiting:waits|wait}; {more:more reaches|more reach} the recording age by {last}."
        ),
    },
    "nobody_waits": {
        "id": "Dari {first} sampai {last} tidak ada siswa yang menunggu perekaman.",
        "en": "From {first} to {last} no pupil waits to be recorded.",
    },
    "expected": {
        "id": (
            "Dari {first} sampai {last} diperkirakan {recorded} dari {waiting} terekam;"
            " sembilan dari sepuluh musim mencapai {p10} atau lebih."
        ),
        "en": (
            "From {first} to {last}, {recorded} of {waiting} are expected to be recorded;"
            " nine seasons of ten reach {p10} or more."
        ),
    },
    "coverage": {
        "id": "Cakupan: {before} pada {first}, perkiraan {after} pada {last}.",
        "en": "Coverage: {before} on {first}, {after} expected on {last}.",
    },
    "effort": {
        "id": "{visits} ke {schools} dalam {team_days} oleh {teams}; yang terakhir pada {day}.",
        "en": "{visits} to {schools} in {team_days} by {teams}; the last is on {day}.",
    },
    "no_visit": {"id": "Tidak ada kunjungan.", "en": "No visit is planned."},
    "office": {
        "id": "Sisanya, {pupils}, tinggal dipanggil ke kantor.",
        "en": "The rest, {pupils}, are left for the office to call in.",
    },
    "nobody_for_office": {
        "id": "Diperkirakan tidak ada yang tinggal dipanggil ke kantor.",
        "en": "Nobody is expected to be left for the office to call in.",
    },
    "priority": {
        "id": "Menurut kelompok prioritas: {classes}.",
        "en": "By priority class: {classes}.",
    },
    "priority_part": {
        "id": "{label}: {recorded} dari {waiting}",
        "en": "{label}: {recorded} of {waiting}",
    },
    "luck": {
        "id": (
            "Diperhitungkan: dari yang dipanggil {first} datang, {again} bila dipanggil lagi,"
            " {never} tidak pernah; {held} kunjungan terlaksana."
        ),
        "en": (
            "Counted on: of those called {first} come, {again} when called again, {never} never;"
            " {held} of the visits take place."
        ),
    },
    "unkept": {
        "id": "Yang diminta tetapi tidak terpenuhi: {fault}.",
        "en": "Asked for and not kept: {fault}.",
    },
    "unkept_warning": {
        "id": (
            "rencana tidak memenuhi semua yang diminta: {faults}; lihat Plan.violations, atau ubah"
            " VisitRules"
        ),
        "en": (
            "the plan does not keep all that was asked: {faults}; see Plan.violations, or change"
            " VisitRules"
        ),
    },
    "nobody_left": {"id": "Tidak ada yang tertinggal.", "en": "Nobody is left out."},
    "left": {
        "id": "Tertinggal {pupils} di {schools}:",
        "en": "Left out are {pupils} at {schools}:",
    },
    "left_line": {
        "id": "- {pupils} di {schools}: {reason}",
        "en": "- {pupils} at {schools}: {reason}",
    },
    "too_young_month": {
        "id": "belum cukup umur sampai hari terakhir; yang pertama pada bulan {month}",
        "en": "not yet of age on the last day; the first is in {month}",
    },
    "turns_by": {"id": "berusia {years} pada {day}", "en": "{years} by {day}"},
    "proved": {
        "id": "Tidak ada rencana yang bernilai lebih.",
        "en": "No plan is worth more.",
    },
    "gap": {
        "id": "Tidak ada rencana yang bernilai lebih dari {gap} di atas rencana ini.",
        "en": "No plan is worth more than {gap} above this one.",
    },
    "gap_pupils": {
        "id": "Tidak ada rencana yang bernilai lebih dari {bound} siswa.",
        "en": "No plan is worth more than {bound} pupils.",
    },
    "value": {
        "id": (
            "Nilai rencana, dalam siswa: {recorded} terekam, {waiting} karena menunggu, {visits}"
            " untuk kunjungan, {team_days} untuk hari-tim, {driving} untuk perjalanan; jumlah"
            " {total}."
        ),
        "en": (
            "Worth of the plan, in pupils: {recorded} recorded, {waiting} for waiting, {visits}"
            " for visits, {team_days} for team-days, {driving} for driving; {total} in all."
        ),
    },
    "worth_visit": {
        "id": "Satu kunjungan layak bila membawa paling sedikit {pupils}.",
        "en": "A visit is worth making if it brings at least {pupils}.",
    },
    "worth_team_day": {
        "id": "Satu hari-tim layak bila kunjungannya membawa paling sedikit {pupils} di atas itu.",
        "en": "A team's day out is worth it if its visits bring at least {pupils} beyond that.",
    },
    "worth_driving": {
        "id": "Satu jam di jalan harus membawa {pupils} lagi.",
        "en": "An hour of driving must bring {pupils} more.",
    },
    "worth_waiting": {
        "id": "Setiap pekan menunggu mengurangi nilai seorang siswa sebesar {share}.",
        "en": "Each week of waiting takes {share} off what a pupil counts.",
    },
    "worth_visit_free": {
        "id": "Kunjungan tidak dikenai biaya.",
        "en": "A visit costs nothing.",
    },
    "worth_team_day_free": {
        "id": "Hari-tim tidak dikenai biaya.",
        "en": "A team's day out costs nothing.",
    },
    "worth_driving_free": {
        "id": "Perjalanan tidak dikenai biaya.",
        "en": "Driving costs nothing.",
    },
    "worth_waiting_free": {
        "id": "Menunggu tidak mengurangi nilai.",
        "en": "Waiting takes nothing off.",
    },
    "worth_weight": {
        "id": "Seorang siswa kelompok {label} dihitung {weight}.",
        "en": "A pupil of the class {label} counts for {weight}.",
    },
    "worth_alike": {
        "id": "Siswa semua kelompok dihitung sama.",
        "en": "Pupils of all classes count alike.",
    },
    "grid_title": {
        "id": (
            "Siswa per tim dan hari (. kosong, x hari libur atau sekolah tutup, - tidak bertugas,"
            " o dicadangkan, < lewat)"
        ),
        "en": "Pupils per team and day (. free, x closed, - off duty, o kept free, < past)",
    },
    "grid_team": {"id": "tim", "en": "team"},
    "ical_title": {
        "id": "Perekaman KTP-el di sekolah, {first} s.d. {last}",
        "en": "ID recording at schools, {first} to {last}",
    },
    "ical_team_title": {"id": "Perekaman KTP-el: {team}", "en": "ID recording: {team}"},
    "ical_summary": {"id": "{school} ({team})", "en": "{school} ({team})"},
    "ical_place": {"id": "{school}, Kec. {kecamatan}", "en": "{school}, {kecamatan} district"},
    "ical_description": {
        "id": "Dipanggil {called}, diperkirakan terekam {recorded}. NPSN {site}.",
        "en": "{called} to call, {recorded} expected to be recorded. NPSN {site}.",
    },
    "papers_call_sheet": {
        "id": "Daftar panggilan perekaman KTP-el",
        "en": "Call sheets for ID recording",
    },
    "papers_notice": {"id": "Surat pemberitahuan", "en": "Notices to schools"},
    "papers_change": {"id": "Surat perubahan jadwal", "en": "Notices of other dates"},
    "papers_assignment": {"id": "Surat tugas", "en": "Letters of assignment"},
    "edited": {
        "id": "{kept} tetap, {new} baru atau diubah, {gone} dibatalkan atau diubah;"
        " pelanggaran: {violations}",
        "en": "{kept} kept, {new} new or changed, {gone} taken out or changed;"
        " violations: {violations}",
    },
    "why_line": {"id": "{pupils}: {reason}", "en": "{pupils}: {reason}"},
    "and": {"id": ", dan ", "en": ", and "},
    "one_more_team": {"id": "satu tim lagi", "en": "one more team"},
}

#: Names of the usual priority classes; a user's own name is said as it is.
PRIORITIES: dict[str, dict[Lang, str]] = {
    "final grade": {"id": "kelas akhir", "en": "final grade"},
    "married": {"id": "sudah menikah", "en": "married"},
    "special needs": {"id": "berkebutuhan khusus", "en": "special needs"},
    "rest": {"id": "lainnya", "en": "the rest"},
}
