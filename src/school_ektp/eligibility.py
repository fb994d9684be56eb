"""Who may be recorded from which day, and who comes first."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
