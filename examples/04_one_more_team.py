# %% [markdown]
# # One more team?
#
# A third team, a third kit for each team, or another week: what does each of them bring?
# A table answers, with one plan behind every row.

# %%
import datetime as dt

import attrs

import school_ektp as ek

SEED = 1
WEEKS = 3
ROUNDS = ek.MaxIterations(40)  # more for real answers

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
last_day = region.first_day + dt.timedelta(weeks=WEEKS, days=-2)
calendar = attrs.evolve(region.calendar, last_day=last_day)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams[:2], calendar, stop=ROUNDS, seed=SEED)
print(plan)

# %% [markdown]
# Teams and kits in all combinations. `per_team_day` is what a further team-day brings; compare
# it with what it costs. Pass `executor=` to run the rows side by side.

# %%
table = ek.what_if(plan, teams=[2, 3, 4], kits=[2, 3], stop=ROUNDS)
print(table.select("teams", "kits", "recorded", "left_out", "team_days", "value", "per_team_day"))

# %% [markdown]
# Or more time instead of more people.

# %%
weeks = [last_day + dt.timedelta(weeks=more) for more in range(3)]
later = ek.what_if(plan, deadline=weeks, stop=ROUNDS)
print(later.select("deadline", "waiting", "recorded", "left_out", "team_days", "value"))

# %% [markdown]
# And if the question is simply: how many team-days until everyone has been called once?

# %%
answer = ek.season.team_days_to_reach_all(plan, stop=ROUNDS)
print(
    f"{answer.team_days} team-days ({answer.more:+d}) by {answer.teams} teams reach everyone and"
    f" record {answer.recorded}; {answer.out_of_reach} are out of reach of any number of teams."
)

# %% [markdown]
# Choosing the smaller plan later on is not choosing blindly either: the frontier says what each
# team-day of this plan is worth.

# %%
worth = ek.frontier(plan, least=plan.team_days - 5, stop=ROUNDS)
print(worth.table)
ek.plot.frontier(worth, lang="en")

# %% [markdown]
# What it taught: more people or kits never make a plan worth less, and even so some pupils stay out
# of reach.

# %%
for kits in (2, 3):
    alike = table.filter(table["kits"] == kits * table["teams"])
    assert alike.sort("teams")["value"].is_sorted()
for teams in (2, 3, 4):
    assert table.filter(teams=teams).sort("kits")["value"].is_sorted()
assert later["recorded"].is_sorted()
assert 0 < answer.out_of_reach < plan.waiting - plan.recorded
