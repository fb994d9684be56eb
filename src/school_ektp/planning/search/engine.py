"""The search: ruin, recreate, accept; first for pupils, then for fewer team-days and minutes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from math import log
from random import Random

from school_ektp.planning.guards import MANY, guards_for
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.search.chains import Chains
from school_ektp.planning.search.construct import FirstPlan
from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.ledger import Ledger
from school_ektp.planning.search.photo import Photo, restore, solution_of, take_photo
from school_ektp.planning.search.polish import Polish
from school_ektp.planning.search.pool import RoutePool
from school_ektp.planning.search.rebuild import Rebuild
from school_ektp.planning.search.recreate import Recreate
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.search.ruin import RUINS, RUINS_WHOLE, Ruin
from school_ektp.planning.search.start import Start
from school_ektp.planning.search.summit import summit
from school_ektp.planning.search.untangle import Untangle
from school_ektp.planning.solution import Solution
from school_ektp.planning.stop import Progress, Watch, fraction_done

HOT, COLD = 0.5, 0.05  # temperatures in worths of an average visit
# Where sites are recorded whole, a step from plan to plan is one of whole sites, so a search
# that is as cold freezes in the first plan that is good.
HOT_WHOLE, COLD_WHOLE = 1.0, 0.3
SCOUTS = 6  # annealings from the beginning, where sites are recorded whole, ...
SCOUTED = 0.68  # ... and their share of the time; the rest starts from the best of them
BEGUN_APART = 0.4  # share of the time for beginnings where visits keep apart in time: ...
SETTLED = 40  # ... each rebuilt so often, by when it shows how good a plan will get
NEARBY = 0.97  # of the best plan's worth: from there on, routes are kept to be put together
ROAD = 0.1  # all driving of an average visit counts as this share of its worth ...
ROAD_ANEW = 0.03  # ... and as this where team-days are planned anew
CYCLE = 4_000  # iterations of one annealing when nobody knows how long the search may take
REACH = 0.8  # share of the time for pupils when some are left; the rest is for team-days ...
REACH_ALONE = 0.97  # ... unless no team-day can be spared
REHEAT = 0.3  # heat of later rounds, beside the first
REBUILD = 0.9  # share of the time for planning team-days anew, where sites are divisible ...
REBUILD_APART = 0.97  # ... and visits keep apart
MEASURED = 4  # rebuilds after which as many team-days as there is time for are planned at once ...
DEAREST = 0.5  # ... in so large a share of the time, ...
STEEP = 2.4  # ... which grows with their number to this power
CHEAP = 0.1  # share of the time: where planning all anew takes no more, plans are shaken, ...
SHAKEN = 32  # ... each time after so many rebuilds: ...
SHARE, BLUR = 0.3, 0.1  # ... team-days planned anew, and the part a pupil may be worth less then
CALM = 0.89  # share of the rebuilding after which the best plan is bettered only
SLACK = 0.003  # share of its worth by which a plan may get worse then, less and less ...
SLACK_APART = 0.0003  # ... and where visits keep apart
CHAINED = 100  # team-days of a plan up to which pupils are passed on from any site
TEAM_DAYS = 100  # in larger plans it is a share of what so many team-days are worth
LARGE = 400  # team-days of a plan with no time to plan each of them anew: ...
SWEPT = 0.6  # ... for this share of it, it is first bettered little by little, never worse
REBUILT = 0.2  # heat of the annealing that follows
WORK = 25  # ways listed to rebuild, which take as long as an iteration
SHORTEN = 0.1  # heat for driving, beside that for pupils
PATIENCE = 1_500  # iterations given to one try to empty a team-day
POLISH = 1_000_000  # places looked at to polish a plan between two rounds: some 0.2 s
AT_THE_END = 100_000  # places looked at when the search is over: a tenth of a second
TRIES = 4  # tries in a row that may fail


class Search:
    """One run over one problem; `run` returns the best plan found."""

    def __init__(
        self, problem: VisitProblem, seed: int, ruins: tuple[Ruin, ...] | None = None
    ) -> None:
        self.dice = Random(seed)
        self.routes = Routes(problem, guards_for(problem.rules))
        self.ledger = Ledger(self.routes)
        self.insertion = Insertion(self.routes, self.ledger, self.dice)
        self.recreate = Recreate(self.routes, self.insertion, self.dice)
        self.chains = Chains(self.routes, self.insertion)
        self.rebuild = Rebuild(self.routes, self.insertion, self.dice)
        self.untangle = Untangle(self.routes)
        self.polish = Polish(self.routes, self.insertion)
        self.whole = not self.recreate.divisible
        self.ruins = ruins or (RUINS_WHOLE if self.whole else RUINS)
        self.pool: RoutePool | None = None
        self.hot, self.cold = (HOT_WHOLE, COLD_WHOLE) if self.whole else (HOT, COLD)
        self.all_pupils = sum(self.routes.tables.total)
        self.summit = summit(self.routes)
        self.polished: Photo | None = None
        self.iterations = 0
        self.improved = 0
        self.recombined = 0
        self.log: list[tuple[int, int]] = []

    def run(
        self,
        watch: Watch,
        bound: int,
        start: Solution | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> Solution:
        """Search until *watch* says stop, and return the best plan."""
        self.watch, self.bound, self.on_progress = watch, bound, on_progress
        self._construct(start)
        if RoutePool.possible(self.routes, self.insertion):
            self.pool = RoutePool(self.routes)
        if self.routes.used:
            self._improve()
        restore(self.routes, self.best)
        self._complete()
        self._polish(AT_THE_END)
        restore(self.routes, self.best)
        return solution_of(self.routes)

    # Phases -----------------------------------------------------------------------------

    def _construct(self, start: Solution | None) -> None:
        """Place pins and a given plan, then fill what is free."""
        routes = self.routes
        begin = Start(routes, self.insertion, start)
        begin.pin()
        routes.commit()
        if start is not None:
            begin.resume()
            routes.commit()
            self._keep(take_photo(routes))
            sites = [site for site in range(routes.tables.sites) if self.insertion.hopeful(site)]
            self.recreate.by_worth(sites, {})
        else:
            FirstPlan(routes, self.insertion, self.recreate)()
        routes.commit()
        photo = take_photo(routes)
        if start is None or photo.goals > self.best.goals:
            self._keep(photo)
        else:
            restore(routes, self.best)

    def _improve(self) -> None:
        """Alternate between the goals until the time is over."""
        heat = 1.0
        if not self._all_recorded() and self.rebuild.possible():
            heat = REBUILT
            large = self.routes.used > LARGE
            if self.routes.apart and not large:
                self._rebuild_apart()
            else:
                if large:
                    heat = 0.0
                    self._anneal(self._until(SWEPT), self._all_recorded, heat)
                self._rebuild(self.best, REBUILD)
        if self.whole and not self._all_recorded():
            self._scout()
            heat = REHEAT
        while not self._stopped():
            if not self._all_recorded():
                self._reach(heat)
            self._polish(POLISH, self._stopped)
            self._pack()
            self._shorten()
            heat = REHEAT

    def _rebuild(self, start: Photo, share: float, most: int = MANY) -> None:
        """
        Plan some team-days of *start* anew, again and again; worse plans are accepted ever less.

        Plans lie in valleys that a few team-days do not lead out of. So where it takes little time
        to plan all of them anew, the best plan is shaken now and then, whatever it loses (iterated
        local search; Lourenço, Martin and Stützle 2003).

        Args:
            start: A plan.
            share: Share of the run that is over then.
            most: How often at most.
        """
        routes, rebuild = self.routes, self.rebuild
        restore(routes, start)
        progress, everything = self._until(share), len(routes.count)
        self.road = ROAD_ANEW * routes.prize / max(routes.driving, 1)
        energy, shake = self._energy(), MANY
        number, over, rounds = rebuild.few(), progress(), 0
        while not self._stopped() and not self._all_recorded() and over < 1 and rounds < most:
            blur = 0.0
            if rounds >= shake:
                restore(routes, self.best)
                energy, shake = self._energy(), MANY
                if over < CALM:
                    number, blur, shake = int(everything * SHARE), BLUR, rounds + SHAKEN
            energy = self._plan_anew(rebuild.choose(number), energy, over, blur)
            before, over, rounds = over, progress(), rounds + 1
            if rounds == MEASURED and over > before and not routes.apart:
                number = int(number * (DEAREST / (over - before)) ** (1 / STEEP))
                continue
            if rounds == MEASURED + 1 and number >= everything and over - before < CHEAP:
                shake = rounds + SHAKEN
            number = rebuild.few()

    def _rebuild_apart(self) -> None:
        """
        Begin again and again and plan anew for a while; then go on with the best of these plans.

        Beginnings differ by more than what is won after a while (racing; Maron and Moore 1994).
        """
        progress = self._until(BEGUN_APART)
        while self._fraction() < BEGUN_APART and progress() < 1:
            if self._stopped() or self._all_recorded():
                return
            self._begin_anew()
            self._rebuild(take_photo(self.routes), BEGUN_APART, SETTLED)
        self._rebuild(self.best, REBUILD_APART)

    def _plan_anew(self, chosen: list[int], energy: float, over: float, blur: float) -> float:
        """
        Plan *chosen* anew; return the energy that stands.

        Args:
            chosen: Team-days.
            energy: Of the plan as it is.
            over: Share of the time that is over.
            blur: More than 0 to shake the plan, whatever it loses.
        """
        routes, random = self.routes, self.dice.random
        touched, dropped = self.rebuild(chosen, self._stopped, blur)
        self.recreate(touched, dropped)
        anywhere = routes.used <= CHAINED
        self.chains(range(routes.tables.sites) if anywhere else dropped)
        self.iterations += 1 + self.rebuild.work_done() // WORK
        slack = SLACK_APART if routes.apart else SLACK
        slack *= self.best.prize * min(1.0, TEAM_DAYS / max(self.best.used, 1))
        loss = float("inf") if blur else slack * (1 - over) * random() ** 2
        return self._settle(energy, loss)

    def _scout(self) -> None:
        """Anneal some times from the beginning, where plans lie in deep valleys."""
        for scout in range(1, SCOUTS + 1):
            over = SCOUTED * scout / SCOUTS
            if self._stopped() or self._all_recorded() or self._fraction() >= over:
                continue
            if scout > 1:
                self._begin_anew()
            self._anneal(self._until(over), self._all_recorded, 1.0)
            self._recombine()

    def _begin_anew(self) -> None:
        """Empty all routes and fill them again."""
        routes = self.routes
        routes.clear()
        self.recreate([], list(range(routes.tables.sites)))
        routes.commit()

    def _reach(self, heat: float) -> None:
        """Record more pupils."""
        restore(self.routes, self.best)
        share = REACH if self._packable() else REACH_ALONE
        self._anneal(self._until(share), self._all_recorded, heat)
        self._recombine()

    def _recombine(self) -> None:
        """Put the best routes of all plans so far together."""
        if self.pool is None or self._stopped() or self._all_recorded():
            return
        routes = self.routes
        chosen = self.pool.better(self.best.prize, self.iterations - self.recombined)
        self.recombined = self.iterations
        if chosen:
            self.pool.place(chosen)
            self.recreate([], list(range(routes.tables.sites)))
            routes.commit()
            if self._better():
                self._keep(take_photo(routes))

    def _pack(self) -> None:
        """Record as many in fewer team-days: empty one, then win its pupils back."""
        routes = self.routes
        failed = 0
        while failed < TRIES and self._packable() and not self._stopped():
            restore(routes, self.best)
            self._empty_a_route()
            routes.most_used = self.best.used - 1
            before = self.best
            self._anneal(self._for(PATIENCE), lambda: self.best is not before, REHEAT)  # noqa: B023
            failed = failed + 1 if self.best is before else 0
        routes.most_used = MANY

    def _packable(self) -> bool:
        """Return whether the best plan's idle minutes might hold the stays of one team-day."""
        routes = self.routes
        if self.best.used <= 1:
            return False
        restore(routes, self.best)
        used = [route for route, count in enumerate(routes.count) if count]
        stays = [sum(routes.stay[visit] for visit in routes.stops(route)) for route in used]
        # A team that may leave its base late is idle that long. Sites without a stay
        # (orienteering) take no time themselves, but the way to them does.
        work = [max(stay, routes.drive[route]) for stay, route in zip(stays, used, strict=True)]
        return sum(routes.late[2 * route] for route in used) >= min(work)

    def _shorten(self) -> None:
        """Drive less and record earlier at equal pupils and team-days."""
        restore(self.routes, self.best)
        self.routes.most_used = self.best.used
        self._anneal(self._for(PATIENCE), lambda: False, SHORTEN)
        self.routes.most_used = MANY

    def _polish(self, work: int, stopped: Callable[[], bool] = bool) -> None:
        """Better the best plan by small changes, if it is new."""
        if self.polished is not self.best:
            restore(self.routes, self.best)
            self.polish(work, stopped)
            if self._better():
                self._keep(take_photo(self.routes))
            self.polished = self.best

    def _complete(self) -> None:
        """Try the sites that still wait at every place, so that none is left out for no reason."""
        routes, insertion = self.routes, self.insertion
        sites = [site for site in range(routes.tables.sites) if insertion.hopeful(site)]
        if len(sites) * (len(routes.count) + routes.stays) > AT_THE_END:
            return
        insertion.modest, insertion.everywhere = False, True
        self.recreate.by_rate(sites, {})
        insertion.everywhere = False
        if self._better():
            self._keep(take_photo(routes))

    def _empty_a_route(self) -> None:
        """Empty one of the routes that record least."""
        routes, dice = self.routes, self.dice
        held = [r for r, count in enumerate(routes.count) if count]
        held = [r for r in held if not any(v in routes.least for v in routes.stops(r))] or held
        some = [held[int(dice.random() * len(held))] for _ in range(4)]
        route = min(some, key=lambda r: (routes.load[r], r))
        for visit in routes.stops(route):
            routes.drop(visit)
        routes.tidy(route)
        routes.commit()

    # Annealing --------------------------------------------------------------------------

    def _anneal(
        self, progress: Callable[[], float], done: Callable[[], bool], share: float
    ) -> None:
        """Ruin and recreate, accepting worse plans ever less, until *progress* reaches 1."""
        routes, random = self.routes, self.dice.random
        visits = max(routes.stays, 1)
        worth = max(routes.prize / visits, 1e-9)
        self.road = ROAD * worth / max(routes.driving / visits, 1.0)
        heat = self.hot * share * worth
        cooling = self.cold / self.hot
        energy = self._energy()
        while not self._stopped() and not done():
            over = progress()
            if over >= 1:
                return
            self.iterations += 1
            self._ruin_and_recreate()
            energy = self._settle(energy, -heat * cooling**over * log(1.0 - random()))

    def _settle(self, energy: float, loss: float) -> float:
        """
        Keep the change unless it costs more than *loss*; return the energy that stands.

        A plan better than the best is kept however far it drives.
        """
        new, better = self._energy(), self._better()
        if new < energy - loss and not better:
            self.routes.rollback()
            return energy
        if self.pool is not None and self.routes.prize >= NEARBY * self.best.prize:
            changed = {self.routes.route[visit] for _, visit, _ in self.routes.journal}
            self.pool.add(sorted(changed))
        self.routes.commit()
        if better:
            self._keep(take_photo(self.routes))
        return new

    def _energy(self) -> float:
        routes = self.routes
        energy = routes.prize - self.road * routes.driving
        if routes.goals_of.cohort:
            energy += 0.02 * routes.goals_of.equity(routes.by_district)
        return energy

    def _ruin_and_recreate(self) -> None:
        routes, dice = self.routes, self.dice
        if not routes.used:
            self.recreate([], list(range(routes.tables.sites)))
            return
        ruin = self.ruins[int(dice.random() * len(self.ruins))]
        touched: dict[int, None] = {}
        dropped: dict[int, None] = {}
        for visit in ruin(routes, dice):
            touched[routes.route[visit]] = None
            dropped[routes.site[visit]] = None
            routes.drop(visit)
        for route in touched:
            routes.tidy(route)
            self.untangle(route)
        self.recreate(list(touched), list(dropped))
        if not self.whole and routes.used <= CHAINED:
            self.chains(dropped)

    # Bookkeeping ------------------------------------------------------------------------

    def _better(self) -> bool:
        routes, best = self.routes, self.best
        return routes.prize >= best.prize - 1 and routes.goals() > best.goals

    def _keep(self, photo: Photo) -> None:
        self.best = photo
        self.improved = self.iterations
        if not self.log or photo.pupils != self.log[-1][1]:
            self.log.append((self.iterations, photo.pupils))
            if self.on_progress is not None:
                self.on_progress(self._progress())

    def _progress(self) -> Progress:
        return Progress(
            iterations=self.iterations,
            pupils=self.best.pupils,
            improved=self.improved,
            bound=self.bound,
        )

    def _stopped(self) -> bool:
        return self.watch(self._progress())

    def _all_recorded(self) -> bool:
        if self.best.pupils >= self.bound:
            return True
        recorded = accumulate(self.best.goals[1:])
        return all(most <= some for most, some in zip(self.summit, recorded, strict=False))

    def _until(self, share: float) -> Callable[[], float]:
        """Return a clock that reaches 1 when *share* of the run is over."""
        first = fraction_done(self.watch, self._progress())
        if first is None or first >= share:
            return self._for(CYCLE)
        return lambda: (self._fraction() - first) / (share - first)

    def _fraction(self) -> float:
        return fraction_done(self.watch, self._progress()) or 0.0

    def _for(self, iterations: int) -> Callable[[], float]:
        """Return a clock that reaches 1 after *iterations*."""
        first = self.iterations
        return lambda: (self.iterations - first) / iterations
