"""Stated totals that do not agree."""

from __future__ import annotations

from school_ektp.model.language import Lang

TOTALS: dict[str, dict[Lang, str]] = {
    "too_many": {
        "id": (
            "{figure} tertulis {stated}, hasil hitung ulang {computed} ({relation}):"
            " kelebihan {amount}; {swap}"
        ),
        "en": (
            "{figure} is stated as {stated} and recomputed as {computed} ({relation}):"
            " {amount} too many; {swap}"
        ),
    },
    "too_few": {
        "id": (
            "{figure} tertulis {stated}, hasil hitung ulang {computed} ({relation}):"
            " kurang {amount}; {swap}"
        ),
        "en": (
            "{figure} is stated as {stated} and recomputed as {computed} ({relation}):"
            " {amount} too few; {swap}"
        ),
    },
    "swap_neighbours": {
        "id": "dua angka yang bersebelahan tertukar",
        "en": "two neighbouring digits are swapped",
    },
    "swap_apart": {"id": "dua angka tertukar", "en": "two digits are swapped"},
    "swap_none": {
        "id": "bukan karena angka tertukar",
        "en": "swapped digits do not explain it",
    },
}
