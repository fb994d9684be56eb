"""Who of the roster the register knows: surely, nearly, or not at all."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, RosterSchemaError
from school_ektp.roster import pairs
from school_ektp.roster.check import check_roster
from school_ektp.roster.match import MatchClass, match_register
from school_ektp.roster.names import name_key
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.roster.schema import REGISTER, ROSTER
from school_ektp.testing.containers import Container
from school_ektp.testing.strategies import births, niks
from school_ektp.testing.workbooks import register_workbook

BORN = dt.date(2008, 3, 5)
NIK, OTHER_NIK = "1702094503080000", "1702164503080000"


def pupil(**values) -> dict:
    given = {"name": "SITI AMINAH", "birth_date": BORN, "sex": "P", "nik": None, "npsn": "10700669"}
    unknown = {"class_name": "", "married": False, "recorded": False, "home_region": ""}
    places = {"source_file": "a.xlsx", "source_sheet": "", "special_needs": False}
    return {**dict.fromkeys(ROSTER), **unknown, **places, **given, **values}


def roster(*pupils: dict) -> pl.DataFrame:
    numbered = [{**p, "source_row": n, "student_id": str(n)} for n, p in enumerate(pupils, 7)]
    return pl.DataFrame(numbered, schema=ROSTER)


def person(**values) -> dict:
    given = {"name": "SITI AMINAH", "birth_date": BORN, "sex": "P", "recorded": True}
    return {**dict.fromkeys(REGISTER), "home_region": "", "village": "", **given, **values}


def register(*people: dict) -> pl.DataFrame:
    numbered = [
        {**one, "source_file": "d.xlsx", "source_sheet": "", "source_row": n}
        for n, one in enumerate(people, 2)
    ]
    return pl.DataFrame(numbered, schema=REGISTER)


def class_of(one: dict, *people: dict) -> str:
    return match_register(roster(one), register(*people)).matches["match_class"].item()


def near(one: dict, *people: dict) -> list[str]:
    return match_register(roster(one), register(*people)).review["near"].to_list()


def test_a_check_with_the_register_keeps_refusals_and_adds_what_the_register_says():
    rows = roster(pupil(nik=NIK, recorded=True), pupil(npsn="1", name="BUDI"))
    checked = check_roster(rows, schools=None, on=dt.date(2024, 9, 3), lang="en")
    matched = match_register(checked.valid, register(person(nik=NIK, recorded=False)))

    known = checked.with_register(matched, lang="en")

    assert known.valid.equals(matched.roster)
    assert (known.rows_read, known.refused) == (checked.rows_read, checked.refused)
    assert known.refused > 0
    assert set(known.issues.rows()) == {*checked.issues.rows(), *matched.issues("en").rows()}
    assert matched.issues().height == 1


def test_a_check_refuses_what_the_register_says_of_other_pupils():
    checked = check_roster(roster(pupil()), schools=None, on=dt.date(2024, 9, 3))
    other = match_register(roster(pupil(), pupil(name="BUDI")), register(person()))

    with pytest.raises(InvalidFieldError, match="has other pupils"):
        checked.with_register(other)
    with pytest.raises(InvalidFieldError, match=r"match_register\(checked.valid"):
        checked.with_register(other.roster)


def test_the_same_nik_and_name_is_one_person_whatever_the_birth_date():
    found = person(nik=NIK, birth_date=dt.date(2007, 1, 1))

    assert class_of(pupil(nik=NIK), found) == "NIK"


def test_the_same_nik_with_another_name_and_birth_date_is_offered_and_not_taken():
    stranger = person(nik=NIK, name="BUDI", birth_date=dt.date(2001, 1, 1))

    assert class_of(pupil(nik=NIK), stranger) == "REVIEW"
    assert near(pupil(nik=NIK), stranger) == ["NIK_BUT_OTHER_PERSON"]


def test_without_a_nik_name_and_birth_date_will_do():
    assert class_of(pupil(), person(nik=NIK)) == "NAME_AND_BIRTH"


def test_the_other_sex_is_another_person():
    assert class_of(pupil(sex="L"), person(nik=NIK)) == "NONE"


def test_an_unknown_sex_is_nothing_against_it():
    assert class_of(pupil(sex=None), person()) == "NAME_AND_BIRTH"


def test_two_people_with_different_nik_are_offered_and_not_taken():
    assert near(pupil(nik=NIK), person(nik=OTHER_NIK)) == ["OTHER_NIK"]


def test_two_equal_people_cannot_be_told_apart():
    assert near(pupil(), person(), person()) == ["SEVERAL", "SEVERAL"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M. RIZKI RAMADHAN", "Muhammad Rizki Ramadhan"),
        ("Mohd Rizki", "MUHAMAD RIZKI"),
        ("Moch. Achmad Fauzi", "Mochammad Ahmad Fauzi"),
        ("H. Abd Rahman, S.Pd", "ABDUL RAHMAN"),
        ("St. Nur Halimah", "SITI NURHALIMAH"),
        ("Nur'aini", "NURAINI"),
        ("Soekarno Poetra", "Sukarno Putra"),
        ("Desiré", "DESIRE"),
    ],
)
def test_ways_to_write_one_name(one, other):
    assert name_key(one) == name_key(other)
    assert class_of(pupil(name=one), person(name=other)) == "NAME_AND_BIRTH"


@pytest.mark.parametrize(
    ("one", "other"),
    [("SITI AMINAH", "SITI AMINA"), ("SITI", "SITI AMINAH"), ("RISKA PUTRI", "RIZKA PUTRI")],
)
def test_similar_names_are_offered_and_not_taken(one, other):
    assert near(pupil(name=one), person(name=other)) == ["LIKE_NAME"]


@pytest.mark.parametrize("born", [dt.date(2008, 5, 3), dt.date(2007, 3, 5), dt.date(2008, 3, 6)])
def test_a_slip_in_the_birth_date_is_offered_and_not_taken(born):
    assert near(pupil(), person(birth_date=born)) == ["LIKE_DATE"]


def test_names_that_only_begin_alike_are_two_people():
    assert class_of(pupil(name="SITI AMINAH"), person(name="SINTA DEWI")) == "NONE"


def test_what_a_person_accepted_is_taken():
    one, other = roster(pupil(name="RISKA")), register(person(name="RIZKA", nik=NIK))
    review = match_register(one, other).review

    matched = match_register(one, other, accepted=review)

    assert matched.counts[MatchClass.ACCEPTED] == 1
    assert matched.roster["recorded"].to_list() == [True]
    assert matched.review.is_empty()


def test_the_register_has_the_last_word_and_the_disagreement_is_reported():
    day = dt.date(2024, 5, 5)
    pupils = roster(pupil(nik=NIK, recorded=True, recorded_on=day))

    matched = match_register(pupils, register(person(nik=NIK, recorded=False)))

    assert matched.roster.select("recorded", "recorded_on").rows() == [(False, None)]
    assert matched.coded_issues["rule"].to_list() == ["recorded_disagrees"]
    assert "Dukcapil" in matched.issues("id")["message"].item()


def test_a_list_that_does_not_say_leaves_the_roster_as_it_is():
    matched = match_register(
        roster(pupil(nik=NIK, recorded=True)), register(person(nik=NIK, recorded=None))
    )

    assert matched.roster["recorded"].to_list() == [True]
    assert matched.coded_issues.is_empty()


def test_the_register_tells_marriage_and_residence():
    found = person(nik=NIK, married=True, home_region="17.71")

    matched = match_register(roster(pupil(nik=NIK)), register(found))

    assert matched.roster.select("married", "home_region").rows() == [(True, "17.71")]


def test_both_ways_of_difference():
    matched = match_register(
        roster(pupil(), pupil(name="BUDI")), register(person(), person(name="CITRA"))
    )

    assert matched.only_roster["row"].to_list() == [8]
    assert matched.only_register["register_row"].to_list() == [3]


people = st.fixed_dictionaries(
    {
        "name": st.none() | st.sampled_from(["SITI", "SITI AMINAH", "M. RIZKI", "Muh Rizki"]),
        "birth_date": st.sampled_from([BORN, dt.date(2008, 5, 3), dt.date(2007, 3, 5)]),
        "sex": st.sampled_from(["L", "P", None]),
        "nik": st.none() | st.sampled_from([NIK, OTHER_NIK]),
    }
)


@given(
    st.lists(people, max_size=6), st.lists(people, max_size=6), st.randoms(use_true_random=False)
)
def test_every_row_is_found_once_and_order_does_not_matter(pupils, persons, rng):
    rows, known = roster(*(pupil(**p) for p in pupils)), register(*(person(**p) for p in persons))

    matched = match_register(rows, known)
    again = match_register(shuffled(rows, rng), shuffled(known, rng))

    assert sum(matched.counts.values()) == len(pupils)
    assert matched.matches["register_row"].drop_nulls().is_unique().all()
    assert matched.matches.equals(again.matches)
    assert matched.review.equals(again.review)
    assert matched.roster.height == len(pupils)


def shuffled(frame: pl.DataFrame, rng) -> pl.DataFrame:
    order = list(range(frame.height))
    rng.shuffle(order)
    return frame[order]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["SITI AMINAH", "BUDI"]),
                "birth_date": births(),
                "sex": st.sampled_from(["L", "P"]),
                "nik": st.none() | niks(),
                "recorded": st.booleans(),
                "married": st.booleans(),
                "home_region": st.sampled_from(["17.02", "17.71"]),
            }
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(Container),
)
def test_a_registry_list_reads_back_equal(persons, container):
    rows = roster(*(pupil(**one) for one in persons))

    read = register_bytes(register_workbook(rows, container=container), "d.xls")

    carried = list(persons[0])
    assert read.people.select(carried).to_dicts() == rows.select(carried).to_dicts()


# many who share a birth date, a name or a number ------------------------------------------------


def crowd(count: int, make, **values) -> list[dict]:
    return [make(**{"name": f"UJI {word(number)}", **values}) for number in range(count)]


def word(number: int) -> str:
    """Return a word of its own for a number."""
    letters = "BDFGHJKLMNPRST"
    return "".join(letters[number // 14**place % 14] + "AIUEO"[place] for place in range(4))


def test_thousands_with_one_birth_date_are_matched_by_name():
    matched = match_register(roster(*crowd(3_000, pupil)), register(*crowd(3_000, person)[::-1]))

    assert matched.counts[MatchClass.NAME_AND_BIRTH] == 3_000


def test_thousands_who_are_one_by_name_and_date_are_all_in_the_review():
    matched = match_register(roster(*[pupil()] * 2_000), register(*[person()] * 3_000))

    assert matched.counts[MatchClass.REVIEW] == 2_000
    assert matched.only_register.is_empty()
    assert matched.review.height < 8_000
    assert set(matched.review["near"]) == {"SEVERAL"}


def test_thousands_with_one_nik_are_all_in_the_review():
    pupils = crowd(2_000, pupil, nik=NIK)
    strangers = crowd(2_000, person, nik=NIK, birth_date=dt.date(2001, 1, 1))

    matched = match_register(roster(*pupils), register(*strangers))

    assert matched.counts[MatchClass.REVIEW] == 2_000
    assert matched.only_register.is_empty()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SITI NURHALIZA PUTRI", "SITI NURHALIZA PUTRY"),
        ("ZAHRA NURHALIZA PUTRI", "SAHRA NURHALIZA PUTRI"),
        ("SITI NURHALIZA", "SITI NURHALIZA PUTRI"),
    ],
)
def test_a_slip_is_found_among_thousands_with_one_birth_date(one, other):
    others = crowd(2_000, person, sex="P", nik=OTHER_NIK)
    strangers = [stranger | {"name": f"KARTIKA {stranger['name']}"} for stranger in others]

    matched = match_register(
        roster(pupil(name=one), *crowd(2_000, pupil)), register(*strangers, person(name=other))
    )

    near = matched.review.filter(row=7).select("register_row", "near")
    assert near.rows() == [(2_002, "LIKE_NAME")]


@given(
    st.lists(people, max_size=8), st.lists(people, max_size=8), st.randoms(use_true_random=False)
)
def test_blocking_finds_no_match_that_all_pairs_would_not(pupils, persons, rng):
    """Blocks never take what all pairs would not take, and the order of rows does not matter."""
    rows, known = roster(*(pupil(**p) for p in pupils)), register(*(person(**p) for p in persons))
    all_pairs = match_register(rows, known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_PAIRS", 4)
        blocked = match_register(rows, known)
        again = match_register(shuffled(rows, rng), shuffled(known, rng))

    pair = ["row", "register_row", "near"]
    assert set(blocked.review.select(pair).rows()) <= set(all_pairs.review.select(pair).rows()) | (
        set(blocked.review.filter(pl.col("near") != "LIKE_NAME").select(pair).rows())
    )
    assert blocked.counts[MatchClass.NIK] <= all_pairs.counts[MatchClass.NIK]
    assert blocked.matches.equals(again.matches)
    assert blocked.review.equals(again.review)


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"nik": NIK}, MatchClass.NIK),
        ({"name": "Siti Aminah", "birth_date": BORN}, MatchClass.NAME_AND_BIRTH),
    ],
)
def test_a_table_of_who_is_recorded_needs_no_more_than_finds_people(known, kind):
    """A program that keeps the register in a database has no files, sheets and rows."""
    people = pl.DataFrame([{**known, "recorded": True}, {**known, "recorded": True}]).head(1)

    found = match_register(roster(pupil(nik=NIK), pupil(name="BUDI", nik=OTHER_NIK)), people)

    assert found.counts[kind] == 1
    assert found.roster["recorded"].to_list() == [True, False]
    assert found.only_register.is_empty()


def test_a_table_may_hold_its_texts_as_categories():
    """What pandas and DuckDB call a category or an enumeration is a text to us."""
    known = {"name": "Siti Aminah", "birth_date": BORN, "sex": "P", "recorded": True}
    texts = pl.col("name", "sex").cast(pl.Categorical)

    people = pl.DataFrame([known])
    found = match_register(roster(pupil()).with_columns(texts), people.with_columns(texts))

    assert found.counts[MatchClass.NAME_AND_BIRTH] == 1
    assert found.roster.equals(match_register(roster(pupil()), people).roster)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        (["nik"], ("recorded",)),
        (["name", "recorded"], ("nik",)),
        (["name", "NIK", "STATUS"], ("nik", "recorded")),
    ],
)
def test_a_table_that_says_too_little_lacks_all_of_it_at_once(columns, missing):
    people = pl.DataFrame({name: [None] for name in columns})

    with pytest.raises(RosterSchemaError) as caught:
        match_register(roster(pupil()), people)

    assert (caught.value.table, caught.value.missing) == ("register", missing)
