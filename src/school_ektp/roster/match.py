"""Who of the roster the civil registry knows, and whether they are recorded there."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import attrs
import polars as pl

from school_ektp.model.language import Lang
from school_ektp.roster.frames import AnyTable, lazy, takes_frames
from school_ektp.roster.issues import issues_at, worded
from school_ektp.roster.names import name_keys, name_likeness
from school_ektp.roster.nik import nik_number
from school_ektp.roster.pairs import Pairs, like_letters, pairs_on
from school_ektp.roster.read.frame import completed_register
from school_ektp.roster.read.register_files import ReadRegister
from school_ektp.roster.read.result import row_count
from school_ektp.roster.schema import ISSUES, PLACE, REGISTER, ROSTER, SOURCE

_PAIRS_AT_ONCE = 1_000_000
LEAST_LIKENESS = 80  # of 100, one letter of five; below, two names on one birth date are two people


class MatchClass(StrEnum):
    """How a pupil was found in the register."""

    NIK = "NIK"  #: same NIK, and name or birth date agree
    NAME_AND_BIRTH = "NAME_AND_BIRTH"  #: same name and birth date, sex and NIK not against it
    ACCEPTED = "ACCEPTED"  #: a near match that a person accepted
    REVIEW = "REVIEW"  #: near matches only, none taken
    NONE = "NONE"  #: nobody like that in the register


class NearMatch(StrEnum):
    """Why a pair is offered for review and not taken."""

    NIK_BUT_OTHER_PERSON = "NIK_BUT_OTHER_PERSON"  #: same NIK, other name and other birth date
    OTHER_NIK = "OTHER_NIK"  #: same name and birth date, but both have a NIK and they differ
    SEVERAL = "SEVERAL"  #: more than one fits equally well
    LIKE_NAME = "LIKE_NAME"  #: same birth date, similar name
    LIKE_DATE = "LIKE_DATE"  #: same name, birth date with one slip


_OURS = {"file": pl.String(), "sheet": pl.String(), "row": pl.Int64(), "npsn": pl.String()}
_THEIRS = {
    "register_file": pl.String(),
    "register_sheet": pl.String(),
    "register_row": pl.Int64(),
}
#: One row per roster row: how it was found and where in the register.
MATCHES = pl.Schema(
    {
        **_OURS,
        "match_class": pl.Enum([kind.value for kind in MatchClass]),
        **_THEIRS,
        "recorded": pl.Boolean(),  # by the register; null: not found, or it does not say
    }
)
#: One row per pair to be looked at; pass those that are one person back as *accepted*.
REVIEW = pl.Schema(
    {
        **_OURS,
        **_THEIRS,
        "near": pl.Enum([kind.value for kind in NearMatch]),
        "likeness": pl.Int64(),  # of the names, 0 to 100; null: one has none
    }
)
_PLACE = dict(zip(SOURCE, PLACE, strict=True))
_REGISTER_PLACE = {name: f"register_{own}" for name, own in _PLACE.items()}
_PERSON = ("_nik", "_name", "name", "birth_date", "sex")


@attrs.frozen(kw_only=True, eq=False)
class MatchedRoster:
    """
    A roster beside the register.

    Attributes:
        roster: The roster, with what the register says of those found: recorded, recorded_on,
            married, home_region.
        matches: How each row was found, columns `MATCHES`.
        review: Near matches, none of them taken, columns `REVIEW`.
        only_roster: Places of pupils whom the register does not know, not even nearly.
        only_register: Places of people of the register who are not on the roster.
        coded_issues: Where both disagree, before it is put into words, columns
            `school_ektp.roster.schema.CODED_ISSUES`.
    """

    roster: pl.DataFrame = attrs.field(repr=row_count)
    matches: pl.DataFrame = attrs.field(repr=row_count)
    review: pl.DataFrame = attrs.field(repr=row_count)
    only_roster: pl.DataFrame = attrs.field(repr=row_count)
    only_register: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(repr=row_count)

    def issues(self, lang: Lang = "id") -> pl.DataFrame:
        """Return the issues in words, columns `school_ektp.roster.schema.ISSUES`."""
        return worded(self.coded_issues, lang).select(ISSUES.names())

    @property
    def counts(self) -> dict[MatchClass, int]:
        """Rows of the roster by match class; they sum to its rows."""
        classes = self.matches["match_class"].cast(pl.String)
        return {kind: int((classes == kind.value).sum()) for kind in MatchClass}


@takes_frames((ReadRegister,), roster=ROSTER, register=REGISTER, accepted=REVIEW)
def match_register(
    roster: AnyTable,
    register: ReadRegister | AnyTable,
    *,
    accepted: AnyTable | None = None,
) -> MatchedRoster:
    """
    Find each pupil in the register: by NIK, else by name, birth date and sex; near ones offered.

    Nobody is found twice, and nothing near is taken without a person's word. What the register
    says counts: a pupil it calls not recorded waits, whatever the school wrote; an issue says so.

    Args:
        roster: Valid rows, columns `school_ektp.roster.schema.ROSTER`.
        register: Lists as read, or a frame with ``recorded``, with ``nik`` or both ``name`` and
            ``birth_date``, and with any others of `school_ektp.roster.schema.REGISTER`.
        accepted: Rows of an earlier `MatchedRoster.review` that a person accepted.

    Raises:
        RosterSchemaError: A table lacks columns, or has them with other types.
    """
    rows = lazy(roster).collect()
    if isinstance(register, ReadRegister):
        people = register.people
    else:
        people = completed_register(lazy(register).collect())
    reviewed = None if accepted is None else lazy(accepted).collect()
    sides = _Sides(
        rows, people, _persons(rows, "_pupil"), _persons(people.select(REGISTER.names()), "_known")
    )
    taken, review = _pairs(sides.pupils, sides.known, reviewed)
    review = review.join(taken, on="_pupil", how="anti").join(taken, on="_known", how="anti")
    return _result(sides, taken, review)


class _Sides(NamedTuple):
    """Both tables, and what the persons in them are known by."""

    rows: pl.DataFrame
    people: pl.DataFrame
    pupils: pl.DataFrame
    known: pl.DataFrame


def _persons(rows: pl.DataFrame, number: str) -> pl.DataFrame:
    """Return what persons are known by, numbered."""
    keyed = rows.with_columns(name_keys(rows["name"]).alias("_name"), nik_number().alias("_nik"))
    numbered = keyed.with_row_index(number).select(number, *_PERSON, *_PLACE)
    ordered = numbered.select(number, *_PLACE).sort(*_PLACE, maintain_order=True).select(number)
    ranks = ordered.with_row_index("_rank")  # the same in whatever order the rows came
    return numbered.join(ranks, on=number, how="left", maintain_order="left")


def _pairs(
    pupils: pl.DataFrame, known: pl.DataFrame, accepted: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return pairs taken (_pupil, _known, match_class) and pairs to review."""
    taken = [_accepted(pupils, known, accepted)]
    review = []
    for kind, find in ((MatchClass.NIK, _same_nik), (MatchClass.NAME_AND_BIRTH, _same_name)):
        sure, doubtful = find(*_rest(pupils, known, taken))
        taken.append(sure.with_columns(match_class=pl.lit(kind.value)))
        review.append(doubtful)
    pupils, known = _rest(pupils, known, taken)
    review += [_like_names(pupils, known), _like_dates(pupils, known)]
    order = ["_pupil", "_known", "near"]
    pairs = pl.concat(review).sort(order).unique(order[:2], keep="first", maintain_order=True)
    return pl.concat(taken), pairs


def _accepted(
    pupils: pl.DataFrame, known: pl.DataFrame, accepted: pl.DataFrame | None
) -> pl.DataFrame:
    kind = pl.lit(MatchClass.ACCEPTED.value).alias("match_class")
    if accepted is None:
        accepted = REVIEW.to_frame()
    ours = accepted.join(pupils, left_on=list(_PLACE.values()), right_on=list(_PLACE))
    register_place = list(_REGISTER_PLACE.values())
    both = ours.join(known, left_on=register_place, right_on=list(_PLACE), suffix="_known_person")
    single = both.unique("_pupil", keep="first").unique("_known", keep="first")
    return single.select("_pupil", "_known", kind).sort("_pupil")


def _rest(
    pupils: pl.DataFrame, known: pl.DataFrame, taken: list[pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    done = pl.concat(taken)
    return pupils.join(done, on="_pupil", how="anti"), known.join(done, on="_known", how="anti")


_NAME_AGREES = pl.col("_name") == pl.col("_name_known")
_DATE_AGREES = pl.col("birth_date") == pl.col("birth_date_known")
_SEX_DIFFERS = (pl.col("sex") != pl.col("sex_known")).fill_null(False)


def _persons_of(pairs: pl.DataFrame, pupils: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with what both are known by."""
    ours = pupils.select("_pupil", *_PERSON)
    theirs = known.select("_known", pl.col(_PERSON).name.suffix("_known"))
    return pairs.join(ours, on="_pupil").join(theirs, on="_known")


def _joined(pupils: pl.DataFrame, known: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """Return pairs that agree on columns; of keys that many share some pairs, marked ``_many``."""
    pairs = pairs_on(pupils, known, on)
    some = pairs.some.with_columns(_many=pl.lit(value=True))
    every = pairs.all.with_columns(_many=pl.lit(value=False))
    return _persons_of(pl.concat([every, some]), pupils, known)


def _offered(pairs: pl.DataFrame, near: NearMatch) -> pl.DataFrame:
    kind = pl.lit(near.value, REVIEW["near"])
    return pairs.select("_pupil", "_known", near=kind, likeness=_likeness(pairs))


def _sure(pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return pairs in which each occurs once, and the others, which nobody can tell apart."""
    alone = pl.col("_pupil").is_unique() & pl.col("_known").is_unique() & ~pl.col("_many")
    single = pairs.filter(alone).select("_pupil", "_known")
    return single, _offered(pairs.filter(~alone), NearMatch.SEVERAL)


def _same_nik(pupils: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    pairs = _joined(pupils, known, ["_nik"])
    against = ~_NAME_AGREES & ~_DATE_AGREES  # null where either has none: nothing against it
    other = pairs.filter(against.fill_null(False))
    sure, several = _sure(pairs.filter(~against.fill_null(False)))
    return sure, pl.concat([_offered(other, NearMatch.NIK_BUT_OTHER_PERSON), several])


def _same_name(pupils: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    pairs = _joined(pupils, known, ["_name", "birth_date"]).filter(~_SEX_DIFFERS)
    differ = (pl.col("_nik") != pl.col("_nik_known")).fill_null(False)
    sure, several = _sure(pairs.filter(~differ))
    return sure, pl.concat([_offered(pairs.filter(differ), NearMatch.OTHER_NIK), several])


def _like_names(pupils: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    ours, theirs = (side.drop_nulls(["_name", "birth_date"]) for side in (pupils, known))
    pairs = pairs_on(ours, theirs, ["birth_date"], by="_name")
    by_end = pairs_on(_from_end(ours), _from_end(theirs), ["birth_date"], by="_end")
    some = pl.concat([pairs.some, by_end.some]).unique()
    others = ~_SEX_DIFFERS & ~_NAME_AGREES  # one name and birth date have their issue already
    alike = Pairs(
        _filtered(pairs.all, ours, theirs, others & _could_be_alike()),
        _filtered(some, ours, theirs, others),
    )
    near = _persons_of(like_letters(alike, ours, theirs, LEAST_LIKENESS), ours, theirs)
    offered = _offered(near, NearMatch.LIKE_NAME)
    return offered.filter(pl.col("likeness") >= LEAST_LIKENESS)


def _filtered(
    pairs: pl.DataFrame, pupils: pl.DataFrame, known: pl.DataFrame, wanted: pl.Expr
) -> pl.DataFrame:
    """Return the pairs for which something holds of both, looked at in parts."""
    parts = [
        _persons_of(part, pupils, known).filter(wanted).select("_pupil", "_known")
        for part in pairs.iter_slices(_PAIRS_AT_ONCE)
    ]
    return pl.concat([pairs.clear(), *parts])


def _from_end(persons: pl.DataFrame) -> pl.DataFrame:
    return persons.with_columns(_end=pl.col("_name").str.reverse())


def _could_be_alike() -> pl.Expr:
    """Boolean: cheap and generous; leaves one pair in twenty to the careful comparison."""
    one, other = pl.col("_name"), pl.col("_name_known")
    same_start = one.str.head(2) == other.str.head(2)
    same_end = one.str.tail(3) == other.str.tail(3)
    within = one.str.contains(other, literal=True) | other.str.contains(one, literal=True)
    return same_start | same_end | within


def _like_dates(pupils: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of one name whose birth dates differ by one part, or by order of day, month."""
    ours, theirs = _with_parts(pupils), _with_parts(known)
    turned = theirs.rename({"_day": "_month", "_month": "_day"})
    found = []
    for other, on in (
        (theirs, _DAY_MONTH),
        (theirs, _DAY_YEAR),
        (theirs, _MONTH_YEAR),
        (turned, _ALL),
    ):
        pairs = pairs_on(ours, other, ["_name", *on])
        found += [pairs.all, pairs.some]
    people = _persons_of(pl.concat(found).unique(), pupils, known)
    return _offered(people.filter(~_DATE_AGREES & ~_SEX_DIFFERS), NearMatch.LIKE_DATE)


_DAY_MONTH, _DAY_YEAR, _MONTH_YEAR = ("_day", "_month"), ("_day", "_year"), ("_month", "_year")
_ALL = ("_day", "_month", "_year")


def _with_parts(persons: pl.DataFrame) -> pl.DataFrame:
    born = pl.col("birth_date").dt
    return persons.with_columns(_day=born.day(), _month=born.month(), _year=born.year())


def _likeness(pairs: pl.DataFrame) -> pl.Series:
    """Return how alike the names of pairs are; those that are one name need no comparison."""
    same = pairs.select(same=_NAME_AGREES.fill_null(False), one="name", other="name_known")
    values = [
        100 if alike else (name_likeness(a, b) if a and b else None)
        for alike, a, b in same.iter_rows()
    ]
    return pl.Series("likeness", values, dtype=pl.Int64)


def _result(sides: _Sides, taken: pl.DataFrame, review: pl.DataFrame) -> MatchedRoster:
    people = sides.people.with_row_index("_known").select(
        "_known",
        *(pl.col(name).alias(own) for name, own in _REGISTER_PLACE.items()),
        *(
            pl.col(name).alias(f"_{name}")
            for name in ("recorded", "recorded_on", "married", "home_region")
        ),
    )
    numbered = sides.rows.with_row_index("_pupil")
    found = numbered.join(taken, on="_pupil", how="left", maintain_order="left")
    found = found.join(people, on="_known", how="left", maintain_order="left")
    found = found.with_columns(_class_of_rest(review))
    pairs = _review_frame(numbered, people, review)
    nobody = pl.col("match_class") == MatchClass.NONE.value
    seen = pl.concat([taken.select("_known"), review.select("_known")]).unique()
    strangers = people.join(seen, on="_known", how="anti", maintain_order="left")
    return MatchedRoster(
        roster=_told_by_register(found),
        matches=_matches(found),
        review=pairs,
        only_roster=_matches(found.filter(nobody)).select("file", "sheet", "row", "npsn"),
        only_register=strangers.select(_REGISTER_PLACE.values()).sort(_REGISTER_PLACE.values()),
        coded_issues=_disagreements(found),
    )


def _class_of_rest(review: pl.DataFrame) -> pl.Expr:
    near = pl.col("_pupil").is_in(review["_pupil"].unique().implode())
    rest = pl.when(near).then(pl.lit(MatchClass.REVIEW.value))
    return pl.coalesce("match_class", rest.otherwise(pl.lit(MatchClass.NONE.value)))


def _matches(found: pl.DataFrame) -> pl.DataFrame:
    places = {own: pl.col(name) for name, own in _PLACE.items()}
    frame = found.with_columns(**places, recorded=pl.col("_recorded")).select(MATCHES.names())
    return frame.cast(MATCHES).sort("file", "sheet", "row")


def _review_frame(rows: pl.DataFrame, people: pl.DataFrame, review: pl.DataFrame) -> pl.DataFrame:
    ours = rows.select("_pupil", "npsn", *(pl.col(n).alias(own) for n, own in _PLACE.items()))
    pairs = review.join(ours, on="_pupil").join(people, on="_known")
    return pairs.select(REVIEW.names()).cast(REVIEW).sort(REVIEW.names())


def _told_by_register(found: pl.DataFrame) -> pl.DataFrame:
    """Give rows what the register says; what it does not say stays."""
    says = pl.col("_recorded")
    day = pl.when(says.fill_null(True)).then(pl.coalesce("_recorded_on", "recorded_on"))
    home = pl.when(pl.col("_home_region") != "").then(pl.col("_home_region"))
    return found.with_columns(
        recorded=pl.coalesce(says, "recorded"),
        recorded_on=day,
        married=pl.col("married") | pl.col("_married").fill_null(False),
        home_region=pl.coalesce(home, "home_region"),
    ).select(ROSTER.names())


def _disagreements(found: pl.DataFrame) -> pl.DataFrame:
    broken = found.filter(pl.col("recorded") & ~pl.col("_recorded"))
    return issues_at(broken, "recorded_disagrees", "recorded").sort("file", "sheet", "row")
