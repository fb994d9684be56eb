"""Names made comparable: spellings of one person agree, and the names of two do not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.names import name_key, name_keys, name_likeness, name_words, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("A I S Y A H DWI", "AISYAH DWI"), ("M U H A M M A D RIZKI", "MUHAMMAD RIZKI")),
        *(("AN NISA RAHMA", "ANNISA RAHMA"), ("AN DIKA", "ANDIKA"), ("DR AJAT", "DRAJAT")),
        *(("IR FAN", "IRFAN"), ("KH OLIS", "KHOLIS"), ("H ASAN", "HASAN"), ("ALM IRA", "ALMIRA")),
        *(("MUH AMMAD RIZKI", "Muhammad Rizki"), ("MO HAM MAD ALI", "MUHAMMAD ALI")),
        *(("B U D I SANTOSO", "BUDI SANTOSO"), ("Dr. Ajat", "AJAT"), ("a.n. Siti", "SITI")),
        *(("H.M. Rizki", "MUHAMMAD RIZKI"), ("(Alm) Budi", "BUDI"), ("HJ SITI", "SITI")),
        *(("Ayu, S.Pd.I., M.Pd", "AYU"), ("Ayu, A.Md.Keb", "AYU"), ("Ayu, SE, MM", "AYU")),
        *(("RAHMA, SITI", "RAHMA SITI"), ("Putri, M. Ali, S. Kom", "PUTRI M ALI")),
    ],
)
def test_spaces_titles_and_commas_are_told_apart_from_the_letters_of_a_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("RAHMA, SITI", "RAHMA, DEWI"), ("RAHMA, SITI", "RAHMA"), ("DRAJAT", "AJAT")),
        *(("ANDIKA", "DIKA"), ("M. D. RIZKI", "MUHAMMAD RIZKI"), ("HASAN", "ASAN")),
    ],
)
def test_names_that_lose_letters_are_other_names(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways(one, other):
    assert name_likeness(one, other) == name_likeness(other, one)
    assert 0 <= name_likeness(one, other) <= 100


@given(st.text(max_size=30))
def test_a_key_is_the_words_without_spaces_and_case_does_not_matter(name):
    assert name_key(name) == "".join(name_words(name))
    assert name_key(name.upper()) == name_key(name.upper().lower().upper())
    assert name_likeness(name, name) == (100 if name_words(name) else 0)


@given(st.lists(st.none() | st.sampled_from(["M. Rizki", "-", "", "Ayu, S.Pd"])))
def test_a_column_of_keys_has_the_key_of_each_name(names):
    keys = name_keys(pl.Series(names, dtype=pl.String))

    assert keys.to_list() == [None if name is None else name_key(name) or None for name in names]


def test_a_plain_name_is_its_letters_and_digits():
    frame = pl.DataFrame({"name": ["Nur'aini, S.Pd", None, "A 1"]})

    assert frame.select(plain_name()).to_series().to_list() == ["NURAINISPD", "", "A1"]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        *(("SITI", "SITI AMINAH", 90, 99), ("SITI AMINAH", "SITI AMINA", 90, 99)),
        *(("SITI AMINAH", "SINTA DEWI", 0, 70), ("", "SITI", 0, 0)),
    ],
)
def test_likeness_grows_with_what_names_have_in_common(one, other, least, most):
    assert least <= name_likeness(one, other) <= most
