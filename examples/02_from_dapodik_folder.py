# %% [markdown]
# # From a folder of Dapodik files
#
# Every school of the regency sent its download. Some were opened and saved again in Excel, a
# madrasah sent an EMIS sheet, one file is torn. The office has its own list of who is recorded.
# They become one checked roster, with every doubt told where it stands and no row lost.
#
# The files are made here, with the quirks that real ones have; the pupils are invented.

# %%
import tempfile
from pathlib import Path

import polars as pl

import school_ektp as ek
from school_ektp.testing.containers import Container
from school_ektp.testing.workbooks import (
    Quirk,
    dapodik_workbook,
    emis_workbook,
    register_workbook,
)

QUIRKS = [
    (),
    (Quirk.DATES_SLASHED, Quirk.COLUMNS_MOVED),
    (Quirk.DATE_SERIALS, Quirk.NISN_NUMBERS),
    (Quirk.HEADERS_RENAMED, Quirk.HIDDEN_MARKS),
    (Quirk.FOOTER, Quirk.ROWS_BLANK),
]

# %% [markdown]
# Five Dapodik downloads, one EMIS list without the name of its school, one torn file.

# %%
region = ek.datasets.rejang_lebong(seed=1, names=True)
madrasah = next(school for school in region.schools if school.level == "MA")
others = [school for school in region.schools if school.level != "MA"][: len(QUIRKS)]
schools = [madrasah, *others]
folder = Path(tempfile.mkdtemp())
sent = region.roster.filter(pl.col("npsn").is_in([school.npsn for school in schools]))
sent = sent.with_columns(nisn=pl.int_range(pl.len()).add(80_000_000).cast(pl.String).str.zfill(10))
(folder / "emis.xlsx").write_bytes(emis_workbook(sent.filter(npsn=madrasah.npsn)))
for school, quirks in zip(others, QUIRKS, strict=True):
    book = dapodik_workbook(sent.filter(npsn=school.npsn), school, quirks=quirks)
    (folder / f"{school.name}.xlsx").write_bytes(book)
(folder / "torn.xlsx").write_bytes(book[:2000])

register_file = folder / "dukcapil.xls"
register_file.write_bytes(register_workbook(sent.gather_every(3), container=Container.XLS))

# %% [markdown]
# Reading takes the folder; the school of the EMIS file has to be told.

# %%
read = ek.read_roster(folder.glob("*.xlsx"), npsn={"emis.xlsx": madrasah.npsn})
print(read.files.select("file", "layout", "as_of", "rows", "pupils"))

# %% [markdown]
# Checking returns the rows that can be counted on, and an issue for everything doubtful.

# %%
checked = ek.check_roster(read, schools=schools, on=region.as_of, lang="en")
print(checked.issues.group_by("severity", "rule").len().sort("severity", "rule"))

# %% [markdown]
# In a notebook the checked roster shows itself, in both languages and without a name.

# %%
checked

# %% [markdown]
# Matching with the register says who is recorded; near matches are offered, never taken.

# %%
matched = ek.match_register(checked.valid, ek.read_register(register_file))
print({kind.value: count for kind, count in matched.counts.items()})

# %% [markdown]
# From here it goes to planning: who waits at each school on the first day of the season.

# %%
demand = ek.demand_of(matched.roster)
print({each.npsn: each.on(region.first_day) for each in demand})

# %% [markdown]
# What it taught: every row of every file is in exactly one place, and the torn file is told.

# %%
account = ek.counts.sheet_account(checked)
print(account.select(pl.exclude("sheet")))
places = pl.sum_horizontal("head", "blank", "notes", "leavers", "valid", "refused", "left_school")
assert account.select((places == pl.col("rows")).all()).item()
assert checked.valid.height == sent.height
assert "file_unreadable" in checked.issues["rule"].to_list()
