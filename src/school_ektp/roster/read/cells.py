"""What one cell says: pure functions of its text. See `dates` for the calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

import polars as pl

from school_ektp.model.classes import with_numerals
from school_ektp.model.nik import NikFinding, nik_finding
from school_ektp.roster.read.distinct import EMPTY, Cell

#: Texts that people and programs write into a cell to say that it is empty.
BLANKS = frozenset(
    {
        *("-", "--", "---", ".", "..", "?", "_", "0000-00-00", "00/00/0000"),
        *("null", "none", "nan", "n/a", "na", "nihil", "kosong", "tidak ada", "belum ada"),
        *("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "(null)"),
    }
)
LONGEST = 200  # characters of a cell that count; longer ones are cut

_QUOTED_NUMBER = re.compile(r'="([^"]*)"')
_WHOLE_FLOAT = re.compile(r"(\d+)[.,]0+")
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_SEPARATORS = str.maketrans("", "", " .-'’`\u00a0")

NISN_DIGITS = 10
NISN_LEAST_DIGITS = 6  # four leading zeros lost at most: the first three are the birth year


def clean(text: str) -> str:
    """
    Return *text* without what cannot be seen; empty when it only says that the cell is empty.

    Width and ligature variants become plain letters, control and direction marks vanish, runs
    of spaces become one.
    """
    text = text[: LONGEST * 4]
    if not (text.isascii() and text.isprintable()):  # else all of it is seen as it is
        text = unicodedata.normalize("NFKC", text)
        seen = (" " if c.isspace() else c for c in text if c.isspace() or _is_visible(c))
        text = unicodedata.normalize("NFKC", "".join(seen))
    plain = " ".join(text.split())[:LONGEST]
    found = (
        _QUOTED_NUMBER.fullmatch(plain) if plain.startswith("=") else None
    )  # how exports keep Excel from eating zeros
    plain = found[1].strip() if found else plain
    return "" if plain.lower() in BLANKS else plain


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def read_text(text: str) -> Cell:
    """Return the cleaned text; the note says when marks that cannot be seen were in it."""
    plain = clean(text)
    return Cell(plain or None, "hidden_marks" if has_hidden_marks(text) else "")


def has_hidden_marks(text: str) -> bool:
    """Return whether `clean` takes marks out of a text that cannot be seen."""
    return not text.isprintable() and any(not c.isspace() and not _is_visible(c) for c in text)


def digits(text: str) -> str:
    """Return a number written as text without separators, apostrophes and a decimal zero."""
    plain = clean(text).lstrip("'")
    found = _WHOLE_FLOAT.fullmatch(plain)
    return found[1] if found else plain.translate(_SEPARATORS)


def read_nisn(text: str) -> Cell:
    """Return ten digits; leading zeros that a spreadsheet dropped are put back."""
    number = digits(text)
    if not number or not number.strip("0"):
        return EMPTY
    if _EXPONENT.fullmatch(clean(text)):
        return Cell(None, "nisn_lost")
    if not _is_ascii_digits(number) or not NISN_LEAST_DIGITS <= len(number) <= NISN_DIGITS:
        return Cell(None, "nisn_form")
    note = "nisn_zeros" if len(number) < NISN_DIGITS else ""
    return Cell(number.zfill(NISN_DIGITS), note)


def read_nik(text: str) -> Cell:
    """Return sixteen digits; what a spreadsheet rounded away cannot be had back."""
    if nik_finding(clean(text)) is NikFinding.SCIENTIFIC:
        return Cell(None, "nik_lost")
    number = digits(text)
    if not number.strip("0"):
        return EMPTY
    return Cell(number) if nik_finding(number).is_number else Cell(None, "nik_form")


def read_npsn(text: str) -> Cell:
    """Return a school number as text, letters in upper case; its form is a rule of the check."""
    return Cell(digits(text).upper() or None)


def _is_ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def word_key(text: str) -> str:
    """Return the words of a text in lower case, without marks between them."""
    return re.sub(r"[^a-z0-9]+", " ", clean(text).lower()).strip()


_SEXES = {
    **dict.fromkeys(("l", "lk", "laki laki", "laki", "pria", "putra", "m", "male", "1"), "L"),
    **dict.fromkeys(("laki2", "lk2", "lakilaki", "lelaki", "putera", "pa", "cowok", "boy"), "L"),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "putri", "f", "female", "2"), "P"),
    **dict.fromkeys(("w", "wnt", "prp", "perm", "puteri", "pi", "cewek", "girl"), "P"),
}
_YES = frozenset({"ya", "y", "yes", "true", "1", "sudah", "benar", "v", "x"})
_NO = frozenset({"tidak", "tdk", "t d k", "no", "n", "false", "0", "belum", "bukan"})
_TICKS = {**dict.fromkeys("✓✔☑√✅", "v"), **dict.fromkeys("✗✘☒×✖❌", "x")}
_MARRIED = {
    **dict.fromkeys(("2", "3", "4", "kawin", "menikah", "nikah", "sudah kawin", "married"), True),
    **dict.fromkeys(("cerai hidup", "cerai mati", "janda", "duda", "sudah menikah"), True),
    **dict.fromkeys(("kawin tercatat", "kawin belum tercatat", "divorced", "widowed"), True),
    **dict.fromkeys(("k", "ch", "cm"), True),  # of the population book of SIAK
    **dict.fromkeys(("bk", "tk"), False),
    **dict.fromkeys(("1", "belum kawin", "belum menikah", "belum nikah", "lajang"), False),
    **dict.fromkeys(("single", "unmarried", "tidak kawin"), False),
}
_IS_UNMARRIED = re.compile(
    r"(?:belum|tidak|not|never) (?:pernah )?(?:kawin|nikah|menikah|married)|(?:jejaka|perawan|gadis"
    r"|bujang)\b"
)
_IS_MARRIED = re.compile(
    r"(?:(?:pernah|sudah) )?(?:kawin|nikah|menikah)\b|cerai\b|(?:janda|duda)\b"
)
#: Codes 1 to 8 of the civil registry and what lists and people write for them; true: recorded.
RECORDED = {
    **dict.fromkeys(("1", "belum wajib", "bukan wajib ktp", "2", "belum rekam"), False),
    **dict.fromkeys(("belum perekaman", "belum merekam", "not recorded", "unrecorded"), False),
    **dict.fromkeys(("3", "sudah rekam", "4", "card printed", "5", "print ready record"), True),
    **dict.fromkeys(("6", "card shipped", "7", "sent for card printing"), True),
    **dict.fromkeys(("8", "card issued", "rekam", "terekam", "recorded"), True),
    **dict.fromkeys(("sudah perekaman", "sudah merekam", "sudah cetak", "prr"), True),
}
_SHORT_WORDS = {
    **dict.fromkeys(("sdh", "telah", "tlh", "udah"), "sudah"),
    **dict.fromkeys(("blm", "blum"), "belum"),
    **dict.fromkeys(("tdk", "tak"), "tidak"),
}
_RECORDING = r"(?:(?:di|me)? ?rekam|(?:melakukan |ikut )?perekaman|merekam|enrolled|enrol)"
_CARD = r"(?:ktp|e ?ktp|kartu)"
_IS_RECORDED = re.compile(
    rf"(?:sudah {_RECORDING}|(?:sudah )?(?:prr|di ?cetak|cetak)|sudah (?:ada|punya|memiliki|dapat"
    rf"|jadi)(?: {_CARD})?|sudah {_CARD}|rekam {_CARD}|ktp el|bio captured|received at central"
    r"|processing$|sent for enrollment|sfe$|print ready|card (?:printed|shipped|issued)|enrolled$)"
)
_IS_NOT_RECORDED = re.compile(
    rf"(?:(?:belum|tidak|gagal|not|never|non) (?:pernah )?(?:{_RECORDING}|wajib|yet|recorded)\b"
    r"|bukan wajib)"
)
#: The same where a column answers yes or no: there 1 means yes.
FLAG = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}


def flag_key(text: str) -> str:
    """Return the `word_key` of a text; a tick or cross is the letter that people type for it."""
    plain = clean(text).replace("\ufe0f", "")
    return _TICKS.get(plain) or word_key(text)


def letters_settled(texts: pl.Series) -> pl.Series:
    """
    Return answers with the letters that only the whole column tells.

    T is no beside Y, and yes beside F; a cross is no beside a tick, and yes without one; P is a man
    (*pria*) beside W and without L. T without any of them stays and is unknown.
    """
    keys = {text: flag_key(text) for text in texts.drop_nulls().unique()}
    there = set(keys.values())
    words: dict[str, str] = {}
    if not there.isdisjoint({"y", "ya", "yes"}):
        words["t"] = "tidak"
    elif not there.isdisjoint({"f", "true", "false"}):
        words |= {"t": "true", "f": "false"}
    if "v" in there:
        words["x"] = "tidak"
    if "w" in there and "l" not in there:
        words["p"] = "pria"
    changes = {text: words[key] for text, key in keys.items() if key in words}
    return texts.replace(changes) if changes else texts


def read_sex(text: str) -> Cell:
    """Return ``"L"`` or ``"P"``."""
    return _choose(text, _SEXES, "sex_unknown")


def read_married(text: str) -> Cell:
    """Return whether ever married, from the codes 1 to 4, words, or yes and no."""
    return _choose(text, FLAG | _MARRIED, "married_unknown", _married)


def _married(key: str) -> bool | None:
    if _IS_UNMARRIED.match(key):
        return False
    return True if _IS_MARRIED.match(key) else None


def read_recorded(text: str) -> Cell:
    """Return whether recorded, from yes and no or the words of the civil registry."""
    return _choose(text, RECORDED | FLAG, "recorded_unknown", is_recorded)


def read_status(text: str) -> Cell:
    """Return whether recorded, from the codes 1 to 8 of the civil registry or their words."""
    return _choose(text, FLAG | RECORDED, "recorded_unknown", is_recorded)


def is_recorded(key: str) -> bool | None:
    """
    Return what the words of a status say, a `word_key`; None where they say something else.

    A card that is not printed or not fetched says nothing of the recording.
    """
    if key in RECORDED:
        return RECORDED[key]
    plain = " ".join(_SHORT_WORDS.get(word, word) for word in key.split())
    if plain in RECORDED:
        return RECORDED[plain]
    if _IS_NOT_RECORDED.match(plain):
        return False
    return True if _IS_RECORDED.match(plain) else None


_NO_NEEDS = re.compile(
    r"(?:(?:tidak|tdk|tak|bukan|non|tanpa|no|not|without|belum) "
    r"(?:ada|memiliki|punya|mempunyai|berkebutuhan|menyandang|penyandang|termasuk|terdapat|anak"
    r"|abk|pdbk|disabilitas|difabel|cacat|berkelainan|kebutuhan|special|disab|applicable"
    r"|bermasalah|apa apa|0\b)"
    r"|(?:\w+ )?(?:normal|reguler|regular|biasa|sehat|umum|typical)\b|non(?:abk|disab\w*|difabel)"
    r"|awas$|[0a] tidak ada|0\b)"
)
_LACKS_LIMB = re.compile(
    r"(?:tidak|tdk|tak|tanpa|no) (?:(?:ada|memiliki|mempunyai|punya) )?"
    r"(?:tangan|kaki|lengan|tungkai|jari|mata|telinga|penglihatan|pendengaran|anggota)"
    r"|(?:tidak|tdk|kurang) (?:normal|sehat|sempurna)"
)
_NEEDS_UNKNOWN = re.compile(
    r"(?:(?:tidak|tdk|belum) (?:diketahui|tahu|diisi|didata|terdata|jelas|asesmen)|unknown)"
)


def read_special_needs(text: str) -> Cell:
    """
    Return whether the pupil has special needs: the name of a need says so.

    No, none and words such as *Bukan ABK* and *Normal* say that there are none; *tidak dapat
    mendengar* names one.
    """
    key = flag_key(text)
    if not key:
        return EMPTY
    if _NEEDS_UNKNOWN.match(key):
        return Cell(None, "special_needs_unknown")
    if key == "t":
        return Cell(None, "special_needs_unknown")
    if _LACKS_LIMB.match(key):
        return Cell(True)
    return Cell(key not in _NO and not _NO_NEEDS.match(key))


def _choose(
    text: str,
    meanings: Mapping[str, object],
    fault: str,
    words: Callable[[str], object] = lambda _: None,
) -> Cell:
    """Return what a text means by a table, else by its *words*; a *fault* when by neither."""
    key = flag_key(text)
    if not key:
        return Cell(None, fault) if clean(text) else EMPTY
    found = _WHOLE_FLOAT.fullmatch(key.replace(" ", "."))
    key = found[1] if found else key
    if key in meanings:
        return Cell(meanings[key])
    plain = " ".join(_SHORT_WORDS.get(word, word) for word in key.split())
    meaning = meanings.get(plain, words(plain))
    return Cell(meaning, "" if meaning is not None else fault)


_ROMAN = {"x": 10, "xi": 11, "xii": 12, "xiii": 13}
_ROMAN |= {"sepuluh": 10, "sebelas": 11, "dua belas": 12, "duabelas": 12}
_NUMERAL = "|".join(sorted(_ROMAN, key=len, reverse=True))
_GRADE = re.compile(rf"(?:(?:kelas|tingkat|kls|grade|class|rombel)\s*)*(1[0-3]|[1-9]|{_NUMERAL})\b")
_GLUED = re.compile(r"(1[0-3](?=[a-z])|(?:xiii|xii|xi|x)(?=[a-z0-9]))")
_PHASE = re.compile(r"[ef] ?(1[0-2])\b")  # of the curriculum of 2022: F11.3
_WITHIN = re.compile(rf"\b(?:(?:kelas|tingkat|kls|grade) (1[0-3])|({_NUMERAL}))\b")


def read_grade(text: str) -> Cell:
    """Return the grade from ``12``, ``XII``, ``Kelas 12``, or the code 10 to 13 of a grade."""
    found = grade_of_class(text)
    if found is None:
        return Cell(None, "grade_unknown") if word_key(text) else EMPTY
    return Cell(found)


def grade_of_class(text: str) -> int | None:
    """
    Return the grade that a class name gives: 11 of ``XI TKJ 1``; None when it gives none.

    Where it does not begin with the grade, the one numeral within it counts.
    """
    key = word_key(with_numerals(text))
    found = _GRADE.match(key) or _GLUED.match(key) or _PHASE.match(key)
    if found:
        return _ROMAN.get(found[1]) or int(found[1])
    within = {_ROMAN.get(roman) or int(number) for number, roman in _WITHIN.findall(key)}
    return within.pop() if len(within) == 1 else None


_REGION = re.compile(r"(\d{2})\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?")


def read_region(text: str) -> Cell:
    """Return a region code with its dots: ``"17.02"``, ``"17.02.09"``, ``"17.02.09.1012"``."""
    found = _REGION.fullmatch(clean(text).replace(" ", ""))
    if not found:
        return Cell(None, "region_form") if clean(text) else EMPTY
    return Cell(".".join(part for part in found.groups() if part))
