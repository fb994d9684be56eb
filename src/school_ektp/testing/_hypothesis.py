"""Says which extra to install when Hypothesis is missing; imported before all that needs it."""

from school_ektp.errors import MissingExtraError

try:
    import hypothesis as hypothesis  # noqa: PLC0414 - shown so that the import is of use
except ImportError:
    raise MissingExtraError("testing", "school_ektp.testing") from None
