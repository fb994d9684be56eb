"""
Which pupils and people of the register are compared: never all with all where many share a key.

Pairs that share a key are joined as long as they are few. Where a key is shared by many, both
sides are put in order and each pupil is paired with the nearest in it, the sorted neighbourhood of
Hernández and Stolfo (1995), so that time and memory grow with persons and not with their square.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase, digits
from typing import NamedTuple

import polars as pl

#: Pairs of one key up to which all are looked at.
MOST_PAIRS = 1_000
NEIGHBOURS = 3  # looked at on either side, in the order of names, where there are more
BEST = 2  # of these that are compared with care
BEST_OF_ALL = 10  # the same where all pairs are looked at
_CHUNK = 1_000_000  # pairs whose letters are counted at once
_PAIR = ("_pupil", "_known")


class Pairs(NamedTuple):
    """Pairs that share a key, as columns ``_pupil`` and ``_known``."""

    all: pl.DataFrame  # every pair of the keys that few share
    some: pl.DataFrame  # the nearest, of the keys that many share


def pairs_on(pupils: pl.DataFrame, known: pl.DataFrame, on: Sequence[str], by: str = "") -> Pairs:
    """
    Return the pairs that agree on columns *on*; null agrees with nothing.

    Both sides have a ``_rank``. Where many share a key, the nearest in the order of *by* are found;
    without one both sides are laid out evenly beside each other, so that everybody is in some pair.
    """
    ours = pupils.drop_nulls(on).select(*on, "_pupil", "_rank", *([by] if by else []))
    theirs = known.drop_nulls(on).select(*on, "_known", "_rank", *([by] if by else []))
    sizes = ours.group_by(on).agg(ours=pl.len().cast(pl.Int64))
    sizes = sizes.join(theirs.group_by(on).agg(theirs=pl.len().cast(pl.Int64)), on=on)
    many = sizes.filter(pl.col("ours") * pl.col("theirs") > MOST_PAIRS)
    few = ours.join(many, on=on, how="anti") if len(many) else ours
    everyone = few.join(theirs, on=on, how="inner").select(_PAIR)
    if many.is_empty():
        return Pairs(everyone, everyone.clear())
    big = (ours.join(many, on=on), theirs.join(many, on=on))
    return Pairs(everyone, _by_order(*big, on, by) if by else _side_by_side(*big, on))


def _by_order(ours: pl.DataFrame, theirs: pl.DataFrame, on: Sequence[str], by: str) -> pl.DataFrame:
    """Pair each pupil with the next on either side when all are sorted by *by*."""
    both = pl.concat(
        [
            ours.select(*on, by, "_rank", "_pupil", _known=pl.lit(None, theirs.schema["_known"])),
            theirs.select(
                *on, by, "_rank", _pupil=pl.lit(None, ours.schema["_pupil"]), _known="_known"
            ),
        ]
    ).sort([*on, by, "_rank"], nulls_last=True)
    place = both.with_columns(
        place=pl.col("_known").is_not_null().cum_sum().cast(pl.Int64),
        key=pl.struct(on).rle_id(),
    ).select("_pupil", "_known", "place", "key")
    people = place.filter(pl.col("_known").is_not_null()).select("_known", "place", "key")
    pupils = place.filter(pl.col("_pupil").is_not_null()).select("_pupil", "key", at="place")
    near = [
        pupils.select("_pupil", "key", place=pl.col("at") + step).join(
            people, on=["place", "key"], how="inner"
        )
        for step in range(1 - NEIGHBOURS, NEIGHBOURS + 1)
    ]
    return pl.concat(near).select(_PAIR)


def _side_by_side(ours: pl.DataFrame, theirs: pl.DataFrame, on: Sequence[str]) -> pl.DataFrame:
    """Pair the first of one side with the first of the other, and so on, evenly to the last."""

    def numbered(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.sort("_rank").with_columns(at=pl.int_range(pl.len()).over(on))

    ours, theirs = numbered(ours), numbered(theirs)
    # the k-th of the smaller side stands beside the k * larger // smaller -th of the other
    to_theirs = ours.with_columns(at=pl.col("at") * pl.col("theirs") // pl.col("ours"))
    to_ours = theirs.with_columns(at=pl.col("at") * pl.col("ours") // pl.col("theirs"))
    keys = [*on, "at"]
    one = to_theirs.join(theirs.select(*keys, "_known"), on=keys).select(_PAIR)
    other = to_ours.join(ours.select(*keys, "_pupil"), on=keys).select(_PAIR)
    return pl.concat([one, other]).unique()


def letter_counts(persons: pl.DataFrame) -> pl.DataFrame:
    """Return how often each letter and digit occurs in column ``_name``."""
    name = pl.col("_name")
    return persons.select(
        name.str.count_matches(letter, literal=True).clip(0, 255).cast(pl.UInt8).alias(letter)
        for letter in ascii_uppercase + digits
    )


def like_letters(
    pairs: Pairs, pupils: pl.DataFrame, known: pl.DataFrame, least: int
) -> pl.DataFrame:
    """
    Return pairs whose names could be so much alike, the best few of each pupil.

    What two names have in common cannot be more than the letters they share, so no pair of the
    looked at is lost that reaches *least* percent; a name whose letters are all in the other stays,
    too. Both sides have ``_name`` and ``_rank``.
    """
    if pairs.all.is_empty() and pairs.some.is_empty():
        return pairs.all
    ours, theirs = _Letters(pupils, "_pupil"), _Letters(known, "_known")
    found = [pairs.all.clear().select(_PAIR)]
    for part, most in ((pairs.all, BEST_OF_ALL), (pairs.some, BEST)):
        parts = [
            _could_reach(part.slice(start, _CHUNK), ours, theirs, least)
            for start in range(0, len(part), _CHUNK)
        ]
        if parts:
            best = pl.concat(parts).sort(
                "_pupil", "shared", "_rank", descending=[False, True, False]
            )
            found.append(best.group_by("_pupil", maintain_order=True).head(most).select(_PAIR))
    return pl.concat(found)


class _Letters:
    """The letters of persons by their number."""

    def __init__(self, persons: pl.DataFrame, number: str) -> None:
        self.number = number
        self.counts = letter_counts(persons)
        self.lengths = persons["_name"].str.len_bytes().cast(pl.Int32)
        self.ranks = persons["_rank"]
        rows = persons.select(number).with_row_index("_at")
        self.at = rows

    def of(self, pairs: pl.DataFrame) -> pl.Series:
        return pairs.select(self.number).join(
            self.at, on=self.number, how="left", maintain_order="left"
        )["_at"]


def _could_reach(pairs: pl.DataFrame, ours: _Letters, theirs: _Letters, least: int) -> pl.DataFrame:
    one, other = ours.of(pairs), theirs.of(pairs)
    shared = pl.Series("shared", [0], dtype=pl.Int32).new_from_index(0, len(pairs))
    for letter in ours.counts.columns:
        both = pl.DataFrame(
            {"a": ours.counts[letter].gather(one), "b": theirs.counts[letter].gather(other)}
        )
        shared += both.select(pl.min_horizontal("a", "b").cast(pl.Int32)).to_series()
    lengths = pl.DataFrame({"a": ours.lengths.gather(one), "b": theirs.lengths.gather(other)})
    total, shorter = lengths["a"] + lengths["b"], lengths.min_horizontal()
    percent = 200 * shared / total
    kept = pairs.with_columns(
        shared=percent, _rank=theirs.ranks.gather(other), within=shared >= shorter
    )
    return kept.filter((pl.col("shared") >= least - 0.5) | pl.col("within"))
