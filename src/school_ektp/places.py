"""Where schools and people are, under which code, and how long the way takes."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
