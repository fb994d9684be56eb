"""Samples to plan with at once: a real regency with invented pupils."""

from school_ektp.datasets.region import Region, rejang_lebong
from school_ektp.datasets.tables import public_holidays

__all__ = ["Region", "public_holidays", "rejang_lebong"]
