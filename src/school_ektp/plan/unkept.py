"""What was asked of a plan and is not in it: pins that found no place, floors and dates missed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import attrs

from school_ektp.errors import SchoolEktpWarning
from school_ektp.model.language import Lang, date_text
from school_ektp.model.messages import PIN_CAUSES
from school_ektp.model.visit import PinnedVisit
from school_ektp.plan.planned import Planned
from school_ektp.planning.checker import Violation, evaluate
from school_ektp.planning.constraints import Floor, Forbidden, ReachedBy
from school_ektp.planning.problem import EXPECTED

_CALLER = 3  # a warning stands where planning was asked for: who called whom calls `warn_of_days`


def unkept(plan: Planned) -> Iterator[Violation]:
    """
    Yield what the checker does not call a violation: the plan comes as near to it as it can.

    A pin of a day outside the season, or of a school that is not planned, which then has no site,
    is a ``pinned``; so is one of a day gone by on which the school was not visited.
    Pupils missing to a floor or not called by a date are a ``floor`` or ``reached_by``, at the
    first school of the kecamatan. Nobody is called at a school of which the place is not known, nor
    by a date before the season.
    """
    for pin in plan.rules.pinned:
        known = pin.site in plan.names.sites
        if is_missed(plan, pin):
            yield Violation(
                rule="pinned",
                team=plan.names.teams.index(pin.team),
                day=plan.calendar.day_number(pin.day),
                site=plan.names.sites.index(pin.site) if known else None,
                amount=0,
                limit=pin.pupils,
            )
    for floor in plan.problem.all_of(Floor):
        if missing := _missing(plan, floor):
            yield Violation(
                rule="floor",
                site=_first_site(plan, floor.district),
                amount=max((2 * missing + EXPECTED) // (2 * EXPECTED), 1),  # as pupils are shown
                limit=floor.pupils,
            )
    yield from _dates_missed(plan)


def is_missed(plan: Planned, pin: PinnedVisit) -> bool:
    """Return whether no search can keep a pinned visit, for its day or its school."""
    if pin.site not in plan.names.sites or pin.day not in plan.calendar.span:
        return True
    day, site = plan.calendar.day_number(pin.day), plan.names.sites.index(pin.site)
    return day < plan.problem.today and day not in plan.problem.sites[site].held


def pin_cause(plan: Planned, team: int | None, day: int | None, site: int | None) -> str:
    """
    Return why no search could keep a pinned visit, a key of `messages.PIN_CAUSES`.

    Args:
        plan: The plan that lacks the visit.
        team: Number of the team; None where it left.
        day: Number of the day; another, or None, outside the season.
        site: Number of the school; None where it is not planned.
    """
    problem = plan.problem
    if site is None:
        return "no_site"
    if day is None or day not in range(problem.days):
        return "outside_season"
    if day < problem.today:
        return "past"
    if team is None:
        return "day_off"
    who, place = problem.teams[team], problem.sites[site]
    causes = {
        "day_off": who.shifts[day] is None,
        "no_kit": not who.kits[day],
        "reserved": (team, day) in problem.kept_free,
        "closed": not place.sessions[day],
        "nobody": not place.waiting(day),
        "forbidden": any((one.team, one.site) == (team, site) for one in problem.all_of(Forbidden)),
    }
    return next((cause for cause, holds in causes.items() if holds), "no_place")


def pin_text(plan: Planned, pin: PinnedVisit, lang: Lang) -> str:
    """Return a pinned visit that the plan lacks, and why, as a clause."""
    names = plan.names
    team = names.teams.index(pin.team) if pin.team in names.teams else None
    site = names.sites.index(pin.site) if pin.site in names.sites else None
    day = plan.calendar.day_number(pin.day) if pin.day in plan.calendar.span else None
    school = {one.npsn: one.name for one in plan.schools}.get(pin.site, pin.site)
    cause = PIN_CAUSES[pin_cause(plan, team, day, site)][lang]
    return f"{pin.team}, {date_text(pin.day, lang)}, {school} ({cause})"


def warn_of_days(plan: Planned, *, rules: bool) -> None:
    """
    Warn where no day is left to plan, and of teams all of whose days are asked to be kept free.

    Args:
        plan: The plan, before its search.
        rules: Whether its rules are new: days that were kept free open when their time has come.

    Warns:
        SchoolEktpWarning: The day planned from is after the last day, or `reserve_days` are all
            working days of a team, so that none can be kept free for making up.
    """
    problem = plan.problem
    if problem.today >= problem.days:
        message = (
            f"no day is left to plan: the season ends on {plan.calendar.last_day};"
            " calendar= gives it another last day"
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=_CALLER)
    requested = plan.rules.reserve_days if rules else 0
    working = [len(problem.days_out(team)) for team in range(len(problem.teams))]
    short = [
        f"{name} ({days})"
        for name, days in zip(plan.names.teams, working, strict=True)
        if 0 < days <= requested
    ]
    if short:
        message = (
            f"reserve_days={requested} are all working days of {', '.join(short)}: none is kept"
            " free for making up; ask for fewer"
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=_CALLER)


def _dates_missed(plan: Planned) -> Iterator[Violation]:
    """Yield for each kecamatan who is not called by its date."""
    planned = {one.district: one for one in plan.problem.all_of(ReachedBy)}
    called = {
        npsn: sum(sum(group.stayed_away) for group in site.groups)
        for npsn, site in zip(plan.names.sites, plan.problem.sites, strict=True)
    }
    for kecamatan, date in plan.rules.reached_by:
        district = plan.names.districts.index(kecamatan)
        requested = planned.get(district)
        by = max(min(date, plan.calendar.last_day), plan.calendar.first_day)
        schools = [school for school in plan.schools if school.kecamatan == kecamatan]
        if requested is None:
            day, missing = plan.calendar.day_number(date), 0
        else:
            day, missing = requested.day, -(-_missing(plan, requested) // EXPECTED)
            schools = [school for school in schools if school.location is None]
        nowhere = {school.npsn for school in schools}
        missing += sum(
            max(one.on(by) - called.get(one.npsn, 0), 0)
            for one in plan.demand
            if one.npsn in nowhere
        )
        if missing:
            first = _first_site(plan, district)
            yield Violation(rule="reached_by", day=day, site=first, amount=missing)


def _missing(plan: Planned, requested: Floor | ReachedBy) -> int:
    """Return what one of them lacks, in hundredths of pupils."""
    alone = attrs.evolve(plan.problem, constraints=(requested,))
    return evaluate(alone, plan.solution).shortfall


def _first_site(plan: Planned, district: int) -> int | None:
    sites = enumerate(plan.problem.sites)
    return next((number for number, site in sites if site.district == district), None)
