# %% [markdown]
# # How sure are we?
#
# A plan says what is expected. Pupils stay at home, kits break, roads are cut, the central system
# is down. Ten thousand seasons of the same plan show what may come of it.

# %%
import school_ektp as ek

SEED = 1
SEASONS = 10_000
ROUNDS = ek.MaxIterations(200)

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams, region.calendar, stop=ROUNDS, seed=SEED)
print(plan)

# %% [markdown]
# The chances are judgements; put in those of your own office.

# %%
risks = ek.Risks(day_lost=0.02, kit_breaks=0.01, outage=0.03)
run = ek.simulate(plan, seasons=SEASONS, seed=SEED, risks=risks)
print(f"planned {run.planned}: P10 {run.p10}, P50 {run.p50}, P90 {run.p90}")
print(f"3,000 pupils or more in {run.certainty(3_000):.0%} of the seasons")

# %%
ek.plot.risk(run, lang="en")

# %% [markdown]
# Which schools are uncertain, and by which day is how much recorded?

# %%
wide = run.by_school.with_columns(spread=run.by_school["p90"] - run.by_school["p10"])
print(wide.sort("spread", descending=True).head(5))
print(run.by_date.gather_every(14))

# %% [markdown]
# Days kept in reserve make lost visits good. The same luck meets every row, so the rows compare.

# %%
target = run.p50
answer = ek.reserve_days_needed(
    plan, target, certainty=0.7, seasons=2_000, seed=SEED, risks=risks, most=4
)
print(answer.table)
print(f"reserve days of each team: {answer.days}")

# %% [markdown]
# What it taught: the plan is an expectation, not a promise, and reserve days buy certainty.

# %%
spare = ek.simulate(plan, seasons=SEASONS, seed=SEED, risks=risks, reserve_days=2)
assert run.p10 <= run.p50 <= run.p90
assert spare.recorded.mean() >= run.recorded.mean()
assert (spare.recorded >= run.recorded).mean() > 0.9
