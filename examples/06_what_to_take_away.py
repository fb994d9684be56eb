# %% [markdown]
# # What to take away
#
# The plan is made; now the office wants paper. One call each writes the report that opens
# offline on any computer, the workbook that can be edited and read back, the calendars of the
# teams and the map. None of them holds a name or a number of a pupil.

# %%
from pathlib import Path

import school_ektp as ek

FOLDER = Path("build")

# %%
region = ek.datasets.rejang_lebong(seed=1)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams, region.calendar)  # of the first example
checked = ek.check_roster(region.roster, schools=region.schools, on=region.as_of)

# %%
FOLDER.mkdir(exist_ok=True)
files = [
    plan.to_html(FOLDER / "laporan.html", roster=checked),
    plan.to_excel(FOLDER / "rencana.xlsx", roster=checked),
    plan.to_geojson(FOLDER / "peta.geojson"),
    *plan.to_icals(FOLDER / "kalender"),
    *plan.to_csv(FOLDER / "tabel"),
]
for file in files:
    print(f"{file}  {file.stat().st_size // 1024 + 1} kB")

# %% [markdown]
# The map, as the report has it.

# %%
ek.plot.map(plan, lang="en")

# %% [markdown]
# Change one thing and look again: the workbook comes back through the checker, so an edit in Excel
# that breaks a rule is told with its cell.

# %%
edited = ek.read_plan_workbook(FOLDER / "rencana.xlsx", plan)

# %% [markdown]
# What it taught: what was written reads back as the same plan.

# %%
assert edited.plan.solution == plan.solution
assert not edited.issues
