"""Codes and names of regions: three systems of codes, and spellings that vary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property, lru_cache

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.shipped import shipped_rows

_CODE = re.compile(r"(\d\d)(?:\.?(\d\d)(?:\.?(\d\d)(?:\.?(\d{4}))?)?)?")
_PREFIX = re.compile(r"^(KECAMATAN|KEC)\b\.?")
_NOT_A_LETTER = re.compile(r"[^A-Z0-9]")


class CodeSystem(StrEnum):
    """Who gives out the codes."""

    KEMENDAGRI = "KEMENDAGRI"  #: Ministry of Home Affairs, as in NIK: 17.02.16
    DAPODIK = "DAPODIK"  #: Ministry of Education: 260224
    BPS = "BPS"  #: Statistics Indonesia: 1702046


def region_code(value: str) -> str:
    """
    Return a Kemendagri code with dots: ``"17.02.09"`` for ``"170209"``.

    Args:
        value: Code of a province, regency, kecamatan or village, with or without dots.

    Raises:
        InvalidFieldError: Not the form of such a code.
    """
    found = _CODE.fullmatch(str(value).strip())
    if not found:
        fault = f"must look like '17.02.09' or '170209', got {fields.shown(value)}"
        raise InvalidFieldError("region", "code", fault)
    return ".".join(part for part in found.groups() if part)


def name_key(name: str) -> str:
    """
    Return what spellings of a name have in common: ``"BINDURIANG"`` for ``"Kec. Bindu Riang"``.

    Case, spaces, hyphens, apostrophes and a leading "Kecamatan" do not count.
    """
    return _NOT_A_LETTER.sub("", _PREFIX.sub("", name.strip().upper()))


@attrs.frozen(kw_only=True)
class Kecamatan:
    """
    A district in all systems.

    Attributes:
        code: Kemendagri code, such as ``"17.02.16"``.
        dapodik: Code in Dapodik.
        bps: Code of Statistics Indonesia.
        name: Name in the Kemendagri list.
        variants: Other spellings found.
    """

    code: str = attrs.field(converter=region_code)
    dapodik: str = attrs.field(validator=fields.line)
    bps: str = attrs.field(validator=fields.line)
    name: str = attrs.field(validator=fields.text)
    variants: tuple[str, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(str)
    )

    @arguments.checked
    def code_in(self, system: CodeSystem) -> str:
        """Return the code one system uses."""
        by_system = {
            CodeSystem.KEMENDAGRI: self.code,
            CodeSystem.DAPODIK: self.dapodik,
            CodeSystem.BPS: self.bps,
        }
        return by_system[system]


@attrs.frozen
class Crosswalk:
    """
    From any code or spelling to the kecamatan meant.

    Attributes:
        kecamatan: All there are.
    """

    kecamatan: tuple[Kecamatan, ...] = attrs.field(
        converter=fields.frozen, validator=fields.all_of(Kecamatan)
    )

    def __attrs_post_init__(self) -> None:
        for system in CodeSystem:
            _refuse_twice([one.code_in(system) for one in self.kecamatan], system.value)
        names = [{name_key(name) for name in (one.name, *one.variants)} for one in self.kecamatan]
        _refuse_twice([key for keys in names for key in keys], "name")

    @cached_property
    def _by_code(self) -> dict[tuple[CodeSystem, str], Kecamatan]:
        return {
            (system, one.code_in(system)): one for system in CodeSystem for one in self.kecamatan
        }

    @cached_property
    def _by_name(self) -> dict[str, Kecamatan]:
        return {name_key(name): one for one in self.kecamatan for name in (one.name, *one.variants)}

    @arguments.checked
    def by_code(self, code: str, system: CodeSystem = CodeSystem.KEMENDAGRI) -> Kecamatan | None:
        """Return the kecamatan with a code, or that of a village's code; None when unknown."""
        if system is CodeSystem.KEMENDAGRI:
            code = region_code(code)[:8]
        return self._by_code.get((system, code.strip()))

    @arguments.checked
    def by_name(self, name: str) -> Kecamatan | None:
        """Return the kecamatan with a name in any known spelling, or None."""
        return self._by_name.get(name_key(name))

    @arguments.checked
    def translate(self, code: str, source: CodeSystem, target: CodeSystem) -> str | None:
        """Return what *target* calls what *source* calls *code*, or None when it is not known."""
        found = self.by_code(code, source)
        return None if found is None else found.code_in(target)


def _refuse_twice(values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            fault = f"must name each kecamatan once, has {what} {value!r} twice"
            raise InvalidFieldError("Crosswalk", "kecamatan", fault)
        seen.add(value)


@lru_cache(maxsize=1)
def rejang_lebong_crosswalk() -> Crosswalk:
    """Return the fifteen kecamatan of Rejang Lebong; sources are in ``data/README.md``."""
    return Crosswalk([_kecamatan(row) for row in shipped_rows("kecamatan_rejang_lebong.csv")])


def _kecamatan(row: dict[str, str]) -> Kecamatan:
    spellings = (row["nama_kemdikbud"], row["nama_bps"].title())
    return Kecamatan(
        code=row["kode_kemendagri"],
        dapodik=row["kode_kemdikbud"],
        bps=row["kode_bps"],
        name=row["nama"],
        variants=tuple(dict.fromkeys(name for name in spellings if name != row["nama"])),
    )
