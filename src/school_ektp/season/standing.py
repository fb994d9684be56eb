"""
Where a season stands: everything that happened, played once more over the rosters.

One pass in the order of the days gives who is left at each school, who of them stayed away how
often, where every pupil is, which calls were made, and what is to be told. Nothing of it is kept
between two passes, so an outcome that comes late, or is corrected, counts as if it had been there
from the beginning.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.outcome import OfficeOutcome, Outcome, Result
from school_ektp.model.risks import Risks
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.planning.build import days_away
from school_ektp.season.calls import Call
from school_ektp.season.findings import Finding
from school_ektp.season.ledger import Ledger, VisitKey
from school_ektp.season.line import Queue, Rates, WaitingLine, present, shared
from school_ektp.season.past import Past
from school_ektp.season.rosters import CountedRoster, KnownPupil

#: Places in which a pupil can be, each pupil in one.
PLACES = (
    "recorded_before",  # before the season
    "set_aside",  # nobody waits for them here: registered elsewhere, birth date unknown
    "recorded",  # at visits
    "at_office",  # recorded without a visit
    "presumed",  # at visits whose outcome nobody has told yet, as many as were expected
    "already_recorded",  # told at a visit: recorded before or elsewhere
    "elsewhere",  # told at a visit: registered in another regency
    "stayed_away",  # waiting; were called and did not come
    "waiting",  # waiting; never called
    "too_young",  # not of age yet
)
#: How pupils come in and go out, beside those of the first roster.
MOVES = ("joined", "outside", "left")
_LEAVING = {
    Result.RECORDED: "recorded",
    Result.ALREADY_RECORDED: "already_recorded",
    Result.ELSEWHERE: "elsewhere",
}
_RECORDED = frozenset({"recorded", "at_office", "presumed", "already_recorded"})
_SEASON = (*_LEAVING.values(), "at_office", "presumed")


@attrs.frozen(kw_only=True)
class Standing:
    """
    Where a season stands on the morning of a day.

    Attributes:
        on: The day.
        demand: Who is left, by NPSN; those recorded meanwhile count as recorded.
        stayed_away: For each site, priority and class, how many of those who wait stayed away
            once, twice, and so on.
        held: Days on which each site was visited, ascending.
        out: Days on which each team went out.
        places: Pupils by site and place, see `PLACES` and `MOVES`.
        first: Pupils of the first roster by site.
        calls: Visits of which the outcome is known, by day, team and site.
        findings: What is to be told, in the order of the days.
    """

    on: dt.date
    demand: tuple[SchoolDemand, ...]
    stayed_away: Mapping[tuple[str, int, str], tuple[int, ...]]
    held: Mapping[str, tuple[dt.date, ...]]
    out: Mapping[str, frozenset[dt.date]]
    places: Mapping[tuple[str, str], int]
    first: Mapping[str, int]
    calls: tuple[Call, ...]
    findings: tuple[Finding, ...]


class Circumstanced(Protocol):
    """What has schools, teams, a calendar and risks: a plan, or a season."""

    @property
    def schools(self) -> tuple[School, ...]:
        """All schools."""

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams."""

    @property
    def calendar(self) -> VisitCalendar:
        """The season."""

    @property
    def risks(self) -> Risks:
        """What is expected to go wrong."""


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
        visits: PlanData visits as they stood when their day came. Of those before *on* without an
            outcome as many as were expected count as recorded.
        on: The day.
        people: Where pupils known by key waited.
        past: What the first roster does not tell of days before it; nothing when None.
    """
    play = Play(plan, people)
    planned = {(visit.day, visit.team, visit.site): visit for visit in visits}
    told = ledger.visits
    rosters = [one for place, one in enumerate(rosters) if not place or one.on <= on]
    days = {visit.day for visit in planned.values() if visit.day < on}
    days |= {one.day for one in ledger.outcomes} | {one.day for one in ledger.office}
    days |= {roster.on for roster in rosters}
    by_day = _by_day(planned, told, ledger.office, rosters, on)
    play.begin(rosters[0], past)
    for day in sorted(days):
        events = by_day[day]
        for roster in events.rosters:
            play.turn_to(roster)
        for site in sorted({key[2] for key in (*events.told, *events.presumed)}):
            play.at_school(
                [(told[key], planned.get(key)) for key in events.told if key[2] == site],
                [planned[key] for key in events.presumed if key[2] == site],
            )
        for record in events.office:
            play.at_office(record)
    return play.end(on)


@attrs.define
class _Events:
    rosters: list[CountedRoster] = attrs.field(factory=list)
    told: list[VisitKey] = attrs.field(factory=list)
    presumed: list[VisitKey] = attrs.field(factory=list)
    office: list[OfficeOutcome] = attrs.field(factory=list)


def _by_day(
    planned: Mapping[VisitKey, Visit],
    told: Mapping[VisitKey, Sequence[Outcome]],
    office: Iterable[OfficeOutcome],
    rosters: Sequence[CountedRoster],
    on: dt.date,
) -> defaultdict[dt.date, _Events]:
    events: defaultdict[dt.date, _Events] = defaultdict(_Events)
    for roster in rosters[1:]:
        events[roster.on].rosters.append(roster)
    for key in sorted(told):
        events[key[0]].told.append(key)
    for key in sorted(planned):
        if key not in told and key[0] < on:
            events[key[0]].presumed.append(key)
    for record in office:
        events[record.day].office.append(record)
    return events


@attrs.frozen
class _Departure:
    """Pupils who left the line of a school, for a roster that does not know of it."""

    day: dt.date
    pupils: int
    class_name: str
    priority: int | None = None

    def again(self, line: WaitingLine) -> None:
        """Let them leave another line of the same school."""
        line.leave(self.day, self.pupils, line.of_class(self.class_name, self.priority))


def _rates(risks: Risks, npsn: str) -> Rates:
    return Rates(risks.turnout_at(npsn), risks.turnout_again_at(npsn))


class Play:
    """The season as far as it has been played."""

    def __init__(self, plan: Circumstanced, people: Iterable[KnownPupil]) -> None:
        self.schools: dict[str, School] = {school.npsn: school for school in plan.schools}
        self.teams: dict[str, Team] = {team.name: team for team in plan.teams}
        self.calendar, self.risks = plan.calendar, plan.risks
        self.people = {one.key: one for one in people}
        self.times: Counter[str] = Counter()  # a pupil known by key stayed away
        self.gone: set[str] = set()
        self.lines: dict[str, WaitingLine] = {}
        self.places: Counter[tuple[str, str]] = Counter()
        self.first: Counter[str] = Counter()
        self.departures: defaultdict[str, list[_Departure]] = defaultdict(list)
        self.held: defaultdict[str, set[dt.date]] = defaultdict(set)
        self.out: defaultdict[str, set[dt.date]] = defaultdict(set)
        self.calls: list[Call] = []
        self.findings: list[Finding] = []
        self.settled: Counter[int] = Counter()  # of a group, came or missed on the day played

    # Rosters

    def begin(self, roster: CountedRoster, past: Past | None) -> None:
        """Let the first roster be who there is, with what is known of the days before it."""
        for one in roster.demand:
            self.lines[one.npsn] = WaitingLine(one, _rates(self.risks, one.npsn))
            self.first[one.npsn] = one.pupils
            self.places[one.npsn, "recorded_before"] = one.recorded
            self.places[one.npsn, "set_aside"] = one.set_aside
        if past is not None:
            self._remember(past)

    def _remember(self, past: Past) -> None:
        pool = dict(past.stayed_away)
        for npsn, line in self.lines.items():
            for queue in line.queues if npsn in self.schools else ():
                group, school = queue.group, self.schools[npsn]
                away = days_away(self.calendar, school, group.class_name)
                key = npsn, group.priority, frozenset(self.calendar.days[day] for day in away)
                pool[key] = queue.remember(past.today, pool.get(key, ()))
        for site, days in past.held.items():
            self.held[site].update(days)
        for team, days_out in past.out.items():
            self.out[team].update(days_out)

    def turn_to(self, roster: CountedRoster) -> None:
        """Let a later roster take the place of the one before."""
        new = {one.npsn: one for one in roster.demand}
        for npsn in sorted({*self.lines, *new}):
            demand = new.get(npsn) or SchoolDemand(npsn=npsn, groups=())
            self._turn_line(npsn, demand, roster)

    def _turn_line(self, npsn: str, demand: SchoolDemand, roster: CountedRoster) -> None:
        old, line = self.line(npsn), WaitingLine(demand, _rates(self.risks, npsn))
        before = self._inside(npsn)
        gone = sum(self.places[npsn, place] for place in _RECORDED) - self.places[npsn, "outside"]
        elsewhere = self.places[npsn, "elsewhere"]
        counted, aside = demand.recorded, demand.set_aside
        if roster.knows_recorded:
            if gone > counted:
                self.find("fewer_recorded", roster.on, site=npsn, amount=gone - counted)
            counted, aside = max(counted - gone, 0), max(aside - elsewhere, 0)
        else:
            for one in self.departures[npsn]:
                one.again(line)
        self.lines[npsn] = line.remembering(old, roster.on)
        self.places[npsn, "recorded_before"] = counted
        self.places[npsn, "set_aside"] = aside
        more = self._inside(npsn) - before
        self.places[npsn, "joined" if more > 0 else "left"] += abs(more)

    def _inside(self, npsn: str) -> int:
        """Return all pupils who are in a place."""
        kept = ("recorded_before", "set_aside", *_SEASON)
        waiting = sum(queue.pupils for queue in self.line(npsn).queues)
        return waiting + sum(self.places[npsn, place] for place in kept)

    def line(self, npsn: str) -> WaitingLine:
        """Return the waiting line of a school; an empty one if no roster has it."""
        if npsn not in self.lines:
            empty = SchoolDemand(npsn=npsn, groups=())
            self.lines[npsn] = WaitingLine(empty, _rates(self.risks, npsn))
        return self.lines[npsn]

    # At schools

    def at_school(
        self,
        told: Iterable[tuple[Sequence[Outcome], Visit | None]],
        presumed: Iterable[Visit],
    ) -> None:
        """Play all visits to one school on one day: who left first, then who stayed away."""
        self.settled.clear()
        visits = [CalledVisit(self, outcomes, visit) for outcomes, visit in told]
        for one in visits:
            self._note(one.outcomes[0], planned=one.visit is not None)
            one.leave()
        for one in visits:
            one.stay_away()
        self.calls += [call for one in visits if (call := one.call()) is not None]
        for visit in presumed:
            self._presume(visit)

    def _note(self, outcome: Outcome, *, planned: bool) -> None:
        day, team, site = outcome.visit
        if not planned:
            self.find("not_planned", day, team, site)
        if team not in self.teams:
            self.find("unknown_team", day, team, site)
        if outcome.held:
            self.held[site].add(day)
            self.out[team].add(day)
        else:
            self.find("cancelled", day, team, site, reason=outcome.cancelled)

    def _presume(self, visit: Visit) -> None:
        """Let as many be recorded as the plan expected of a visit without an outcome."""
        day, line = visit.day, self.line(visit.site)
        queues = self.called(visit.site, day, "")
        waiting = sum(queue.waiting(day) for queue in queues)
        likely = (1 - self.risks.never) * sum(queue.likely(day, line.rates) for queue in queues)
        pupils = min(visit.recorded, round(likely))
        self.depart(visit.site, "presumed", day, pupils, queues)
        absent = round(self.risks.held * (waiting - likely))
        self.stay_away(visit.site, day, absent, queues)
        self.held[visit.site].add(day)
        self.out[visit.team].add(day)
        self.find("no_outcome", day, visit.team, visit.site, amount=pupils)

    def called(self, site: str, day: dt.date, class_name: str) -> list[Queue]:
        """Return the groups that a visit calls: those of the class that are at school."""
        school, line = self.schools[site], self.line(site)
        return present(
            line.of_class(class_name), lambda name: self.calendar.class_away(school, name, day)
        )

    def depart(
        self, site: str, place: str, day: dt.date, pupils: int, queues: Sequence[Queue]
    ) -> int:
        """Let *pupils* leave for a place; return how many more than waited they are."""
        if pupils <= 0:
            return 0
        over = self.line(site).leave(day, pupils, queues)
        self.places[site, place] += pupils - over
        classes = {queue.group.class_name for queue in queues}
        only = next(iter(classes)) if len(classes) == 1 else ""
        self.departures[site].append(_Departure(day, pupils - over, only))
        return over

    def depart_known(self, site: str, place: str, day: dt.date, key: str) -> bool:
        """Let a pupil known by key leave; False if the roster of the school does not know it."""
        person = self.people.get(key)
        if person is None or person.site != site or person.priority is None:
            return False
        queues = self.line(site).of_class(person.class_name, person.priority)
        if not any(queue.leave_known(day, self.times[key]) for queue in queues):
            return False
        self.gone.add(key)
        self.places[site, place] += 1
        self.departures[site].append(_Departure(day, 1, person.class_name, person.priority))
        return True

    def stay_away_known(self, site: str, day: dt.date, key: str) -> bool:
        """Let a pupil known by key stay away; False if the roster does not know it."""
        self.times[key] += 1
        person = self.people.get(key)
        if person is None or person.site != site or person.priority is None:
            return False
        for queue in self.line(site).of_class(person.class_name, person.priority)[:1]:
            queue.stay_away_known(day, self.times[key] - 1)
            self.settled[id(queue)] += 1
            return True
        return False

    def stay_away(self, site: str, day: dt.date, pupils: int, queues: Sequence[Queue]) -> int:
        """Let *pupils* stay away, of those not seen on that day; return how many did."""
        line = self.line(site)
        weights = [queue.waiting(day) - queue.likely(day, line.rates) for queue in queues]
        parts = shared(max(pupils, 0), weights, self.unseen(day, queues))
        for queue, part in zip(queues, parts, strict=True):
            queue.stay_away(day, part, line.rates)
            self.settled[id(queue)] += part
        return sum(parts)

    def stay(self, site: str, day: dt.date, pupils: int, queues: Sequence[Queue]) -> None:
        """Note that *pupils* came and still wait."""
        rates = self.line(site).rates
        weights = [queue.likely(day, rates) for queue in queues]
        parts = shared(pupils, weights, self.unseen(day, queues))
        for queue, part in zip(queues, parts, strict=True):
            self.settled[id(queue)] += part

    def unseen(self, day: dt.date, queues: Iterable[Queue]) -> list[int]:
        """Return how many of each group wait and were not seen or missed on that day."""
        return [max(queue.waiting(day) - self.settled[id(queue)], 0) for queue in queues]

    # At the office

    def at_office(self, record: OfficeOutcome) -> None:
        """Let those recorded at the office leave the line of their school."""
        site, day, place = record.site, record.day, "at_office"
        fresh = [key for key in record.pupils if key not in self.gone]
        if twice := len(record.pupils) - len(fresh):
            self.find("recorded_twice", day, site=site, amount=twice)
        known = sum(self.depart_known(self._home(site, key), place, day, key) for key in fresh)
        self.gone.update(fresh)
        left = record.recorded - twice - known
        if site:
            queues = self.line(site).of_class(record.class_name)
            self.outside(site, place, day, self.depart(site, place, day, left, queues))
        else:
            self.places["", "outside"] += left
            self.places["", place] += left

    def _home(self, site: str, key: str) -> str:
        """Return the school of a pupil at the office, where nobody asked for it but it is known."""
        return site or (self.people[key].site if key in self.people else "")

    def outside(self, site: str, place: str, day: dt.date, pupils: int, team: str = "") -> None:
        """Count pupils who are recorded and on no roster."""
        if pupils:
            self.places[site, "outside"] += pupils
            self.places[site, place] += pupils
            self.find("more_than_waited", day, team, site, amount=pupils)

    # The end

    def find(
        self,
        kind: str,
        day: dt.date,
        team: str = "",
        site: str = "",
        *,
        amount: int = 0,
        reason: str = "",
    ) -> None:
        """Note something to be told."""
        self.findings.append(Finding(kind, day, team, site, amount=amount, reason=reason))

    def end(self, on: dt.date) -> Standing:
        """Return where the season stands."""
        demand: list[SchoolDemand] = []
        away: dict[tuple[str, int, str], Counter[int]] = {}
        for npsn, line in sorted(self.lines.items()):
            for queue in line.queues:
                waiting, again = queue.waiting(on), queue.again()
                self.places[npsn, "stayed_away"] += min(again, waiting)
                self.places[npsn, "waiting"] += max(waiting - again, 0)
                self.places[npsn, "too_young"] += queue.pupils - waiting
                if queue.away:
                    key = npsn, queue.group.priority, queue.group.class_name
                    away[key] = away.get(key, Counter()) + queue.away
            recorded = sum(self.places[npsn, place] for place in ("recorded_before", *_RECORDED))
            aside = self.places[npsn, "set_aside"] + self.places[npsn, "elsewhere"]
            demand.append(line.left(max(recorded - self.places[npsn, "outside"], 0), aside))
        return Standing(
            on=on,
            demand=tuple(demand),
            stayed_away={
                key: tuple(times[n] for n in range(1, max(times) + 1))
                for key, times in away.items()
            },
            held={site: tuple(sorted(days)) for site, days in self.held.items()},
            out={team: frozenset(days) for team, days in self.out.items()},
            places=self.places,
            first=self.first,
            calls=tuple(sorted(self.calls, key=lambda one: (one.day, one.team, one.site))),
            findings=tuple(self.findings),
        )


@attrs.define
class _Part:
    """One class of a visit, or the whole of it: who was called, and what came of them."""

    outcome: Outcome
    queues: list[Queue]
    waiting: int
    fresh: int
    likely: float
    came: int = 0
    absent: int = 0
    first: list[bool] = attrs.field(factory=list)  # pupils known by key who came: never called
    away: list[bool] = attrs.field(factory=list)  # likewise those who did not come


class CalledVisit:
    """One visit of which the outcome is known, as it is played."""

    def __init__(self, play: Play, outcomes: Sequence[Outcome], visit: Visit | None) -> None:
        self.play, self.outcomes, self.visit = play, outcomes, visit
        self.day, self.team, self.site = outcomes[0].visit
        self.parts = [self._part(one) for one in outcomes if one.held]

    def _part(self, outcome: Outcome) -> _Part:
        day, rates = self.day, self.play.line(self.site).rates
        queues = self.play.called(self.site, day, outcome.class_name)
        return _Part(
            outcome,
            queues,
            waiting=sum(queue.waiting(day) for queue in queues),
            fresh=sum(queue.fresh(day) for queue in queues),
            likely=sum(queue.likely(day, rates) for queue in queues),
        )

    def leave(self) -> None:
        """Let those leave who were recorded, or need not wait here."""
        for part in self.parts:
            self._leave(part)

    def _leave(self, part: _Part) -> None:
        play, day, site, one = self.play, self.day, self.site, part.outcome
        counts = {result: getattr(one, result.value.lower()) for result in _LEAVING}
        twice = 0
        for pupil in one.pupils:
            if pupil.result is Result.ABSENT:
                continue
            if pupil.key in play.gone:
                twice += 1
                counts[pupil.result] = counts.get(pupil.result, 1) - 1
                continue
            part.first.append(not play.times[pupil.key])
            place = _LEAVING.get(pupil.result)
            if place is not None and play.depart_known(site, place, day, pupil.key):
                counts[pupil.result] -= 1
            if place is not None:
                play.gone.add(pupil.key)
        if twice:
            play.find("recorded_twice", day, self.team, site, amount=twice)
        walked_in = min(one.walk_ins, counts[Result.RECORDED])
        counts[Result.RECORDED] -= walked_in
        play.places[site, "outside"] += walked_in
        play.places[site, "recorded"] += walked_in
        for result, place in _LEAVING.items():
            over = play.depart(site, place, day, counts[result], part.queues)
            play.outside(site, place, day, over, self.team)
        part.came = max(one.came - one.walk_ins - twice, 0)
        play.stay(site, day, one.failed + one.under_age, part.queues)

    def stay_away(self) -> None:
        """Let those stay away once more who were called and did not come."""
        play, day, site = self.play, self.day, self.site
        for part in self.parts:
            away = [p.key for p in part.outcome.pupils if p.result is Result.ABSENT]
            away = [key for key in away if key not in play.gone]
            first = [not play.times[key] for key in away]
            known = [play.stay_away_known(site, day, key) for key in away]
            part.away = first
            more = self._absent(part) - sum(known)
            part.absent = sum(known) + play.stay_away(site, day, more, part.queues)

    def _absent(self, part: _Part) -> int:
        if part.outcome.absent is not None:
            return part.outcome.absent
        unseen = sum(self.play.unseen(self.day, part.queues))
        share = (1 - self.play.risks.never) * part.likely / max(part.waiting, 1)
        if not self.full or not share:
            return unseen
        return min(unseen, round(part.came * (1 - share) / share))

    @property
    def full(self) -> bool:
        """Whether its room may have ended the visit, and nobody counted the absent."""
        counted = all(part.outcome.absent is not None for part in self.parts)
        came = sum(part.came for part in self.parts)
        return not counted and self.visit is not None and came >= self.visit.room

    def call(self) -> Call | None:
        """Return the visit as evidence of rates; None for a team that the plan does not have."""
        play, team = self.play, self.play.teams.get(self.team)
        if team is None:
            return None
        school = play.schools[self.site]
        first = again = came = 0
        for part in self.parts:
            called = min(part.came + part.absent, part.waiting)
            mine = round(part.fresh * called / part.waiting) if part.waiting else 0
            first, again = first + mine, again + called - mine
            came += min(part.came, called)
        first_came, again_came = self._known()
        if first_came is not None and again_came is not None:
            first = first_came + sum(sum(part.away) for part in self.parts)
            again = again_came + sum(len(part.away) - sum(part.away) for part in self.parts)
            came = first_came + again_came
        return Call(
            day=self.day,
            team=self.team,
            site=self.site,
            level=school.level,
            planned=self.visit is not None,
            held=bool(self.parts),
            reason=self.outcomes[0].cancelled,
            first=first,
            again=again,
            came=came,
            first_came=first_came,
            again_came=again_came,
            recorded=sum(one.recorded for one in self.outcomes),
            failed=sum(one.failed for one in self.outcomes),
            walk_ins=sum(one.walk_ins for one in self.outcomes),
            full=self.full,
            expected=self.visit.recorded if self.visit else None,
            minutes=self._minutes(team),
            kits=team.kits_on(self.day),
            pupil_minutes=team.pupil_minutes(school),
            fixed_minutes=team.setup_minutes + team.packdown_minutes,
        )

    def _known(self) -> tuple[int | None, int | None]:
        """Return who came for the first time and again, if everybody is known by key."""
        for part in self.parts:
            one = part.outcome
            if one.absent is None or len(one.pupils) != one.came + one.absent or one.walk_ins:
                return None, None
        firsts = sum(sum(part.first) for part in self.parts)
        return firsts, sum(len(part.first) for part in self.parts) - firsts

    def _minutes(self, team: Team) -> int | None:
        starts = [part.outcome.start for part in self.parts if part.outcome.start is not None]
        ends = [part.outcome.end for part in self.parts if part.outcome.end is not None]
        if not self.parts or len(starts) < len(self.parts) or len(ends) < len(self.parts):
            return None
        start, end = min(starts), max(ends)
        pauses = [one.window for one in team.breaks if one.falls_on(self.day)]
        return end - start - sum(max(min(end, p.end) - max(start, p.start), 0) for p in pauses)
