"""Outcomes in a frame: counts, or pupils by key or by name."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, RosterSchemaError, SchoolEktpWarning
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.season.frames import frame_records
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
TUESDAY = MONDAY + dt.timedelta(days=1)


@pytest.fixture
def plan(two_of_ten):
    return two_of_ten


@pytest.fixture
def began(three_days):
    return begin(three_days)


def test_a_frame_of_counts_is_records(plan, make):
    counted = pl.DataFrame(
        {
            "date": [MONDAY, MONDAY, TUESDAY],
            "team": ["Tim 1", None, "Tim 1"],
            "site": [make.npsn[0], make.npsn[0], make.npsn[1]],
            "recorded": [4, 2, None],
            "absent": [1, None, None],
            "cancelled": [None, None, "rain"],
            "start": ["08:00", None, None],
            "end": ["09:00", None, None],
        }
    )

    begun = begin(plan).record(counted)

    assert begun.ledger.outcomes == (
        Outcome(
            day=MONDAY, team="Tim 1", site=make.npsn[0], recorded=4, absent=1, start=480, end=540
        ),
        Outcome(day=TUESDAY, team="Tim 1", site=make.npsn[1], cancelled="rain"),
    )
    assert begun.ledger.office == (OfficeOutcome(day=MONDAY, site=make.npsn[0], recorded=2),)


def test_a_frame_of_pupils_is_records(plan, make):
    by_pupil = pl.DataFrame(
        {
            "date": [MONDAY] * 3,
            "team": ["Tim 1"] * 2 + [""],
            "site": [make.npsn[1]] * 3,
            "student_id": ["a", "b", "c"],
            "result": ["recorded", "ABSENT", None],
        }
    )

    begun = begin(plan).record(by_pupil.lazy())

    assert begun.ledger.outcomes == (
        Outcome.by_pupil(
            day=MONDAY, team="Tim 1", site=make.npsn[1], pupils={"a": "RECORDED", "b": "ABSENT"}
        ),
    )
    assert begun.ledger.office == (
        OfficeOutcome(day=MONDAY, site=make.npsn[1], recorded=1, pupils=["c"]),
    )


@pytest.mark.parametrize(
    ("frame", "match"),
    [
        ({"date": [MONDAY]}, "'site': missing"),
        ({"date": ["x"], "site": ["10700669"]}, "cannot be read as Date, got String"),
        (
            {"date": [MONDAY] * 2, "site": ["10700669"] * 2, "team": ["A"] * 2,
             "student_id": ["a"] * 2, "result": ["ABSENT", "RECORDED"]},
            "two results of one pupil",
        ),
    ],
)  # fmt: skip
def test_frames_that_cannot_be_read_are_refused(frame, match, plan):
    with pytest.raises(RosterSchemaError, match=match):
        begin(plan).record(pl.DataFrame(frame))


@pytest.mark.parametrize(
    ("column", "match"),
    [
        ({"recorded": [3.7]}, "'recorded': holds parts of pupils"),
        ({"student_id": ["a"], "result": ["HUH"]}, "must be one of RECORDED"),
    ],
)
@pytest.mark.parametrize("team", ["Tim 1", None])
def test_a_frame_of_what_cannot_be_counted_is_refused(column, match, team, plan, make):
    frame = pl.DataFrame({"date": [MONDAY], "site": [make.npsn[0]], "team": [team]} | column)

    with pytest.raises((InvalidFieldError, RosterSchemaError), match=match):
        begin(plan).record(frame)


def test_whole_numbers_written_as_fractions_are_counts(plan, make):
    """As pandas makes them of a column with an empty cell."""
    frame = pl.DataFrame(
        {
            "date": [MONDAY, TUESDAY],
            "site": [*make.npsn[:2]],
            "team": ["Tim 1"] * 2,
            "recorded": [3.0, None],
        }
    )

    assert begin(plan).record(frame).account.pupils("recorded") == 3


def test_columns_of_a_frame_that_are_not_known_are_reported(began):
    visit = began.plan.visit_list[0]
    frame = pl.DataFrame(
        {"date": [visit.day], "team": [visit.team], "site": [visit.site], "terekam": [3]}
    )

    with pytest.warns(SchoolEktpWarning, match="not known and not read: 'terekam'"):
        began.record(frame)


def test_a_column_that_is_missing_is_reported_with_those_that_are_there(began):
    frame = pl.DataFrame({"tanggal": [dt.date(2024, 9, 9)], "team": ["Tim 1"], "site": ["1"]})

    with pytest.raises(
        RosterSchemaError, match=r"(?s)'date': missing.*found: 'team', 'site'"
    ) as no:
        began.record(frame)

    assert "tanggal" not in str(no.value)  # a heading that nobody knows may be a name


# By name --------------------------------------------------------------------------------------

SITE = "10700669"
PUPILS = (
    ("a", "Muhammad Rizki", "XI A"),
    ("b", "Siti Aminah", "XI A"),
    ("c", "Siti Aminah", "XI B"),
    ("d", "Budi", "XI B"),
)


@pytest.fixture
def roster():
    """Four pupils of a school, two of one name."""
    keys, names, classes = zip(*PUPILS, strict=True)
    return pl.DataFrame(
        {
            "student_id": keys,
            "name": names,
            "class_name": classes,
            "npsn": [SITE] * len(PUPILS),
            "birth_date": [dt.date(2008, 1, 1)] * len(PUPILS),
            "recorded": [False] * len(PUPILS),
            "married": [None] * len(PUPILS),
            "grade": [None] * len(PUPILS),
            "special_needs": [None] * len(PUPILS),
        }
    )


def listed(*rows):
    columns = ("name", "class_name", "result")
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.with_columns(date=pl.lit(MONDAY), team=pl.lit("Tim 1"), site=pl.lit(SITE))


def keys(found):
    return {one.key: one.result.value for record in found.records for one in record.pupils}


def test_names_are_matched_however_they_are_spelt(roster):
    found = frame_records(listed(("M. RIZKI", None, "RECORDED"), ("budi", None, "ABSENT")), roster)

    assert keys(found) == {"a": "RECORDED", "d": "ABSENT"}
    assert found.doubtful == ()


def test_where_several_have_a_name_the_class_decides(roster):
    found = frame_records(listed(("Siti Aminah", "Kelas XI-B", "RECORDED")), roster)

    assert keys(found) == {"c": "RECORDED"}


def test_who_is_not_found_by_name_is_counted_and_reported(roster):
    names = listed(
        ("Siti Aminah", None, "RECORDED"), ("Nobody Known", None, None), ("Budi", None, "FAILED")
    )

    found = frame_records(names, roster)

    [outcome] = found.records
    assert (outcome.recorded, outcome.failed, outcome.absent) == (2, 1, 0)
    assert keys(found) == {"d": "FAILED"}
    assert [(one.kind, one.amount) for one in found.doubtful] == [("unknown_name", 2)]
    assert "Nobody" not in found.doubtful[0].text("en")


def test_a_season_takes_names_and_marks_the_pupils(roster, plan):
    frame = listed(("Budi", None, "RECORDED")).with_columns(site=pl.lit(plan.visit_list[0].site))
    here = roster.with_columns(npsn=pl.lit(plan.visit_list[0].site))

    season = begin(plan).record(frame, roster=here)

    assert [one.key for one in season.people] == ["d"]
    assert season.marked(here)["recorded"].to_list() == [False, False, False, True]


def test_names_without_a_roster_are_refused():
    with pytest.raises(InvalidFieldError, match="roster must be given: names of the outcomes"):
        frame_records(listed(("Budi", None, "RECORDED")))


def test_a_name_beside_counts_is_that_of_somebody_else():
    """A school's, such as in a frame that was joined."""
    frame = listed(("SMAN 1", None, None)).drop("result").with_columns(recorded=3)

    found = frame_records(frame)

    assert (found.records[0].recorded, found.unread) == (3, "'name'")


def test_keys_go_before_names(roster):
    frame = listed(("Budi", None, "RECORDED")).with_columns(student_id=pl.lit("a"))

    assert keys(frame_records(frame)) == keys(frame_records(frame, roster)) == {"a": "RECORDED"}


def test_two_results_of_one_pupil_are_refused_by_name_too(roster):
    twice = listed(("Budi", None, "RECORDED"), ("BUDI", None, "ABSENT"))

    with pytest.raises(RosterSchemaError, match="holds two results of one pupil"):
        frame_records(twice, roster)


@given(st.lists(st.sampled_from([name for _, name, _ in PUPILS] + ["X"]), max_size=6, unique=True))
def test_everybody_listed_is_counted_once(names):
    keys_, all_names, classes = zip(*PUPILS, strict=True)
    roster = pl.DataFrame(
        {"student_id": keys_, "name": all_names, "class_name": classes, "npsn": [SITE] * 4}
    )
    frame = listed(*((name, None, "RECORDED") for name in names))

    found = frame_records(frame, roster)

    assert sum(one.recorded for one in found.records) == len(names)


# Types ----------------------------------------------------------------------------------------


def test_dates_as_iso_texts_numbers_of_schools_and_times_are_read():
    frame = pl.DataFrame(
        {
            "date": ["2024-09-09"],
            "team": ["Tim 1"],
            "site": [int(SITE)],
            "recorded": [3],
            "start": [dt.time(8)],
            "end": ["09:30"],
        }
    )

    [outcome] = frame_records(frame).records

    assert (outcome.day, outcome.site) == (MONDAY, SITE)
    assert (outcome.start, outcome.end) == (480, 570)


def test_columns_that_cannot_be_read_are_named_without_what_they_hold():
    frame = pl.DataFrame({"date": ["kemarin"], "site": [SITE], "recorded": ["tiga"]})

    with pytest.raises(RosterSchemaError) as refused:
        frame_records(frame)

    assert refused.value.wrong == {
        "date": "cannot be read as Date, got String",
        "recorded": "cannot be read as Int64, got String",
    }
