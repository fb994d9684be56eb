"""
What a plan is worth when the season is played: ours against the hand rule of a clerk.

Six regencies, each played in worlds with luck (`_world`), by the clerk's settings A, B and C
(`_clerk`) and by plans of the three settings of `Worth`:

- *evening*: planned again each evening before a working day, from the plan before;
- *weekly*: each Monday the coming seven days are planned, frozen and announced;
- *followed*: planned once and followed to the end; promise against mean;
- *season-evening*, *season-weekly*: the same each evening and each week, through
  `school_ektp.season` alone, record and plan again (`_through_season`): outcomes are counts by
  school, and rates are learnt.

All contenders know the world's rates (or with `--believed` the same wrong ones), nobody the draws.
With `--truth` the world of a season draws by another turn-out, which the clerk knows and the plan
learns, or does not with `--no-learning`.
Routing engines stand in the weekly table where they are installed.

    python benchmarks/closed_loop.py [--modes evening weekly followed] [--only sample growth]
                                     [--settings thorough balanced thrifty] [--seed 1]
                                     [--worlds 10 30 1000] [--seconds 0.25 0.5 10]
                                     [--first-world 0] [--peers PyVRP] [--jobs 1]
                                     [--believed 0.75] [--truth 0.65] [--no-learning]

`--tune` plays a grid of `Worth` on other seeds, so that its numbers can be chosen at the knee:

    python benchmarks/closed_loop.py --tune --visit 0.5 1 2 --team-day 1.5 3 6 --driving-hour 0.5
                                     --waiting-week 0.007 0.014 [--modes weekly] [--worlds 3]
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TypeAlias

import attrs
from _clerk import CLERKS, play_by_hand
from _peers import PEERS, installed, plan_of_peer
from _regencies import REGENCIES, Regency, price_of
from _through_season import Loop, believing, parts_of, rates_of
from _world import WEEK, Played, Season, follow

from school_ektp.model.worth import Worth
from school_ektp.planning.checker import expectations
from school_ektp.planning.problem import EXPECTED, VisitProblem
from school_ektp.planning.simulation import play
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.state import resume
from school_ektp.planning.stop import MaxSeconds

SETTINGS: Mapping[str, Callable[[], Worth]] = {
    "thorough": Worth.thorough,
    "balanced": Worth.balanced,
    "thrifty": Worth.thrifty,
}
RIVALS = {"thorough": "A", "balanced": "B", "thrifty": "C"}
MODES = ("evening", "weekly", "followed")
THROUGH_SEASON = ("season-evening", "season-weekly")
SECONDS = {  # of CPU, of one planning
    "evening": 0.25,
    "weekly": 0.5,
    "followed": 10.0,
    "season-evening": 0.25,
    "season-weekly": 0.5,
}
PEER_SECONDS, PEER_WORLDS, CHUNKS = 1.0, 10, (40, 20)
WORLDS = {
    "evening": 10,
    "weekly": 30,
    "followed": 1_000,
    "season-evening": 10,
    "season-weekly": 30,
}
P10 = 1.28  # standard deviations below the mean
TUNED_SEED, TUNED_WORLD = 101, 10_000  # not those of the tables


@attrs.frozen(kw_only=True)
class Run:
    """A contender in some worlds of one regency: a mode and a setting, a clerk or a peer."""

    regency: str
    seed: int
    contender: str
    mode: str
    worlds: tuple[int, ...]
    believed: float | None = None
    worth: Worth | None = None
    seconds: float = 0.0
    named: bool = False
    truth: float | None = None
    learn: bool = True

    def play(self) -> list[Played]:
        """Return what the contender makes of each world."""
        if self.named:
            return self._play_named()
        regency = _regency(self.regency, self.seed)
        problem = _as_believed(regency, self.believed)
        if self.mode == "clerk":
            habits = CLERKS[self.contender]
            return [play_by_hand(problem, regency.rates, world, habits) for world in self.worlds]
        if self.worth is not None:
            problem = attrs.evolve(problem, price=price_of(self.worth))
        return [self._season(problem, regency, world) for world in self.worlds]

    def _play_named(self) -> list[Played]:
        """Return the same for the regency with names, through `Season` but for the clerk."""
        rates, usual = rates_of(self.regency, self.truth), rates_of(self.regency)
        if self.mode == "clerk":
            problem, habits = parts_of(self.regency, self.seed).problem(rates.risks), CLERKS
            return [
                play_by_hand(problem, rates, world, habits[self.contender]) for world in self.worlds
            ]
        loop = Loop(
            regency=self.regency,
            seed=self.seed,
            rates=rates,
            believed=usual.risks if self.believed is None else believing(usual, self.believed),
            worth=self.worth or Worth(),
            learn=self.learn,
            seconds=self.seconds,
            weekly=self.mode == "season-weekly",
        )
        return [loop.play(world)[0] for world in self.worlds]

    def _season(self, problem: VisitProblem, regency: Regency, world: int) -> Played:
        season = Season(problem, regency.rates, world)
        plan = Solution()
        for today in _planning_days(problem, regency, self.mode):
            left = resume(problem, season.state(today))
            plan = self._plan(left, Solution(v for v in plan.visits if v.day >= today), world)
            until = today + 1 if self.mode == "evening" else _next_monday(regency, today)
            follow(season, [visit for visit in plan.visits if visit.day < until])
        return season.played()

    def _plan(self, left: VisitProblem, before: Solution, world: int) -> Solution:
        if self.worth is None:
            peer, chunk = self.contender.split("/")
            return plan_of_peer(left, peer, self.seconds, int(chunk), seed=world)
        stop = MaxSeconds(self.seconds, clock=time.process_time)
        return solve(left, stop=stop, seed=world, start=before).solution


@cache
def _regency(name: str, seed: int) -> Regency:
    return REGENCIES[name](seed)


def _as_believed(regency: Regency, share: float | None) -> VisitProblem:
    """Return the problem as contenders see it, with a wrong turn-out if one is given."""
    if share is None:
        return regency.problem
    again = share * regency.rates.again / regency.rates.first
    sites = tuple(
        attrs.evolve(site, turnout=round(1_000 * share), turnout_again=round(1_000 * again))
        for site in regency.problem.sites
    )
    return attrs.evolve(regency.problem, sites=sites)


def _planning_days(problem: VisitProblem, regency: Regency, mode: str) -> list[int]:
    """Return the days before whose morning a plan is made."""
    if mode == "evening":
        return [
            day
            for day in range(problem.days)
            if any(problem.can_work(team, day) for team in range(len(problem.teams)))
        ]
    return sorted({0, *range(regency.monday, problem.days, WEEK)})


def _next_monday(regency: Regency, today: int) -> int:
    return today + WEEK - (today - regency.monday) % WEEK


# What runs come to ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Line:
    """What a contender makes of a regency: means over worlds, and how low one season in ten."""

    recorded: float
    p10: float
    weeks: float
    team_days: float
    visits: float
    hours: float
    most: float
    often: float
    idle: float

    @classmethod
    def of(cls, seasons: Sequence[Played]) -> Line:
        """Return the line of some seasons."""
        means = {
            field.name: statistics.mean(getattr(one, field.name) for one in seasons)
            for field in attrs.fields(Played)
        }
        counts = [one.recorded for one in seasons]
        spread = statistics.stdev(counts) if len(counts) > 1 else 0.0
        return cls(p10=means["recorded"] - P10 * spread, **means)

    def told(self) -> list[str]:
        """Return the cells of a table."""
        return [
            f"{self.recorded:.0f}",
            f"{self.p10:.0f}",
            f"{self.weeks:.2f}",
            f"{self.team_days:.1f}",
            f"{self.visits:.1f}",
            f"{self.hours:.0f}",
            f"{self.most:.1f}",
            f"{self.recorded / max(self.visits, 1):.1f}",
            f"{100 * (1 - self.often):.0f} %",
            f"{self.idle:.1f}",
        ]


HEADS = (
    "recorded",
    "P10",
    "weeks waited",
    "team-days",
    "visits",
    "hours",
    "most to one",
    "pupils a visit",
    "schools ≤ 4",
    "idle weeks",
)
EFFORT = ("team_days", "visits", "hours")
Lines: TypeAlias = dict[tuple[str, str], Line]  # by regency and contender


def row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(names: Sequence[str]) -> str:
    return f"{row(names)}\n|{'---|' * len(names)}"


def worse(ours: Line, theirs: Line, what: str) -> float:
    """Return by how many percent ours is worse: lower in P10, higher in all else."""
    mine, his = getattr(ours, what), getattr(theirs, what)
    return 100 * ((his - mine) if what == "p10" else (mine - his)) / his if his else 0.0


def compare(lines: Lines, regencies: Sequence[str], setting: str, mode: str) -> bool:
    """Print by how many percent a setting is worse than its clerk, and what was to be reached."""
    clerk, whats = RIVALS[setting], ("p10", "weeks", *EFFORT)
    print(f"\n{setting} against {clerk}, {mode}: percent worse (better where negative)\n")
    print(heading(("regency", "P10", *HEADS[2:6])))
    table = []
    for name in regencies:
        ours, theirs = lines[name, f"{setting}"], lines[name, clerk]
        table.append([worse(ours, theirs, what) for what in whats])
        print(row([name, *(f"{value:+.1f}" for value in table[-1])]))
    means = [statistics.mean(column) for column in zip(*table, strict=True)]
    print(row(["mean", *(f"{value:+.1f}" for value in means)]))
    worst = max(map(max, table))
    evening = mode.endswith("evening")
    met = _meets(means, worst, setting) if evening else _meets_weekly(means, setting)
    print(f"\n{'reached' if met else 'NOT REACHED'}; worst of one regency {worst:+.1f} %")
    return met


def _meets(means: Sequence[float], worst: float, setting: str) -> bool:
    """None worse by 1 % (P10 by 0.5 %), one better by 5 % (P10 by 1 %), no regency by 3 %."""
    del setting
    p10, *others = means
    not_worse = p10 <= 0.5 and max(others) <= 1
    return not_worse and (p10 <= -1 or min(others) <= -5) and worst <= 3


def _meets_weekly(means: Sequence[float], setting: str) -> bool:
    """P10 within 2 % (thorough) or 1 %, at no more team-days, visits and hours."""
    p10, _weeks, *effort = means
    return p10 <= (2 if setting == "thorough" else 1) and max(effort) <= 0


# Modes --------------------------------------------------------------------------------------------


def line_of(run: Run, jobs: int) -> Line:
    """Return the line of a run; its worlds are shared out among processes."""
    parts = [attrs.evolve(run, worlds=(world,)) for world in run.worlds]
    if jobs == 1:
        return Line.of([season for part in parts for season in part.play()])
    with mp.get_context("spawn").Pool(jobs) as pool:
        return Line.of([season for (season,) in pool.map(Run.play, parts, chunksize=1)])


def table(args: argparse.Namespace, mode: str) -> bool:
    """Print the table of a mode that plans again, and the comparisons."""
    worlds = tuple(range(args.first_world, args.first_world + args.worlds[mode]))
    print(f"\n## Planned again, {mode}: {len(worlds)} worlds\n")
    print(heading(("regency", "contender", *HEADS)))
    lines: Lines = {}
    for name in args.only:
        shared = {"regency": name, "seed": args.seed, "believed": args.believed}
        if mode in THROUGH_SEASON:
            shared |= {"named": True, "truth": args.truth, "learn": args.learning}
        runs = [
            *(Run(contender=one, mode="clerk", worlds=worlds, **shared) for one in CLERKS),
            *(
                Run(
                    contender=one,
                    mode=mode,
                    worlds=worlds,
                    worth=SETTINGS[one](),
                    seconds=args.seconds[mode],
                    **shared,
                )
                for one in args.settings
            ),
            *(_peer_runs(args, shared, worlds) if mode == "weekly" else ()),
        ]
        for run in runs:
            line = lines[name, run.contender] = line_of(run, args.jobs)
            print(row([name, run.contender, *line.told()]), flush=True)
    return min(compare(lines, args.only, setting, mode) for setting in args.settings)


def _peer_runs(
    args: argparse.Namespace, shared: dict[str, object], worlds: tuple[int, ...]
) -> Iterator[Run]:
    for peer in filter(installed, args.peers):
        for chunk in CHUNKS:
            yield Run(
                contender=f"{peer}/{chunk}",
                mode="weekly",
                worlds=worlds[:PEER_WORLDS],
                seconds=PEER_SECONDS,
                **shared,
            )


def followed(args: argparse.Namespace) -> bool:
    """Print promise and mean of plans that are followed to the end, and seasons in the band."""
    count = args.worlds["followed"]
    print(f"\n## Followed to the end: {count} worlds\n")
    heads = "promised", "mean", "off", "P10", "P90", "inside", *HEADS[2:6]
    print(heading(("regency", "setting", *heads)))
    offs, shares = [], []
    for name, setting in product(args.only, args.settings):
        regency = _regency(name, args.seed)
        problem = attrs.evolve(regency.problem, price=price_of(SETTINGS[setting]()))
        stop = MaxSeconds(args.seconds["followed"], clock=time.process_time)
        plan = solve(problem, stop=stop, seed=args.seed).solution
        promised = sum(one.pupils for one in expectations(problem, plan)) / EXPECTED
        band = play(problem, plan).spread  # as the library tells it
        seasons = []
        for world in range(args.first_world, args.first_world + count):
            season = Season(problem, regency.rates, world)
            follow(season, plan.visits)
            seasons.append(season.played())
        line = Line.of(seasons)
        offs.append(100 * (promised - line.recorded) / line.recorded)
        inside = sum(band.p10 <= one.recorded <= band.p90 for one in seasons)
        shares.append(100 * inside / count)
        cells = (
            f"{promised:.0f}",
            f"{line.recorded:.0f}",
            f"{offs[-1]:+.2f} %",
            f"{band.p10}",
            f"{band.p90}",
            f"{shares[-1]:.0f} %",
            *line.told()[2:6],
        )
        print(row([name, setting, *cells]), flush=True)
    pooled = statistics.mean(shares)
    met = max(map(abs, offs)) <= 1 and 75 <= pooled <= 85
    met &= min(shares) >= 70 and max(shares) <= 90
    print(
        f"\n{'reached' if met else 'NOT REACHED'}: promise within 1 % of the mean (worst"
        f" {max(offs, key=abs):+.2f} %); {pooled:.0f} % of seasons inside P10-P90, of one regency"
        f" {min(shares):.0f} to {max(shares):.0f} %"
    )
    return met


def tune(args: argparse.Namespace) -> None:
    """Print what each Worth of a grid gives, averaged over regencies, beside the clerks."""
    for mode in args.modes:
        worlds = tuple(range(TUNED_WORLD, TUNED_WORLD + args.worlds[mode]))
        shared = {"seed": TUNED_SEED, "worlds": worlds}
        print(f"\n## Tuning, {mode}: {len(worlds)} worlds, {', '.join(args.only)}\n")
        print(
            "visit / team-day / driving hour / waiting week; percent worse in the worst regency\n"
        )
        print(heading(("setting", *HEADS, *(f"against {clerk}" for clerk in CLERKS))))
        clerks = {}
        for clerk in CLERKS:
            runs = [Run(regency=r, contender=clerk, mode="clerk", **shared) for r in args.only]
            clerks[clerk] = [line_of(run, args.jobs) for run in runs]
            print(row([clerk, *_mean(clerks[clerk]).told(), "", "", ""]), flush=True)
        grid = product(args.visit, args.team_day, args.driving_hour, args.waiting_week)
        for visit, day, hour, week in grid:
            worth = Worth(visit=visit, team_day=day, driving_hour=hour, waiting_week=week)
            name = f"{visit:g} / {day:g} / {hour:g} / {week:g}"
            runs = [
                Run(
                    regency=r,
                    contender=name,
                    mode=mode,
                    worth=worth,
                    seconds=args.seconds[mode],
                    **shared,
                )
                for r in args.only
            ]
            lines = [line_of(run, args.jobs) for run in runs]
            worst = [_worst(lines, theirs, args.only) for theirs in clerks.values()]
            print(row([name, *_mean(lines).told(), *worst]), flush=True)


def _worst(ours: Sequence[Line], theirs: Sequence[Line], names: Sequence[str]) -> str:
    """Return in what, and in which regency, ours is worst against a clerk."""
    percent, what, name = max(
        (worse(one, other, what), what, name)
        for one, other, name in zip(ours, theirs, names, strict=True)
        for what in ("p10", "weeks", *EFFORT)
    )
    return f"{percent:+.1f} {what} {name}"


def _mean(lines: Sequence[Line]) -> Line:
    return Line(
        **{
            field.name: statistics.mean(getattr(line, field.name) for line in lines)
            for field in attrs.fields(Line)
        }
    )


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    every = (*MODES, *THROUGH_SEASON)
    parser.add_argument("--modes", nargs="+", choices=every, default=list(MODES))
    parser.add_argument("--only", nargs="+", choices=list(REGENCIES), default=list(REGENCIES))
    parser.add_argument("--settings", nargs="+", choices=list(SETTINGS), default=list(SETTINGS))
    parser.add_argument("--worlds", nargs="+", type=int, help="of each of the modes, in turn")
    parser.add_argument(
        "--seconds", nargs="+", type=float, help="of CPU, of one planning, likewise"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the regencies")
    parser.add_argument("--first-world", type=int, default=0)
    parser.add_argument("--believed", type=float, help="turn-out that contenders believe in")
    parser.add_argument("--truth", type=float, help="turn-out of the world, through a season")
    parser.add_argument(
        "--no-learning", dest="learning", action="store_false", help="plan with believed rates"
    )
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--jobs", type=int, default=1, help="processes; each has one thread")
    parser.add_argument("--tune", action="store_true", help="play a grid of Worth instead")
    parser.add_argument("--visit", nargs="+", type=float, default=[0.5, 1, 2])
    parser.add_argument("--team-day", nargs="+", type=float, default=[1.5, 3, 6])
    parser.add_argument("--driving-hour", nargs="+", type=float, default=[0.5])
    parser.add_argument("--waiting-week", nargs="+", type=float, default=[0.007, 0.014])
    args = parser.parse_args()
    args.worlds = _by_mode(args.modes, args.worlds, WORLDS)
    args.seconds = _by_mode(args.modes, args.seconds, SECONDS)
    return args


def _by_mode(
    modes: Sequence[str], given: Sequence[float] | None, usual: Mapping[str, float]
) -> dict[str, float]:
    return dict(zip(modes, given or [usual[mode] for mode in modes], strict=True))


def main() -> int:
    args = parse()
    if args.tune:
        tune(args)
        return 0
    done = [followed(args) if mode == "followed" else table(args, mode) for mode in args.modes]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
