"""One cell at a time: what it says, what was mended, what is at fault."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.roster.read import cells
from school_ektp.roster.read.distinct import Cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("0081234567", Cell("0081234567")),
        ("81234567", Cell("0081234567", "nisn_zeros")),
        ("81234567.0", Cell("0081234567", "nisn_zeros")),
        ("'0081234567", Cell("0081234567")),
        ('="0081234567"', Cell("0081234567")),
        ("008 123 4567", Cell("0081234567")),
        ("12345", Cell(None, "nisn_form")),
        ("00812345678", Cell(None, "nisn_form")),
        ("8,1E+07", Cell(None, "nisn_lost")),
        ("-", Cell(None)),
        ("0000000000", Cell(None)),
    ],
)
def test_nisn_gets_its_zeros_back(text, cell):
    assert cells.read_nisn(text) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1702094503080000", Cell("1702094503080000")),
        ("'1702094503080000", Cell("1702094503080000")),
        ("1702.0945.0308.0000", Cell("1702094503080000")),
        ("1,70209E+15", Cell(None, "nik_lost")),
        ("1.70209450308E+15", Cell(None, "nik_lost")),
        ("170209450308000", Cell(None, "nik_form")),
        ("17020945030800001", Cell(None, "nik_form")),
        ("0", Cell(None)),
        ("", Cell(None)),
    ],
)
def test_nik_is_sixteen_digits_or_none(text, cell):
    assert cells.read_nik(text) == cell


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("L", "L"),
        ("laki-laki", "L"),
        ("LAKI - LAKI", "L"),
        ("P", "P"),
        ("Perempuan", "P"),
        ("2", "P"),
    ],
)
def test_sex_in_letters_words_and_codes(text, sex):
    assert cells.read_sex(text) == Cell(sex)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        *(("12", 12), ("XII", 12), ("Kelas 11", 11), ("XI TKJ 1", 11), ("X-1", 10), ("XIIA", 12)),
        *(("10.0", 10), ("13", 13), ("X.IPA", 10), ("xi mipa", 11)),
    ],
)
def test_grades_in_numbers_and_roman(text, grade):
    assert cells.read_grade(text) == Cell(grade)


@pytest.mark.parametrize("text", ["Boga", "Anggrek", "VII", "100"])
def test_a_word_is_not_read_as_a_grade(text):
    assert cells.read_grade(text) == Cell(None, "grade_unknown")


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        *((cells.read_married, "KAWIN", True), (cells.read_married, "Belum Kawin", False)),
        *((cells.read_married, "4", True), (cells.read_married, "1", False)),
        *((cells.read_recorded, "ya", True), (cells.read_recorded, "1", True)),
        *((cells.read_status, "1", False), (cells.read_status, "8", True)),
        *((cells.read_status, "CARD PRINTED", True), (cells.read_status, "Belum Rekam", False)),
        *(
            (cells.read_special_needs, "Tidak ada", None),
            (cells.read_special_needs, "Tidak", False),
        ),
        (cells.read_special_needs, "Tuna netra", True),
    ],
)
def test_yes_and_no_in_the_words_of_lists(reader, text, value):
    assert reader(text) == Cell(value)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        *(("Tuna Netra", True), ("Ya", True), ("A - Tuna netra", True), ("ABK", True)),
        *(("Tidak dapat mendengar", True), ("Hiperaktif", True), ("Down Sindrome", True)),
        *(("Bukan ABK", False), ("Non-ABK", False), ("Normal", False), ("Anak normal", False)),
        *(("Tidak memiliki kebutuhan khusus", False), ("Tidak ada kelainan", False)),
        *(("Tdk ada", False), ("0 - Tidak ada", False), ("Reguler", False), ("Tanpa ABK", False)),
        *(("Tidak berkebutuhan khusus", False), ("Non Disabilitas", False), ("TIDAK", False)),
        *(("No special needs", False), ("sehat", False), ("", None), ("-", None)),
    ],
)
def test_the_many_ways_to_say_that_nothing_special_is_needed(text, needs):
    assert cells.read_special_needs(text) == Cell(needs)


def test_needs_that_nobody_asked_about_are_reported():
    assert cells.read_special_needs("Belum didata") == Cell(None, "special_needs_unknown")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("17.02", "17.02"),
        ("1702", "17.02"),
        ("170209", "17.02.09"),
        ("1702091012", "17.02.09.1012"),
    ],
)
def test_region_codes_get_their_dots(text, region):
    assert cells.read_region(text).value == region


def test_marks_that_cannot_be_seen_are_removed_and_said():
    assert cells.read_text("SITI\u200f\u00a0 AMINAH\u0007") == Cell("SITI AMINAH", "hidden_marks")
    assert cells.read_text("  SITI   AMINAH ") == Cell("SITI AMINAH")


@given(st.text(max_size=50))
@example("\u00a8\x08\ua806")  # what is removed lets marks meet that change places
def test_cleaning_twice_is_cleaning_once(text):
    once = cells.clean(text)

    assert cells.clean(once) == once or '="' in once


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=30))
def test_plain_letters_are_cleaned_like_any_others(text):
    """A mark that cannot be seen takes the text the long way; it is cleaned to the same."""
    assert cells.clean(text) == cells.clean(f"{text}\u200b")


@pytest.mark.parametrize(
    ("texts", "settled"),
    [
        (["Y", "T", None], ["Y", "tidak", None]),
        (["T", "F"], ["true", "false"]),
        (["ya", "t"], ["ya", "tidak"]),
        (["v", "X"], ["v", "tidak"]),
        (["x", ""], ["x", ""]),
        (["T", "T"], ["T", "T"]),
    ],
)
def test_a_column_settles_what_its_letters_mean(texts, settled):
    assert cells.letters_settled(pl.Series(texts, dtype=pl.String)).to_list() == settled


def test_a_t_without_company_is_no_yes():
    assert cells.read_recorded("T") == Cell(None, "recorded_unknown")
    assert cells.read_recorded("\u2714\ufe0f") == Cell(True)
    assert cells.read_recorded("\u25cf") == Cell(None, "recorded_unknown")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        *(("X1", 10), ("XII3", 12), ("F11.3", 11), ("E10", 10), ("Fase F XI", 11)),
        *(("TKJ XII 1", 12), ("SMK-XII-TKJ", 12), ("Rombel XI IPA 1", 11), ("2024-XII-A", 12)),
        *(("kelas sebelas", 11), ("Kelas Dua Belas", 12), ("Paket C Kelas 12", 12)),
        *(("XlI IPA 1", 12), ("Xl IPA", 11), ("XL 1", 10)),
        *(("RPL 12", None), ("XI atau XII", 11), ("IPA X dan XI", None)),
    ],
)
def test_a_class_tells_its_grade_wherever_it_stands(text, grade):
    assert cells.grade_of_class(text) == grade


@pytest.mark.parametrize(
    ("text", "recorded"),
    [
        *(("Sdh Rekam", True), ("SUDAH DI REKAM", True), ("Telah direkam", True)),
        *(
            ("Sudah melakukan perekaman", True),
            ("sudah rekam KTP-el", True),
            ("BIO_CAPTURED", True),
        ),
        *(("Sudah Rekam (PRR)", True), ("SENT_FOR_ENROLLMENT", True), ("Sudah punya KTP", True)),
        *(("KTP-eL", True), ("Enrolled", True), ("Sudah dicetak", True)),
        *(("BLM REKAM", False), ("Blm", False), ("Belum direkam", False), ("Tdk rekam", False)),
        *(("Belum melakukan perekaman", False), ("BELUM WAJIB KTP", False), ("Not yet", False)),
        *(("Gagal rekam", False), ("belum rekam ktp-el", False)),
        *(("Belum cetak", None), ("Rekam ulang", None), ("Wajib KTP", None)),
        *(("Belum ada KTP", None), ("DUPLICATE_RECORD", None)),
    ],
)
def test_a_status_in_everyday_words(text, recorded):
    note = "" if recorded is not None else "recorded_unknown"

    assert cells.read_status(text) == cells.read_recorded(text) == Cell(recorded, note)


@pytest.mark.parametrize(
    ("text", "married"),
    [
        *(("blm kawin", False), ("Tidak pernah menikah", False), ("Jejaka", False), ("BLM", False)),
        *(("Pernah kawin", True), ("Cerai", True), ("Cerai hidup belum tercatat", True)),
        *(("Nikah siri", True), ("S", None)),
    ],
)
def test_marriage_in_everyday_words(text, married):
    assert cells.read_married(text).value is married


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        *(
            ("Tidak punya kaki", True),
            ("Tidak memiliki tangan kiri", True),
            ("Kurang normal", True),
        ),
        *(("Tidak memiliki gangguan penglihatan", False), ("Nondisabilitas", False)),
        *(("Tidak (0)", False), ("Typical", False), ("Tidak bermasalah", False), ("T", None)),
    ],
)
def test_needs_in_everyday_words(text, needs):
    assert cells.read_special_needs(text).value is needs


@pytest.mark.parametrize(
    ("text", "sex"), [("laki2", "L"), ("Lelaki", "L"), ("W", "P"), ("Prp", "P")]
)
def test_sexes_in_everyday_words(text, sex):
    assert cells.read_sex(text) == Cell(sex)


def test_a_p_beside_a_w_is_a_man():
    """Pria and wanita, not laki-laki and perempuan."""
    assert cells.letters_settled(pl.Series(["P", "W"])).to_list() == ["pria", "W"]
    assert cells.letters_settled(pl.Series(["P", "L"])).to_list() == ["P", "L"]
