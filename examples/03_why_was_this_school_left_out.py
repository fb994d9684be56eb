# %% [markdown]
# # Why was this school left out?
#
# Two teams have three weeks, and that is not enough. The head of office must tell headmasters,
# the regent and the auditor why pupils are left, and what would have recorded them.
#
# Every reason below was found by trying: one more visit, or a longer one, is put into the plan
# wherever a team could make it. If it pays and one limit stands against it, the limit is lifted,
# and the checker must pass the visit. If it would bring less than it costs, that is told.

# %%
import datetime as dt

import attrs

import school_ektp as ek

SEED = 1
TEAMS = 2
WEEKS = 3
ROUNDS = 40  # more for real answers

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
last_day = region.first_day + dt.timedelta(weeks=WEEKS, days=-2)
calendar = attrs.evolve(region.calendar, last_day=last_day)
plan = ek.plan_visits(
    region.schools,
    region.demand(),
    region.teams[:TEAMS],
    calendar,
    stop=ek.MaxIterations(ROUNDS),
    seed=SEED,
)
print(plan.summary(lang="en"))

# %% [markdown]
# Where they are: the white end of a bar is left out.

# %%
ek.plot.coverage(plan, lang="en")

# %% [markdown]
# The school with most pupils left, class by class, with the figures and the date.

# %%
most = max(plan.left_out_list, key=lambda left: left.pupils)
print(plan.school_by_npsn[most.site].name)
for left in plan.why(most.site):
    print("-", left.text("en"))

# %% [markdown]
# What would record them? Each change is the smallest of its kind, and was verified by planning
# the season again under it. Those that leave nobody worth a visit come first, then those that
# gain most per team-day in the whole regency.

# %%
remedies = ek.remedies(plan, most.site, stop=ek.MaxIterations(ROUNDS // 5))
for remedy in remedies:
    print("-", remedy.text("en"))

# %% [markdown]
# What it taught: nobody is left without a reason, and the remedies are real plans.

# %%
assert plan.recorded + sum(left.pupils for left in plan.left_out_list) == plan.waiting
assert all(left.text("id") and left.text("en") for left in plan.why())
assert remedies
assert all(remedy.value > 0 for remedy in remedies)
