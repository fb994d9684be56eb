"""Time: what would help, what if, how sure, and what changes when a season goes on."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
