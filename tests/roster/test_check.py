"""Rows that can be counted on, and everything doubtful reported where it stands."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import RosterSchemaError
from school_ektp.model.messages import REFUSALS, RULES
from school_ektp.model.school import School
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.check import check_roster
from school_ektp.roster.issues import worded
from school_ektp.roster.read.frame import from_frame
from school_ektp.roster.read.roster_files import joined, read_bytes
from school_ektp.roster.schema import ISSUES, PERSONAL, ROSTER
from school_ektp.roster.sheet_account import sheet_account
from school_ektp.testing.strategies import SCHOOLS as NUMBERS
from school_ektp.testing.strategies import rosters

dear = settings(max_examples=settings().max_examples // 3)  # each checks several rosters

ON = dt.date(2024, 9, 3)
SCHOOL = School(npsn="10700669", name="SMA NEGERI 1 REJANG LEBONG", level="SMA", kecamatan="Curup")
PKBM = attrs.evolve(SCHOOL, npsn="P9970001", name="PKBM Maju", level="PKBM")
KNOWN = tuple(attrs.evolve(SCHOOL, npsn=npsn, name=f"SMA {npsn}") for npsn in NUMBERS)


def pupil(**values) -> dict:
    return {
        "student_id": "0081234567",
        "npsn": "10700669",
        "birth_date": dt.date(2008, 3, 5),
        "sex": "P",
        "grade": 11,
        "class_name": "XI IPA 1",
        "name": "SITI CONTOH",
        "nisn": None,
        "nik": None,
        "recorded_on": None,
        **values,
    }


TYPES = {name: ROSTER[name] for name in pupil()}


def frame(*pupils: dict) -> pl.DataFrame:
    return pl.DataFrame(list(pupils), schema=TYPES)


def check(*pupils: dict, **options):
    return check_roster(frame(*pupils), schools=[SCHOOL, PKBM], on=ON, **options)


def rules(*pupils: dict) -> list[str]:
    issues = check(*pupils).issues.filter(pl.col("rule") != "school_without_pupils")
    return sorted(issues["rule"])


def test_a_sound_row_has_no_issue():
    assert rules(pupil()) == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"student_id": None}, "student_id_missing"),
        ({"npsn": None}, "npsn_missing"),
        ({"birth_date": None}, "birth_date_missing"),
        ({"npsn": "123"}, "npsn_form"),
        ({"npsn": "10700670"}, "school_unknown"),
        ({"birth_date": dt.date(2024, 9, 4)}, "birth_in_future"),
        ({"birth_date": dt.date(208, 5, 1)}, "date_impossible"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_by_name(values, rule):
    checked = check(pupil(**values))

    assert checked.valid.is_empty()
    assert checked.refused == 1
    assert checked.not_valid["rule"].to_list() == [rule]
    assert rule in REFUSALS


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"birth_date": dt.date(2014, 9, 4), "grade": None}, "age_low"),
        ({"birth_date": dt.date(1998, 9, 3), "grade": None}, "age_high"),
        ({"birth_date": dt.date(2003, 3, 5)}, "age_for_grade"),
        ({"birth_date": dt.date(2011, 3, 5)}, "age_for_grade"),
        ({"grade": 9, "class_name": "IX A"}, "grade_range"),
        ({"grade": 12}, "grade_and_class"),
        ({"recorded_on": dt.date(2024, 9, 4)}, "recorded_in_future"),
        ({"recorded_on": dt.date(2008, 3, 4)}, "recorded_before_birth"),
        ({"nik": "1702094503080000"}, "nik_serial"),
        ({"nik": "9902094503080000"}, "nik_region"),
        ({"nik": "1702099903080001"}, "nik_date"),
        ({"nik": "1702094603080001"}, "nik_birth_date"),
        ({"nik": "1702090503080001"}, "nik_sex"),
    ],
)
def test_a_doubtful_row_is_used_and_reported(values, rule):
    checked = check(pupil(**values))

    assert checked.valid.height == 1
    assert rule in checked.issues["rule"].to_list()
    assert RULES[rule].severity == "warning"


def test_ages_of_ten_and_twenty_five_are_no_doubt():
    assert rules(pupil(birth_date=dt.date(2014, 9, 3), grade=None)) == []
    assert rules(pupil(birth_date=dt.date(1998, 9, 4), grade=None)) == []


def test_adults_are_usual_at_a_pkbm():
    assert rules(pupil(npsn="P9970001", birth_date=dt.date(1980, 1, 1))) == []


def test_a_grade_that_is_none_is_taken_as_unknown():
    assert check(pupil(grade=9)).valid["grade"].to_list() == [None]


def test_an_empty_roster_is_a_named_issue():
    checked = check_roster(frame(), schools=[SCHOOL], on=ON)

    assert checked.issues["rule"].to_list() == ["roster_empty"]
    assert checked.valid.schema == ROSTER
    assert sheet_account(checked)["rows"].to_list() == [0]


def test_a_school_without_pupils_is_reported():
    issues = check(pupil()).issues

    assert issues.select("rule", "npsn").rows() == [("school_without_pupils", "P9970001")]


def test_columns_that_lack_or_have_wrong_types_are_all_named():
    wrong = pl.DataFrame(
        {"student_id": ["1"], "npsn": [10700669], "married": ["x"], "grade": [1.5]}
    )

    with pytest.raises(RosterSchemaError, match="roster has 3 bad columns") as caught:
        check_roster(wrong, schools=[SCHOOL], on=ON)

    assert caught.value.missing == ("birth_date",)
    assert set(caught.value.wrong) == {"npsn", "grade"}
    assert "numbers lose their leading zeros" in str(caught.value)


def test_text_in_a_frame_is_read_like_cells():
    table = pl.DataFrame(
        {"nisn": ["81234567"], "npsn": ["10700669"], "birth_date": ["5 Maret 2008"], "sex": ["pr"]}
    )

    checked = check_roster(table, schools=[SCHOOL], on=ON)

    row = checked.valid.row(0, named=True)
    assert (row["student_id"], row["sex"]) == ("0081234567", "P")
    assert row["birth_date"] == dt.date(2008, 3, 5)


def test_impossible_text_dates_are_refused_once():
    table = frame(pupil()).with_columns(birth_date=pl.lit("2008-02-30"))

    checked = check_roster(table, schools=[SCHOOL], on=ON)

    assert checked.issues["rule"].to_list() == ["date_impossible"]
    assert checked.refused == 1


def test_two_rows_with_one_identifier_are_one_pupil_and_the_other_names_the_first():
    checked = check(pupil(), pupil())

    assert (checked.valid.height, checked.refused) == (1, 1)
    [message] = checked.issues.filter(pl.col("rule") == "duplicate_id")["message"]
    assert "1" in message


def test_one_nisn_one_person_is_refused_two_persons_are_reported():
    same = [pupil(student_id=s, nisn="0081234567") for s in "ab"]
    others = [same[0], {**same[1], "name": "BUDI"}]

    assert "duplicate_nisn" in rules(*same)
    assert check(*same).refused == 1
    assert "nisn_shared" in rules(*others)
    assert check(*others).refused == 0


def test_one_nik_one_person_is_refused_two_persons_are_reported():
    same = [pupil(student_id=s, nik="1702094503080001") for s in "ab"]
    others = [same[0], {**same[1], "birth_date": dt.date(2008, 3, 6)}]

    assert "duplicate_nik" in rules(*same)
    assert "nik_shared" in rules(*others)


def test_rows_without_numbers_are_not_duplicates_of_each_other():
    assert rules(pupil(student_id="a", name="A"), pupil(student_id="b", name="B")) == []


def test_the_same_name_and_birth_date_is_reported_and_both_are_kept():
    checked = check(pupil(student_id="a"), pupil(student_id="b", name="Siti Contoh"))

    assert checked.valid.height == 2
    assert "same_person" in checked.issues["rule"].to_list()


def test_ways_to_write_one_name_are_one_name():
    found = rules(
        pupil(student_id="a", name="M. RIZKI RAMADHAN"),
        pupil(student_id="b", name="Muhammad Rizki Ramadhan"),
    )

    assert found == ["same_person"]


def test_of_two_files_the_newer_download_stays():
    old, new = (
        from_frame(frame(pupil(class_name=name)).with_columns(source_file=pl.lit(name)))
        for name in ("XI OLD", "XI NEW")
    )
    dated = [
        attrs.evolve(one, files=one.files.with_columns(as_of=pl.lit(day)))
        for one, day in ((old, dt.date(2024, 7, 20)), (new, dt.date(2024, 8, 20)))
    ]

    for order in (dated, dated[::-1]):
        checked = check_roster(joined(order), schools=[SCHOOL], on=ON)
        assert checked.valid["class_name"].to_list() == ["XI NEW"]


@pytest.mark.parametrize(
    ("as_of", "rule"),
    [
        (dt.date(2024, 6, 30), "roster_last_year"),
        (dt.date(2024, 9, 4), "roster_from_future"),
        (dt.date(2024, 7, 15), None),
    ],
)
def test_the_age_of_a_download_is_reported(as_of, rule):
    one = from_frame(frame(pupil()))
    dated = attrs.evolve(one, files=one.files.with_columns(as_of=pl.lit(as_of)))

    found = check_roster(dated, schools=[SCHOOL], on=ON).issues["rule"].to_list()

    assert found == ([rule] if rule else [])


def test_a_download_older_than_asked_for_is_reported_with_its_age():
    one = from_frame(frame(pupil()))
    dated = attrs.evolve(one, files=one.files.with_columns(as_of=pl.lit(dt.date(2024, 8, 4))))

    issues = check_roster(dated, schools=[SCHOOL], on=ON, oldest_days=20, lang="en").issues

    assert issues["rule"].to_list() == ["roster_old"]
    assert "30 days old" in issues["message"].item()


def test_births_that_heap_on_a_day_are_reported():
    many = [
        pupil(student_id=str(n), name=f"N{n}", birth_date=dt.date(2008, 7, 1)) for n in range(9)
    ]

    issues = check(*many).issues.filter(pl.col("rule") == "birth_date_heaping")

    assert "1/7: 9 / 9" in issues["message"].item()


def test_one_class_missing_is_reported_by_row_and_all_by_sheet():
    some = check(pupil(student_id="a", name="A", class_name=""), pupil()).issues
    none = check(pupil(student_id="a", name="A", class_name="")).issues

    assert some.filter(pl.col("rule") == "class_missing")["row"].to_list() == [1]
    assert none.filter(pl.col("rule") == "column_missing")["column"].to_list() == ["class_name"]


def test_rows_that_name_their_school_get_its_number():
    text = b"Nama,NISN,Tanggal Lahir,Sekolah\nSITI,0081234567,2008-03-05,SMAN 1 Rejang Lebong\n"
    text += b"BUDI,0081234568,2008-03-05,SMAN 99\nCITRA,0081234569,2008-03-05,10700669\n"

    checked = check_roster(read_bytes(text, "x.csv"), schools=[SCHOOL], on=ON)

    assert checked.valid["npsn"].to_list() == ["10700669"] * 2
    assert checked.not_valid["rule"].to_list() == ["school_unknown"]


def test_messages_come_in_both_languages_and_name_a_way_out():
    checked = check(pupil(birth_date=None))

    assert "isi menurut akta" in checked.issues["message"][0]
    assert "birth certificate" in checked.issues_in("en")["message"][0]
    assert checked.issues.schema == ISSUES


def test_worded_keeps_every_issue():
    assert (
        worded(check(pupil(), pupil()).coded_issues).height == check(pupil(), pupil()).issues.height
    )


@dear
@given(rosters())
def test_every_row_is_valid_or_refused_and_the_account_sums(roster):
    checked = check_roster(roster, schools=KNOWN, on=ON)
    account = sheet_account(checked)

    assert checked.rows_read == roster.height
    assert account["rows"].sum() == roster.height
    places = pl.sum_horizontal(
        "head", "blank", "notes", "leavers", "valid", "refused", "left_school"
    )
    assert account.select((places == pl.col("rows")).all()).item()
    assert set(checked.not_valid["rule"]) <= set(checked.issues["rule"])


@dear
@given(rosters(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(roster, rng):
    order = list(range(roster.height))
    rng.shuffle(order)

    one = check_roster(roster, schools=KNOWN, on=ON)
    other = check_roster(roster[order].lazy(), schools=KNOWN, on=ON)

    assert one.valid.equals(other.valid)
    assert one.issues.equals(other.issues)


@dear
@given(rosters(), st.integers(0, 30))
def test_splitting_a_roster_into_files_changes_nothing_but_the_files(roster, place):
    parts = [roster[:place], roster[place:]]
    files = [
        from_frame(part.with_columns(source_file=pl.lit(f"{n}.csv")))
        for n, part in enumerate(parts)
    ]

    whole = check_roster(roster, schools=KNOWN, on=ON)
    split = check_roster(joined(files), schools=KNOWN, on=ON)

    kept = [name for name in ROSTER if not name.startswith("source_")]
    assert whole.valid.select(kept).equals(split.valid.select(kept))
    assert whole.refused == split.refused


@dear
@given(rosters())
def test_checking_the_valid_rows_again_refuses_nothing(roster):
    valid = check_roster(roster, schools=KNOWN, on=ON).valid

    again = check_roster(valid, schools=KNOWN, on=ON)

    assert again.valid.equals(valid)


@dear
@given(rosters())
def test_doubling_a_roster_refuses_exactly_the_copies(roster):
    once = check_roster(roster, schools=KNOWN, on=ON)

    twice = check_roster(pl.concat([roster, roster]), schools=KNOWN, on=ON)

    kept = [name for name in ROSTER if not name.startswith("source_")]
    assert twice.valid.select(kept).equals(once.valid.select(kept))
    assert twice.refused == 2 * roster.height - once.valid.height


@dear
@given(rosters())
def test_no_issue_holds_a_personal_value(roster):
    named = roster.with_columns(name=pl.concat_str(pl.lit("RAHASIA "), pl.col("student_id")))
    checked = check_roster(pl.concat([named, named]), schools=KNOWN, on=ON)

    for table in (checked.issues.drop("npsn"), checked.not_valid, sheet_account(checked)):
        written = table.write_csv()
        for column in PERSONAL:
            values = named[column].drop_nulls().cast(pl.String).to_list()
            assert [value for value in values if len(value) > 4 and value in written] == []
    assert "RAHASIA" not in repr(checked)


def test_an_empty_list_of_students_is_an_empty_roster():
    checked = check_roster(roster_from_students([]), schools=None, on=ON)

    assert checked.issues["rule"].to_list() == ["roster_empty"]
