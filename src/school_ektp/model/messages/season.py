"""What is said of proofs and of two plans side by side."""

from __future__ import annotations

from school_ektp.model.language import Lang

#: By verdict of a proof.
PROOFS: dict[str, dict[Lang, str]] = {
    "optimal": {
        "id": "Terbukti optimal: tidak ada rencana yang bernilai lebih dari {value} siswa.",
        "en": "Proved optimal: no plan is worth more than {value} pupils.",
    },
    "bound": {
        "id": "Tidak ada rencana yang bernilai lebih dari {bound} siswa; rencana ini {value}.",
        "en": "No plan is worth more than {bound} pupils; this one is worth {value}.",
    },
}

COMPARED: dict[str, dict[Lang, str]] = {
    "changes": {
        "id": (
            "{moved} dari {visits} dipindahkan, {added} ditambah, {dropped} dibatalkan;"
            " perkiraan siswa terekam {gained}."
        ),
        "en": (
            "{moved} of {visits} moved, {added} added, {dropped} dropped; {gained} pupils expected."
        ),
    },
}
