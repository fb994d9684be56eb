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
    "breach": {"id": ("pelanggaran aturan", "pelanggaran aturan"), "en": ("breach", "breaches")},
    "day": {"id": ("hari", "hari"), "en": ("day", "days")},
}

PLAN: dict[str, dict[Lang, str]] = {
    "sentence": {
        "id": (
            "Dari {first} sampai {last}, {recorded} dari {waiting} yang menunggu akan direkam"
            " dalam {team_days} oleh {teams}; cakupan naik dari {before} menjadi {after}."
        ),
        "en": (
            "From {first} to {last}, {recorded} of {waiting} who wait will be recorded"
            " in {team_days} by {teams}; coverage rises from {before} to {after}."
        ),
    },
    "nobody_waits": {
        "id": "Dari {first} sampai {last} tidak ada siswa yang menunggu perekaman.",
        "en": "From {first} to {last} no pupil waits to be recorded.",
    },
    "priority": {
        "id": "Didahulukan ({label}): {recorded} dari {waiting}.",
        "en": "First in line ({label}): {recorded} of {waiting}.",
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
    "turns_by": {"id": "berusia {years} pada {day}", "en": "{years} by {day}"},
    "proved": {
        "id": "Tidak ada rencana yang merekam lebih banyak: batas atasnya {bound}.",
        "en": "No plan records more: the upper bound is {bound}.",
    },
    "gap": {
        "id": "Paling banyak {bound} dapat direkam; selisih dari rencana ini {gap}.",
        "en": "At most {bound} can be recorded; this plan falls short of that by {gap}.",
    },
    "turnout": {
        "id": "Dihitung bila {share} dari yang dipanggil datang.",
        "en": "Expected if {share} of those called come.",
    },
    "grid_title": {
        "id": "Siswa per tim dan hari (- libur atau tidak bertugas, . kosong)",
        "en": "Pupils per team and day (- off, . free)",
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
        "id": "Dipanggil {called}, diperkirakan terekam {recorded}. NPSN {npsn}.",
        "en": "{called} called, {recorded} expected to be recorded. NPSN {npsn}.",
    },
    "papers_call_sheets": {
        "id": "Daftar panggilan perekaman KTP-el",
        "en": "Call sheets for ID recording",
    },
    "papers_notices": {"id": "Surat pemberitahuan", "en": "Notices to schools"},
    "papers_assignments": {"id": "Surat tugas", "en": "Letters of assignment"},
    "edited": {
        "id": "{kept} tetap, {new} baru atau diubah, {gone} dibatalkan atau diubah;"
        " pelanggaran: {breaches}",
        "en": "{kept} kept, {new} new or changed, {gone} taken out or changed;"
        " breaches: {breaches}",
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
