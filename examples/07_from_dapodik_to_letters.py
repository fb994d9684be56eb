# %% [markdown]
# # From Dapodik files to letters
#
# Four schools sent their Dapodik download, and the office has its own list of who is recorded. By
# the end of this page there is a plan, a report for the office, a notice to each school and a call
# sheet for each visit.
#
# The files are made here, with the quirks that real ones have; the pupils are invented.

# %%
import datetime as dt
import tempfile
from pathlib import Path

import attrs
import polars as pl

import school_ektp as ek
from school_ektp.testing.workbooks import Quirk, dapodik_workbook, register_workbook

ITERATIONS = 100
WEEKS = 3
QUIRKS = [(), (Quirk.DATES_SLASHED, Quirk.COLUMNS_MOVED), (Quirk.FOOTER,), (Quirk.DATE_SERIALS,)]

# %%
region = ek.datasets.rejang_lebong(seed=1, names=True)
schools = [school for school in region.schools if school.level == "SMA"][: len(QUIRKS)]
sent = region.roster.filter(pl.col("npsn").is_in([school.npsn for school in schools]))
sent = sent.with_columns(nisn=pl.int_range(pl.len()).add(80_000_000).cast(pl.String).str.zfill(10))
folder = Path(tempfile.mkdtemp())
for school, quirks in zip(schools, QUIRKS, strict=True):
    pupils = sent.filter(npsn=school.npsn)
    book = dapodik_workbook(pupils, school, quirks=quirks)
    (folder / f"{school.name}.xlsx").write_bytes(book)
register = folder / "dukcapil.xls"
_ = register.write_bytes(register_workbook(sent.filter("recorded")))

# %% [markdown]
# Reading and checking: every row is valid, or told with the reason why not. Matching with the list
# of the office says who is recorded.

# %%
read = ek.read_roster(folder.glob("*.xlsx"))
checked = ek.check_roster(read, schools=schools, on=region.as_of, lang="en")
matched = ek.match_register(checked.valid, ek.read_register(register))
checked = attrs.evolve(checked, valid=matched.roster)
print(f"{checked.rows_read} rows, {checked.valid.height} valid, {checked.issues.height} issues")

# %% [markdown]
# Who waits from which day, and the plan for the next three weeks. A plan counts pupils; it does
# not know them.

# %%
usual = ek.Priorities.usual(region.deadline)
demand = ek.demand_of(checked.valid, priorities=usual, on=region.as_of)
last_day = region.first_day + dt.timedelta(weeks=WEEKS, days=-2)
calendar = attrs.evolve(region.calendar, last_day=last_day, closures=())
stop = ek.MaxIterations(ITERATIONS)
plan = ek.plan_visits(schools, demand, region.teams, calendar, stop=stop)
print(plan.summary("en"))

# %%
ek.plot.demand(plan, lang="en")

# %% [markdown]
# Where the teams drive: the size of a circle is who waits there, its dark part who is expected to
# be recorded.

# %%
ek.plot.map(plan, lang="en")

# %% [markdown]
# The report for the office, without a name in it.

# %%
report = plan.to_html(folder / "report.html", lang="en", roster=checked)
print(report.stat().st_size // 1024, "kB")

# %% [markdown]
# Names are asked for by name. They go round the plan: the roster is joined again, and each sheet
# calls all who wait, as far as there is room, in the order of their classes.

# %%
sheets = plan.call_sheets(checked.valid, priorities=usual, on=region.as_of)
office = ek.Office(region="Kabupaten Rejang Lebong", place="Curup")
letters = plan.notices(office, on=region.as_of, sheets=sheets)
files = [
    plan.call_sheet_papers(sheets).to_html(folder / "call-sheets.html"),
    letters.to_html(folder / "notices.html"),
]
print([file.name for file in files])

# %% [markdown]
# What it taught: every row read is in one place, every sheet calls as many as the plan counts, and
# the report knows nobody.

# %%
assert ek.counts.pupil_account(checked, plan).difference == 0
assert all(len(sheet.pupils) + sheet.again_pupils == sheet.visit.called for sheet in sheets)
page = report.read_text(encoding="utf-8")
assert not any(name in page for name in checked.valid["name"])
