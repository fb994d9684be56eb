"""Charts as tests read them: their elements, words and looks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from school_ektp.report import plot
from school_ektp.report.charts.chart import STYLE


def parts(chart: plot.Chart, tag: str) -> list[ET.Element]:
    drawn = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
    return [one for one in drawn.iter() if one.tag.rpartition("}")[2] == tag]


def words(chart: plot.Chart) -> list[str]:
    return [one.text or "" for one in parts(chart, "text")]


def looks(style: str) -> dict[str, str]:
    """Return what the style sheet says of a class; later rules win."""
    found: dict[str, str] = {}
    for names, rule in re.findall(r"^([^{\n]+) \{ ([^}]*)\}", STYLE.read_text(), re.MULTILINE):
        if set(names.split(".")[1:]) <= set(style.split()) and " " not in names:
            found |= dict(pair.strip().split(": ") for pair in rule.split(";") if ":" in pair)
    return found
