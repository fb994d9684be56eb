"""School numbers: eight digits, or K or P and seven; read from what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.npsn import Npsn, npsn_text

numbers = st.from_regex(r"[0-9]{8}|[KP][0-9]{7}", fullmatch=True)


@given(numbers, st.sampled_from(["", " ", "\t"]))
def test_a_number_is_read_with_spaces_around_it_and_in_any_case(number, space):
    typed = f"{space}{number.lower()}{space}"

    assert npsn_text(typed) == str(Npsn(typed)) == npsn_text(Npsn(number)) == number


@given(numbers, numbers)
def test_numbers_are_in_the_order_of_their_texts(one, other):
    assert (Npsn(one) < Npsn(other)) == (one < other)


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "X1234567", "K123456", "1070 669"])
def test_what_has_not_the_form_is_refused(text):
    with pytest.raises(InvalidFieldError, match="must be 8 digits, or K or P and 7 digits"):
        npsn_text(text)


@pytest.mark.parametrize("value", [10700669, None, 1.0, b"1"])
def test_a_number_that_is_no_text_may_have_lost_its_zeros(value):
    with pytest.raises(InvalidFieldError, match="numbers lose their zeros"):
        npsn_text(value)
