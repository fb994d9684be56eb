"""What rates are estimated from: the calls of a season, and what was believed before."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from school_ektp.model.risks import Risks
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.rates import Beta, Gamma, Normal, Rate, RateKey, RateName, Trust

_FEW_TRIES = 1.0  # what is known of a share at the least


@attrs.frozen
class Evidence:
    """
    What rates are estimated from.

    Attributes:
        calls: Visits with known outcomes.
        risks: What the season began with.
        teams: The teams as it began with them, one at least.
        trust: How much that weighs.
        overruled: The rates that somebody set.
    """

    calls: tuple[Call, ...]
    risks: Risks
    teams: tuple[Team, ...]
    trust: Trust
    overruled: Mapping[RateKey, float]

    @property
    def held(self) -> list[Call]:
        """Visits that took place."""
        return [call for call in self.calls if call.held]

    def rate(
        self,
        name: RateName,
        known: Beta | Gamma | Normal,
        *,
        prior: float,
        begun: float,
        evidence: float,
        **where: str,
    ) -> Rate:
        """Return a rate with the value that was learnt, or that somebody set."""
        site, team, level = (where.get(part, "") for part in ("site", "team", "level"))
        overruled = self.overruled.get((name.value, site, team, level))
        return Rate(
            name=name,
            site=site,
            team=team,
            level=level,
            value=known.mean if overruled is None else overruled,
            prior=prior,
            begun=begun,
            evidence=round(evidence),
            overruled=overruled is not None,
            within=self.trust.within,
            known=known,
        )

    def share(
        self, name: RateName, begun: float, weight: float, tried: Tried, evidence: float
    ) -> Rate:
        """Return a rate that leans on what the season began with."""
        known = tried.after(begun, weight)
        return self.rate(name, known, prior=begun, begun=begun, evidence=evidence)


@attrs.frozen
class Tried:
    """How often something was tried, and how often it was so; parts of calls count as such."""

    times: float = 0.0
    so: float = 0.0

    def __add__(self, other: Tried) -> Tried:
        return Tried(self.times + other.times, self.so + other.so)

    def after(self, prior: float, weight: float) -> Beta:
        """Return what is known when *prior* weighs so many tries."""
        missed = max(self.times - self.so, 0.0)
        return Beta(weight * prior + self.so, weight * (1 - prior) + missed)

    def leaning(self, office: Rate, weight: float) -> Beta:
        """Return the same with a prior that is itself known only so well."""
        surely = self.after(office.value, weight)
        mean, tries = surely.mean, surely.came + surely.missed
        leans = weight / (weight + self.times)
        spread = mean * (1 - mean) / (tries + 1) + leans * leans * office.variance
        if not spread:
            return surely
        tries = max(mean * (1 - mean) / spread - 1, _FEW_TRIES)
        return Beta(mean * tries, (1 - mean) * tries)
