"""Compiled readers of untrusted bytes: whatever they raise, panics too, is a `ReadError`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from school_ektp.errors import ReadError
from school_ektp.roster.frames import is_panic

Loaded = TypeVar("Loaded")


def guarded(action: Callable[[], Loaded], file: str, fault: str) -> Loaded:
    """
    Return what a compiled reader returns.

    Raises:
        ReadError: It raised, or panicked; its own words may quote cells, so *fault* is said.
    """
    try:
        return action()
    except ReadError:  # of ours, within the action
        raise
    except Exception:  # noqa: BLE001 - whatever a damaged file makes it raise
        raise ReadError(file, fault) from None
    except BaseException as error:
        if not is_panic(error):
            raise
        raise ReadError(file, fault) from None
