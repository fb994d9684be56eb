"""Every text a plan says, in Indonesian and English."""

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
}

TEXTS: dict[str, dict[Lang, str]] = {
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
}

#: Names of the usual priority classes; a user's own name is said as it is.
PRIORITIES: dict[str, dict[Lang, str]] = {
    "final grade": {"id": "kelas akhir", "en": "final grade"},
    "married": {"id": "sudah menikah", "en": "married"},
    "special needs": {"id": "berkebutuhan khusus", "en": "special needs"},
    "rest": {"id": "lainnya", "en": "the rest"},
}

#: Why pupils are left out, as the end of a sentence; {amount} is a counted noun or a rule.
REASONS: dict[str, dict[Lang, str]] = {
    "no_location": {
        "id": "letak sekolah belum diketahui",
        "en": "where the school lies is not known",
    },
    "no_session": {
        "id": "tidak ada hari sekolah buka dan tim bertugas selama mereka menunggu",
        "en": "on no day are the school open and a team at work while they wait",
    },
    "too_far": {
        "id": "sehari penuh kurang {amount} untuk pergi, merekam satu siswa dan pulang",
        "en": "a whole day is {amount} too short to go, record one pupil and return",
    },
    "absent": {
        "id": "diperkirakan tidak hadir walau dipanggil; dilayani di kantor",
        "en": "expected not to come although called; to be served at the office",
    },
    "too_few": {
        "id": "satu kunjungan lagi hanya merekam {amount}, terlalu sedikit",
        "en": "one more visit would record only {amount}, too few to be worth it",
    },
    "rule": {
        "id": "waktunya ada, tetapi aturan '{amount}' tidak mengizinkan",
        "en": "there is time, but the rule '{amount}' forbids it",
    },
    "time": {
        "id": "semua hari-tim penuh; pada hari terbaik kurang {amount}",
        "en": "every team-day is full; on the best one {amount} are missing",
    },
    "missed": {
        "id": "masih ada tempat; pencarian berhenti sebelum memakainya",
        "en": "there is room; the search stopped before using it",
    },
}

#: Nouns that count the amount of a reason.
REASON_NOUNS = {"too_far": "minute", "too_few": "pupil", "time": "minute"}
