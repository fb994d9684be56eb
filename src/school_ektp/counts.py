"""Who waits on which day, how many are recorded, and the account of every row."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
