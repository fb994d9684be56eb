"""Why pupils are left out, and what helps."""

from __future__ import annotations

from school_ektp.model.language import Lang

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
    "no_route": {
        "id": "tim yang bertugas pada hari sekolah buka tidak punya jalan ke sana dan kembali",
        "en": "no team that works when the school is open has a way there and back",
    },
    "away": {
        "id": "kelasnya tidak di sekolah pada setiap hari yang mungkin",
        "en": "their class is away on every day that is possible",
    },
    "too_far": {
        "id": "sehari penuh kurang {amount} untuk pergi, merekam mereka dan pulang",
        "en": "a whole day is {amount} too short to go, record them and return",
    },
    "absent": {
        "id": "dipanggil tetapi diperkirakan tidak terekam; untuk dipanggil ke kantor",
        "en": "called but not expected to come; for the office to call in",
    },
    "not_worth": {
        "id": "kunjungan lagi akan merekam lebih sedikit daripada biayanya",
        "en": "a further visit would bring less than it costs",
    },
    "forbidden": {
        "id": "tim yang punya waktu tidak boleh ke sana",
        "en": "the team that has time may not go there",
    },
    "fewest_pupils": {
        "id": "satu kunjungan akan hanya merekam {amount}, kurang dari yang diminta",
        "en": "one visit would then record only {amount}, fewer than are asked",
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
    "teams_at_once": {
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
    "one_visit": {
        "id": "sekolah hanya menerima satu kunjungan, dan tidak ada hari-tim yang muat semua",
        "en": "the school takes one visit for all, and no team-day has room for all",
    },
    "reserve_days": {
        "id": "hari-hari terakhir dikosongkan untuk kunjungan susulan",
        "en": "the last days are kept free for making up",
    },
    "team_day_budget": {
        "id": "semua hari-tim dalam anggaran sudah terpakai",
        "en": "all team-days of the budget are used",
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
        "id": "ada tempat untuk kunjungan yang sepadan; pencarian berhenti sebelum memakainya",
        "en": "there is room for a visit that pays; the search stopped before it",
    },
}

#: The same with the figures, the team and the date concerned.
WHY: dict[str, dict[Lang, str]] = REASONS | {
    "too_young": {
        "id": "belum cukup umur sampai hari terakhir; yang pertama pada {day}",
        "en": "not yet of age on the last day; the first is on {day}",
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
            " untuk pergi, merekam mereka dan pulang"
        ),
        "en": (
            "even a whole day of {team} ({day}) is {amount} too short to go, record them and return"
        ),
    },
    "not_worth": {
        "id": "kunjungan lagi akan merekam sekitar {brings} dengan biaya setara {price} siswa",
        "en": "a further visit would bring about {brings} and cost as much as {price}",
    },
    "forbidden": {
        "id": "{team} punya waktu pada {day}, tetapi tidak boleh ke sana",
        "en": "{team} has time on {day} but may not go there",
    },
    "fewest_pupils": {
        "id": "satu kunjungan akan hanya merekam {amount}, paling sedikit harus {limit}",
        "en": "one visit would then record only {amount}, fewer than the {limit} asked for",
    },
    "spacing": {
        "id": (
            "{team} punya waktu pada {day}, tetapi jaraknya {amount} hari"
            " dari kunjungan lain, paling sedikit {limit}"
        ),
        "en": (
            "{team} has time on {day}, but that is {amount:day|days}"
            " from another visit, fewer than the {limit} asked for"
        ),
    },
    "visits_per_site": {
        "id": "{team} punya waktu pada {day}, tetapi sekolah hanya boleh dikunjungi {limit} kali",
        "en": "{team} has time on {day}, but the school may be visited only {limit:time|times}",
    },
    "visits_per_day": {
        "id": "{team} punya waktu pada {day}, tetapi hanya boleh {limit} kunjungan sehari",
        "en": "{team} has time on {day}, but may make only {limit:visit|visits} a day",
    },
    "teams_at_once": {
        "id": "{team} punya waktu pada {day}, tetapi hanya {limit} tim boleh di sekolah bersamaan",
        "en": "{team} has time on {day}, but only {limit:team|teams} may be at the school at once",
    },
    "driving_limit": {
        "id": "{team} pada {day} akan {amount} di jalan, paling lama {limit}",
        "en": "{team} on {day} would drive {amount}, more than the {limit} allowed",
    },
    "kit_day_cap": {
        "id": "{team} pada {day} akan merekam {amount}, batas alatnya {limit}",
        "en": "{team} on {day} would record {amount}, its kits are capped at {limit}",
    },
    "reserve_days": {
        "id": "{team} punya waktu pada {day}, tetapi hari itu dikosongkan untuk kunjungan susulan",
        "en": "{team} has time on {day}, but that day is kept free for making up",
    },
    "team_day_budget": {
        "id": "{team} punya waktu pada {day}, tetapi {limit} hari-tim anggaran sudah terpakai",
        "en": "{team} has time on {day}, but the {limit:team-day|team-days} of the budget are used",
    },
    "short": {
        "id": "kurang {amount} pada hari terbaik untuk kunjungan yang sepadan: {team}, {day}",
        "en": "{amount} short on the best day for a visit that pays: {team}, {day}",
    },
    "full": {
        "id": "{amount} yang dapat ke sana semuanya penuh, yang terdekat {team} pada {day}",
        "en": "the {amount} that could go there are all full, the nearest {team} on {day}",
    },
    "missed": {
        "id": (
            "ada tempat pada {team}, {day}, untuk kunjungan yang sepadan;"
            " pencarian berhenti sebelum memakainya"
        ),
        "en": (
            "there is room for a visit that pays, with {team} on {day};"
            " the search stopped before it"
        ),
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

#: What usually helps against a reason, where no remedy was worked out.
HINTS: dict[str, dict[Lang, str]] = {
    "no_location": {
        "id": "cari letak sekolah, lalu rencanakan lagi",
        "en": "find where the school lies, then plan again",
    },
    "too_young": {"id": "musim berikut", "en": "the next season"},
    "not_yet": {
        "id": "perekaman di kantor, atau kunjungan setelah musim ini",
        "en": "recording at the office, or a visit after the season",
    },
    "no_session": {
        "id": "minta sekolah membuka satu hari",
        "en": "ask the school to open on one day",
    },
    "no_team": {
        "id": "tugaskan satu tim pada hari sekolah buka",
        "en": "let a team work on a day on which the school is open",
    },
    "no_route": {
        "id": "periksa waktu tempuh yang diberikan, atau panggil mereka ke tempat lain",
        "en": "check the travel times given, or call them to another place",
    },
    "away": {
        "id": "panggil kelas itu ke sekolah, atau layani di kantor",
        "en": "call the class to school, or serve it at the office",
    },
    "too_far": {
        "id": "berangkat lebih pagi, atau bermalam di dekat sekolah",
        "en": "leave earlier, or stay a night near the school",
    },
    "absent": {
        "id": "panggil mereka untuk perekaman di kantor",
        "en": "call them in for recording at the office",
    },
    "not_worth": {
        "id": "perekaman di kantor, atau bersama sekolah tetangga",
        "en": "recording at the office, or together with a school nearby",
    },
    "forbidden": {
        "id": "izinkan tim itu, atau lengkapi tim yang lain",
        "en": "allow that team, or equip another one",
    },
    "fewest_pupils": {
        "id": "izinkan kunjungan kecil, atau panggil ke sekolah tetangga",
        "en": "allow small visits, or call them to a school nearby",
    },
    "spacing": {
        "id": "izinkan jarak yang lebih pendek",
        "en": "allow visits nearer to each other",
    },
    "visits_per_site": {
        "id": "izinkan satu kunjungan lagi ke sekolah ini",
        "en": "allow one more visit to this school",
    },
    "visits_per_day": {
        "id": "izinkan satu kunjungan lagi sehari",
        "en": "allow one more visit a day",
    },
    "teams_at_once": {
        "id": "izinkan satu tim lagi pada saat yang sama",
        "en": "allow one more team at the same time",
    },
    "driving_limit": {"id": "izinkan perjalanan yang lebih lama", "en": "allow a longer drive"},
    "kit_day_cap": {"id": "bawa satu alat rekam lagi", "en": "bring one more kit"},
    "one_visit": {
        "id": "izinkan dua kunjungan, atau bawa satu alat rekam lagi",
        "en": "allow two visits, or bring one more kit",
    },
    "reserve_days": {
        "id": "kosongkan lebih sedikit hari",
        "en": "keep fewer days free",
    },
    "team_day_budget": {"id": "tambah hari-tim dalam anggaran", "en": "allow more team-days"},
    "short": {
        "id": "lembur pada hari itu, atau satu alat rekam lagi",
        "en": "stay longer on that day, or one more kit",
    },
    "full": {"id": "tambah hari-tim", "en": "more team-days"},
    "several": {
        "id": "longgarkan batas-batas itu bersama-sama",
        "en": "relax these limits together",
    },
    "missed": {
        "id": "rencanakan lagi dengan waktu yang lebih lama",
        "en": "plan again and let the search run longer",
    },
}

#: The one change that a new plan has shown to help; {size} is counted in REMEDY_NOUNS.
REMEDIES: dict[str, dict[Lang, str]] = {
    "search": {"id": "rencanakan lagi lebih lama", "en": "plan again for longer"},
    "overtime": {
        "id": "{team} dan sekolahnya {size} lebih lama pada {day}",
        "en": "{team} and its schools stay {size} longer on {day}",
    },
    "minutes": {
        "id": "tim dan sekolah {size} lebih lama setiap hari",
        "en": "teams and the school stay {size} longer every day",
    },
    "saturday": {"id": "{team} bertugas juga hari Sabtu", "en": "{team} on Saturdays too"},
    "kit": {"id": "{team} membawa {size} lagi", "en": "{team} with {size} more"},
    "extra_team": {
        "id": "satu tim lagi selama {size}, mulai {day}",
        "en": "one more team for {size}, from {day}",
    },
    "exam_moved": {
        "id": "pekan ujian atau ketidakhadiran kelas dipindah, mulai {day}",
        "en": "the exam week or absence of the class moved, to begin on {day}",
    },
    "deadline": {"id": "musim diperpanjang {size}", "en": "the season {size} longer"},
    "fewest_pupils": {
        "id": "kunjungan berikutnya boleh hanya untuk {size}",
        "en": "a further visit may record as few as {size}",
    },
    "days_between_visits": {
        "id": "jarak antarkunjungan cukup {size}",
        "en": "visits to a school {size} apart",
    },
    "visits_per_school": {
        "id": "{size} untuk satu sekolah",
        "en": "{size} to one school",
    },
    "visits_per_team_day": {"id": "{size} per tim dan hari", "en": "{size} per team and day"},
    "driving_minutes_per_day": {
        "id": "{size} di jalan per hari",
        "en": "{size} of driving a day",
    },
    "pupils_per_kit_day": {
        "id": "{size} per alat rekam dan hari",
        "en": "{size} per kit and day",
    },
    "reserve_days": {
        "id": "hanya {size} dikosongkan untuk kunjungan susulan",
        "en": "only {size} kept free for making up",
    },
    "team_days": {"id": "{size} dalam semusim", "en": "{size} in the season"},
    "team_days_per_month": {"id": "{size} sebulan", "en": "{size} a month"},
    "teams_at_once": {
        "id": "{size} tim boleh di satu sekolah bersamaan",
        "en": "{size:team|teams} may be at a school at once",
    },
    "one_visit": {
        "id": "sekolah menerima lebih dari satu kunjungan",
        "en": "the school takes more than one visit",
    },
    "forbidden_pair": {"id": "{team} boleh ke sana", "en": "{team} may go there"},
    "location": {
        "id": "letak sekolah dicari (dicoba di tengah kecamatan)",
        "en": "the place of the school found (tried at the middle of its kecamatan)",
    },
}

#: Nouns that count the size of a remedy.
REMEDY_NOUNS = {
    "overtime": "minute",
    "minutes": "minute",
    "kit": "kit",
    "extra_team": "team_day",
    "deadline": "day",
    "fewest_pupils": "pupil",
    "days_between_visits": "day",
    "visits_per_school": "visit",
    "visits_per_team_day": "visit",
    "driving_minutes_per_day": "minute",
    "pupils_per_kit_day": "pupil",
    "reserve_days": "day",
    "team_days": "team_day",
    "team_days_per_month": "team_day",
}
