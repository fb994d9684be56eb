"""Classes in the ways schools write them: one class is one class, another is another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.classes import belongs, class_words, classes_meant

GRADES = {"X": "10", "XI": "11", "XII": "12"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(("XII TKJ 1", "12 TKJ 1"), ("XII-TKJ-1", "12 TKJ 1"), ("12 TKJ1", "12 TKJ 1")),
        *(("Kelas 12 RPL", "12 RPL"), ("kelas xii.rpl", "12 RPL"), ("XII RPL ", "12 RPL")),
        *(("XIITKJ01", "12 TKJ 1"), ("XIPA1", "10 IPA 1"), ("XIIPA1", "11 IPA 1")),
        *(("XIIIPS2", "12 IPS 2"), ("XIIA", "12 A"), ("X.E.1", "10 E 1"), ("X-1", "10 1")),
        *(("6C", "6 C"), ("VI C", "6 C"), ("Kelas 6C", "6 C"), ("Semua kelas XI", "11")),
        *(("XIII TKJ", "13 TKJ"), ("Rombel", ""), ("", ""), ("???", ""), ("Boga 1", "BOGA 1")),
        ("XII (semua jurusan)", "12"),
    ],
)
def test_a_class_is_its_grade_and_the_rest(name, words):
    assert " ".join(class_words(name)) == words


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("XI", ["11"]), ("X, XI", ["10", "11"]), ("Kelas X dan XI", ["10", "11"])),
        *(("X-XII", ["10", "11", "12"]), ("10 s.d. 12", ["10", "11", "12"])),
        *(("XI TKJ 1, 2", ["11 TKJ 1", "11 TKJ 2"]), ("XI A & B", ["11 A", "11 B"])),
        *(("XI TKJ 1; XII RPL", ["11 TKJ 1", "12 RPL"]), ("XI/XII", ["11", "12"])),
        *(("X/1", ["10 1"]), ("X-1", ["10 1"]), ("Semua kelas", []), ("", [])),
    ],
)
def test_a_text_may_list_several_classes(text, meant):
    assert [" ".join(words) for words in classes_meant(text)] == meant


@pytest.mark.parametrize("away", ["XII", "Kelas XII", "12", "kelas 12", "XI dan XII", "X-XII"])
@pytest.mark.parametrize("name", ["XII TKJ 1", "XII-TKJ-1", "Kelas 12 RPL", "12", "XIITKJ1"])
def test_a_grade_takes_its_classes_however_they_are_written(away, name):
    assert belongs(name, classes_meant(away))


@pytest.mark.parametrize(
    ("away", "name"),
    [
        *(("XI", "XII TKJ 1"), ("XII", "XI 12"), ("X", "XI"), ("XI TKJ 1", "XI TKJ 10")),
        *(("XI TKJ 1", "XI TKJ"), ("XI TKJ", "XI TKR 1"), ("XI", ""), ("", "XI"), ("1", "X 1")),
    ],
)
def test_another_class_is_another(away, name):
    assert not belongs(name, classes_meant(away))


@given(
    st.sampled_from(sorted(GRADES)),
    st.sampled_from(["TKJ", "RPL", "IPA", "IPS", "MIPA"]),
    st.integers(1, 12),
    st.sampled_from(["{} {} {}", "{}-{}-{}", "{}.{}{}", "Kelas {} {} {:02d}", "{}{}{}"]),
    st.booleans(),
)
def test_all_ways_to_write_a_class_agree(grade, course, number, form, roman):
    written = form.format(grade if roman else GRADES[grade], course, number)

    assert class_words(written) == (GRADES[grade], course, str(number))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(("TKJ XII 1", ("12", "TKJ", "1")), ("SMK-XII-TKJ", ("12", "SMK", "TKJ"))),
        *(("F11.3", ("11", "F", "3")), ("Fase F XI", ("11", "F")), ("XE1", ("10", "E", "1"))),
        *(("Kelas Dua Belas", ("12",)), ("Sebelas A", ("11", "A"))),
        *(("XlI IPA 1", ("12", "IPA", "1")), ("Paket C Kelas 12", ("12", "PAKET", "C"))),
        *(("RPL 12", ("RPL", "12")), ("IPA 1", ("IPA", "1"))),
    ],
)
def test_a_grade_within_a_name_comes_first(name, words):
    assert class_words(name) == words
    assert belongs(name, classes_meant("XII")) == (words[0] == "12")
