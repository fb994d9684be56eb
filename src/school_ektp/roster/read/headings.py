"""What a heading can mean: with its hints, without them, and with the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from school_ektp.roster.read.cells import clean

_WORD = re.compile(r"[a-z0-9]+")
_UNNAMED = re.compile(r"_?unnamed:\s*\d+(?:_level_\d+)?_?", re.IGNORECASE)  # of flattened tables
_NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s*(?=\D)")
_BRACKETS = re.compile(r"[(\[{<][^)\]}>]*(?:[)\]}>]|$)")
_HINT = re.compile(
    r"\b(?:(?:dd|mm|yyyy|yy|hh|bb|tttt|tgl|bln|thn)(?:\s*[-/.]\s*(?:dd|mm|yyyy|yy|bb|tttt|bln|thn))+"
    r"|\d+\s*(?:digit|angka|karakter|digits)|l\s*/\s*p|m\s*/\s*f"
    r"|(?:wajib|harus|required|optional|opsional|contoh|format|misal|example)\b.*)\s*$",
    re.IGNORECASE | re.DOTALL,
)
_CUT = re.compile(r"\s*(?:[\n:;*|/–—]|\s-\s)\s*")
_PATH = re.compile(r"\s*([A-Za-z_][\w.]*)\.([A-Za-z_]\w*)\s*")
#: Words of a hint that make it no hint: the heading is about somebody or something else.
_OTHERS = frozenset(
    {
        *("ayah", "ibu", "wali", "ortu", "orangtua", "orang", "bapak", "kepala", "petugas"),
        *("father", "mother", "guardian", "parent", "parents", "sekolah", "school", "desa"),
    }
)
_STEMS = {"kelahiran": "lahir", "perekaman": "rekam", "dilahirkan": "lahir"}
_SHORT = {
    "nm": "nama",
    "tgl": "tanggal",
    "bln": "bulan",
    "thn": "tahun",
    **dict.fromkeys(("lhr", "kelahiran", "dilahirkan"), "lahir"),
    "kls": "kelas",
    "jns": "jenis",
    **dict.fromkeys(("klmin", "klm"), "kelamin"),
    "nmr": "nomor",
}
#: Words for those a list is about: they may stand beside any heading.
_PERSON = frozenset(
    {
        *("siswa", "siswi", "student", "students", "pelajar", "murid", "santri", "pd", "anak"),
        *("peserta", "didik", "pupil", "data", "attributes", "profil", "profile", "biodata"),
        *("identitas", "person", "of"),
    }
)
_NO_HEADING = (["id"], ["no"], ["nomor"], ["kode"])  # by themselves they mean something else
_OTHER_WORDS = _PERSON.union(_SHORT)
_IN_BRACKETS = re.compile(r"[(\[]\s*([^)\]]{2,40}?)\s*[)\]]")


def header_key(text: str) -> str:
    """Return a header without what people change: case, punctuation, line breaks, spaces."""
    return " ".join(_WORD.findall(clean(text).lower()))


def squeezed(text: str) -> str:
    """Return a header key without spaces: ``tanggalLahir`` and ``TANGGAL_LAHIR`` are one."""
    return header_key(text).replace(" ", "")


def readings(text: str) -> tuple[str, ...]:
    """
    Return what a heading can mean, squeezed, the surest first.

    After the whole text come the text without a number before it, brackets and hints such as
    ``DD/MM/YYYY``, then its first part, with short words written out, and what brackets hold. A
    hint that names a parent or the school is none.

    Examples:
        >>> readings("Tanggal Lahir (DD/MM/YYYY)")
        ('tanggallahirddmmyyyy', 'tanggallahir', 'ddmmyyyy')
        >>> readings("Nama (Ayah)")
        ('namaayah',)
    """
    if not any(map(str.isalpha, text)):
        key = squeezed(text)
        return (key,) if key else ()
    letters = text.replace(" ", "")
    if letters.isascii() and letters.isalnum() and not _HINT.search(text):
        key = clean(text).replace(" ", "").lower()  # nothing to take apart: most cells are such
        if _OTHER_WORDS.isdisjoint(text.lower().split()):
            return (key,) if key else ()
        return tuple(word for word in dict.fromkeys((key, *_in_other_words(text))) if word)
    whole = _UNNAMED.sub("", text)
    found = dict.fromkeys([squeezed(whole)])
    for shorter in _shortened(_NUMBERED.sub("", whole)):
        if not _speaks_of_others(whole, shorter):
            found.setdefault(squeezed(shorter))
    if "_" in whole:
        above, _, below = whole.rpartition("_")
        found.update(dict.fromkeys(joint_readings(above, below)))
    if path := _PATH.fullmatch(whole):
        above, below = path[1].replace(".", " "), path[2]
        found.update(dict.fromkeys(_along(above, below)))
    found.update(dict.fromkeys(_in_other_words(whole)))
    return tuple(key for key in found if key)


def _along(above: str, below: str) -> Iterator[str]:
    """Yield what a path such as ``siswa.nama`` means."""
    upper, lower = header_key(above).split(), header_key(below).split()
    yield "".join(upper + lower)
    yield "".join(lower + upper)
    yield "".join(lower + upper[-1:])
    if _PERSON.issuperset(upper):
        yield "".join(lower)


def _in_other_words(text: str) -> Iterator[str]:
    """Yield a heading with its short words written out, without whom it is about, and its hint."""
    words = header_key(_BRACKETS.sub(" ", text)).split()
    if not _OTHER_WORDS.isdisjoint(words):
        words = [_SHORT.get(word, word) for word in words]
        yield "".join(words)
        left = [word for word in words if word not in _PERSON]
        if left not in _NO_HEADING:
            yield "".join(left)
    if "(" not in text and "[" not in text:
        return
    if not _OTHERS.intersection(header_key(text).split()):
        yield from map(squeezed, _IN_BRACKETS.findall(text))


def _shortened(text: str) -> Iterator[str]:
    yield text
    plain = _BRACKETS.sub(" ", text)
    yield plain
    yield _HINT.sub("", plain)
    yield next((part for part in _CUT.split(plain) if squeezed(part)), "")


def _speaks_of_others(whole: str, shorter: str) -> bool:
    if len(shorter) == len(whole):
        return False
    cut_away = set(header_key(whole).split()).difference(header_key(shorter).split())
    return not cut_away.isdisjoint(_OTHERS)


def joint_readings(above: str, below: str) -> tuple[str, ...]:
    """
    Return what a heading means below another one, squeezed, the surest first.

    Examples:
        >>> joint_readings("Tempat, Tanggal Lahir", "Tanggal")
        ('tempattanggallahirtanggal', 'tanggaltempattanggallahir', 'tanggallahir')
        >>> joint_readings("Data Ayah", "Nama")
        ('dataayahnama', 'namadataayah')
    """
    upper, lower = header_key(above).split(), header_key(below).split()
    if not upper or not lower:
        return readings(above or below) if "_" not in above + below else (squeezed(above + below),)
    found = ["".join(upper + lower), "".join(lower + upper)]
    if not _OTHERS.intersection(upper):
        last = _STEMS.get(upper[-1], upper[-1])
        found.append("".join([*lower, last]))
        if lower not in (["tanggal"], ["tgl"]):  # the day of what, the heading above says
            found.append("".join(lower))
    return tuple(dict.fromkeys(found))


def spread(row: Sequence[str | None], below: Sequence[str | None]) -> list[str]:
    """Return the heading above each cell of a lower row; a merged one stands over several."""
    texts, last = [], ""
    for number, lower in enumerate(below):
        own = (row[number] if number < len(row) else None) or ""
        last = own or (last if lower else "")
        texts.append(own or last)
    return texts + [text or "" for text in row[len(below) :]]
