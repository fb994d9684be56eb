"""What stands against a plan: broken by hand, or asked for and not kept."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: What stands against a plan; {where} is the team, day and school concerned.
VIOLATIONS: dict[str, dict[Lang, str]] = {
    # What the checker finds, by its checks.
    "teams_at_once": {
        "id": "{where}: {amount} tim di sekolah pada saat yang sama, paling banyak {limit}",
        "en": "{where}: {amount:team|teams} at the school at once, at most {limit} may be",
    },
    "day_off": {
        "id": "{where}: tim tidak bertugas pada hari ini",
        "en": "{where}: the team does not work on this day",
    },
    "drive": {
        "id": "{where}: perjalanan perlu {limit} menit, tersedia {amount}",
        "en": "{where}: the drive takes {limit:minute|minutes}, with {amount} left for it",
    },
    "drive_home": {
        "id": "{where}: {over} menit terlalu lama untuk pulang sebelum jam kerja berakhir",
        "en": "{where}: {over:minute|minutes} too long to be home before the shift ends",
    },
    "driving_limit": {
        "id": "{where}: {amount} menit di jalan, paling lama {limit}",
        "en": "{where}: {amount:minute|minutes} of driving, more than the {limit} allowed",
    },
    "duplicate_visit": {
        "id": "{where}: kunjungan yang sama tertulis {amount} kali",
        "en": "{where}: the same visit is written {amount:time|times}",
    },
    "fewest_pupils": {
        "id": "{where}: diperkirakan {amount} siswa, kunjungan ulang layak mulai {limit}",
        "en": "{where}: {amount:pupil|pupils} expected, a visit again is asked to bring {limit}",
    },
    "floor": {
        "id": "{where}: kurang {amount} siswa dari {limit} yang diminta",
        "en": "{where}: {amount:pupil|pupils} short of the {limit} asked for",
    },
    "forbidden": {
        "id": "{where}: tim ini tidak boleh ke sekolah ini (perlengkapan atau larangan)",
        "en": "{where}: this team may not go to this school (equipment, or not wanted there)",
    },
    "kit_day_cap": {
        "id": "{where}: {amount} tempat sehari, paling banyak {limit} untuk alat tim ini",
        "en": "{where}: room for {amount} in a day, at most {limit} for the kits of this team",
    },
    "no_room": {
        "id": "{where}: kunjungan tanpa tempat bagi seorang siswa pun",
        "en": "{where}: a visit without room for any pupil",
    },
    "one_visit": {
        "id": "{where}: {amount} kunjungan ke sekolah yang meminta satu kali saja",
        "en": "{where}: {amount:visit|visits} to a school that wants one for all",
    },
    "past": {
        "id": "{where}: hari ini sudah lewat",
        "en": "{where}: this day is past",
    },
    "pinned_missing": {
        "id": "{where}: kunjungan yang sudah ditetapkan tidak ada",
        "en": "{where}: a visit that is fixed is missing",
    },
    "pinned": {
        "id": "{where}: kunjungan yang sudah ditetapkan tidak ada, atau tempatnya kurang dari"
        " {limit}",
        "en": "{where}: a visit that is fixed is missing, or has room for fewer than {limit}",
    },
    "reached_by": {
        "id": "{where}: {amount} siswa belum dipanggil sampai hari itu, atau tidak mendapat tempat",
        "en": "{where}: {amount:pupil is|pupils are} not called by then, or left without room",
    },
    "reserve_days": {
        "id": "{where}: hari ini dicadangkan untuk susulan",
        "en": "{where}: this day is kept free for making up",
    },
    "room_for_all": {
        "id": "{where}: tempat untuk {amount}, tetapi {limit} dipanggil",
        "en": "{where}: room for {amount}, and {limit:is|are} called",
    },
    "session": {
        "id": "{where}: di luar jam kunjungan sekolah",
        "en": "{where}: outside the hours in which the school can be visited",
    },
    "spacing": {
        "id": "{where}: {amount} hari setelah kunjungan sebelumnya, paling sedikit {limit}",
        "en": "{where}: {amount:day|days} after the visit before, fewer than the {limit} asked for",
    },
    "start_before_arrival": {
        "id": "{where}: mulai sebelum tim tiba",
        "en": "{where}: begins before the team is there",
    },
    "stay_minutes": {
        "id": "{where}: perlu {limit} menit, tersedia {amount}",
        "en": "{where}: needs {limit:minute|minutes}, with {amount} left for it",
    },
    "team_day_budget": {
        "id": "mulai {where}: {amount} hari-tim, paling banyak {limit}",
        "en": "from {where} on: {amount:team-day|team-days}, more than the {limit} allowed",
    },
    "unknown_team": {"id": "tim nomor {amount} tidak ada", "en": "there is no team {amount}"},
    "unknown_day": {"id": "hari nomor {amount} tidak ada", "en": "there is no day {amount}"},
    "unknown_site": {"id": "sekolah nomor {amount} tidak ada", "en": "there is no school {amount}"},
    "visits_per_day": {
        "id": "{where}: {amount} kunjungan sehari, paling banyak {limit}",
        "en": "{where}: {amount:visit|visits} in a day, more than the {limit} allowed",
    },
    "visits_per_site": {
        "id": "{where}: {amount} kunjungan ke sekolah ini, paling banyak {limit}",
        "en": "{where}: {amount:visit|visits} to this school, more than the {limit} allowed",
    },
    # What only an edited sheet can hold.
    "session_over": {
        "id": "{where}: {amount} menit lebih lama daripada jam kunjungan sekolah",
        "en": (
            "{where}: {amount:minute|minutes} beyond the hours in which the school can be visited"
        ),
    },
    "school_closed": {
        "id": "{where}: sekolah tidak menerima kunjungan pada hari ini ({why})",
        "en": "{where}: the school receives nobody on this day ({why})",
    },
    "date_unreadable": {"id": "bukan tanggal", "en": "not a date"},
    "date_missing": {"id": "tanggal kosong", "en": "no date is given"},
    "outside_season": {
        "id": "tanggal {amount} hari di luar musim ini",
        "en": "the date is {amount:day|days} outside the season",
    },
    "team_missing": {"id": "tim kosong", "en": "no team is given"},
    "team_unknown": {"id": "tim ini tidak ada dalam rencana", "en": "no team of the plan"},
    "school_missing": {"id": "NPSN kosong", "en": "no NPSN is given"},
    "school_unknown": {
        "id": "NPSN ini tidak ada dalam rencana",
        "en": "no school of the plan",
    },
    "school_unplaced": {
        "id": "sekolah ini tidak dapat direncanakan: tidak ada yang menunggu, atau letaknya"
        " belum diketahui",
        "en": "this school cannot be planned: nobody waits there, or its place is not known",
    },
    "pupils_unreadable": {
        "id": "bukan bilangan bulat dari 0",
        "en": "not a whole number from 0",
    },
    "room_unreadable": {
        "id": "bukan bilangan bulat dari 1",
        "en": "not a whole number from 1",
    },
    "room_missing": {"id": "jumlah tempat kosong", "en": "it is not said for how many"},
    "heading_unread": {
        "id": 'kolom "{heading}" tidak dikenal atau ganda, dan tidak dibaca',
        "en": 'the column "{heading}" is not known, or there twice, and was not read',
    },
    "walk_ins_over_recorded": {
        "id": "{amount} tanpa dipanggil, tetapi hanya {limit} terekam",
        "en": "{amount:walk-in|walk-ins}, but only {limit} recorded",
    },
    "cancelled_with_counts": {
        "id": "batal, tetapi ada siswa yang dihitung",
        "en": "cancelled, but pupils are counted",
    },
    "time_unreadable": {
        "id": "bukan jam seperti 08:00, atau selesai sebelum mulai",
        "en": "not a time such as 08:00, or the end is before the start",
    },
    "npsn_form": {"id": "bukan NPSN", "en": "not an NPSN"},
}
