# %% [markdown]
# # How sure are we?
#
# A plan says what is expected. Pupils stay at home, a team is ill, a school has no power, the
# central system is down. Thousands of seasons of the same plan show what may come of it.

# %%
import school_ektp as ek

SEED = 1
SEASONS = 2_000
ROUNDS = ek.MaxIterations(60)  # more for real answers

# %%
region = ek.datasets.rejang_lebong(seed=SEED)
demand = region.demand()
plan = ek.plan_visits(region.schools, demand, region.teams, region.calendar, stop=ROUNDS, seed=SEED)
print(plan)

# %% [markdown]
# Every plan comes with an outlook: a thousand seasons with the rates it was planned for.

# %%
outlook = plan.outlook
print(f"expected {plan.recorded}: P10 {outlook.p10}, P50 {outlook.p50}, P90 {outlook.p90}")
ek.plot.demand(plan, lang="en")

# %% [markdown]
# The rates are judgements; put in those of your own office. The same plan in harder times, in
# which a team loses one day in ten:

# %%
risks = ek.Risks(day_lost=0.1, outage=0.05)
harder = ek.simulate(plan, seasons=SEASONS, seed=SEED, risks=risks)
print(f"P10 {harder.p10}, P50 {harder.p50}, P90 {harder.p90}")
print(f"{plan.recorded} pupils or more in {harder.certainty(plan.recorded):.0%} of the seasons")
ek.plot.risk(harder, lang="en")

# %% [markdown]
# Which schools are uncertain, and by which day is how much recorded?

# %%
wide = harder.by_site.with_columns(spread=harder.by_site["p90"] - harder.by_site["p10"])
print(wide.sort("spread", descending=True).head(5))
print(harder.by_date.gather_every(14))

# %% [markdown]
# Change one thing and look again: a plan that knows of the harder times makes other visits, records
# more in them, and keeps its promise. The same luck meets both, so they compare season by season.

# %%
aware = ek.plan_visits(
    region.schools, demand, region.teams, region.calendar, risks=risks, stop=ROUNDS, seed=SEED
)
kept = ek.simulate(aware, seasons=SEASONS, seed=SEED)
print(f"expected {aware.recorded}: P10 {kept.p10}, P50 {kept.p50}, P90 {kept.p90}")

# %% [markdown]
# What it taught: the promise lies within what luck makes of it, and a plan is worth less where
# more goes wrong, but more than one that did not know.

# %%
assert outlook.p10 <= outlook.p50 <= outlook.p90
assert abs(outlook.mean - plan.recorded) < 0.03 * plan.recorded
assert harder.p50 < outlook.p50
assert kept.mean > harder.mean
assert aware.value.total < plan.value.total
assert abs(kept.mean - aware.recorded) < 0.03 * aware.recorded
