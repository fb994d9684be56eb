"""
Where a season stands: everything that happened, played once more over the rosters.

One pass in the order of the days gives who is left at each school, who of them stayed away how
often, where every pupil is, which calls were made, and what there is to report. Nothing of it is
kept between two passes, so an outcome that comes late, or is corrected, counts as if it had been
there from the beginning.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from school_ektp.model.demand import SchoolDemand
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.model.visit import Visit
from school_ektp.planning.build import days_away
from school_ektp.season.board import Board, Circumstanced, rates_at
from school_ektp.season.calls import Call
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.ledger import Ledger, VisitKey
from school_ektp.season.line import WaitingLine
from school_ektp.season.past import Past
from school_ektp.season.played import PlayedVisit
from school_ektp.season.pupil_places import IN_SEASON, RECORDED
from school_ektp.season.rosters import CountedRoster, KnownPupil


@attrs.frozen(kw_only=True)
class Standing:
    """
    Where a season stands on the morning of a day.

    Attributes:
        on: The day.
        demand: Who is left, by NPSN; those recorded meanwhile count as recorded.
        stayed_away: For each site, priority and class, how many of those who wait stayed away
            once, twice, and so on.
        held: Days on which each site was visited, ascending, one for each visit.
        out: Days on which each team went out.
        places: Pupils by site and place, see `pupil_places.PLACES` and `pupil_places.MOVES`.
        first: Pupils of the first roster by site.
        calls: Visits of which the outcome is known, by day, team and site.
        issues: What there is to report, in the order of the days.
    """

    on: dt.date
    demand: tuple[SchoolDemand, ...]
    stayed_away: Mapping[tuple[str, int, str], tuple[int, ...]]
    held: Mapping[str, tuple[dt.date, ...]]
    out: Mapping[str, frozenset[dt.date]]
    places: Mapping[tuple[str, str], int]
    first: Mapping[str, int]
    calls: tuple[Call, ...]
    issues: tuple[SeasonIssue, ...]


def standing(
    plan: Circumstanced,
    rosters: Sequence[CountedRoster],
    ledger: Ledger,
    visits: Iterable[Visit],
    *,
    on: dt.date,
    people: Iterable[KnownPupil] = (),
    past: Past | None = None,
) -> Standing:
    """
    Return where a season stands on the morning of a day.

    Args:
        plan: Its schools, teams, calendar and risks are those of the season.
        rosters: The first one and those that came later, by day; those of days after *on* do not
            count yet.
        ledger: What happened; outcomes of *on* and later days count too.
        visits: Planned visits as they stood when their day came. Of those without an outcome,
            before *on* or on a day on which their team has been out, as many as were expected
            count as recorded.
        on: The day.
        people: Where pupils known by key waited.
        past: What the first roster does not say of days before it; nothing when None.
    """
    play = _Play(plan, people)
    planned = {(visit.day, visit.team, visit.site): visit for visit in visits}
    reported = ledger.visits
    rosters = [one for place, one in enumerate(rosters) if not place or one.on <= on]
    days = {visit.day for visit in planned.values() if visit.day < on}
    days |= {one.day for one in ledger.outcomes} | {one.day for one in ledger.office}
    days |= {roster.on for roster in rosters}
    by_day = _by_day(planned, ledger, rosters, on)
    play.begin(rosters[0], past)
    for day in sorted(days):
        events = by_day[day]
        for roster in events.rosters:
            play.turn_to(roster)
        for site in sorted({key[2] for key in (*events.reported, *events.presumed)}):
            play.at_school(
                [(reported[key], planned.get(key)) for key in events.reported if key[2] == site],
                [planned[key] for key in events.presumed if key[2] == site],
            )
        for record in events.office:
            play.at_office(record)
    return play.end(on)


@attrs.define
class _Events:
    rosters: list[CountedRoster] = attrs.field(factory=list)
    reported: list[VisitKey] = attrs.field(factory=list)
    presumed: list[VisitKey] = attrs.field(factory=list)
    office: list[OfficeOutcome] = attrs.field(factory=list)


def _by_day(
    planned: Mapping[VisitKey, Visit],
    ledger: Ledger,
    rosters: Sequence[CountedRoster],
    on: dt.date,
) -> defaultdict[dt.date, _Events]:
    reported, out = ledger.visits, ledger.team_days
    events: defaultdict[dt.date, _Events] = defaultdict(_Events)
    for roster in rosters[1:]:
        events[roster.on].rosters.append(roster)
    for key in sorted(reported):
        events[key[0]].reported.append(key)
    for key in sorted(planned):
        if key not in reported and (key[0] < on or key[:2] in out):
            events[key[0]].presumed.append(key)
    for record in ledger.office:
        events[record.day].office.append(record)
    return events


class _Play:
    """The season as far as it has been played."""

    def __init__(self, season: Circumstanced, people: Iterable[KnownPupil]) -> None:
        self.board = Board(season, people)
        self.first: Counter[str] = Counter()
        self.held: defaultdict[str, list[dt.date]] = defaultdict(list)
        self.known: dict[str, frozenset[dt.date]] = {}  # days of visits before the first roster
        self.out: defaultdict[str, set[dt.date]] = defaultdict(set)
        self.calls: list[Call] = []

    def begin(self, roster: CountedRoster, past: Past | None) -> None:
        """Let the first roster be who there is, with what is known of the days before it."""
        for one in roster.demand:
            self.board.lines[one.npsn] = WaitingLine(one, rates_at(self.board.risks, one.npsn))
            self.first[one.npsn] = one.pupils
            self.board.places[one.npsn, "recorded_before"] = one.recorded
            self.board.places[one.npsn, "set_aside"] = one.set_aside
        if past is not None:
            self._remember(past)

    def _remember(self, past: Past) -> None:
        pool = dict(past.stayed_away)
        for npsn, line in self.board.lines.items():
            for queue in line.queues if npsn in self.board.schools else ():
                group, school = queue.group, self.board.schools[npsn]
                away = days_away(self.board.calendar, school, group.class_name)
                key = npsn, group.priority, frozenset(self.board.calendar.days[day] for day in away)
                pool[key] = queue.remember(past.today, pool.get(key, ()))
        for site, days in past.held.items():
            self.held[site] += days
            self.known[site] = frozenset(days)
        for team, days_out in past.out.items():
            self.out[team].update(days_out)

    def turn_to(self, roster: CountedRoster) -> None:
        """Let a later roster take the place of the one before."""
        new = {one.npsn: one for one in roster.demand}
        for npsn in sorted({*self.board.lines, *new}):
            demand = new.get(npsn) or SchoolDemand(npsn=npsn, groups=())
            self._turn_line(npsn, demand, roster)

    def _turn_line(self, npsn: str, demand: SchoolDemand, roster: CountedRoster) -> None:
        old, line = self.board.line(npsn), WaitingLine(demand, rates_at(self.board.risks, npsn))
        before = self._inside(npsn)
        gone = (
            sum(self.board.places[npsn, place] for place in RECORDED)
            - self.board.places[npsn, "outside"]
        )
        elsewhere = self.board.places[npsn, "elsewhere"]
        counted, aside = demand.recorded, demand.set_aside
        if roster.knows_recorded:
            if gone > counted:
                self.board.note("fewer_recorded", roster.on, site=npsn, amount=gone - counted)
            counted, aside = max(counted - gone, 0), max(aside - elsewhere, 0)
        else:
            for one in self.board.departures[npsn]:
                one.again(line)
        self.board.lines[npsn] = line.remembering(old, roster.on)
        self.board.places[npsn, "recorded_before"] = counted
        self.board.places[npsn, "set_aside"] = aside
        more = self._inside(npsn) - before
        self.board.places[npsn, "joined" if more > 0 else "left"] += abs(more)

    def _inside(self, npsn: str) -> int:
        """Return all pupils who are in a place."""
        kept = ("recorded_before", "set_aside", *IN_SEASON)
        waiting = sum(queue.pupils for queue in self.board.line(npsn).queues)
        return waiting + sum(self.board.places[npsn, place] for place in kept)

    def at_school(
        self,
        reported: Iterable[tuple[Sequence[Outcome], Visit | None]],
        presumed: Iterable[Visit],
    ) -> None:
        """Play all visits to one school on one day: who left first, then who stayed away."""
        self.board.settled.clear()
        visits = [PlayedVisit(self.board, outcomes, visit) for outcomes, visit in reported]
        for one in visits:
            self._note(one.outcomes, planned=one.visit is not None)
            one.leave()
        for one in visits:
            one.stay_away()
        self.calls += [call for one in visits if (call := one.call()) is not None]
        for visit in presumed:
            self._presume(visit)

    def _note(self, outcomes: Sequence[Outcome], *, planned: bool) -> None:
        """Note whether a visit took place; it did if one of its classes was called."""
        day, team, site = outcomes[0].visit
        if not planned:
            self.board.note("not_planned", day, team, site)
        if team not in self.board.teams:
            self.board.note("unknown_team", day, team, site)
        if any(one.held for one in outcomes):
            self._was_visited(site, day)
            self.out[team].add(day)
        else:
            self.board.note("cancelled", day, team, site, reason=outcomes[0].cancelled)

    def _was_visited(self, site: str, day: dt.date) -> None:
        """Count a visit, unless it is one of those known from the beginning."""
        if day not in self.known.get(site, ()):
            self.held[site].append(day)

    def _presume(self, visit: Visit) -> None:
        """Let as many be recorded as the plan expected of a visit without an outcome."""
        day, line = visit.day, self.board.line(visit.site)
        queues = self.board.called(visit.site, day, "")
        waiting = sum(queue.waiting(day) for queue in queues)
        likely = (1 - self.board.risks.never) * sum(
            queue.likely(day, line.rates) for queue in queues
        )
        pupils = min(visit.recorded, round(likely))
        self.board.depart(visit.site, "presumed", day, pupils, queues)
        held = self.board.risks.held_at(visit.site, visit.team)
        absent = round(held * (waiting - likely))
        self.board.stay_away(visit.site, day, absent, queues)
        self._was_visited(visit.site, day)
        self.out[visit.team].add(day)
        self.board.note("no_outcome", day, visit.team, visit.site, amount=pupils)

    def at_office(self, record: OfficeOutcome) -> None:
        """Let those recorded at the office leave the line of their school."""
        site, day, place = record.site, record.day, "at_office"
        fresh = [key for key in record.pupils if key not in self.board.gone]
        if twice := len(record.pupils) - len(fresh):
            self.board.note("recorded_twice", day, site=site, amount=twice)
        known = sum(
            self.board.depart_known(self._home(site, key), place, day, key) for key in fresh
        )
        self.board.gone.update(fresh)
        left = record.recorded - twice - known
        if site:
            queues = self.board.line(site).of_class(record.class_name)
            self.board.outside(site, place, day, self.board.depart(site, place, day, left, queues))
        else:
            self.board.places["", "outside"] += left
            self.board.places["", place] += left

    def _home(self, site: str, key: str) -> str:
        """Return the school of a pupil at the office, where nobody asked for it but it is known."""
        return site or (self.board.people[key].site if key in self.board.people else "")

    def end(self, on: dt.date) -> Standing:
        """Return where the season stands."""
        demand: list[SchoolDemand] = []
        away: dict[tuple[str, int, str], Counter[int]] = {}
        for npsn, line in sorted(self.board.lines.items()):
            for queue in line.queues:
                waiting, again = queue.waiting(on), queue.again()
                self.board.places[npsn, "stayed_away"] += min(again, waiting)
                self.board.places[npsn, "waiting"] += max(waiting - again, 0)
                self.board.places[npsn, "too_young"] += queue.pupils - waiting
                if queue.away:
                    key = npsn, queue.group.priority, queue.group.class_name
                    away[key] = away.get(key, Counter()) + queue.away
            recorded = sum(
                self.board.places[npsn, place] for place in ("recorded_before", *RECORDED)
            )
            aside = self.board.places[npsn, "set_aside"] + self.board.places[npsn, "elsewhere"]
            recorded = max(recorded - self.board.places[npsn, "outside"], 0)
            demand.append(line.left(on, recorded, aside))
        return Standing(
            on=on,
            demand=tuple(demand),
            stayed_away={
                key: tuple(times[n] for n in range(1, max(times) + 1))
                for key, times in away.items()
            },
            held={site: tuple(sorted(days)) for site, days in self.held.items()},
            out={team: frozenset(days) for team, days in self.out.items()},
            places=self.board.places,
            first=self.first,
            calls=tuple(sorted(self.calls, key=lambda one: (one.day, one.team, one.site))),
            issues=tuple(self.board.issues),
        )
