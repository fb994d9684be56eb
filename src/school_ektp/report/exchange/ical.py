"""
Visits as iCalendar (RFC 5545), one entry each, that a later plan can move or cancel.

An entry keeps its UID for good. When a plan is written again beside the earlier file, each visit
takes the entry of the earlier visit it continues (same school; same team and day if there is
one), changed entries get a higher SEQUENCE, and entries that no visit continues are cancelled.
Nothing but the earlier file is needed, so it does not matter who planned in between.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

import attrs

from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.files import make_folder, read_bytes, write_bytes
from school_ektp.model.extras import extra
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import TEXTS, say
from school_ektp.model.visit import Visit
from school_ektp.model.zones import Zone, as_zone, zone_of
from school_ektp.plan.data import PlanData
from school_ektp.report.filenames import file_stems

if TYPE_CHECKING:
    from icalendar import Timezone


Parsed: TypeAlias = Any  # a component as read: a dictionary of properties of many types

ALL_TEAMS = "semua-tim"  # the file of all teams, in every language: it is the one read again
_SITE, _TEAM, _FORMER = "X-EKTP-SITE", "X-EKTP-TEAM", "X-EKTP-FORMER-TEAM"


@attrs.frozen(kw_only=True)
class Entry:
    """
    One visit in a calendar.

    Attributes:
        uid: Stays the same however the visit moves.
        sequence: Rises with each change.
        stamp: When it was last changed, in UTC.
        cancelled: No longer planned; kept so that calendars take it out.
        site: NPSN of the school.
        team: The team.
        former: Teams the visit was taken from.
        start: Wall-clock time at the school.
        end: Wall-clock time at the school.
        zone: Time zone of both.
        summary: Its title.
        description: Pupils called and expected.
        place: School and kecamatan.
        point: Latitude and longitude in degrees, None where unknown.
    """

    uid: str
    sequence: int
    stamp: dt.datetime
    cancelled: bool = False
    site: str
    team: str
    former: tuple[str, ...] = ()
    start: dt.datetime
    end: dt.datetime
    zone: Zone
    summary: str
    description: str
    place: str
    point: tuple[float, float] | None


def calendar_bytes(
    plan: PlanData,
    *,
    team: str | None = None,
    lang: str = "id",
    previous: bytes | None = None,
    only_changes: bool = False,
    created: dt.datetime | None = None,
    zone: Zone | str | None = None,
) -> bytes:
    """
    Return the visits as a calendar, see `Plan.to_ical`; equal plans give equal bytes.

    A *team* has its own visits and those taken from it; one that only the earlier calendar knows
    has nothing but cancelled ones. The time stamp is in UTC, at midnight of the first day of the
    season when None, so that a file does not depend on the clock.
    """
    language = check_lang(lang)
    stamp = _stamp(plan, created)
    here = _zone(plan) if zone is None else as_zone(zone)
    before = entries(previous) if previous is not None else ()
    if team is not None and team not in {*plan.names.teams, *_teams(before)}:
        raise InvalidFieldError("Plan.to_ical", "team", f"is not in this plan: {team!r}")
    past = [entry for entry in before if _is_past(plan, entry)]
    planned = [*_planned(plan, before, language, stamp, here)]
    kept = {entry.uid for entry in (*planned, *past)}
    planned += [_taken_out(entry, stamp) for entry in before if entry.uid not in kept]
    planned += past
    if only_changes:
        known = {entry.uid: _when(entry) for entry in before}
        planned = [entry for entry in planned if known.get(entry.uid) != _when(entry)]
    if team is not None:
        planned = [*_of_team(planned, team)]
    return _written(planned, _title(plan, team, language), language, here)


def _teams(before: Iterable[Entry]) -> set[str]:
    """Return the teams of earlier entries and those they were taken from."""
    return {name for entry in before for name in (entry.team, *entry.former)}


def entries(data: bytes) -> tuple[Entry, ...]:
    """
    Return what a calendar of this library says, by start, team and UID.

    Raises:
        ReadError: Not such a calendar.
        MissingExtraError: The extra ``calendar`` is not installed.
    """
    with extra("calendar", "reading calendars"):
        from icalendar import Calendar
    try:
        found = [_read(event) for event in Calendar.from_ical(data).walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, TypeError, IndexError):
        source, fault = "the earlier calendar", "is not a calendar written by school_ektp"
        raise ReadError(source, fault) from None
    return tuple(sorted(found, key=_order))


def write_calendars(
    plan: PlanData,
    folder: Path | str,
    *,
    lang: str = "id",
    previous: Path | str | None = None,
    created: dt.datetime | None = None,
    zone: Zone | str | None = None,
) -> tuple[Path, ...]:
    """
    Write one calendar for all teams and one for each, see `Plan.to_icals`, and return the files.

    A team of the earlier calendars that the plan no longer has keeps its file; its visits are
    cancelled there.
    """
    target = make_folder(folder)
    earlier = _earlier(previous)
    gone = _teams(entries(earlier)) - {*plan.names.teams} if earlier is not None else set()
    stems = file_stems([*plan.names.teams, *sorted(gone)], taken=[ALL_TEAMS])
    wanted: list[tuple[str, str | None]] = [(ALL_TEAMS, None)]
    wanted += [(stem, name) for name, stem in stems.items()]
    written = []
    for stem, team in wanted:
        file = target / f"{stem}.ics"
        data = calendar_bytes(
            plan, team=team, lang=lang, previous=earlier, created=created, zone=zone
        )
        written.append(write_bytes(file, data))
    return tuple(written)


def _earlier(previous: Path | str | None) -> bytes | None:
    """Return the earlier calendar of all teams; None if the folder is new or has none."""
    if not previous:
        return None
    file = Path(previous) / f"{ALL_TEAMS}.ics"
    return read_bytes(file) if file.exists() else None


def _stamp(plan: PlanData, created: dt.datetime | None) -> dt.datetime:
    if created is None:
        return dt.datetime.combine(plan.calendar.first_day, dt.time(), tzinfo=dt.UTC)
    if created.tzinfo is None:
        fault = "must have a time zone, such as datetime.UTC"
        raise InvalidFieldError("Plan.to_ical", "created", fault)
    return created.astimezone(dt.UTC).replace(microsecond=0)


def _zone(plan: PlanData) -> Zone:
    places = (school.location for school in plan.school_by_npsn.values())
    return zone_of((place.latitude, place.longitude) for place in places if place)


def _order(entry: Entry) -> tuple[dt.datetime, str, str]:
    return entry.start, entry.team, entry.uid


# From plan to plan --------------------------------------------------------------------------


def _planned(
    plan: PlanData, before: Iterable[Entry], lang: Lang, stamp: dt.datetime, zone: Zone
) -> Iterator[Entry]:
    """Yield an entry per visit: the one it continues, changed where it must be, or a new one."""
    visits = plan.visit_list
    open_ = [entry for entry in before if not (entry.cancelled or _is_past(plan, entry))]
    earlier = _continued(visits, open_)
    taken = {entry.uid for entry in before}
    for place, visit in enumerate(visits):
        new = _entry(plan, visit, lang, stamp, zone)
        if place in earlier:
            yield _carried_on(earlier[place], new)
        else:
            uid = _free_uid(plan, visit, taken)
            taken.add(uid)
            yield attrs.evolve(new, uid=uid)


def _is_past(plan: PlanData, entry: Entry) -> bool:
    """Return whether the day of an entry, or that day of its team, is past for the plan."""
    day = plan.calendar.day_number(entry.start.date())
    out = dict(zip(plan.names.teams, (team.out for team in plan.problem.teams), strict=True))
    return day < plan.problem.today or day in out.get(entry.team, ())


def _when(entry: Entry) -> tuple[object, ...]:
    return entry.cancelled, entry.team, entry.start, entry.end


def _free_uid(plan: PlanData, visit: Visit, taken: set[str]) -> str:
    season = f"{plan.calendar.first_day:%Y%m%d}"
    number = 1
    while (uid := f"{season}-{visit.site}-{number}@school-ektp") in taken:
        number += 1
    return uid


def _continued(visits: Sequence[Visit], before: Iterable[Entry]) -> dict[int, Entry]:
    """Return for places of visits the entries they continue, the closest first."""
    free = {entry.uid: entry for entry in sorted(before, key=_order)}
    found: dict[int, Entry] = {}
    for key in _KEYS:
        alike: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for entry in free.values():
            alike[key(entry.site, entry.team, entry.start.date())].append(entry.uid)
        for place, visit in enumerate(visits):
            uids = alike[key(visit.site, visit.team, visit.day)]
            if place not in found and uids:
                found[place] = free.pop(uids.pop(0))
    return found


_KEYS: tuple[Callable[[str, str, dt.date], tuple[object, ...]], ...] = (
    lambda site, team, day: (site, team, day),
    lambda site, team, _: (site, team),
    lambda site, _team, _day: (site,),
)


def _carried_on(old: Entry, new: Entry) -> Entry:
    """Return the new state of an entry; a higher sequence if anything changed."""
    former = tuple(sorted({*old.former, old.team} - {new.team}))
    same = attrs.evolve(new, uid=old.uid, sequence=old.sequence, stamp=old.stamp, former=former)
    if same == old:
        return same
    return attrs.evolve(same, sequence=old.sequence + 1, stamp=new.stamp)


def _taken_out(entry: Entry, stamp: dt.datetime) -> Entry:
    """Return a cancelled entry; one that was cancelled before stays as it is."""
    if entry.cancelled:
        return entry
    return attrs.evolve(entry, cancelled=True, sequence=entry.sequence + 1, stamp=stamp)


def _of_team(planned: Iterable[Entry], team: str) -> Iterator[Entry]:
    """Yield a team's entries; one that went to another team is cancelled here."""
    for entry in planned:
        if entry.team == team:
            yield entry
        elif team in entry.former:
            yield attrs.evolve(entry, cancelled=True, team=team, former=())


def _entry(plan: PlanData, visit: Visit, lang: Lang, stamp: dt.datetime, zone: Zone) -> Entry:
    school = plan.school_by_npsn[visit.site]
    place = school.location
    names = {"school": school.name, "kecamatan": school.kecamatan, "team": visit.team}
    names_in_line = {what: _one_line(name) for what, name in names.items()}
    return Entry(
        uid="",
        sequence=0,
        stamp=stamp,
        site=visit.site,
        team=visit.team,
        start=_moment(visit.day, visit.start),
        end=_moment(visit.day, visit.end),
        zone=zone,
        summary=say(TEXTS["ical_summary"], lang, **names_in_line),
        description=say(
            TEXTS["ical_description"],
            lang,
            called=visit.called,
            recorded=visit.recorded,
            site=visit.site,
        ),
        place=say(TEXTS["ical_place"], lang, **names_in_line),
        point=(place.latitude, place.longitude) if place else None,
    )


def _one_line(name: str) -> str:
    r"""Return a name without line ends and ``\``, of which readers make line ends."""
    return " ".join(name.replace("\\", "/").split())


def _quoted(name: str) -> str:
    """Return a name without marks that readers of unknown properties unescape or do not."""
    return quote(name, safe=" ")


def _moment(day: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)


def _title(plan: PlanData, team: str | None, lang: Lang) -> str:
    return say(
        TEXTS["ical_title" if team is None else "ical_team_title"],
        lang,
        team=_one_line(team or ""),
        first=plan.calendar.first_day,
        last=plan.calendar.last_day,
    )


# Files --------------------------------------------------------------------------------------


def _written(planned: Iterable[Entry], title: str, lang: Lang, zone: Zone) -> bytes:
    with extra("calendar", "writing calendars"):
        from icalendar import Calendar, Event
    calendar = Calendar()
    for name, value in (
        ("PRODID", f"-//school_ektp//{lang.upper()}"),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", title),
        ("X-WR-CALNAME", title),
        ("X-WR-TIMEZONE", zone.tzid),
    ):
        calendar.add(name, value)
    listed = sorted(planned, key=_order)
    for used in sorted({zone, *(entry.zone for entry in listed)}):
        calendar.add_component(_time_zone(used))
    for entry in listed:
        event = Event()
        for name, stated in _properties(entry):
            event.add(name, stated)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _properties(entry: Entry) -> Iterator[tuple[str, object]]:
    zone = ZoneInfo(entry.zone.tzid)
    yield "UID", entry.uid
    yield "SEQUENCE", entry.sequence
    yield "DTSTAMP", entry.stamp
    yield "STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED"
    yield "DTSTART", entry.start.replace(tzinfo=zone)
    yield "DTEND", entry.end.replace(tzinfo=zone)
    yield "SUMMARY", entry.summary
    yield "DESCRIPTION", entry.description
    yield "LOCATION", entry.place
    if entry.point:
        yield "GEO", entry.point
    yield "CATEGORIES", [_one_line(entry.team)]
    yield _SITE, entry.site
    yield _TEAM, _quoted(entry.team)
    yield from ((_FORMER, _quoted(name)) for name in entry.former)


def _time_zone(zone: Zone) -> Timezone:
    """Return a zone written out for programs that do not know it."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("DTSTART", dt.datetime(1970, 1, 1))
    offset = dt.timedelta(hours=zone.hours)
    standard.add("TZOFFSETFROM", offset)
    standard.add("TZOFFSETTO", offset)
    standard.add("TZNAME", zone.value)
    written = Timezone()
    written.add("TZID", zone.tzid)
    written.add_component(standard)
    return written


def _read(event: Parsed) -> Entry:
    former = event.get(_FORMER, [])
    point = event.get("GEO")
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        stamp=event["DTSTAMP"].dt.astimezone(dt.UTC),
        cancelled=str(event["STATUS"]) == "CANCELLED",
        site=str(event[_SITE]),
        team=unquote(event[_TEAM]),
        former=tuple(map(unquote, former if isinstance(former, list) else [former])),
        start=event["DTSTART"].dt.replace(tzinfo=None),
        end=event["DTEND"].dt.replace(tzinfo=None),
        zone=as_zone(event["DTSTART"].params["TZID"]),
        summary=str(event["SUMMARY"]),
        description=str(event["DESCRIPTION"]),
        place=str(event["LOCATION"]),
        point=(point.latitude, point.longitude) if point is not None else None,
    )
