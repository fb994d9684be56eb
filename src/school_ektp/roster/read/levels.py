"""School levels in the words of lists: short, written out, and levels of the same rank."""

from __future__ import annotations

import re
from collections.abc import Mapping

from school_ektp.model.school import SchoolLevel

_SHORT: Mapping[str, SchoolLevel] = {
    **{level.value: level for level in SchoolLevel},
    **dict.fromkeys(("SMTK", "SMAK", "SMAKAT", "SMAG", "SMAGK", "UWP"), SchoolLevel.SMA),
    **dict.fromkeys(("MAK", "PDF", "SPM"), SchoolLevel.MA),
    "SMU": SchoolLevel.SMA,
    **dict.fromkeys(("STM", "SMEA", "SMKK"), SchoolLevel.SMK),
    "SMALB": SchoolLevel.SLB,
    "SKB": SchoolLevel.PKBM,
}
#: Phrases of names written out; the first that occurs decides.
_WRITTEN_OUT = (
    (r"SEKOLAH MENENGAH ATAS LUAR BIASA|SEKOLAH LUAR BIASA|SMA ?LB", SchoolLevel.SLB),
    (r"PUSAT KEGIATAN BELAJAR|SANGGAR KEGIATAN BELAJAR|PAKET C|KESETARAAN", SchoolLevel.PKBM),
    (r"MADRASAH ALIYAH|MUADALAH ULYA|DINIYAH FORMAL ULYA|PDF ULYA|SPM ULYA", SchoolLevel.MA),
    (r"SEKOLAH MENENGAH (?:KEJURUAN|TEKNIK)", SchoolLevel.SMK),
    (r"SEKOLAH MENENGAH (?:UMUM|ATAS|(?:AGAMA|TEOLOGI) (?:KATOLIK|KRISTEN))", SchoolLevel.SMA),
    (
        r"UTAMA WIDYA(?: PASRAMAN|LAYA)?|DHAMMASEKHA(?: FORMAL)? (?:UTTAMA|MENENGAH ATAS)",
        SchoolLevel.SMA,
    ),
)
_OTHER = re.compile(
    r"SEKOLAH (?:DASAR|MENENGAH PERTAMA)|MADRASAH (?:IBTIDAIYAH|TSANAWIYAH)|PAKET [AB]\b"
    r"|\b(?:WUSTHA|WUSTA)\b"
)


def school_level(text: str, *, is_name: bool = False) -> SchoolLevel | None:
    """
    Return the level that a text names, short or written out; None when it names none of ours.

    Of the name of a school only the beginning counts, as names hold words like those for levels.
    """
    words = re.findall(r"[A-Z]+", text.upper())
    plain = " ".join(words)
    look = re.match if is_name else re.search
    for pattern, level in _WRITTEN_OUT:
        if look(rf"\b(?:{pattern})\b", plain):
            return level
    if _OTHER.search(plain):
        return None
    found = map(_short, words[:1] if is_name else words)
    return next((level for level in found if level is not None), None)


def _short(word: str) -> SchoolLevel | None:
    """Return the level of a word such as SMAN, SMKS or MAN, with state or private glued to it."""
    return _SHORT.get(word) or _SHORT.get(word.rstrip("NS")) or _SHORT.get(word.removesuffix("IT"))
