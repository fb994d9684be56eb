"""A season kept as a file: what is read equals what was written, or is refused with a reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.season.rosters import KnownPupil
from school_ektp.season.season import season_from_text
from school_ektp.workflow import read_season

KEPT = Path(__file__).parent / "season_of_edition_1.json"
MONDAY = dt.date(2024, 9, 9)
FEW = MaxIterations(10)


@pytest.fixture(scope="module")
def full_season(any_season):
    """Return a season in which something of every kind has happened."""
    first, second, *_ = any_season.plan.visit_list
    by_pupil = Outcome.by_pupil(
        day=first.day, team=first.team, site=first.site,
        pupils={"0012345678": "RECORDED", "0012345679": "ABSENT"}, start=480, end=530,
    )  # fmt: skip
    rain = Outcome(day=second.day, team=second.team, site=second.site, cancelled="hujan")
    office = OfficeOutcome(day=MONDAY, site=second.site, recorded=1, pupils=["0012345680"])
    return (
        any_season.record([by_pupil, rain, office])
        .record(Outcome(day=first.day, team="Tim 9", site=second.site, recorded=1))
        .overrule("turnout", 0.9)
        .with_demand(any_season.plan.demand, on=MONDAY + dt.timedelta(days=1), knows_recorded=False)
        .lose_day("Tim 1", MONDAY + dt.timedelta(days=3))
        .replan(on=MONDAY + dt.timedelta(days=2), stop=FEW, bound=False)
    )


def test_what_is_read_equals_what_was_written(full_season, tmp_path):
    back = read_season(full_season.save(tmp_path / "musim.json"))

    assert back == full_season
    assert hash(back) == hash(full_season)
    assert back.text == full_season.text
    assert isinstance(back.plan, Plan)
    assert (back.today, back.issues) == (full_season.today, full_season.issues)
    assert back.account.by_site.equals(full_season.account.by_site)
    assert back.account.visits == full_season.account.visits
    assert back.calls == full_season.calls


def test_a_season_read_goes_on_as_the_one_that_was_saved(full_season, tmp_path):
    back = read_season(full_season.save(tmp_path / "musim.json"))
    on = full_season.today + dt.timedelta(days=1)

    assert back.replan(on=on, stop=FEW).text == full_season.replan(on=on, stop=FEW).text


def test_a_document_holds_keys_of_pupils_and_nothing_else_of_them(full_season):
    assert json.loads(full_season.text)["season"]["ledger"]["outcomes"][0]["pupils"][0] == {
        "key": "0012345678", "result": "RECORDED",
    }  # fmt: skip


def test_a_season_of_the_first_edition_is_read_by_this_version():
    """The file was written when there was one edition; whatever comes after must read it."""
    season = read_season(KEPT)

    assert season.today == dt.date(2024, 9, 11)
    assert len(season.ledger.outcomes) == 3
    assert season.account.difference == 0


def changed(text, change):
    whole = json.loads(text)
    change(whole)
    return json.dumps(whole)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda whole: whole.update(format="other"), "is not a document of the format"),
        (lambda whole: whole.update(version=2), "is of edition 2, this version reads 1; update"),
        (lambda whole: whole.pop("plan"), "plan must be an object, got null"),
        (lambda whole: whole["season"].pop("teams"), "season lacks teams"),
        (lambda whole: whole["season"].update(more=1), "does not know: more"),
        (lambda whole: whole["season"]["rosters"].clear(), "rosters: there is none"),
        (lambda whole: whole["season"]["rosters"].reverse(), "not in the order of their days"),
        (
            lambda whole: whole["season"]["ledger"]["outcomes"][1].update(site="10799999"),
            "ledger: 1 schools have no entry",
        ),
        (lambda whole: whole["plan"]["names"]["teams"].clear(), "plan: teams: 0 named, 1 planned"),
        (
            lambda whole: whole["season"]["ledger"]["outcomes"][0].update(recorded=-1),
            r"season.ledger.outcomes\[0\] is not accepted: .*recorded must be",
        ),
    ],
    ids=range(10),
)
def test_documents_that_are_damaged_are_refused_and_say_where(change, match, full_season):
    with pytest.raises(ReadError, match=match):
        season_from_text(changed(full_season.text, change), Plan)


def test_half_a_document_is_refused(full_season):
    with pytest.raises(ReadError, match=r"musim.json: is not JSON"):
        season_from_text(full_season.text[: len(full_season.text) // 2], Plan, "musim.json")


def places(value, path=()):
    """Yield the paths of all values of a document."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


WRONG = (None, -1, 0, 10**9, 0.5, "", "x", "2024-02-30", "9999-12-31", "10700671", [], {}, True)


@given(st.randoms(use_true_random=False))
def test_an_edited_document_is_refused_or_a_season_that_works(rng):
    whole = json.loads(KEPT.read_text(encoding="utf-8"))
    *above, last = rng.choice([path for path in places(whole) if path])
    holder = whole
    for key in above:
        holder = holder[key]
    holder[last] = rng.choice(WRONG)
    try:
        season = season_from_text(json.dumps(whole), Plan)
    except ReadError:
        return

    assert season.account.difference == season.account.visits.difference == 0
    assert season_from_text(season.text, Plan).text == season.text


outcomes = st.builds(
    lambda day, site, team, recorded, absent, cancelled, minutes: Outcome(
        day=MONDAY + dt.timedelta(days=day),
        team=team,
        site=("10700669", "10700670")[site],
        recorded=0 if cancelled else recorded,
        absent=None if cancelled else absent,
        cancelled=cancelled,
        start=minutes and minutes[0],
        end=minutes and sum(minutes),
    ),
    st.integers(0, 4),
    st.integers(0, 1),
    st.sampled_from(["Tim 1", "=cmd|' /C'!A0", "Tim \u0301"]),
    st.integers(0, 12),
    st.none() | st.integers(0, 9),
    st.sampled_from(["", "", "hujan \U0001f327"]),
    st.none() | st.tuples(st.integers(0, 700), st.integers(0, 700)),
)
people = st.builds(
    KnownPupil,
    st.text(min_size=1, max_size=5),
    st.just("10700669"),
    st.sampled_from(["", "XI"]),
    st.none() | st.integers(0, 2),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(outcomes, max_size=5, unique_by=lambda one: one.visit), st.lists(people, max_size=3)
)
def test_any_season_comes_back_as_it_was(any_season, reported, known):
    season = attrs.evolve(any_season.record(reported), people=tuple(known))

    back = season_from_text(season.text, Plan)

    assert back.text == season.text
    assert (back.ledger, back.people, back.told) == (season.ledger, season.people, season.told)
    assert back.account.by_site.equals(season.account.by_site)
