"""What came of visits, planned or not, and who was recorded at the office."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.clock import DAY_MINUTES
from school_ektp.model.npsn import npsn_text


class Result(fields.Choice):
    """What came of one pupil at one visit, in the words offices use."""

    RECORDED = "RECORDED"  # terekam
    FAILED = "FAILED"  # terekam_gagal: came, but the capture failed
    ABSENT = "ABSENT"  # tidak_hadir: called and did not come
    UNDER_AGE = "UNDER_AGE"  # kurang_dari_16_tahun: came and is too young
    ALREADY_RECORDED = (
        "ALREADY_RECORDED"  # sudah_punya: recorded before, elsewhere or at the office
    )
    ELSEWHERE = "ELSEWHERE"  # luar_wilayah: registered in another regency


@attrs.frozen
class PupilOutcome:
    """
    What came of one pupil at one visit.

    Attributes:
        key: Key of the pupil in the roster (`student_id`); personal, so it stays out of `repr`.
        result: What came of it.
    """

    key: str = attrs.field(repr=False, validator=fields.text)
    result: Result = attrs.field(converter=Result)


def _pupils(value: Mapping[str, Result | str] | Iterable[PupilOutcome]) -> tuple[PupilOutcome, ...]:
    if isinstance(value, Mapping):
        value = [PupilOutcome(key, result) for key, result in value.items()]
    several = fields.as_tuple(value, "Outcome", "pupils")
    if not all(isinstance(one, PupilOutcome) for one in several):
        raise InvalidFieldError("Outcome", "pupils", "must hold PupilOutcome only, or map keys")
    return tuple(sorted(several, key=lambda one: one.key))


def _keys(value: Iterable[str]) -> tuple[str, ...]:
    keys = fields.as_tuple(value, "OfficeOutcome", "pupils")
    if not all(isinstance(key, str) and key.strip() for key in keys):
        raise InvalidFieldError("OfficeOutcome", "pupils", "must hold keys of pupils, as text")
    if len(set(keys)) < len(keys):
        raise InvalidFieldError("OfficeOutcome", "pupils", "must hold each key once")
    return tuple(sorted(keys))


def _optional_npsn(value: str) -> str:
    return npsn_text(value) if value else ""


_count = fields.whole_number(0)
_optional_minute = attrs.validators.optional(fields.whole_number(0, DAY_MINUTES))


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What came of one visit, planned or not, or of one class at it, in the words offices use.

    Counts without names are enough. Where an office has names, `pupils` says what came of each
    of them; those are among the counts, which `by_pupil` makes of them.

    Attributes:
        day: The date of the visit.
        team: Name of the team.
        site: NPSN of the school.
        class_name: Class (rombel) the counts are for; empty for the whole visit.
        recorded: `terekam`.
        failed: `terekam_gagal`, capture failed.
        absent: `tidak_hadir`, called and did not come; None when nobody counted them: then
            everybody who waited was called, as long as the visit had room.
        under_age: `kurang_dari_16_tahun`.
        already_recorded: `sudah_punya`.
        elsewhere: `luar_wilayah`, registered in another regency.
        walk_ins: Recorded without having been called; part of `recorded`. They are no pupils of
            the roster who waited on that day.
        cancelled: Why the visit did not take place, such as ``"rain"``; empty when it did. A
            visit that took place and recorded nobody is one of zeros.
        start: Minute set-up began; None when the office did not note it.
        end: Minute pack-down was done; None when the office did not note it.
        pupils: What came of pupils known by key, in the order of the keys; others are counted
            only. Personal: left out of `repr`.
    """

    day: dt.date = attrs.field(validator=fields.day)
    team: str = attrs.field(validator=fields.text)
    site: str = attrs.field(converter=npsn_text)
    class_name: str = ""
    recorded: int = attrs.field(default=0, validator=_count)
    failed: int = attrs.field(default=0, validator=_count)
    absent: int | None = attrs.field(default=None, validator=attrs.validators.optional(_count))
    under_age: int = attrs.field(default=0, validator=_count)
    already_recorded: int = attrs.field(default=0, validator=_count)
    elsewhere: int = attrs.field(default=0, validator=_count)
    walk_ins: int = attrs.field(default=0, validator=_count)
    cancelled: str = ""
    start: int | None = attrs.field(default=None, validator=_optional_minute)
    end: int | None = attrs.field(default=None, validator=_optional_minute)
    pupils: tuple[PupilOutcome, ...] = attrs.field(
        default=(), converter=_pupils, repr=lambda pupils: f"<{len(pupils)} pupils>"
    )

    def __attrs_post_init__(self) -> None:
        if self.walk_ins > self.recorded:
            fault = f"must not exceed recorded {self.recorded}, got {self.walk_ins}"
            raise InvalidFieldError("Outcome", "walk_ins", fault)
        if self.cancelled and (self.came or self.absent or self.pupils):
            fault = "must be empty for a visit with counts; a cancelled visit counts nobody"
            raise InvalidFieldError("Outcome", "cancelled", fault)
        if self.start is not None and self.end is not None and self.end < self.start:
            fault = f"must not be before start {self.start}, got {self.end}"
            raise InvalidFieldError("Outcome", "end", fault)
        self._check_pupils()

    def _check_pupils(self) -> None:
        if len({one.key for one in self.pupils}) < len(self.pupils):
            raise InvalidFieldError("Outcome", "pupils", "must hold each key once")
        named = Counter(one.result for one in self.pupils)
        for result, some in sorted(named.items()):
            count = getattr(self, result.value.lower()) or 0
            if some > count:
                fault = f"must count every pupil with that result: {some} by key, got {count}"
                raise InvalidFieldError("Outcome", result.value.lower(), fault)

    @classmethod
    def by_pupil(
        cls,
        *,
        day: dt.date,
        team: str,
        site: str,
        pupils: Mapping[str, Result | str] | Iterable[PupilOutcome],
        class_name: str = "",
        start: int | None = None,
        end: int | None = None,
    ) -> Outcome:
        """
        Return the outcome of a visit of which every pupil called is known by key.

        Args:
            day: The date of the visit.
            team: Name of the team.
            site: NPSN of the school.
            pupils: What came of each, by key of the roster.
            class_name: Class (rombel) they are of; empty for the whole visit.
            start: Minute set-up began.
            end: Minute pack-down was done.
        """
        several = _pupils(pupils)
        named = Counter(one.result for one in several)
        return cls(
            day=day,
            team=team,
            site=site,
            class_name=class_name,
            recorded=named[Result.RECORDED],
            failed=named[Result.FAILED],
            absent=named[Result.ABSENT],
            under_age=named[Result.UNDER_AGE],
            already_recorded=named[Result.ALREADY_RECORDED],
            elsewhere=named[Result.ELSEWHERE],
            start=start,
            end=end,
            pupils=several,
        )

    @property
    def came(self) -> int:
        """Pupils who stood before the team, recorded or not."""
        return self.recorded + self.failed + self.under_age + self.already_recorded + self.elsewhere

    @property
    def held(self) -> bool:
        """Whether the visit took place."""
        return not self.cancelled

    @property
    def visit(self) -> tuple[dt.date, str, str]:
        """Day, team and site: what tells visits apart."""
        return self.day, self.team, self.site

    @property
    def key(self) -> tuple[dt.date, str, str, str]:
        """Day, team, site and class: of two outcomes with one key only one can be right."""
        return self.day, self.team, self.site, self.class_name


@attrs.frozen(kw_only=True)
class OfficeOutcome:
    """
    Pupils recorded without a team's visit: at the office, the kecamatan, on a weekend.

    Attributes:
        day: The date.
        site: NPSN of their school; empty when nobody asked for it, and then no school's waiting
            line gets shorter.
        class_name: Their class (rombel); empty when unknown.
        recorded: How many they are.
        pupils: Keys of those known by key, ascending; the others are counted only. Personal:
            left out of `repr`.
    """

    day: dt.date = attrs.field(validator=fields.day)
    site: str = attrs.field(default="", converter=_optional_npsn)
    class_name: str = ""
    recorded: int = attrs.field(validator=_count)
    pupils: tuple[str, ...] = attrs.field(
        default=(), converter=_keys, repr=lambda pupils: f"<{len(pupils)} pupils>"
    )

    def __attrs_post_init__(self) -> None:
        if len(self.pupils) > self.recorded:
            fault = f"must count every pupil: {len(self.pupils)} by key, got {self.recorded}"
            raise InvalidFieldError("OfficeOutcome", "recorded", fault)

    @property
    def team(self) -> str:
        """No team; as `Outcome` has one."""
        return ""

    @property
    def key(self) -> tuple[dt.date, str, str, str]:
        """Day, no team, site and class: of two records with one key only one can be right."""
        return self.day, self.team, self.site, self.class_name
