"""What the registry works with: NIK, its own list, and lists of who comes next."""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
