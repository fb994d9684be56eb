"""The routing engines that are measured beside ours, each reached by its name."""

from __future__ import annotations

import importlib
import importlib.util
from itertools import accumulate, pairwise

import attrs

from school_ektp.planning.problem import ALL, Group, Site, VisitProblem
from school_ektp.planning.solution import Solution

PEERS = {"PyVRP": "pyvrp", "OR-Tools": "ortools", "VROOM": "vroom"}  # name: module


def installed(peer: str) -> bool:
    """Return whether a peer can be imported."""
    return importlib.util.find_spec(PEERS[peer]) is not None


def plan_of_peer(
    problem: VisitProblem, peer: str, seconds: float, chunk: int, *, seed: int = 0
) -> Solution:
    """
    Return the plan that a peer finds with pupils cut into chunks of a size.

    Peers know no luck, so they are asked to serve the pupils who are expected to come.
    """
    chunks, decode = (importlib.import_module(f"peers.{name}") for name in ("chunks", "decode"))
    engine = importlib.import_module(f"peers.{PEERS[peer]}_peer")
    # Kits record in rounds: only a peer that counts seconds can take pupils one by one.
    round_of = max(kits for team in problem.teams for kits in team.kits)
    least = 1 if peer == "VROOM" else round_of
    told = as_expected(problem)
    cut = chunks.cut(told, max(chunk, least))
    return decode.decode(told, engine.run(told, cut, seconds, seed))


def as_expected(problem: VisitProblem) -> VisitProblem:
    """Return *problem* with the pupils who are expected to come to a visit as all there are."""
    sites = tuple(
        attrs.evolve(site, groups=tuple(_expected(site, group, problem) for group in site.groups))
        for site in problem.sites
    )
    return attrs.evolve(problem, sites=sites)


def _expected(site: Site, group: Group, problem: VisitProblem) -> Group:
    """Scale the arrivals of a group, those who stayed away before among its first."""
    share = site.turnout * (ALL - problem.luck.never)
    fewer = sum(group.stayed_away) * (site.turnout - site.turnout_again)
    days = [max(day, problem.today) for day, _ in group.arrivals]
    totals = accumulate(pupils for _, pupils in group.arrivals)
    come = [max(n * share // ALL - fewer, 0) // ALL for n in totals]
    arrivals: dict[int, int] = {}
    for day, (before, after) in zip(days, pairwise([0, *come]), strict=True):
        arrivals[day] = arrivals.get(day, 0) + after - before
    return attrs.evolve(
        group,
        arrivals=tuple((day, pupils) for day, pupils in arrivals.items() if pupils),
        stayed_away=(),
    )
