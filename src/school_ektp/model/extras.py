"""Optional dependencies are imported where they are used; one that is missing says its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from school_ektp.errors import MissingExtraError


@contextmanager
def extra(name: str, capability: str) -> Iterator[None]:
    """
    Turn a failed import inside the block into the advice to install the extra of a *name*.

    Raises:
        MissingExtraError: A module imported in the block is not installed; *capability* needs it.
    """
    try:
        yield
    except ImportError as missing:
        raise MissingExtraError(name, capability) from missing
