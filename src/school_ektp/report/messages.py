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
    "kit": {"id": ("alat rekam", "alat rekam"), "en": ("kit", "kits")},
    "breach": {"id": ("pelanggaran aturan", "pelanggaran aturan"), "en": ("breach", "breaches")},
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


#: Names of the sheets of the workbook.
SHEETS: dict[str, dict[Lang, str]] = {
    "plan": {"id": "Rencana", "en": "Plan"},
    "schools": {"id": "Sekolah", "en": "Schools"},
    "left": {"id": "Tertinggal", "en": "Left out"},
    "issues": {"id": "Temuan", "en": "Issues"},
    "coverage": {"id": "Cakupan", "en": "Coverage"},
    "outcomes": {"id": "Hasil", "en": "Outcomes"},
    "guide": {"id": "Cara membaca", "en": "How to read"},
    "lists": {"id": "Daftar", "en": "Lists"},
}

#: Headers of columns; those of the sheets that are read back are found by these words.
HEADERS: dict[str, dict[Lang, str]] = {
    "number": {"id": "No.", "en": "No."},
    "date": {"id": "Tanggal", "en": "Date"},
    "team": {"id": "Tim", "en": "Team"},
    "npsn": {"id": "NPSN", "en": "NPSN"},
    "school": {"id": "Sekolah", "en": "School"},
    "level": {"id": "Jenjang", "en": "Level"},
    "kecamatan": {"id": "Kecamatan", "en": "Kecamatan"},
    "arrive": {"id": "Tiba", "en": "Arrive"},
    "start": {"id": "Mulai", "en": "Start"},
    "end": {"id": "Selesai", "en": "End"},
    "called": {"id": "Dipanggil", "en": "Called"},
    "planned": {"id": "Rencana terekam", "en": "Planned to record"},
    "drive": {"id": "Menit di jalan", "en": "Minutes driving"},
    "needs": {"id": "Yang tidak ada di sekolah", "en": "What the school lacks"},
    "remarks": {"id": "Catatan", "en": "Remarks"},
    "recorded_before": {"id": "Sudah rekam", "en": "Recorded before"},
    "waiting": {"id": "Menunggu", "en": "Waiting"},
    "left": {"id": "Tertinggal", "en": "Left out"},
    "too_young": {"id": "Belum cukup umur", "en": "Too young"},
    "set_aside": {"id": "Dikesampingkan", "en": "Set aside"},
    "visits": {"id": "Kunjungan", "en": "Visits"},
    "visit_dates": {"id": "Tanggal kunjungan", "en": "Dates of visits"},
    "pupils": {"id": "Siswa", "en": "Pupils"},
    "class": {"id": "Kelompok prioritas", "en": "Priority class"},
    "reason": {"id": "Alasan", "en": "Reason"},
    "schools": {"id": "Sekolah", "en": "Schools"},
    "before": {"id": "Cakupan sebelum", "en": "Coverage before"},
    "after": {"id": "Cakupan sesudah", "en": "Coverage after"},
    "file": {"id": "Berkas", "en": "File"},
    "sheet": {"id": "Lembar", "en": "Sheet"},
    "row": {"id": "Baris", "en": "Row"},
    "column": {"id": "Kolom", "en": "Column"},
    "severity": {"id": "Tingkat", "en": "Severity"},
    "message": {"id": "Keterangan", "en": "Message"},
    "class_name": {"id": "Kelas (bila per kelas)", "en": "Class (if by class)"},
    "recorded": {"id": "Terekam", "en": "Recorded"},
    "failed": {"id": "Terekam gagal", "en": "Capture failed"},
    "absent": {"id": "Tidak hadir", "en": "Absent"},
    "under_age": {"id": "Kurang dari 16 tahun", "en": "Under age"},
    "already_recorded": {"id": "Sudah punya", "en": "Already recorded"},
    "elsewhere": {"id": "Luar wilayah", "en": "Registered elsewhere"},
    "walk_ins": {"id": "Tanpa dipanggil", "en": "Walk-ins"},
    "pupil_name": {"id": "Nama", "en": "Name"},
    "sex": {"id": "L/P", "en": "Sex"},
    "pupil_class": {"id": "Kelas", "en": "Class"},
    "nik": {"id": "NIK", "en": "NIK"},
    "came": {"id": "Hadir", "en": "Came"},
    "card_brought": {"id": "Bawa KK", "en": "Family card"},
    "done": {"id": "Terekam", "en": "Recorded"},
    "time": {"id": "Waktu", "en": "Time"},
    "topic": {"id": "Bahasa Indonesia", "en": "English"},
}

#: Titles and lines above the tables of the workbook.
WORKBOOK: dict[str, dict[Lang, str]] = {
    "plan_title": {
        "id": "Rencana perekaman KTP-el di sekolah",
        "en": "Plan of ID recording at schools",
    },
    "plan_note": {
        "id": (
            "Sel kuning boleh diubah: tanggal, tim, NPSN, rencana terekam. Kunjungan baru: isi"
            " baris kosong di bawah. Membatalkan: hapus isi barisnya."
        ),
        "en": (
            "Yellow cells may be changed: date, team, NPSN, planned to record. A new visit: fill"
            " an empty row below. To cancel one, clear its row."
        ),
    },
    "plan_totals": {
        "id": "{visits}, {team_days}, rencana terekam {recorded} dari {waiting} yang menunggu",
        "en": "{visits}, {team_days}, {recorded} of {waiting} waiting planned to be recorded",
    },
    "team_title": {"id": "Jadwal {team}", "en": "Schedule of {team}"},
    "team_note": {
        "id": "{kits}, berangkat paling awal {opens}, kembali paling lambat {closes}",
        "en": "{kits}, leaves at {opens} at the earliest, back by {closes} at the latest",
    },
    "no_visits": {"id": "Tidak ada kunjungan.", "en": "No visits."},
    "total": {"id": "Jumlah", "en": "Total"},
    "schools_title": {"id": "Semua sekolah", "en": "All schools"},
    "schools_note": {
        "id": "Menunggu + sudah rekam + belum cukup umur + dikesampingkan = semua siswa di data.",
        "en": "Waiting + recorded before + too young + set aside = all pupils of the roster.",
    },
    "left_title": {"id": "Siswa yang tertinggal dan alasannya", "en": "Pupils left out, and why"},
    "issues_title": {"id": "Temuan", "en": "Issues"},
    "no_issues": {"id": "Tidak ada temuan.", "en": "No issues."},
    "coverage_title": {
        "id": "Cakupan sebelum dan sesudah rencana",
        "en": "Coverage before and after the plan",
    },
    "coverage_note": {
        "id": (
            "Cakupan = sudah rekam dibagi sudah rekam + menunggu (semua yang boleh direkam sampai"
            " hari terakhir), dibulatkan ke bawah."
        ),
        "en": (
            "Coverage = recorded over recorded + waiting (all who may be recorded until the last"
            " day), rounded down."
        ),
    },
    "all": {"id": "Semua", "en": "All"},
    "outcomes_title": {"id": "Hasil kunjungan", "en": "Outcomes of visits"},
    "outcomes_note": {
        "id": (
            "Isi sel kuning setelah kunjungan; baris yang kosong dianggap belum dikunjungi."
            " Jangan menulis nama atau NIK."
        ),
        "en": (
            "Fill the yellow cells after the visit; an empty row counts as not yet visited."
            " Do not write names or NIKs."
        ),
    },
    "guide_title": {"id": "Cara membaca berkas ini", "en": "How to read this file"},
    "unplaced": {
        "id": "{school}: letaknya belum diketahui, jadi tidak direncanakan",
        "en": "{school}: where it lies is not known, so it is not planned",
    },
    "power": {"id": "listrik", "en": "power"},
    "signal": {"id": "sinyal", "en": "signal"},
    "pick_date": {
        "id": "Hari antara {first} dan {last}",
        "en": "A day between {first} and {last}",
    },
    "pick_pupils": {"id": "Bilangan bulat, 0 atau lebih", "en": "A whole number, 0 or more"},
    "pick_team": {"id": "Salah satu tim", "en": "One of the teams"},
    "pick_npsn": {"id": "NPSN salah satu sekolah", "en": "The NPSN of one of the schools"},
    "page": {"id": "Halaman &P dari &N", "en": "Page &P of &N"},
    "no_personal_data": {
        "id": "Tidak memuat data pribadi siswa",
        "en": "Holds no personal data of pupils",
    },
}

#: The sheet that explains the others, line by line in both languages; # begins a heading.
GUIDE: tuple[dict[Lang, str], ...] = (
    {"id": "# Lembar", "en": "# Sheets"},
    {
        "id": "Rencana: satu baris per kunjungan. Hanya lembar ini yang dibaca kembali.",
        "en": "Plan: one row per visit. Of the plan, only this sheet is read back.",
    },
    {
        "id": "Lembar tiap tim: jadwal untuk dicetak dan dibawa.",
        "en": "A sheet for each team: its schedule, to print and take along.",
    },
    {
        "id": "Sekolah: semua sekolah dengan jumlah siswanya, dikunjungi atau tidak.",
        "en": "Schools: every school with its counts, visited or not.",
    },
    {
        "id": "Tertinggal: siswa yang masih menunggu setelah hari terakhir, dan alasannya.",
        "en": "Left out: pupils who still wait after the last day, and why.",
    },
    {
        "id": "Temuan: yang perlu diperiksa pada data dan rencana.",
        "en": "Issues: what to look at in the data and in the plan.",
    },
    {
        "id": "Cakupan: bagian yang sudah direkam, sebelum dan sesudah rencana.",
        "en": "Coverage: the share recorded, before and after the plan.",
    },
    {
        "id": "Hasil: diisi tim setelah kunjungan, lalu dibaca kembali.",
        "en": "Outcomes: filled in by teams after a visit, then read back.",
    },
    {"id": "# Kata", "en": "# Words"},
    {
        "id": "Menunggu: boleh direkam sampai hari terakhir dan belum direkam.",
        "en": "Waiting: may be recorded by the last day and not recorded yet.",
    },
    {
        "id": "Dipanggil: diminta datang. Tidak semua yang dipanggil datang.",
        "en": "Called: asked to come. Not all who are called come.",
    },
    {
        "id": "Rencana terekam: perkiraan dari yang dipanggil, menurut tingkat kehadiran.",
        "en": "Planned to record: what is expected of those called, by the turn-out.",
    },
    {
        "id": "Belum cukup umur: baru boleh direkam setelah hari terakhir.",
        "en": "Too young: may be recorded only after the last day.",
    },
    {
        "id": "Dikesampingkan: terdaftar di daerah lain, atau tanggal lahir tidak diketahui.",
        "en": "Set aside: registered elsewhere, or without a birth date.",
    },
    {"id": "# Mengubah rencana", "en": "# Changing the plan"},
    {
        "id": "Ubah sel kuning di lembar Rencana: tanggal, tim, NPSN, rencana terekam.",
        "en": "Change yellow cells of the sheet Plan: date, team, NPSN, planned to record.",
    },
    {
        "id": "Jam, jumlah dipanggil dan nama sekolah dihitung ulang; tidak perlu diubah.",
        "en": "Times, pupils called and school names are worked out anew; leave them.",
    },
    {
        "id": "Dalam satu hari, urutan kunjungan mengikuti kolom Mulai, lalu urutan baris.",
        "en": "Within a day, visits follow the column Start, then the order of the rows.",
    },
    {
        "id": "read_plan_workbook() membaca berkas ini dan menyebut sel yang melanggar aturan.",
        "en": "read_plan_workbook() reads this file and names each cell that breaks a rule.",
    },
    {"id": "# Data pribadi", "en": "# Personal data"},
    {
        "id": "Berkas ini hanya memuat jumlah: tidak ada nama, NIK, NISN atau tanggal lahir.",
        "en": "This file holds counts only: no name, NIK, NISN or birth date.",
    },
)

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

#: Texts of the page (`page_`) and of the charts (`plot_`).
TEXTS |= {
    "page_title": {
        "id": "Rencana perekaman KTP-el di sekolah",
        "en": "Plan of ID recording at schools",
    },
    "page_skip": {"id": "Langsung ke isi", "en": "Skip to the content"},
    "page_contents": {"id": "Isi", "en": "Contents"},
    "page_recorded": {"id": "akan direkam", "en": "will be recorded"},
    "page_of_waiting": {"id": "dari {waiting} yang menunggu", "en": "of {waiting} who wait"},
    "page_coverage": {"id": "cakupan", "en": "coverage"},
    "page_coverage_before": {"id": "sebelumnya {before}", "en": "before: {before}"},
    "page_team_days": {"id": "hari-tim", "en": "team-days"},
    "page_by_teams": {"id": "oleh {teams}", "en": "by {teams}"},
    "page_left": {"id": "tertinggal", "en": "left out"},
    "page_at_schools": {"id": "di {schools}", "en": "at {schools}"},
    "page_breaches": {
        "id": "Rencana ini diubah dengan tangan dan memuat {breaches}:",
        "en": "This plan was edited by hand and has {breaches} of its rules:",
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
    "page_place_refused": {"id": "Ditolak, lihat temuan", "en": "Refused, see the findings"},
    "page_place_left_school": {"id": "Sudah keluar dari sekolah", "en": "Left the school"},
    "page_place_recorded_before": {
        "id": "Sudah direkam sebelum musim ini",
        "en": "Recorded before the season",
    },
    "page_place_set_aside": {
        "id": "Disisihkan: terdaftar di daerah lain atau tanggal lahir tidak diketahui",
        "en": "Set aside: registered elsewhere, or birth date unknown",
    },
    "page_place_too_young": {
        "id": "Belum cukup umur pada hari terakhir",
        "en": "Not of age on the last day",
    },
    "page_place_served": {"id": "Akan direkam menurut rencana", "en": "Recorded by the plan"},
    "page_place_waiting": {
        "id": "Tertinggal setelah hari terakhir",
        "en": "Left out after the last day",
    },
    "page_difference": {
        "id": "Selisih: daftar dan rencana tidak berasal dari data yang sama",
        "en": "Difference: roster and plan do not come from the same data",
    },
    "page_issues": {"id": "Temuan dalam daftar", "en": "Findings in the roster"},
    "page_issue": {"id": "Temuan", "en": "Finding"},
    "page_severity": {"id": "Jenis", "en": "Kind"},
    "page_severity_refusal": {"id": "ditolak", "en": "refused"},
    "page_severity_warning": {"id": "peringatan", "en": "warning"},
    "page_severity_repair": {"id": "diperbaiki", "en": "repaired"},
    "page_count": {"id": "Jumlah", "en": "Count"},
    "page_where": {"id": "Tempatnya", "en": "Where"},
    "page_where_row": {"id": "{file} {sheet} baris {row}", "en": "{file} {sheet} row {row}"},
    "page_where_more": {"id": "dan {count} lagi", "en": "and {count} more"},
    "page_no_issues": {"id": "Tidak ada temuan.", "en": "There are no findings."},
    "page_grid": {"id": "Tim dan hari", "en": "Teams and days"},
    "page_grid_about": {
        "id": (
            "Angka adalah siswa yang akan direkam; makin gelap, makin penuh hari tim itu."
            " Pilih angka untuk melihat kunjungannya."
        ),
        "en": (
            "A number counts pupils who will be recorded; the darker, the fuller the team's day."
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
            "Setiap alasan sudah dicoba: bila batas itu dilonggarkan,"
            " paling sedikit satu siswa lagi terekam."
        ),
        "en": (
            "Every reason has been tried: with that limit relaxed,"
            " at least one more pupil is recorded."
        ),
    },
    "page_school": {"id": "Sekolah", "en": "School"},
    "page_why": {"id": "Mengapa", "en": "Why"},
    "page_left_more": {
        "id": "{schools} lagi, dengan lebih sedikit siswa",
        "en": "{schools} more, with fewer pupils",
    },
    "page_cure": {"id": "Jalan keluar", "en": "Way out"},
    "page_curve": {"id": "Kemajuan", "en": "Progress"},
    "page_curve_about": {
        "id": (
            "Siswa yang direkam sejak hari pertama, dan yang menunggu seandainya tidak ada yang"
            " direkam: mereka bertambah karena setiap hari ada yang berulang tahun ke-16."
        ),
        "en": (
            "Pupils recorded since the first day, and those who would wait if nobody were"
            " recorded: they grow because every day some turn 16."
        ),
    },
    "page_curve_alt": {
        "id": (
            "Yang menunggu naik dari {waiting_first} menjadi {waiting_last}; yang direkam naik"
            " menjadi {recorded}; batas atas {bound}; tenggat {deadline}."
        ),
        "en": (
            "Those waiting grow from {waiting_first} to {waiting_last}; those recorded reach"
            " {recorded}; the bound is {bound}; the deadline is {deadline}."
        ),
    },
    "page_key_waiting": {
        "id": "menunggu bila tidak ada yang direkam",
        "en": "waiting if nobody is recorded",
    },
    "page_key_recorded": {"id": "direkam", "en": "recorded"},
    "page_key_bound": {"id": "batas atas: {bound}", "en": "upper bound: {bound}"},
    "page_key_deadline": {"id": "tenggat: {deadline}", "en": "deadline: {deadline}"},
    "page_numbers": {"id": "Angkanya", "en": "The numbers"},
    "page_week_end": {"id": "Sampai", "en": "Up to"},
    "page_map": {"id": "Peta", "en": "Map"},
    "page_map_about": {
        "id": (
            "Luas lingkaran: siswa yang menunggu; bagian gelap: yang akan direkam. Garis lurus"
            " dari kantor ke sekolah dan kembali; segitiga: tempat berangkat."
        ),
        "en": (
            "Size of a circle: pupils waiting; dark part: those who will be recorded. Straight"
            " lines lead from the base to the schools and back; triangle: where teams start."
        ),
    },
    "page_map_alt": {
        "id": "{schools} dan {routes} rute; daftar kunjungan memuat hal yang sama.",
        "en": "{schools} and {routes} routes; the list of visits tells the same.",
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
            " pada hari pertama, dan menurut rencana pada hari terakhir."
        ),
        "en": (
            "Those recorded as a share of all pupils who may be recorded:"
            " on the first day, and by the plan on the last."
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
    "page_newly": {"id": "Direkam", "en": "Recorded"},
    "page_still": {"id": "Tertinggal", "en": "Left"},
    "page_all": {"id": "Semua", "en": "All"},
    "page_bar": {
        "id": "{before} sudah, {recorded} direncanakan, {left} tertinggal",
        "en": "{before} before, {recorded} planned, {left} left",
    },
    "page_key_before": {"id": "direkam sebelumnya", "en": "recorded before"},
    "page_key_planned": {"id": "menurut rencana", "en": "by the plan"},
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
    "page_key_planned_line": {"id": "rencana", "en": "plan"},
    "page_risk_missing": {
        "id": "Belum disimulasikan; yang berikut dihitung dari rencana saja.",
        "en": "Not simulated; what follows is counted from the plan alone.",
    },
    "page_risk_days": {
        "id": "Hari-tim yang paling berat bila batal",
        "en": "Team-days that would be missed most",
    },
    "page_risk_days_about": {
        "id": "Siswa yang kehilangan kunjungan bila hari-tim itu batal dan tidak diganti.",
        "en": "Pupils who lose their visit if that team-day is lost and not made up for.",
    },
    "page_visits": {"id": "Daftar kunjungan", "en": "List of visits"},
    "page_no_visits": {"id": "Tidak ada kunjungan.", "en": "There are no visits."},
    "page_time": {"id": "Jam", "en": "Time"},
    "page_called": {"id": "Dipanggil", "en": "Called"},
    "page_expected": {"id": "Terekam", "en": "Recorded"},
    "page_to_grid": {"id": "Kembali ke tim dan hari", "en": "Back to teams and days"},
    "page_close": {"id": "Tutup", "en": "Close"},
    "page_foot": {
        "id": "Tidak memuat nama, NIK atau tanggal lahir siswa. Dibuat dengan school_ektp.",
        "en": "Holds no name, NIK or birth date of a pupil. Made with school_ektp.",
    },
    "page_cure_effect": {
        "id": "{cure}: {recorded} lagi di sekolah ini, seluruhnya {gained} dengan {team_days}",
        "en": "{cure}: {recorded} more at this school, {gained} in all with {team_days}",
    },
    "plot_pupils": {"id": "Siswa", "en": "Pupils"},
    "plot_day": {"id": "Tanggal", "en": "Date"},
    "plot_series": {"id": "Garis", "en": "Line"},
    "plot_waiting": {"id": "menunggu", "en": "waiting"},
    "plot_waiting_pupils": {"id": "Siswa yang menunggu", "en": "Pupils waiting"},
    "plot_recorded": {"id": "direkam", "en": "recorded"},
    "plot_bound": {"id": "batas atas", "en": "upper bound"},
    "plot_demand_title": {
        "id": "Direkam dan menunggu (bila tidak ada yang direkam)",
        "en": "Recorded, and waiting (if nobody were recorded)",
    },
    "plot_coverage_title": {
        "id": "Cakupan pada {day}",
        "en": "Coverage on {day}",
    },
    "plot_share": {
        "id": "Siswa yang boleh direkam",
        "en": "Pupils who may be recorded",
    },
    "plot_status": {"id": "Keadaan", "en": "Status"},
    "plot_grid_title": {
        "id": "Siswa per tim dan hari",
        "en": "Pupils per team and day",
    },
    "plot_team": {"id": "Tim", "en": "Team"},
    "plot_weekday": {"id": "Hari", "en": "Day of the week"},
    "plot_week": {"id": "Pekan mulai", "en": "Week of"},
    "plot_map_title": {
        "id": "Sekolah dan rute",
        "en": "Schools and routes",
    },
    "plot_east": {"id": "Bujur (derajat)", "en": "Longitude (degrees)"},
    "plot_north": {"id": "Lintang (derajat)", "en": "Latitude (degrees)"},
    "plot_school": {"id": "Sekolah", "en": "School"},
    "plot_fullness": {"id": "Kepenuhan (%)", "en": "Fullness (%)"},
    "plot_frontier_title": {
        "id": "Siswa yang direkam dan hari-tim yang dipakai",
        "en": "Pupils recorded and team-days used",
    },
    "plot_team_days": {"id": "Hari-tim", "en": "Team-days"},
    "plot_risk_title": {
        "id": "Direkam sampai tiap hari, P10 sampai P90",
        "en": "Recorded up to each day, P10 to P90",
    },
}

#: What usually helps against a reason, where no cure was worked out.
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
    "away": {
        "id": "panggil kelas itu ke sekolah, atau layani di kantor",
        "en": "call the class to school, or serve it at the office",
    },
    "too_far": {
        "id": "berangkat lebih pagi, atau bermalam di dekat sekolah",
        "en": "leave earlier, or stay a night near the school",
    },
    "absent": {
        "id": "kunjungan susulan, atau perekaman di kantor",
        "en": "a follow-up session, or recording at the office",
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
    "crews_at_once": {
        "id": "izinkan satu tim lagi pada saat yang sama",
        "en": "allow one more team at the same time",
    },
    "driving_limit": {"id": "izinkan perjalanan yang lebih lama", "en": "allow a longer drive"},
    "kit_day_cap": {"id": "bawa satu alat rekam lagi", "en": "bring one more kit"},
    "reserve_days": {"id": "pakai satu hari cadangan", "en": "use one day of the reserve"},
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

#: The one change that a new plan has shown to help; {size} is counted in CURE_NOUNS.
CURES: dict[str, dict[Lang, str]] = {
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
    "team_days": {
        "id": "satu tim lagi selama {size}, mulai {day}",
        "en": "one more team for {size}, from {day}",
    },
    "exam_moved": {
        "id": "pekan ujian atau ketidakhadiran kelas dipindah, mulai {day}",
        "en": "the exam week or absence of the class moved, to begin on {day}",
    },
    "deadline": {"id": "musim diperpanjang {size}", "en": "the season {size} longer"},
    "fewest_pupils": {
        "id": "kunjungan boleh hanya untuk {size}",
        "en": "a visit may record as few as {size}",
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
        "id": "hanya {size} disimpan sebagai cadangan",
        "en": "only {size} kept in reserve",
    },
    "forbidden_pair": {"id": "{team} boleh ke sana", "en": "{team} may go there"},
    "location": {
        "id": "letak sekolah dicari (dicoba di tengah kecamatan)",
        "en": "the place of the school found (tried at the middle of its kecamatan)",
    },
}

#: Nouns that count the size of a cure.
CURE_NOUNS = {
    "overtime": "minute",
    "minutes": "minute",
    "kit": "kit",
    "team_days": "team_day",
    "deadline": "day",
    "fewest_pupils": "pupil",
    "days_between_visits": "day",
    "visits_per_school": "visit",
    "visits_per_team_day": "visit",
    "driving_minutes_per_day": "minute",
    "pupils_per_kit_day": "pupil",
    "reserve_days": "day",
}
