# %% [markdown]
# # A first plan
#
# The civil-registry office of Rejang Lebong has three teams and eleven weeks before the election
# of 27 November 2024. Three thousand pupils of 45 schools wait for their first ID recording, and
# every day a few more turn 16. Who goes where on which day, and who is left out?
#
# The schools and holidays are real, the pupils are invented.

# %%
import school_ektp as ek

# %% [markdown]
# Three calls make the plan: the sample, who waits from which day, and the planning. The search
# takes some seconds and gives everyone the same plan; `stop=ek.MaxSeconds(5)` stops by the clock
# instead.

# %%
region = ek.datasets.rejang_lebong(seed=1)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams, region.calendar)

# %% [markdown]
# What a head of office wants to know: who waits, how many are expected to be recorded and how many
# are in nine seasons of ten, who is left and why, and how far the plan is from the best possible
# one. Write `lang="id"` for Indonesian.

# %%
print(plan.summary(lang="en"))

# %% [markdown]
# The same by team and day. A number is pupils expected, a dot a free day, an x a day on which no
# school is open, a dash a day off duty.

# %%
print(plan.grid(lang="en"))

# %% [markdown]
# In a notebook the plan shows itself, all days side by side.

# %%
plan

# %% [markdown]
# What it taught: every plan passes a checker that shares no code with the search, nobody vanishes,
# the promise is the sum of the visits, and no plan at all is worth more than the bound.

# %%
assert not plan.violations
assert plan.recorded == plan.visits["recorded"].sum()
assert plan.recorded + sum(left.pupils for left in plan.left_out_list) == plan.waiting
assert plan.outlook.p10 <= plan.outlook.p50 <= plan.outlook.p90
assert plan.value.total <= plan.bound
