"""What is said of two plans side by side."""

from __future__ import annotations

from school_ektp.model.language import Lang

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
