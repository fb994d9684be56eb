"""How a coverage can be above the whole."""

from __future__ import annotations

from school_ektp.model.language import Lang

COVERAGE: dict[str, dict[Lang, str]] = {
    "recordable": {"id": "yang boleh direkam", "en": "who may be recorded"},
    "obliged": {"id": "yang wajib KTP", "en": "who must hold a card"},
    "above": {
        "id": (
            "{recorded} terekam dari {people} {whom}:"
            " sedikitnya {excess} yang terekam tidak termasuk penyebut; {why}"
        ),
        "en": (
            "{recorded} recorded over {people} {whom}:"
            " at least {excess} recorded are not among those below the line; {why}"
        ),
    },
    "elsewhere": {
        "id": "penduduk daerah lain, data ganda, atau angka penduduk yang lama",
        "en": "residents of elsewhere, doubles or an old population figure",
    },
    "likely_young": {
        "id": (
            "mungkin usia 16 tahun yang sudah terekam dibagi penduduk 17 tahun ke atas:"
            " keluarkan mereka, atau pakai semua yang boleh direkam sebagai penyebut"
        ),
        "en": (
            "likely recorded 16-year-olds over a denominator of 17 and over:"
            " count them out, or put all who may be recorded below the line"
        ),
    },
    "partly_young": {
        "id": "{young} terekam sebelum wajib menjelaskan sebagian, {left} belum terjelaskan",
        "en": "{young} recorded before the obligation explain part of it, {left} stay open",
    },
    "young": {
        "id": "{young} terekam sebelum wajib; tanpa mereka {share} %",
        "en": "{young} were recorded before the obligation; without them it is {share} %",
    },
}
