"""Schools by name: rosters write the same school in several ways, and often no number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from school_ektp.model.school import School

# A letter glued to the kind says state or private, or a word does, or nothing.
_GLUED = re.compile(r"^(SMA|SMK|MA|SLB|PKBM)(N|S)(?=\b)")
_STATE = {"NEGERI", "NEG", "N"}
_PRIVATE = {"SWASTA", "S"}
_KINDS = {
    "SEKOLAH MENENGAH ATAS": "SMA",
    "SEKOLAH MENENGAH KEJURUAN": "SMK",
    "MADRASAH ALIYAH": "MA",
    "SEKOLAH LUAR BIASA": "SLB",
    "SEKOLAH MENENGAH UMUM": "SMA",
    "PUSAT KEGIATAN BELAJAR MASYARAKAT": "PKBM",
}


def school_key(name: str) -> str:
    """
    Return what two ways of writing one school have in common.

    Examples:
        >>> school_key("SMAN 1 Rejang Lebong") == school_key("SMA NEGERI 1 REJANG LEBONG")
        True
        >>> school_key("SMAS Xaverius Curup") == school_key("SMA Xaverius, Curup")
        True
    """
    text = " ".join(re.findall(r"[A-Z0-9]+", name.upper()))
    for long, short in _KINDS.items():
        text = re.sub(rf"^{long}\b", short, text)
    text = _GLUED.sub(lambda found: f"{found[1]} {'NEGERI' if found[2] == 'N' else ''}", text)
    words = [word for place, word in enumerate(text.split()) if not place or word not in _PRIVATE]
    while len(words) > 1 and words[0] == words[1]:
        del words[0]  # written out and short: Sekolah Luar Biasa (SLB)
    if len(words) > 1 and words[1] in _STATE:
        words[1] = "NEGERI"
    return " ".join(words)


def npsn_by_name(schools: Iterable[School]) -> dict[str, str]:
    """Return school numbers by `school_key`; a name that two schools share is left out."""
    keys = [(school_key(school.name), school.npsn) for school in schools]
    counts = Counter(key for key, _ in keys)
    return {key: npsn for key, npsn in keys if counts[key] == 1}
