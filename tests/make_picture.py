"""
The picture of the report on the front page of the docs, by a headless Chromium: `make picture`.

The report is that of the sample regency, so the picture can be made again from the same plan.
Its head, its days and its map stand side by side, each in a frame of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import school_ektp as ek

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "report.png"
ITERATIONS = 200
WIDTH, HEIGHT, SCALE = 1290, 640, 0.6
PARTS = ("", "#grid", "#map")
PANEL, GAP = 416, 20
NAMES = ("chromium", "chromium-browser", "google-chrome")
SHEET = """<!doctype html>
<style>
body {{ margin: 0; display: flex; gap: {gap}px; overflow: hidden }}
div {{ width: {panel}px; height: {height}px; overflow: hidden; border: 1px solid #c3cfd0 }}
iframe {{ border: 0; width: {inner}px; height: {tall}px; transform: scale({scale});
  transform-origin: 0 0 }}
</style>
{frames}"""


def sheet() -> str:
    """Return a page that shows parts of `report.html` beside it."""
    inner, tall = round(PANEL / SCALE), round(HEIGHT / SCALE)
    frame = '<div><iframe scrolling="no" src="report.html{}"></iframe></div>'
    return SHEET.format(
        gap=GAP,
        panel=PANEL,
        height=HEIGHT - 2,
        inner=inner,
        tall=tall,
        scale=SCALE,
        frames="\n".join(map(frame.format, PARTS)),
    )


def main() -> str:
    browser = next((found for name in NAMES if (found := shutil.which(name))), None)
    if browser is None:
        return f"none of {', '.join(NAMES)} is installed"
    region = ek.datasets.rejang_lebong(seed=1)
    stop = ek.MaxIterations(ITERATIONS)
    plan = ek.plan_visits(region.schools, region.demand(), region.teams, region.calendar, stop=stop)
    with tempfile.TemporaryDirectory() as folder:
        plan.to_html(Path(folder) / "report.html", lang="en", roster=region.roster)
        page = Path(folder) / "sheet.html"
        page.write_text(sheet(), encoding="utf-8")
        PICTURE.parent.mkdir(exist_ok=True)
        done = subprocess.run(
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *("--virtual-time-budget=5000", f"--user-data-dir={folder}/profile"),
                *(f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={PICTURE}", page.as_uri()),
            ],
            capture_output=True,
            timeout=120,
            check=False,
        )
    if done.returncode or not PICTURE.exists():
        return "the browser made no picture"
    print(f"{PICTURE.name}  {PICTURE.stat().st_size // 1024 + 1} kB")
    return ""


if __name__ == "__main__":
    sys.exit(main())
