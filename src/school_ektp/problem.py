"""The plan as integers: the problem, its checker and its bound."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
