"""What is said of proofs and of two plans side by side."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: By verdict of a proof.
PROOFS: dict[str, dict[Lang, str]] = {
    "optimal": {
        "id": (
            "Terbukti optimal: tidak ada rencana yang merekam lebih dari {recorded} siswa,"
            " atau sebanyak itu dalam kurang dari {team_days} hari-tim."
        ),
        "en": (
            "Proved optimal: no plan records more than {recorded} pupils,"
            " or as many in fewer than {team_days} team-days."
        ),
    },
    "pupils": {
        "id": "Terbukti: tidak ada rencana yang merekam lebih dari {recorded} siswa.",
        "en": "Proved optimal in pupils: no plan records more than {recorded}.",
    },
    "bound": {
        "id": "Tidak ada rencana yang merekam lebih dari {bound} siswa; rencana ini {recorded}.",
        "en": "No plan records more than {bound} pupils; this one records {recorded}.",
    },
}

COMPARED: dict[str, dict[Lang, str]] = {
    "changes": {
        "id": (
            "{moved} dari {visits} dipindahkan, {added} ditambah, {dropped} dibatalkan;"
            " siswa terekam {gained}."
        ),
        "en": (
            "{moved} of {visits} moved, {added} added, {dropped} dropped; {gained} pupils recorded."
        ),
    },
}
