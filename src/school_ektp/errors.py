"""What school_ektp raises and warns; every message names the way out and no personal value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class SchoolEktpError(Exception):
    """Base of every error raised on purpose by school_ektp."""


class SchoolEktpWarning(UserWarning):
    """Doubtful but legal input; the message names the argument that silences it."""


class InvalidFieldError(SchoolEktpError, ValueError):
    """
    A value given by the user breaks a rule of its field.

    Attributes:
        owner: Class or function that was called.
        name: Field or argument.
        fault: What was expected and what came, without personal values.
    """

    def __init__(self, owner: str, name: str, fault: str) -> None:
        super().__init__(owner, name, fault)
        self.owner = owner
        self.name = name
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.owner}.{self.name} {self.fault}"


class RosterSchemaError(SchoolEktpError, ValueError):
    """A table lacks columns, or has them with types that cannot be read."""

    def __init__(
        self,
        table: str,
        missing: Sequence[str],
        wrong: Mapping[str, str],
        found: Sequence[str] = (),
    ) -> None:
        super().__init__(table, tuple(missing), dict(wrong), tuple(found))
        self.table = table
        self.missing = tuple(missing)
        self.wrong = dict(wrong)
        self.found = tuple(found)

    def __str__(self) -> str:
        lines = [f" - {column!r}: missing" for column in self.missing]
        lines += [f" - {column!r}: {why}" for column, why in self.wrong.items()]
        columns = "1 bad column" if len(lines) == 1 else f"{len(lines)} bad columns"
        there = [f"columns found: {', '.join(map(repr, self.found))}"] if self.found else []
        return "\n".join([f"{self.table} has {columns}:", *lines, *there])


class _FileError(SchoolEktpError):
    def __init__(self, file: str, fault: str) -> None:
        super().__init__(file, fault)
        self.file = file
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.file}: {self.fault}"


class ReadError(_FileError, ValueError):
    """A file cannot be read as what it claims to be; nothing was taken from it."""


class WriteError(_FileError, OSError):
    """A file cannot be written; what was there before is unchanged."""


class MissingExtraError(SchoolEktpError, ImportError):
    """A capability needs an optional dependency that is not installed."""

    def __init__(self, extra: str, capability: str) -> None:
        super().__init__(extra, capability)
        self.extra = extra
        self.capability = capability

    def __str__(self) -> str:
        return (
            f"{self.capability} needs the extra {self.extra!r}: "
            f"pip install 'school_ektp[{self.extra}]'"
        )


class ProblemError(SchoolEktpError, ValueError):
    """
    The parts of a planning problem do not fit together.

    Attributes:
        faults: One sentence per fault, all that were found.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        lines = [f" - {fault}" for fault in self.faults]
        faults = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
        return "\n".join([f"no plan can be made, {faults}:", *lines])


class CoverageError(SchoolEktpError, ValueError):
    """Coverages with different denominators were mixed."""
