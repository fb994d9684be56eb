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
    "day": {"id": ("hari", "hari"), "en": ("day", "days")},
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

#: Why pupils are left out, as the end of a sentence; {amount} is counted in REASON_NOUNS.
REASONS: dict[str, dict[Lang, str]] = {
    "no_location": {
        "id": "letak sekolah belum diketahui",
        "en": "where the school lies is not known",
    },
    "too_young": {
        "id": "belum cukup umur sampai hari terakhir",
        "en": "not yet of age on the last day",
    },
    "not_yet": {
        "id": "baru cukup umur setelah hari terakhir mereka dapat ditemui",
        "en": "of age only after the last day on which they could be met",
    },
    "no_session": {
        "id": "sekolah tidak buka untuk kunjungan sebelum tenggat",
        "en": "the school has no open session before the deadline",
    },
    "no_team": {
        "id": "tidak ada tim yang bertugas pada hari sekolah buka",
        "en": "no team works on a day on which the school is open",
    },
    "away": {
        "id": "kelasnya tidak di sekolah pada setiap hari yang mungkin",
        "en": "their class is away on every day that is possible",
    },
    "too_far": {
        "id": "sehari penuh kurang {amount} untuk pergi, merekam satu siswa dan pulang",
        "en": "a whole day is {amount} too short to go, record one pupil and return",
    },
    "absent": {
        "id": "diperkirakan tidak hadir walau dipanggil; dilayani di kantor",
        "en": "expected not to come although called; to be served at the office",
    },
    "forbidden": {
        "id": "tim yang punya waktu tidak boleh ke sana",
        "en": "the team that has time may not go there",
    },
    "fewest_pupils": {
        "id": "satu kunjungan lagi hanya merekam {amount}, terlalu sedikit",
        "en": "one more visit would record only {amount}, too few to be worth it",
    },
    "spacing": {
        "id": "terlalu dekat dengan kunjungan lain ke sekolah yang sama",
        "en": "too near to another visit to the same school",
    },
    "visits_per_site": {
        "id": "sekolah sudah mendapat semua kunjungan yang diizinkan",
        "en": "the school has had all the visits it may have",
    },
    "visits_per_day": {
        "id": "tim sudah mencapai batas kunjungan per hari",
        "en": "the team has made all the visits of its day",
    },
    "crews_at_once": {
        "id": "sudah cukup banyak tim di sekolah pada saat yang sama",
        "en": "as many teams as may be are at the school at that time",
    },
    "driving_limit": {
        "id": "tim akan terlalu lama di jalan",
        "en": "the team would drive too long",
    },
    "kit_day_cap": {
        "id": "alat rekam sudah mencapai batas perekaman sehari",
        "en": "the kits have recorded all they may in a day",
    },
    "reserve_days": {
        "id": "hari yang tersisa disimpan sebagai cadangan",
        "en": "the days left are kept in reserve",
    },
    "short": {
        "id": "pada hari terbaik kurang paling sedikit {amount}",
        "en": "at least {amount} short on the best day",
    },
    "full": {
        "id": "semua hari-tim yang dapat ke sana penuh",
        "en": "every team-day that could go there is full",
    },
    "several": {
        "id": "beberapa batas sekaligus",
        "en": "several limits at once",
    },
    "missed": {
        "id": "masih ada tempat; pencarian berhenti sebelum memakainya",
        "en": "there is room; the search stopped before using it",
    },
}

#: The same with the figures, the team and the date concerned.
WHY: dict[str, dict[Lang, str]] = REASONS | {
    "too_young": {
        "id": "belum cukup umur sampai hari terakhir; yang pertama pada {day}",
        "en": "not yet of age on the last day; the first is on {day}",
    },
    "not_yet": {
        "id": "baru cukup umur mulai {day}, setelah hari terakhir mereka dapat ditemui",
        "en": "of age from {day}, after the last day on which they could be met",
    },
    "no_team": {
        "id": "tidak ada tim yang bertugas pada hari sekolah buka, terakhir {day}",
        "en": "no team works on a day on which the school is open, last on {day}",
    },
    "away": {
        "id": "kelasnya tidak di sekolah pada {amount} yang mungkin, terakhir {day}",
        "en": "their class is away on the {amount} that are possible, last on {day}",
    },
    "too_far": {
        "id": (
            "bahkan sehari penuh {team} ({day}) kurang {amount}"
            " untuk pergi, merekam satu siswa dan pulang"
        ),
        "en": (
            "even a whole day of {team} ({day}) is {amount} too short"
            " to go, record one pupil and return"
        ),
    },
    "absent": {
        "id": "diperkirakan tidak hadir walau dipanggil (kehadiran {limit} %)",
        "en": "expected not to come although called (turn-out {limit} %)",
    },
    "forbidden": {
        "id": "{team} punya waktu pada {day}, tetapi tidak boleh ke sana",
        "en": "{team} has time on {day} but may not go there",
    },
    "fewest_pupils": {
        "id": "satu kunjungan lagi hanya merekam {amount}, paling sedikit harus {limit}",
        "en": "one more visit would record only {amount}, the fewest worth one are {limit}",
    },
    "spacing": {
        "id": (
            "{team} punya waktu pada {day}, tetapi jaraknya {amount} hari"
            " dari kunjungan lain, paling sedikit {limit}"
        ),
        "en": (
            "{team} has time on {day}, but that is {amount} days"
            " from another visit, and at least {limit} are asked"
        ),
    },
    "visits_per_site": {
        "id": "{team} punya waktu pada {day}, tetapi sekolah hanya boleh dikunjungi {limit} kali",
        "en": "{team} has time on {day}, but the school may be visited only {limit} times",
    },
    "visits_per_day": {
        "id": "{team} punya waktu pada {day}, tetapi hanya boleh {limit} kunjungan sehari",
        "en": "{team} has time on {day}, but may make only {limit} visits a day",
    },
    "crews_at_once": {
        "id": "{team} punya waktu pada {day}, tetapi hanya {limit} tim boleh di sekolah bersamaan",
        "en": "{team} has time on {day}, but only {limit} teams may be at the school at once",
    },
    "driving_limit": {
        "id": "{team} pada {day} akan {amount} di jalan, paling lama {limit}",
        "en": "{team} on {day} would drive {amount}, at most {limit} are allowed",
    },
    "kit_day_cap": {
        "id": "{team} pada {day} akan merekam {amount}, batas alatnya {limit}",
        "en": "{team} on {day} would record {amount}, its kits are capped at {limit}",
    },
    "reserve_days": {
        "id": "{team} punya waktu pada {day}, tetapi hari itu disimpan sebagai cadangan",
        "en": "{team} has time on {day}, but that day is kept in reserve",
    },
    "short": {
        "id": "kurang {amount} pada hari terbaik: {team}, {day}",
        "en": "{amount} short on the best day: {team}, {day}",
    },
    "full": {
        "id": "{amount} yang dapat ke sana semuanya penuh, yang terdekat {team} pada {day}",
        "en": "the {amount} that could go there are all full, the nearest {team} on {day}",
    },
    "missed": {
        "id": "masih ada tempat pada {team}, {day}; pencarian berhenti sebelum memakainya",
        "en": "there is room with {team} on {day}; the search stopped before using it",
    },
}

#: Nouns that count the amount of a reason.
REASON_NOUNS = {
    "away": "day",
    "driving_limit": "minute",
    "fewest_pupils": "pupil",
    "full": "team_day",
    "kit_day_cap": "pupil",
    "short": "minute",
    "too_far": "minute",
}
