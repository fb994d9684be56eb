"""What stands against a plan that was edited by hand."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: What stands against an edited plan; {where} is the team, day and school concerned.
BREACHES: dict[str, dict[Lang, str]] = {
    # What the judge finds, by its laws.
    "away": {
        "id": "{where}: {amount} siswa dipanggil pada hari kelasnya tidak di sekolah",
        "en": "{where}: {amount} pupils are called on a day on which their class is away",
    },
    "crews_at_once": {
        "id": "{where}: {amount} tim di sekolah pada saat yang sama, paling banyak {limit}",
        "en": "{where}: {amount} teams at the school at once, at most {limit} may be",
    },
    "day_off": {
        "id": "{where}: tim tidak bertugas pada hari ini",
        "en": "{where}: the team does not work on this day",
    },
    "drive": {
        "id": "{where}: perjalanan perlu {limit} menit, tersedia {amount}",
        "en": "{where}: the drive takes {limit} minutes, there are {amount}",
    },
    "drive_home": {
        "id": "{where}: {over} menit terlalu lama untuk pulang sebelum jam kerja berakhir",
        "en": "{where}: {over} minutes too long to be home before the shift ends",
    },
    "driving_limit": {
        "id": "{where}: {amount} menit di jalan, paling lama {limit}",
        "en": "{where}: {amount} minutes of driving, at most {limit} are allowed",
    },
    "duplicate_visit": {
        "id": "{where}: kunjungan yang sama tertulis {amount} kali",
        "en": "{where}: the same visit is written {amount} times",
    },
    "empty_visit": {
        "id": "{where}: tidak ada siswa yang direncanakan terekam",
        "en": "{where}: no pupil is planned to be recorded",
    },
    "fewest_pupils": {
        "id": "{where}: {amount} siswa, paling sedikit {limit} untuk satu kunjungan",
        "en": "{where}: {amount} pupils, a visit is worth it from {limit}",
    },
    "forbidden": {
        "id": "{where}: tim ini tidak boleh ke sekolah ini (perlengkapan atau larangan)",
        "en": "{where}: this team may not go to this school (equipment, or not wanted there)",
    },
    "group_count": {
        "id": "{where}: {amount} kelompok siswa, seharusnya {limit}",
        "en": "{where}: {amount} groups of pupils instead of {limit}",
    },
    "kit_day_cap": {
        "id": "{where}: {amount} siswa sehari, paling banyak {limit} untuk alat tim ini",
        "en": "{where}: {amount} pupils in a day, at most {limit} for the kits of this team",
    },
    "negative_pupils": {
        "id": "{where}: jumlah siswa di bawah nol",
        "en": "{where}: a number of pupils below zero",
    },
    "pinned": {
        "id": "{where}: kunjungan yang sudah ditetapkan tidak ada, atau kurang dari {limit} siswa",
        "en": "{where}: a visit that is fixed is missing, or has fewer than {limit} pupils",
    },
    "recorded_over_called": {
        "id": "{where}: {amount} terekam dari {limit} yang dipanggil",
        "en": "{where}: {amount} recorded of {limit} called",
    },
    "reserve_days": {
        "id": "{where}: {amount} hari dipakai, paling banyak {limit} agar cadangan tetap ada",
        "en": "{where}: {amount} days in use, at most {limit} keep the reserve free",
    },
    "session": {
        "id": "{where}: di luar jam kunjungan sekolah",
        "en": "{where}: outside the hours in which the school can be visited",
    },
    "spacing": {
        "id": "{where}: {amount} hari setelah kunjungan sebelumnya, paling sedikit {limit}",
        "en": "{where}: {amount} days after the visit before, at least {limit} are asked",
    },
    "start_before_arrival": {
        "id": "{where}: mulai sebelum tim tiba",
        "en": "{where}: begins before the team is there",
    },
    "stay_minutes": {
        "id": "{where}: perlu {limit} menit, tersedia {amount}",
        "en": "{where}: needs {limit} minutes, there are {amount}",
    },
    "turnout": {
        "id": "{where}: {amount} terekam, dari yang dipanggil diperkirakan hanya {limit} datang",
        "en": "{where}: {amount} recorded, of those called only {limit} are expected to come",
    },
    "unknown_crew": {"id": "tim nomor {amount} tidak ada", "en": "there is no team {amount}"},
    "unknown_day": {"id": "hari nomor {amount} tidak ada", "en": "there is no day {amount}"},
    "unknown_site": {"id": "sekolah nomor {amount} tidak ada", "en": "there is no school {amount}"},
    "visits_per_day": {
        "id": "{where}: {amount} kunjungan sehari, paling banyak {limit}",
        "en": "{where}: {amount} visits in a day, at most {limit} are allowed",
    },
    "visits_per_site": {
        "id": "{where}: {amount} kunjungan ke sekolah ini, paling banyak {limit}",
        "en": "{where}: {amount} visits to this school, at most {limit} are allowed",
    },
    "waiting": {
        "id": "{where}: {amount} harus dipanggil, hanya {limit} yang menunggu",
        "en": "{where}: {amount} would have to be called, only {limit} wait",
    },
    # What only an edited sheet can hold.
    "session_over": {
        "id": "{where}: {amount} menit lebih lama daripada jam kunjungan sekolah",
        "en": "{where}: {amount} minutes beyond the hours in which the school can be visited",
    },
    "school_closed": {
        "id": "{where}: sekolah tidak menerima kunjungan pada hari ini ({why})",
        "en": "{where}: the school receives nobody on this day ({why})",
    },
    "date_unreadable": {"id": "bukan tanggal", "en": "not a date"},
    "date_missing": {"id": "tanggal kosong", "en": "no date is given"},
    "outside_season": {
        "id": "tanggal {amount} hari di luar musim ini",
        "en": "the date is {amount} days outside the season",
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
    "pupils_missing": {"id": "jumlah siswa kosong", "en": "no number of pupils is given"},
    "walk_ins_over_recorded": {
        "id": "{amount} tanpa dipanggil, tetapi hanya {limit} terekam",
        "en": "{amount} walk-ins, but only {limit} recorded",
    },
    "npsn_form": {"id": "bukan NPSN", "en": "not an NPSN"},
}
