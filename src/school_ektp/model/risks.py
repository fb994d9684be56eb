"""What may go wrong in a season, and how often: one model of luck for plan and simulation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.npsn import npsn_text


def _by_school(value: Mapping[str, float], field: str) -> tuple[tuple[str, float], ...]:
    pairs = dict(fields.as_pairs(value, "Risks", field))
    return tuple(sorted((npsn_text(npsn), share) for npsn, share in pairs.items()))


def _turnouts(value: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return _by_school(value, "turnout_by_school")


def _outages(value: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return _by_school(value, "outage_by_school")


def _by_team(value: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    pairs = dict(fields.as_pairs(value, "Risks", "day_lost_by_team"))
    if not all(isinstance(name, str) for name in pairs):
        raise InvalidFieldError(
            "Risks", "day_lost_by_team", "must be a mapping with names of teams"
        )
    return tuple(sorted(pairs.items()))


@attrs.frozen(kw_only=True)
class Risks:
    """
    What may go wrong, and how often.

    The defaults are judgements from field reports; put in your own office's.
    A plan expects what these rates say, and a simulation draws from them.

    Attributes:
        turnout: Share of the pupils called for the first time who come.
        turnout_again: Share of those called again, after they stayed away, who come.
        turnout_by_school: `turnout` of some schools, by NPSN; `turnout_again` changes in
            proportion.
        never: Share of pupils who never come, however often they are called.
        turnout_spread: Standard deviation of a visit's turn-out, as a share of it, beside the
            chance of each pupil.
        pace_spread: Standard deviation of a team's pace from day to day, as a share of it.
        day_lost: Chance that a team cannot go out on a day (vehicle, illness).
        system_down: Chance that nobody can record on a day (the central system fails).
        outage: Chance that a school is without power or signal on a day.
        day_lost_by_team: `day_lost` of some teams, by name.
        outage_by_school: `outage` of some schools, by NPSN.
    """

    turnout: float = attrs.field(default=0.85, validator=fields.fraction)
    turnout_again: float = attrs.field(default=0.6, validator=fields.fraction)
    turnout_by_school: tuple[tuple[str, float], ...] = attrs.field(
        default=(), converter=_turnouts, validator=fields.of_pairs(None, fields.fraction)
    )
    never: float = attrs.field(default=0.02, validator=fields.chance)
    turnout_spread: float = attrs.field(default=0.08, validator=fields.chance)
    pace_spread: float = attrs.field(default=0.05, validator=fields.chance)
    day_lost: float = attrs.field(default=0.02, validator=fields.chance)
    system_down: float = attrs.field(default=0.01, validator=fields.chance)
    outage: float = attrs.field(default=0.03, validator=fields.chance)
    day_lost_by_team: tuple[tuple[str, float], ...] = attrs.field(
        default=(), converter=_by_team, validator=fields.of_pairs(None, fields.chance)
    )
    outage_by_school: tuple[tuple[str, float], ...] = attrs.field(
        default=(), converter=_outages, validator=fields.of_pairs(None, fields.chance)
    )

    @classmethod
    def none(cls) -> Risks:
        """Return risks under which everybody called comes and every visit takes place."""
        return cls(
            turnout=1.0,
            turnout_again=1.0,
            never=0.0,
            turnout_spread=0.0,
            pace_spread=0.0,
            day_lost=0.0,
            system_down=0.0,
            outage=0.0,
        )

    @arguments.checked
    def without(self, gone: Collection[str]) -> Risks:
        """Return the risks without rates of schools and teams that are *gone*, NPSN and names."""
        kept: dict[str, Any] = {
            name: {one: rate for one, rate in getattr(self, name) if one not in gone}
            for name in ("turnout_by_school", "day_lost_by_team", "outage_by_school")
        }
        return attrs.evolve(self, **kept)

    @arguments.checked
    def held_at(self, npsn: str, team: str) -> float:
        """Return the share of a team's visits to a school that take place."""
        lost = dict(self.day_lost_by_team).get(team, self.day_lost)
        outage = dict(self.outage_by_school).get(npsn, self.outage)
        return (1 - lost) * (1 - self.system_down) * (1 - outage)

    @arguments.checked
    def turnout_at(self, npsn: str) -> float:
        """Return the share of pupils called for the first time who come at a school."""
        return dict(self.turnout_by_school).get(npsn, self.turnout)

    @arguments.checked
    def turnout_again_at(self, npsn: str) -> float:
        """Return the share of pupils called again who come at a school."""
        return min(1.0, self.turnout_again * self.turnout_at(npsn) / self.turnout)
