"""
Whole seasons at random: outcomes early, late, twice and wrong; pauses, pins, new rosters, files.

Whatever is reported in whatever order: every pupil and every visit is in one place, nobody is
recorded twice, the past stays, no plan promises more than wait, and a season read from its document
is the season that was written.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from school_ektp.errors import SchoolEktpWarning
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import OfficeOutcome, Outcome, Result
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.checker import violations
from school_ektp.planning.solution import Solution
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.season.rosters import KnownPupil
from school_ektp.season.season import begin, season_from_text
from school_ektp.season.transfer import placed
from school_ektp.workflow import plan_visits

MONDAY = dt.date(2024, 9, 9)
DAYS = 12
LAST = MONDAY + dt.timedelta(days=DAYS - 1)
SITES = ("10700669", "10700670", "10700671")
KEYS = tuple("abcdefgh")
#: What a plan may break: pins that cannot be kept are reported.
TOLD = {"pinned"}

LEAVING = {Result.RECORDED, Result.ALREADY_RECORDED, Result.ELSEWHERE}
WAITING = ("waiting", "stayed_away", "too_young")
GONE = ("recorded", "at_office", "already_recorded", "elsewhere")

counts = st.integers(0, 9)
sites = st.sampled_from(SITES)
days = st.integers(0, DAYS - 1).map(lambda number: MONDAY + dt.timedelta(days=number))
results = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Result), min_size=1, max_size=4)
groups = st.lists(
    st.builds(
        lambda priority, class_name, now, later, day: WaitingGroup(
            priority=priority, label=str(priority), class_name=class_name,
            steps=[(MONDAY - dt.timedelta(days=9), now), (day, later)],
        ),
        st.integers(0, 1), st.sampled_from(["XI", "XII"]), st.integers(0, 12), counts, days,
    ),
    max_size=2,
)  # fmt: skip
demands = st.tuples(*(
    st.builds(SchoolDemand, npsn=st.just(site), groups=groups, recorded=counts, set_aside=counts)
    for site in SITES
))  # fmt: skip


counted_visits = st.builds(
    lambda recorded, absent, walk_ins, other, class_name: {
        "recorded": recorded, "absent": absent, "walk_ins": min(walk_ins, recorded),
        "failed": other, "already_recorded": other, "elsewhere": other, "class_name": class_name,
    },
    counts, st.none() | counts, st.integers(0, 2), st.integers(0, 2),
    st.sampled_from(["", "", "XI"]),
)  # fmt: skip


def a_team(name, kits=1):
    return Team(
        name=name, base=Location(-3.4726, 102.5202), kits=kits, shift="07:00-12:00",
        setup_minutes=5, packdown_minutes=5,
    )  # fmt: skip


def a_school(number):
    return School(
        npsn=SITES[number], name=f"SMA {number}", level="SMA", kecamatan="Curup",
        location=Location(-3.48 - number / 50, 102.53), session="08:00-11:00", week_days=6,
    )  # fmt: skip


class Seasons(RuleBasedStateMachine):
    """One season, reported in any order."""

    @initialize(
        demand=demands, risks=st.sampled_from([Risks(), Risks.none()]), by_key=st.booleans()
    )
    def begin(self, demand, risks, by_key):
        plan = plan_visits(
            [a_school(number) for number in range(len(SITES))],
            demand,
            [a_team("Tim 1"), a_team("Tim 2", 2)],
            VisitCalendar(first_day=MONDAY, last_day=LAST),
            risks=risks,
            stop=MaxIterations(3),
        )
        self.season = begin(plan)
        if by_key:
            people = [KnownPupil(key, SITES[n % 2], "XI", 0) for n, key in enumerate(KEYS)]
            self.season = attrs.evolve(self.season, people=tuple(people))
        self.past = ()
        self.paused, self.lost, self.closed = set(), set(), {}

    def record(self, *records):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SchoolEktpWarning)
            self.season = self.season.record(records)

    # What happened

    @rule(place=st.integers(0, 9), counted=counted_visits)
    def a_planned_visit_took_place(self, place, counted):
        visits = self.season.visits
        if visits:
            visit = visits[place % len(visits)]
            self.record(Outcome(day=visit.day, team=visit.team, site=visit.site, **counted))

    @rule(place=st.integers(0, 9))
    def a_planned_visit_was_cancelled(self, place):
        visits = self.season.visits
        if visits:
            visit = visits[place % len(visits)]
            self.record(Outcome(day=visit.day, team=visit.team, site=visit.site, cancelled="hujan"))

    @rule(day=days, site=sites, team=st.sampled_from(["Tim 1", "Tim 9"]), pupils=results)
    def pupils_are_told_by_key(self, day, site, team, pupils):
        self.record(Outcome.by_pupil(day=day, team=team, site=site, pupils=pupils))

    @rule(
        day=days, site=sites | st.just(""), more=counts,
        keys=st.sets(st.sampled_from(KEYS), max_size=2),
    )  # fmt: skip
    def some_came_to_the_office(self, day, site, more, keys):
        self.record(
            OfficeOutcome(day=day, site=site, recorded=more + len(keys), pupils=tuple(keys))
        )

    @precondition(lambda self: self.season.ledger.outcomes)
    @rule(place=st.integers(0, 9))
    def told_again(self, place):
        outcomes = self.season.ledger.outcomes
        before = self.season.text
        self.record(outcomes[place % len(outcomes)])
        assert self.season.text == before

    @precondition(lambda self: self.season.ledger.outcomes)
    @rule(place=st.integers(0, 9))
    def told_in_two_ways(self, place):
        outcomes = self.season.ledger.outcomes
        one = outcomes[place % len(outcomes)]
        before = self.season.ledger
        wrong = Outcome(
            day=one.day, team=one.team, site=one.site, class_name=one.class_name, recorded=77
        )
        self.record(one, wrong)
        assert self.season.ledger == before
        assert "disagree" in {found.kind for found in self.season.told}

    @precondition(lambda self: self.season.ledger.outcomes)
    @rule(place=st.integers(0, 9))
    def withdrawn(self, place):
        outcomes = self.season.ledger.outcomes
        one = outcomes[place % len(outcomes)]
        self.season = self.season.withdraw(day=one.day, team=one.team, site=one.site)

    @rule(day=days, year=st.sampled_from([2023, 2025]))
    def told_of_a_wrong_year(self, day, year):
        before = self.season.ledger
        self.record(Outcome(day=day.replace(year=year), team="Tim 1", site=SITES[0], recorded=1))
        assert self.season.ledger == before

    @rule(demand=demands, after=st.integers(1, DAYS - 1), knows=st.booleans())
    def a_new_roster_comes(self, demand, after, knows):
        on = MONDAY + dt.timedelta(days=after)
        self.season = self.season.with_demand(demand, on=on, knows_recorded=knows)

    # What is different

    def day_near(self, place, day):
        """Return the day of a visit to come, where there is one: there it matters what is lost."""
        coming = self.season.plan.visit_list
        return coming[place % len(coming)].day if coming else day

    @rule(place=st.integers(0, 9), day=days)
    def everybody_pauses(self, place, day):
        day = self.day_near(place, day)
        until = min(day + dt.timedelta(days=1), LAST)
        self.season = self.season.pause(day, until)
        self.paused |= {day, until}

    @rule(place=st.integers(0, 9), day=days)
    def a_day_and_a_kit_are_lost(self, place, day):
        day = self.day_near(place, day)
        self.season = self.season.lose_day("Tim 1", day).lose_kits("Tim 2", day, LAST)
        self.lost.add(("Tim 1", day))

    @rule(place=st.integers(0, 9), day=days, site=sites)
    def a_school_closes(self, place, day, site):
        day = self.day_near(place, day)
        self.season = self.season.close_school(site, day, reason="banjir")
        self.closed[site] = min(day, self.closed.get(site, day))

    @rule()
    def a_team_more(self):
        self.season = self.season.with_team(a_team("Tim 3"))

    # What is planned

    @rule(
        later=st.integers(0, 4), notice=st.sampled_from([0, 2, 7]),
        price=st.sampled_from([None, 0, 1]), learn=st.booleans(),
        pin=st.none() | st.tuples(days, sites),
    )  # fmt: skip
    def planned_again(self, later, notice, price, learn, pin):
        on = min(self.season.today + dt.timedelta(days=later), LAST)
        rules = VisitRules() if pin is None else VisitRules(
            pinned=[PinnedVisit(day=pin[0], team="Tim 1", site=pin[1])]
        )  # fmt: skip
        before = self.season
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SchoolEktpWarning)
            self.season = before.replan(
                on=on, notice_days=notice, pupils_per_move=price, learn=learn, rules=rules,
                stop=MaxIterations(2), bound=False,
            )  # fmt: skip
        broken = {fault.rule for fault in self.season.plan.violations}
        assert broken <= TOLD
        assert bool(broken) == any(self.can_come(one) for one in self.season.unkept)
        self.promises_no_more_than_wait()
        self.plans_for_those_who_wait()
        assert {one for one in before.visits if one.day < on} <= {*self.season.past}
        self.plans_nothing_for_days_that_are_lost()
        if pin is None:
            self.keeps_what_was_announced(before, notice)

    def plans_nothing_for_days_that_are_lost(self):
        for visit in self.season.plan.visit_list:
            assert visit.day not in self.paused
            assert (visit.team, visit.day) not in self.lost
            assert visit.day < self.closed.get(visit.site, visit.day + dt.timedelta(days=1))

    def plans_for_those_who_wait(self):
        """Whoever is recorded or gone is in no plan, and nobody who waits is missing."""
        season = self.season
        places = season.standing.places
        for one in season.plan.demand:
            there = sum(places.get((one.npsn, place), 0) for place in WAITING)
            assert one.on(dt.date.max) == there

    def keeps_what_was_announced(self, before, notice):
        """Visits within the notice stay at their minute where that alone breaks nothing."""
        season, now = self.season, self.season.plan
        until = season.today + dt.timedelta(days=notice)
        announced = [one for one in season.before if one.day < until]
        old = before.plan
        numbered = dict(zip(old.visit_list, old.solution.visits, strict=True))
        made = {(one.day, one.team, one.site, one.start) for one in now.visit_list}
        for visit in announced:
            stay = placed(old.names, Solution([numbered[visit]]), now.problem, now.names)
            if stay.visits and not violations(now.problem, stay):
                assert (visit.day, visit.team, visit.site, visit.start) in made

    def can_come(self, pin):
        reported = {one.visit for one in self.season.ledger.outcomes}
        out = {(one.day, one.team) for one in self.season.ledger.outcomes if one.held}
        come = (pin.day, pin.team, pin.site) not in reported and (pin.day, pin.team) not in out
        return come and pin.day >= self.season.today

    def promises_no_more_than_wait(self):
        plan = self.season.plan
        waiting = {one.npsn: one.on(LAST) for one in plan.demand}
        promised = Counter()
        for visit in plan.visit_list:
            promised[visit.site] += visit.recorded
        assert all(pupils <= waiting[site] for site, pupils in promised.items())
        assert plan.recorded <= plan.waiting

    # Kept

    @rule()
    def saved_and_read(self):
        back = season_from_text(self.season.text, Plan)
        assert back.text == self.season.text
        assert back.account.by_site.equals(self.season.account.by_site)
        assert back.learnt == self.season.learnt
        assert back.issues == self.season.issues
        assert back.changes.text("en") == self.season.changes.text("en")
        self.season = back

    # What always holds

    @invariant()
    def every_pupil_and_every_visit_is_in_one_place(self):
        account = self.season.account
        assert (account.difference, account.visits.difference) == (0, 0)
        assert all(pupils >= 0 for pupils in self.season.standing.places.values())

    @invariant()
    def nobody_is_recorded_twice(self):
        """Everybody reported counts once; of pupils known by key only the first time counts."""
        ledger, account = self.season.ledger, self.season.account
        counted = sum(
            one.recorded + one.already_recorded + one.elsewhere for one in ledger.outcomes
        )
        counted += sum(one.recorded for one in ledger.office)
        times = Counter(
            pupil.key for one in ledger.outcomes for pupil in one.pupils if pupil.result in LEAVING
        )
        times.update(key for one in ledger.office for key in one.pupils)
        again = sum(several - 1 for several in times.values())
        assert sum(map(account.pupils, GONE)) == counted - again

    @invariant()
    def the_past_stays_as_it_was(self):
        """Of days gone by; what was reported of a day to come can be withdrawn."""
        assert {*self.past} <= {*self.season.past}
        self.past = tuple(visit for visit in self.season.past if visit.day < self.season.today)

    @invariant()
    def visits_without_an_outcome_count_as_expected(self):
        """Where nothing else is known of a school, its visits of days gone by took place."""
        season = self.season
        told = {one.site for one in (*season.ledger.outcomes, *season.ledger.office)}
        expected, over = Counter(), Counter()
        for visit in season.past:
            expected[visit.site] += visit.recorded
            over[visit.site] += visit.recorded if visit.day < season.today else 0
        for site in expected.keys() - told if len(season.rosters) == 1 else ():
            presumed = season.standing.places.get((site, "presumed"), 0)
            assert presumed <= expected[site]
            assert presumed > 0 or not over[site]

    @invariant()
    def every_visit_is_there_once(self):
        visits = [(one.day, one.team, one.site) for one in self.season.visits]
        assert len(visits) == len(set(visits))

    @invariant()
    def nothing_is_planned_in_the_past(self):
        assert all(visit.day >= self.season.today for visit in self.season.plan.visit_list)


TestSeasons = Seasons.TestCase
TestSeasons.settings = settings(max_examples=settings().max_examples, stateful_step_count=15)
