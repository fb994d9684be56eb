# %% [markdown]
# # A season of what-ifs
#
# Four weeks are left and two teams can go out. The head of office asks three questions in a row:
# what is each day on the road worth, what would a third team bring, and how sure is all this?
# Then the season begins, and not as planned.

# %%
import datetime as dt

import attrs

import school_ektp as ek

SEED = 1
WEEKS = 4
ROUNDS = ek.MaxIterations(60)

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
last_day = region.first_day + dt.timedelta(weeks=WEEKS, days=-2)
calendar = attrs.evolve(region.calendar, last_day=last_day)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams[:2], calendar, stop=ROUNDS, seed=SEED)
plan

# %% [markdown]
# What is each day on the road worth? Every point of the line is a plan that keeps all rules; where
# it flattens, a day could be spared.

# %%
worth = ek.frontier(plan, least=plan.team_days - 8, stop=ek.MaxIterations(20))
ek.plot.frontier(worth, lang="en")

# %% [markdown]
# What would a third team bring, and what if fewer pupils come when they are called?

# %%
table = ek.what_if(plan, teams=[2, 3], turnout=[0.7, 0.85], stop=ROUNDS)
print(table.select("teams", "turnout", "recorded", "left_out", "team_days", "value"))

# %% [markdown]
# How sure is all this? Two hundred seasons with bad luck of every kind: a day is lost, a school
# has no power, the central system is down.

# %%
seasons = ek.simulate(plan, seasons=200, seed=SEED)
ek.plot.risk(seasons, lang="en")

# %% [markdown]
# Change one thing and look again: no day is lost, only pupils stay away as expected. The distance
# between the two is what lost days cost, and what a spare day could win back.

# %%
lucky = ek.Risks(day_lost=0, system_down=0, outage=0)
calm = ek.simulate(plan, seasons=200, seed=SEED, risks=lucky)
print(f"in half of the seasons {seasons.p50} or more; without lost days {calm.p50}")

# %% [markdown]
# The season begins, and the first week goes badly: of those called, a third stay away. What
# happened is recorded, the turn-out is learnt from it, and the rest is planned again; visits that
# were announced stay unless moving them pays. By kecamatan, those recorded in the first week are
# among the recorded now.

# %%
monday = region.first_day + dt.timedelta(weeks=1)
outcomes = [
    ek.Outcome(
        day=visit.day,
        team=visit.team,
        site=visit.site,
        recorded=visit.called - visit.called // 3,
        absent=visit.called // 3,
    )
    for visit in plan.visit_list
    if visit.day < monday
]
season = ek.season.begin(plan).record(outcomes).replan(on=monday, stop=ROUNDS)
rates = {rate.name: rate for rate in season.learnt.rates if not rate.site}
turnout = rates[ek.season.RateName.TURNOUT]
print(f"turn-out believed {turnout.prior:.0%}, now {turnout.value:.0%}")
print(season.changes.text("en"))

# %%
ek.plot.coverage(season.plan, lang="en")

# %% [markdown]
# What it taught: a budget of fewer team-days never records more, more teams never make a plan
# worth less, a plan counts on days being lost, and nobody vanishes while a season goes on.

# %%
assert worth.table.sort("team_days")["recorded"].is_sorted()
for share in (0.7, 0.85):
    assert table.filter(turnout=share).sort("teams")["value"].is_sorted()
assert seasons.p10 <= seasons.p50 < calm.p50
assert turnout.value < turnout.prior
assert season.account.difference == 0
