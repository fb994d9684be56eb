"""
Draws by name rather than by turn: one number per season for each thing that chance decides.

A draw depends on the seed, the season and the name of the thing alone. Two plans that send the
same team out on the same day meet the same luck there, so their difference is the plans' own
(common random numbers), and the order in which things are drawn does not matter. The mixing is
SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators") on
whole columns; its numbers are the same on every machine.
"""

from __future__ import annotations

import zlib
from functools import cache
from statistics import NormalDist

import attrs
import polars as pl

GAMMA = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
WHOLE = 2**64
TABLE_BITS = 12  # 4,096 quantiles of the normal distribution, out to 3.7 standard deviations


@attrs.frozen
class Dice:
    """
    The dice of one simulation.

    Attributes:
        seasons: How many seasons are thrown at once.
        seed: Equal seeds give equal throws.
    """

    seasons: int
    seed: int

    def uniform(self, *name: object) -> pl.Series:
        """Return a number from 0 to below 1 for each season; the same for the same name."""
        return (self._bits(name) // 2**11).cast(pl.Float64) / 2.0**53

    def normal(self, *name: object) -> pl.Series:
        """Return a standard normal number for each season, as one of 4,096 quantiles."""
        places = (self._bits(name) // 2 ** (64 - TABLE_BITS)).cast(pl.UInt32)
        return _normal_table().gather(places)

    def happens(self, chance: float, *name: object) -> pl.Series:
        """Return for each season whether something of this *chance* happens."""
        return self.uniform(*name) < chance

    def _bits(self, name: tuple[object, ...]) -> pl.Series:
        text = "|".join(str(part) for part in name).encode()
        key = zlib.crc32(text) << 32 | zlib.crc32(text[::-1])
        stream = _mixed_number((self.seed * GAMMA + key) % WHOLE)
        return _mixed(_counted(self.seasons) + stream)


@cache
def _counted(seasons: int) -> pl.Series:
    numbers = pl.int_range(1, seasons + 1, dtype=pl.UInt64, eager=True)
    return numbers * GAMMA


@cache
def _normal_table() -> pl.Series:
    size = 2**TABLE_BITS
    return pl.Series([NormalDist().inv_cdf((k + 0.5) / size) for k in range(size)])


def _mixed(bits: pl.Series) -> pl.Series:
    """Mix a column of 64 bits; products wrap, dividing by a power of two shifts to the right."""
    bits = (bits ^ (bits // 2**30)) * FIRST
    bits = (bits ^ (bits // 2**27)) * SECOND
    return bits ^ (bits // 2**31)


def _mixed_number(bits: int) -> int:
    bits = (bits ^ bits >> 30) * FIRST % WHOLE
    bits = (bits ^ bits >> 27) * SECOND % WHOLE
    return bits ^ bits >> 31
