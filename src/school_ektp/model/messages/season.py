"""What is said of two plans side by side, and of the outcomes of a season."""

from __future__ import annotations

from school_ektp.model.language import Lang

COMPARED: dict[str, dict[Lang, str]] = {
    "changes": {
        "id": (
            "{moved} dari {visits} dipindahkan, {added} ditambah, {dropped} dibatalkan;"
            " perkiraan siswa terekam {gained}."
        ),
        "en": (
            "{moved} of {visits} moved, {added} added, {dropped} dropped;"
            " {gained:pupil|pupils} expected."
        ),
    },
}

#: What a season says of the outcomes it was given; ``{where}`` is date, team, school, class.
SEASON_ISSUES: dict[str, dict[Lang, str]] = {
    "disagree": {
        "id": "{where}: dua catatan hasil saling bertentangan; tidak satu pun dipakai.",
        "en": "{where}: two records disagree; neither is taken.",
    },
    "corrected": {
        "id": "{where}: catatan yang lebih baru menggantikan yang lama.",
        "en": "{where}: a later record replaces an earlier one.",
    },
    "no_outcome": {
        "id": "{where}: belum ada hasil; dihitung {amount} siswa terekam menurut perkiraan.",
        "en": (
            "{where}: no outcome yet; {amount:pupil is|pupils are} counted as recorded,"
            " as expected."
        ),
    },
    "cancelled": {
        "id": "{where}: tidak terlaksana ({reason}).",
        "en": "{where}: did not take place ({reason}).",
    },
    "not_planned": {
        "id": "{where}: kunjungan di luar rencana.",
        "en": "{where}: a visit that was not planned.",
    },
    "more_than_waited": {
        "id": "{where}: {amount} lebih banyak daripada yang menunggu; dihitung di luar daftar.",
        "en": "{where}: {amount} more than waited, counted as outside the roster.",
    },
    "recorded_twice": {
        "id": "{where}: {amount} siswa tercatat terekam lebih dari sekali; dihitung satu kali.",
        "en": (
            "{where}: {amount:pupil is|pupils are} reported as recorded more than once"
            " and counted once."
        ),
    },
    "unknown_pupil": {
        "id": "{where}: {amount} kunci siswa tidak ada dalam daftar sekolah itu.",
        "en": "{where}: {amount:key|keys} of pupils not in the roster of that school.",
    },
    "unknown_name": {
        "id": "{where}: {amount} nama tidak cocok dengan satu siswa sekolah itu; hanya dihitung.",
        "en": (
            "{where}: {amount:name fits|names fit} no single pupil of that school; counted only."
        ),
    },
    "unknown_site": {
        "id": "{where}: sekolah tidak ada dalam rencana; catatan tidak dipakai.",
        "en": "{where}: the school is not in the plan; the record is not taken.",
    },
    "unknown_team": {
        "id": "{where}: tim tidak ada dalam rencana; siswanya dihitung, lajunya tidak dipelajari.",
        "en": "{where}: the team is not in the plan; its pupils count, its rates are not learnt.",
    },
    "outside_season": {
        "id": "{where}: di luar musim rencana; catatan tidak dipakai.",
        "en": "{where}: outside the season of the plan; the record is not taken.",
    },
    "fewer_recorded": {
        "id": "{where}: daftar baru mengetahui {amount} siswa terekam lebih sedikit.",
        "en": "{where}: the new roster knows {amount:recorded pupil|recorded pupils} fewer.",
    },
}
