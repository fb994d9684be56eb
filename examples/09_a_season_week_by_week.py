# %% [markdown]
# # A season, week by week
#
# A plan is the first step of a season. Visits take place, or it rains; fewer pupils come than was
# believed; the central system fails for a week. Each Monday the office tells what happened and
# plans the rest again.

# %%
import datetime as dt
import random
from pathlib import Path

import attrs

import school_ektp as ek

SEED = 1
WEEKS = 6
TRUE_TURNOUT = 0.65  # nobody knows it; the plan believes 0.85
ROUNDS = ek.MaxIterations(30)

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
last_day = region.first_day + dt.timedelta(weeks=WEEKS, days=-2)
calendar = attrs.evolve(region.calendar, last_day=last_day)
plan = ek.plan_visits(
    region.schools, region.demand(), region.teams, calendar, stop=ROUNDS, seed=SEED
)
season = ek.season.begin(plan)
season

# %% [markdown]
# What a team counts at a school: who came and was recorded, and who was called and stayed away.
# An office would read this from the workbooks that teams bring back,
# `season.record("hasil/")`; here chance decides.

# %%
luck = random.Random(SEED)


def counted(visit: ek.results.Visit) -> ek.Outcome:
    came = sum(luck.random() < TRUE_TURNOUT for _ in range(visit.called))
    recorded = min(came, visit.room)
    return ek.Outcome(
        day=visit.day,
        team=visit.team,
        site=visit.site,
        recorded=recorded,
        absent=visit.called - came,
    )


def week(season: ek.season.Season, monday: dt.date) -> list[ek.results.Visit]:
    until = monday + dt.timedelta(days=7)
    return [visit for visit in season.plan.visit_list if monday <= visit.day < until]


# %% [markdown]
# The first week. One visit is cancelled for rain, which is not the same as a visit to which nobody
# came, and three pupils of one school come to the office.

# %%
monday = region.first_day
rained_off, *others = week(season, monday)
outcomes = [
    ek.Outcome(
        day=rained_off.day, team=rained_off.team, site=rained_off.site, cancelled="hujan deras"
    ),
    *map(counted, others),
    ek.season.OfficeOutcome(day=monday, site=others[0].site, recorded=3),
]
monday += dt.timedelta(days=7)
season = season.record(outcomes).replan(on=monday, stop=ROUNDS)
print(season.changes.text("en"))
season.account.to_frame()

# %% [markdown]
# The second week. On Thursday the central system fails, until the end of the next week: one call.
# Schools whose visits change get a letter, and nobody else.

# %%
season = season.record(map(counted, [v for v in week(season, monday) if v.day.weekday() < 3]))
thursday = monday + dt.timedelta(days=3)
season = season.pause(thursday, thursday + dt.timedelta(days=8)).replan(on=thursday, stop=ROUNDS)
print(season.changes.text("en"))
letters = season.plan.change_notices(
    season.changes, ek.Office(region="Kabupaten Rejang Lebong"), on=thursday
)
print(f"{len(letters.pages)} letters for {len(season.plan.schools)} schools")
season.changes.changes.head(5)

# %% [markdown]
# The other weeks. A bar shows how far a search is, in one line each:
#
# - with tqdm: `on_progress=lambda now: bar.update(now.done - bar.n)` for `bar = tqdm(total=1)`
# - with rich: `on_progress=lambda now: bar.update(task, completed=now.done)`
#
# Whoever presses Ctrl-C, or stops the cell, gets the best plan so far.

# %%
steps = []
for number in range(3, WEEKS):
    monday = region.first_day + dt.timedelta(weeks=number)
    season = season.replan(
        on=monday, stop=ROUNDS, on_progress=lambda now: steps.append(now.done), bound=False
    ).record(map(counted, week(season, monday)))
print(f"{len(steps)} steps of {WEEKS - 3} searches")

# %% [markdown]
# What was learnt: the plan began with a turn-out of 0.85. A rate can be looked at, overruled
# (`season.overrule("turnout", 0.6)`) and reset.

# %%
turnout = season.learnt.rate("turnout")
print(f"believed {turnout.begun:.2f}, learnt {turnout.value:.2f}, true {TRUE_TURNOUT}")
ek.plot.season(season.progress(), lang="en")

# %% [markdown]
# A season is one document without names. Read again, it goes on where it was.

# %%
file = season.save("musim.json")
again = ek.season.read_season(file)
Path(file).unlink()
print(season.account.visits)
print(again)

# %%
assert again.text == season.text
assert season.account.difference == season.account.visits.difference == 0
assert abs(turnout.value - TRUE_TURNOUT) < abs(turnout.begun - TRUE_TURNOUT)
assert all(
    visit.day < thursday or visit.day > thursday + dt.timedelta(days=8) for visit in season.visits
)
