"""Calendars: read back with icalendar, stable over plans, equal bytes for equal plans."""

from __future__ import annotations

import datetime as dt
import sys
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_seasons import Season
from school_ektp.errors import InvalidFieldError, MissingExtraError, ReadError
from school_ektp.model.school import Location
from school_ektp.plan.comparison import compare
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.exchange.ical import calendar_bytes, entries
from school_ektp.report.filenames import file_stems
from school_ektp.season.season import begin

LATER = dt.datetime(2024, 9, 20, 8, 30, tzinfo=dt.UTC)


def visits_in(data: bytes):
    """Return what any calendar program sees: school, team, times with zone."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return sorted(
        (str(e["X-EKTP-SITE"]), unquote(e["X-EKTP-TEAM"]), e["DTSTART"].dt, e["DTEND"].dt)
        for e in events
        if e["STATUS"] == "CONFIRMED"
    )


def planned(plan):
    zone = ZoneInfo("Asia/Jakarta")

    def moment(day, minute):
        return dt.datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)

    return sorted(
        (v.site, v.team, moment(v.day, v.start), moment(v.day, v.end)) for v in plan.visit_list
    )


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_any_plan_is_read_back_with_icalendar(data, drawn_plans):
    plan = data.draw(drawn_plans)

    calendar = calendar_bytes(plan)

    assert visits_in(calendar) == planned(plan)
    assert len({one.uid for one in entries(calendar)}) == len(plan.visit_list)
    names = {str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(calendar).walk("VEVENT")}
    for visit in plan.visit_list:
        school = plan.school_by_npsn[visit.site]
        name = f"{school.name} ({visit.team})".replace("\\", "/")
        assert name in names


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_a_calendar_of_the_same_plan_again_does_not_change(data, drawn_plans):
    plan = data.draw(drawn_plans)
    first = calendar_bytes(plan)

    assert calendar_bytes(attrs.evolve(plan)) == first
    assert calendar_bytes(plan, previous=first, created=LATER) == first


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_whatever_was_planned_in_between_a_calendar_follows(data, drawn_plans):
    """Earlier entries keep their UID, never lose sequence, and only what changed is touched."""
    plan = data.draw(drawn_plans)
    kept = data.draw(st.sets(st.integers(0, 5)))
    visits = plan.solution.visits
    fewer = [visit for place, visit in enumerate(visits) if place in kept]
    earlier = attrs.evolve(plan, solution=type(plan.solution)(tuple(fewer)))
    first = calendar_bytes(earlier)

    second = calendar_bytes(plan, previous=first, created=LATER)
    third = calendar_bytes(earlier, previous=second, created=LATER)

    assert visits_in(second) == planned(plan)
    assert visits_in(third) == planned(earlier)
    for before, after in ((first, second), (second, third)):
        now = {one.uid: one for one in entries(after)}
        for one in entries(before):
            assert one.uid in now
            assert now[one.uid] == one or now[one.uid].sequence == one.sequence + 1


def test_a_moved_visit_keeps_its_entry(hand_plan):
    first = calendar_bytes(hand_plan)
    visit = hand_plan.visit_list[4]
    moved = hand_plan.moved(
        team=visit.team, day=visit.day, site=visit.site, to_day=dt.date(2024, 9, 19)
    )

    second = calendar_bytes(moved, previous=first, created=LATER)

    [old] = [e for e in entries(first) if (e.site, e.start.date()) == (visit.site, visit.day)]
    [new] = [e for e in entries(second) if e.uid == old.uid]
    assert (new.sequence, new.stamp) == (1, LATER)
    assert new.start.date() == dt.date(2024, 9, 19)
    others = {e.uid: e for e in entries(second) if e.uid != old.uid}
    assert all(others[e.uid] == e for e in entries(first) if e.uid != old.uid)


def test_a_dropped_visit_is_cancelled_once_and_a_new_one_gets_an_entry_of_its_own(hand_plan):
    visit = hand_plan.visit_list[0]
    where = {"team": visit.team, "day": visit.day, "site": visit.site}
    first = calendar_bytes(hand_plan)
    without = hand_plan.without_visit(**where)

    second = calendar_bytes(without, previous=first)
    again = calendar_bytes(without, previous=second)
    with_it = without.with_visit(**where)
    back = calendar_bytes(with_it, previous=again)

    [out] = [e for e in entries(second) if e.cancelled]
    assert (out.site, out.sequence) == (visit.site, 1)
    assert again == second
    assert [e.uid for e in entries(back) if e.cancelled] == [out.uid]
    assert visits_in(back) == planned(with_it)


def test_a_visit_that_changes_teams_leaves_the_calendar_of_the_first(hand_plan):
    visit = next(v for v in hand_plan.visit_list if v.team == "Tim 2")
    first = calendar_bytes(hand_plan)
    moved = hand_plan.moved(team="Tim 2", day=visit.day, site=visit.site, to_team="Tim 3",
                            to_day=dt.date(2024, 9, 18))  # fmt: skip

    of_second = entries(calendar_bytes(moved, team="Tim 2", previous=first))
    of_third = entries(calendar_bytes(moved, team="Tim 3", previous=first))

    [out] = [e for e in of_second if e.cancelled]
    [new] = [e for e in of_third if e.uid == out.uid]
    assert out.sequence == new.sequence == 1
    assert (new.team, new.former, new.cancelled) == ("Tim 3", ("Tim 2",), False)


def test_each_team_has_a_file_and_all_have_one(hand_plan, tmp_path):
    files = hand_plan.to_icals(tmp_path)

    names = [file.name for file in files]
    assert names == ["semua-tim.ics", "tim-1.ics", "tim-2.ics", "tim-3.ics"]
    whole, *parts = [entries(file.read_bytes()) for file in files]
    assert sorted(e.uid for part in parts for e in part) == sorted(e.uid for e in whole)
    before = [file.read_bytes() for file in files]
    again = hand_plan.to_icals(tmp_path, previous=tmp_path)
    assert [file.read_bytes() for file in again] == before


def test_a_calendar_can_be_brought_up_to_date_in_place(hand_plan, tmp_path):
    file = hand_plan.to_ical(tmp_path / "rencana.ics")
    visit = hand_plan.visit_list[0]
    changed = hand_plan.without_visit(team=visit.team, day=visit.day, site=visit.site)

    changed.to_ical(file, previous=file)

    assert [e.site for e in entries(file.read_bytes()) if e.cancelled] == [visit.site]


def test_the_time_zone_is_written_out(hand_plan):
    calendar = icalendar.Calendar.from_ical(calendar_bytes(hand_plan))

    [zone] = calendar.walk("VTIMEZONE")
    assert (zone["TZID"], calendar["X-WR-TIMEZONE"]) == ("Asia/Jakarta", "Asia/Jakarta")
    [standard] = zone.subcomponents
    assert standard["TZOFFSETTO"].to_ical() == "+0700"
    assert b"DTSTART;TZID=Asia/Jakarta:20240909T0" in calendar_bytes(hand_plan)


def moved(plan, latitude, longitude):
    """Return a plan whose schools lie elsewhere."""
    place = Location(latitude, longitude)
    return attrs.evolve(plan, schools=tuple(attrs.evolve(s, location=place) for s in plan.schools))


@pytest.mark.parametrize(
    ("place", "zone", "hours"),
    [
        ((-6.2, 106.8), "Asia/Jakarta", "+0700"),
        ((-8.65, 115.2), "Asia/Makassar", "+0800"),
        ((-2.53, 140.7), "Asia/Jayapura", "+0900"),
    ],
    ids=["Jakarta", "Denpasar", "Jayapura"],
)
def test_the_time_zone_is_that_of_the_schools(hand_plan, place, zone, hours):
    data = calendar_bytes(moved(hand_plan, *place))

    [written] = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    assert (written["TZID"], written.subcomponents[0]["TZOFFSETTO"].to_ical()) == (zone, hours)
    assert f"DTSTART;TZID={zone}:20240909T0".encode() in data


def test_the_time_zone_can_be_said(hand_plan, tmp_path):
    file = hand_plan.to_ical(tmp_path / "a.ics", zone="wita")
    [first, *_] = hand_plan.to_icals(tmp_path / "all", zone="Asia/Jayapura")

    assert {entry.zone for entry in entries(file.read_bytes())} == {"WITA"}
    assert {entry.zone for entry in entries(first.read_bytes())} == {"WIT"}
    with pytest.raises(InvalidFieldError, match="must be WIB, WITA, WIT"):
        calendar_bytes(hand_plan, zone="Europe/Berlin")


def test_another_time_zone_moves_every_entry(hand_plan):
    first = calendar_bytes(hand_plan, zone="WIB")

    second = entries(calendar_bytes(hand_plan, zone="WIT", previous=first, created=LATER))

    assert {(entry.zone, entry.sequence) for entry in second} == {("WIT", 1)}


def test_an_entry_says_what_the_team_needs_in_both_languages(hand_plan):
    [first, *_] = icalendar.Calendar.from_ical(calendar_bytes(hand_plan)).walk("VEVENT")
    [english, *_] = icalendar.Calendar.from_ical(calendar_bytes(hand_plan, lang="en")).walk(
        "VEVENT"
    )
    visit = hand_plan.visit_list[0]

    assert f"Dipanggil {visit.called} siswa" in first["DESCRIPTION"]
    assert f"{visit.called} pupils to call" in english["DESCRIPTION"]
    assert first["GEO"].latitude == pytest.approx(
        hand_plan.school_by_npsn[visit.site].location.latitude
    )


def test_a_new_entry_bears_the_first_day_unless_another_is_given(hand_plan):
    assert {e.stamp for e in entries(calendar_bytes(hand_plan))} == {
        dt.datetime(2024, 9, 9, tzinfo=dt.UTC)
    }
    assert {e.stamp for e in entries(calendar_bytes(hand_plan, created=LATER))} == {LATER}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"team": "Tim 9"}, r"team is not in this plan: 'Tim 9'"),
        ({"lang": "nl"}, r"lang must be 'id' or 'en'"),
        ({"created": dt.datetime(2024, 9, 9)}, r"created must have a time zone"),
    ],
)
def test_what_cannot_be_written_is_reported(options, message, hand_plan):
    with pytest.raises(InvalidFieldError, match=message):
        calendar_bytes(hand_plan, **options)


FOREIGN = b"\r\n".join(
    [b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"UID:1", b"END:VEVENT", b"END:VCALENDAR", b""]
)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"BEGIN:VCALENDAR\r\n", FOREIGN])
def test_another_file_is_refused_as_the_earlier_calendar(data, hand_plan):
    with pytest.raises(ReadError, match="is not a calendar written by school_ektp"):
        calendar_bytes(hand_plan, previous=data)


def test_the_extra_is_named_when_it_is_missing(hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(MissingExtraError, match=r"school_ektp\[calendar\]"):
        calendar_bytes(hand_plan)


def test_entries_of_past_days_stay_when_a_season_is_planned_again(hand_plan):
    first = hand_plan.visit_list[0]
    on = first.day + dt.timedelta(days=1)
    before = calendar_bytes(hand_plan)
    later = begin(hand_plan).replan(on=on, stop=MaxIterations(1), bound=False)

    after = entries(calendar_bytes(later.plan, previous=before))

    gone = [entry for entry in entries(before) if entry.start.date() < on]
    assert gone
    assert [entry for entry in after if entry.start.date() < on] == gone
    assert len([one for one in after if not one.cancelled]) == len(later.visits)


def test_only_entries_that_change_are_sent(hand_plan, tmp_path):
    first, second, *_ = hand_plan.visit_list
    before = hand_plan.to_ical(tmp_path / "a.ics")
    later = first.day + dt.timedelta(days=9)
    changed = hand_plan.moved(
        team=first.team, day=first.day, site=first.site, to_day=later
    ).without_visit(team=second.team, day=second.day, site=second.site)

    same = hand_plan.to_ical(tmp_path / "b.ics", previous=before, only_changes=True)
    file = changed.to_ical(tmp_path / "c.ics", previous=before, only_changes=True)

    assert entries(same.read_bytes()) == ()
    sent = {(one.site, one.start.date(), one.cancelled) for one in entries(file.read_bytes())}
    assert {(first.site, later, False), (second.site, second.day, True)} <= sent
    assert {site for site, _, _ in sent} == set(compare(hand_plan, changed).sites)


@pytest.fixture(scope="module")
def plan_of_one(small_plan, make_empty_plan):
    """Give the small plan without its second team, and without a visit."""
    names = ("schools", "demand", "calendar", "rules", "worth", "risks")
    parts = {name: getattr(small_plan, name) for name in names}
    return make_empty_plan(Season(**parts, teams=small_plan.teams[:1]))


def test_a_new_folder_of_earlier_calendars_is_no_error(small_plan, tmp_path):
    for previous in (tmp_path / "new", tmp_path):
        assert small_plan.to_icals(tmp_path / "out", previous=previous)


def test_a_team_that_is_gone_has_its_visits_cancelled_in_its_own_calendar(
    small_plan, plan_of_one, tmp_path
):
    small_plan.to_icals(tmp_path)
    (gone,) = {*small_plan.names.teams} - {*plan_of_one.names.teams}
    held = [visit for visit in small_plan.visit_list if visit.team == gone]
    assert held

    written = plan_of_one.to_icals(tmp_path, previous=tmp_path)

    (stem,) = file_stems([gone]).values()
    file = tmp_path / f"{stem}.ics"
    assert file in written
    found = entries(file.read_bytes())
    assert len(found) == len(held)
    assert all(entry.cancelled and entry.team == gone for entry in found)
    again = plan_of_one.to_icals(tmp_path, previous=tmp_path)
    assert again == written
    assert entries(file.read_bytes()) == found
