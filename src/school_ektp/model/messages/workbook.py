"""The workbook: sheets, headers, titles and the sheet that explains the others."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: Names of the sheets of the workbook.
SHEETS: dict[str, dict[Lang, str]] = {
    "plan": {"id": "Rencana", "en": "Plan"},
    "grid": {"id": "Kalender", "en": "Calendar"},
    "schools": {"id": "Sekolah", "en": "Schools"},
    "left_out": {"id": "Tertinggal", "en": "Left out"},
    "issues": {"id": "Temuan", "en": "Issues"},
    "coverage": {"id": "Cakupan", "en": "Coverage"},
    "outcomes": {"id": "Hasil", "en": "Outcomes"},
    "guide": {"id": "Cara membaca", "en": "How to read"},
    "lists": {"id": "Daftar", "en": "Lists"},
    "corrections": {"id": "Perbaikan", "en": "Corrections"},
}

#: Headers of columns; those of the sheets that are read back are found by these words.
HEADERS: dict[str, dict[Lang, str]] = {
    "number": {"id": "No.", "en": "No."},
    "date": {"id": "Tanggal", "en": "Date"},
    "team": {"id": "Tim", "en": "Team"},
    "npsn": {"id": "NPSN", "en": "NPSN"},
    "school": {"id": "Sekolah", "en": "School"},
    "site": {"id": "NPSN", "en": "NPSN"},
    "site_name": {"id": "Sekolah", "en": "School"},
    "level": {"id": "Jenjang", "en": "Level"},
    "kecamatan": {"id": "Kecamatan", "en": "Kecamatan"},
    "arrive": {"id": "Tiba", "en": "Arrive"},
    "start": {"id": "Mulai", "en": "Start"},
    "end": {"id": "Selesai", "en": "End"},
    "room": {"id": "Tempat untuk", "en": "Room for"},
    "called": {"id": "Dipanggil", "en": "To call"},
    "planned": {"id": "Perkiraan terekam", "en": "Expected"},
    "drive": {"id": "Menit di jalan", "en": "Minutes driving"},
    "needs": {"id": "Yang tidak ada di sekolah", "en": "What the school lacks"},
    "remarks": {"id": "Catatan", "en": "Remarks"},
    "recorded_before": {"id": "Sudah rekam", "en": "Recorded before"},
    "waiting": {"id": "Menunggu", "en": "Waiting"},
    "waiting_first": {"id": "Menunggu hari pertama", "en": "Waiting on the first day"},
    "waiting_last": {"id": "Menunggu sampai akhir", "en": "Waiting by the last day"},
    "count": {"id": "Jumlah", "en": "Number"},
    "sex": {"id": "Jenis kelamin", "en": "Sex"},
    "left_out": {"id": "Tertinggal", "en": "Left out"},
    "too_young": {"id": "Belum cukup umur", "en": "Too young"},
    "set_aside": {"id": "Disisihkan", "en": "Set aside"},
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
    "cancelled": {"id": "Batal karena", "en": "Cancelled because"},
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
            "Sel kuning boleh diubah: tanggal, tim, NPSN, tempat untuk. Kunjungan baru: isi"
            " baris kosong di bawah. Membatalkan: hapus isi barisnya."
        ),
        "en": (
            "Yellow cells may be changed: date, team, NPSN, room for. A new visit: fill"
            " an empty row below. To cancel one, clear its row."
        ),
    },
    "plan_totals": {
        "id": "{visits}, {team_days}, perkiraan terekam {recorded} dari {waiting} yang menunggu",
        "en": "{visits}, {team_days}, {recorded} expected to be recorded of {waiting} who wait",
    },
    "grid_title": {"id": "Hari dan tim", "en": "Days and teams"},
    "grid_note": {
        "id": "Angka: siswa yang diperkirakan terekam. Sel kelabu: tidak dapat berkunjung.",
        "en": "A number counts pupils expected to be recorded. Grey: no visit can be made.",
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
        "id": "Menunggu + sudah rekam + belum cukup umur + disisihkan = semua siswa di data.",
        "en": "Waiting + recorded before + too young + set aside = all pupils of the roster.",
    },
    "school_facts": {
        "id": "NPSN {npsn}, {level}, Kec. {kecamatan}; musim {span}",
        "en": "NPSN {npsn}, {level}, {kecamatan} district; season {span}",
    },
    "school_lacks": {"id": "Tidak ada di sekolah: {what}", "en": "The school lacks: {what}"},
    "school_nobody_left": {
        "id": "Tidak ada siswa yang tertinggal di sekolah ini.",
        "en": "No pupil of this school is left out.",
    },
    "left_title": {"id": "Siswa yang tertinggal dan alasannya", "en": "Pupils left out, and why"},
    "issues_title": {"id": "Temuan", "en": "Issues"},
    "no_issues": {"id": "Tidak ada temuan.", "en": "No issues."},
    "not_checked": {
        "id": "Pemeriksaan data siswa tidak disertakan.",
        "en": "The check of the roster was not given.",
    },
    "coverage_title": {
        "id": "Cakupan sebelum dan sesudah rencana",
        "en": "Coverage before and after the plan",
    },
    "coverage_note_before": {
        "id": "Sebelum: sudah rekam dibagi (sudah rekam + menunggu pada hari pertama).",
        "en": "Before: recorded over (recorded + waiting on the first day).",
    },
    "coverage_note_after": {
        "id": (
            "Sesudah: (sudah rekam + perkiraan) dibagi (sudah + menunggu sampai hari terakhir);"
            " keduanya dibulatkan ke bawah."
        ),
        "en": (
            "After: (recorded + expected) over (recorded + waiting by the last day);"
            " both are rounded down."
        ),
    },
    "all": {"id": "Semua", "en": "All"},
    "outcomes_title": {"id": "Hasil kunjungan", "en": "Outcomes of visits"},
    "outcomes_note": {
        "id": (
            "Isi sel kuning setelah kunjungan; baris yang kosong dianggap belum dikunjungi."
            " Kunjungan yang batal: tulis sebabnya saja. Jangan menulis nama atau NIK."
        ),
        "en": (
            "Fill the yellow cells after the visit; an empty row counts as not yet visited."
            " Of a cancelled visit write the reason only. Do not write names or NIKs."
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
    "pick_pupils": {
        "id": "Bilangan bulat, {least} atau lebih",
        "en": "A whole number, {least} or more",
    },
    "pick_team": {"id": "Salah satu tim", "en": "One of the teams"},
    "pick_site": {"id": "NPSN salah satu sekolah", "en": "The NPSN of one of the schools"},
    "page": {"id": "Halaman &P dari &N", "en": "Page &P of &N"},
    "no_personal_data": {
        "id": "Untuk kantor sendiri: tanpa nama siswa, tetapi memuat angka kecil",
        "en": "For the office itself: no names of pupils, but small numbers",
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
        "id": "Kalender: tiap hari dan tim, dengan hari libur, sekolah tutup dan hari cadangan.",
        "en": "Calendar: each day and team, with holidays, closed schools and days kept free.",
    },
    {
        "id": "Lembar tiap tim: jadwal untuk dicetak dan dibawa.",
        "en": "A sheet for each team: its schedule, to print and take along.",
    },
    {
        "id": "Sekolah: semua sekolah dengan jumlah siswanya; namanya membuka lembar sekolah itu.",
        "en": "Schools: every school with its counts; a name opens the sheet of that school.",
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
    {
        "id": "Lembar tiap sekolah yang dikunjungi (paling belakang): kunjungan dan jumlahnya.",
        "en": "A sheet for each school visited (at the end): its visits and counts.",
    },
    {"id": "# Kata", "en": "# Words"},
    {
        "id": "Menunggu: boleh direkam sampai hari terakhir dan belum direkam.",
        "en": "Waiting: may be recorded by the last day and not recorded yet.",
    },
    {
        "id": "Tempat untuk: sebanyak itu siswa dapat direkam selama kunjungan.",
        "en": "Room for: so many pupils can be recorded during the visit.",
    },
    {
        "id": "Dipanggil: semua yang menunggu, sejauh ada tempat. Tidak semua datang.",
        "en": "To call: all who wait, as far as there is room. Not all who are called come.",
    },
    {
        "id": "Perkiraan terekam: bila sebagian tidak datang dan sebagian kunjungan batal.",
        "en": "Expected: what is recorded when some stay away and some visits fail.",
    },
    {
        "id": "Belum cukup umur: baru boleh direkam setelah hari terakhir.",
        "en": "Too young: may be recorded only after the last day.",
    },
    {
        "id": "Disisihkan: terdaftar di daerah lain, atau tanggal lahir tidak diketahui.",
        "en": "Set aside: registered elsewhere, or without a birth date.",
    },
    {"id": "# Mengubah rencana", "en": "# Changing the plan"},
    {
        "id": "Ubah sel kuning di lembar Rencana: tanggal, tim, NPSN, tempat untuk.",
        "en": "Change yellow cells of the sheet Plan: date, team, NPSN, room for.",
    },
    {
        "id": "Jam, yang dipanggil, perkiraan dan nama sekolah dihitung ulang; tidak perlu diubah.",
        "en": "Times, pupils to call, expectations and names are worked out again; leave them.",
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
