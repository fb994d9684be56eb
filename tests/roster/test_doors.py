"""Frames with wrong types or without columns are refused at every public door, in our own words."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import school_ektp as ek
from roster_doors import DOORS, NO_REGISTER, ON
from school_ektp.errors import RosterSchemaError, SchoolEktpError
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.match import REVIEW, match_register
from school_ektp.roster.schema import ROSTER

HIDDEN = "RAHASIANAMA"
PUPIL = ek.intake.Student(
    student_id="1",
    school="10700669",
    birth_date=dt.date(2008, 3, 5),
    name=HIDDEN,
    nik="1702094503080001",
)
GOOD = roster_from_students([PUPIL])
SAMPLE = ek.datasets.rejang_lebong(seed=1).roster.head(100)

TYPES = (
    pl.Int64,
    pl.Float64,
    pl.String,
    pl.Boolean,
    pl.Date,
    pl.Datetime,
    pl.List(pl.Int64),
    pl.Null,
)


@pytest.mark.parametrize("name", DOORS)
def test_a_good_roster_goes_through_every_door(name):
    DOORS[name](GOOD)


@pytest.mark.parametrize("is_lazy", [False, True])
@pytest.mark.parametrize("name", DOORS)
def test_wrong_types_and_missing_columns_are_errors_of_ours(name, is_lazy):
    """Every column in turn is missing or of another type; what comes out is ours, or a result."""
    refused = 0
    for column in ROSTER:
        wrong = [GOOD.drop(column), *(with_type(column, dtype) for dtype in TYPES)]
        for frame in wrong:
            error = error_of(DOORS[name], frame.lazy() if is_lazy else frame)
            refused += isinstance(error, RosterSchemaError)
            assert HIDDEN not in str(error)
    assert refused >= 20


def error_of(door, frame) -> SchoolEktpError | None:
    """Return the error of ours that a door raises, at once or when its result is collected."""
    try:
        made = door(frame)
        if isinstance(made, pl.LazyFrame):
            made.collect()
    except SchoolEktpError as error:
        return error
    return None


def with_type(column: str, dtype: pl.DataType) -> pl.DataFrame:
    return GOOD.with_columns(pl.lit(None, dtype).alias(column))


@pytest.mark.parametrize("value", [None, [], {}, "x", 7, pl.Series([1])])
@pytest.mark.parametrize("name", DOORS)
def test_what_is_no_frame_is_reported(name, value):
    with pytest.raises(RosterSchemaError, match="expected a polars DataFrame or LazyFrame"):
        DOORS[name](value)


def as_categories(frame):
    return frame.with_columns(pl.col(pl.String).cast(pl.Categorical))


def as_enumerations(frame):
    kinds = {name: frame[name].drop_nulls().unique().sort() for name in frame.columns}
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return frame.with_columns(pl.col(name).cast(pl.Enum(kinds[name])) for name in texts)


def as_texts(result):
    if not isinstance(result, pl.DataFrame | pl.LazyFrame):
        return result
    columns = pl.col(pl.Categorical, pl.Enum).cast(pl.String)
    return result.lazy().with_columns(columns).collect().rows()


@pytest.mark.parametrize("is_lazy", [False, True])
@pytest.mark.parametrize("categorical", [as_categories, as_enumerations])
@pytest.mark.parametrize("name", DOORS)
def test_texts_may_be_categories(name, categorical, is_lazy):
    given = categorical(SAMPLE)

    found = DOORS[name](given.lazy() if is_lazy else given)

    assert as_texts(found) == as_texts(DOORS[name](SAMPLE))


def test_the_table_and_the_column_are_named():
    with pytest.raises(RosterSchemaError, match=r"roster has 1 bad column:\n - 'birth_date': ex"):
        ek.demand_of(GOOD.with_columns(birth_date=pl.lit("2008-03-05")))
    with pytest.raises(RosterSchemaError, match=r"register has 1 bad column:\n - 'nik': missing"):
        match_register(GOOD, NO_REGISTER.drop("nik", "birth_date"))
    with pytest.raises(RosterSchemaError, match=r"accepted has 1 bad column:\n - 'row': expected"):
        match_register(GOOD, NO_REGISTER, accepted=REVIEW.to_frame().with_columns(row=pl.lit("x")))
    with pytest.raises(RosterSchemaError, match=r"'recorded': missing"):
        ek.demand_of(GOOD.drop("recorded"))


def test_columns_to_count_by_that_are_not_there_are_reported():
    with pytest.raises(RosterSchemaError, match=r"'village': missing"):
        ek.counts.coverage_counts(GOOD, on=ON, by=["village"])


def test_a_column_that_is_null_only_gets_its_type():
    empty = GOOD.with_columns(recorded_on=pl.lit(None), married=pl.lit(None), name=pl.lit(None))

    assert [one.pupils for one in ek.demand_of(empty)] == [1]
    assert match_register(empty, NO_REGISTER).roster.schema["recorded_on"] == pl.Date
