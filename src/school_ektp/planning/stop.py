"""When a search ends; the only module of the library that reads a clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeAlias, runtime_checkable

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.fields import MOST, shown, whole_number
from school_ektp.planning.problem import PUPIL


@attrs.frozen(kw_only=True)
class Progress:
    """
    How far a search has come.

    Attributes:
        iterations: Rounds of improvement done.
        value: Value of the best plan so far, in millionths of a pupil.
        improved: Iteration at which that plan was found.
        done: Share of the run that is over, reported to `on_progress`; 0 when the stop rule cannot
            tell, and when the rule itself is asked.
    """

    iterations: int
    value: int
    improved: int
    done: float = 0.0


#: Asked after every step of one run: whether to stop now.
Watch: TypeAlias = Callable[[Progress], bool]


@runtime_checkable
class StopRule(Protocol):
    """
    Says when to stop; `start` begins one run, so a rule serves any number of runs.

    Any callable that takes a `Progress` and answers true to stop serves as well.
    A watch with a method `fraction(progress)`, the share of the run that is over, lets progress
    be shown as a share.
    """

    def start(self) -> Watch:
        """Return the watch of one run."""


@attrs.define
class _IterationWatch:
    most: int

    def __call__(self, progress: Progress) -> bool:
        return progress.iterations >= self.most

    def fraction(self, progress: Progress) -> float:
        return progress.iterations / self.most if self.most else 1.0


@attrs.frozen
class MaxIterations:
    """Stop after *most* iterations: the same plan on every machine."""

    most: int = attrs.field(validator=whole_number(0))

    def start(self) -> _IterationWatch:
        """Return the watch of one run."""
        return _IterationWatch(self.most)


@attrs.define
class _SecondsWatch:
    seconds: float
    clock: Callable[[], float]
    began: float

    def __call__(self, _progress: Progress) -> bool:
        return self.clock() - self.began >= self.seconds

    def fraction(self, _progress: Progress) -> float:
        return (self.clock() - self.began) / self.seconds if self.seconds else 1.0


def _not_negative(rule: object, field: attrs.Attribute[float], value: object) -> None:
    too_long = isinstance(value, int) and value > MOST  # floats may be infinite
    if not isinstance(value, int | float) or not value >= 0 or too_long:  # NaN is refused, too
        fault = f"must be 0 or more and, as a whole number, at most {MOST:,}, got {shown(value)}"
        raise InvalidFieldError(type(rule).__name__, field.name, fault)


@attrs.frozen
class MaxSeconds:
    """
    Stop after *seconds*; what is found in them depends on the machine.

    Attributes:
        seconds: Length of the run.
        clock: What counts the seconds: by default the clock on the wall; benchmarks pass
            `time.process_time`.
    """

    seconds: float = attrs.field(validator=_not_negative)
    clock: Callable[[], float] = attrs.field(default=time.perf_counter, repr=False, kw_only=True)

    def start(self) -> _SecondsWatch:
        """Return the watch of one run."""
        return _SecondsWatch(self.seconds, self.clock, self.clock())


@attrs.frozen
class NoImprovement:
    """Stop after *iterations* in a row that found no better plan."""

    iterations: int = attrs.field(validator=whole_number(1))

    def start(self) -> Watch:
        """Return the watch of one run."""
        return lambda progress: progress.iterations - progress.improved >= self.iterations


@attrs.frozen
class Target:
    """Stop once a plan is worth *pupils*."""

    pupils: float = attrs.field(validator=_not_negative)

    def start(self) -> Watch:
        """Return the watch of one run."""
        return lambda progress: progress.value >= self.pupils * PUPIL


#: What *stop* takes: a rule, which serves many runs, or a function, which serves one.
Stop: TypeAlias = StopRule | Watch


class FirstOf:
    """Stop as soon as one of *rules* says so."""

    def __init__(self, *rules: Stop) -> None:
        self.rules = rules

    def __repr__(self) -> str:
        return f"FirstOf({', '.join(map(repr, self.rules))})"

    def start(self) -> _AnyWatch:
        """Return the watch of one run."""
        return _AnyWatch([begin(rule) for rule in self.rules])


@attrs.define
class _AnyWatch:
    watches: list[Watch]

    def __call__(self, progress: Progress) -> bool:
        return any(watch(progress) for watch in self.watches)

    def fraction(self, progress: Progress) -> float:
        """Return the share of the rule that ends first; 0 when none can tell."""
        return max((fraction_done(watch, progress) or 0.0 for watch in self.watches), default=0.0)


def begin(stop: Stop, owner: str = "search") -> Watch:
    """
    Return the watch of one run of *stop*, which is a stop rule or a callable.

    Args:
        stop: When to stop.
        owner: The call that was given it, for the error.

    Raises:
        InvalidFieldError: It is neither, or a class where a rule is meant.
    """
    given: object = stop
    if isinstance(given, type) or not (isinstance(given, StopRule) or callable(given)):
        what = (
            f"the class {given.__name__}"
            if isinstance(given, type)
            else f"a {type(given).__name__}"
        )
        fault = f"must be a rule such as MaxSeconds(5) or a callable, got {what}"
        raise InvalidFieldError(owner, "stop", fault)
    return stop.start() if isinstance(stop, StopRule) else stop


def fraction_done(watch: Watch, progress: Progress) -> float | None:
    """Return the share of the run that is over, or None when *watch* cannot tell."""
    fraction: Callable[[Progress], float] | None = getattr(watch, "fraction", None)
    return None if fraction is None else fraction(progress)


def seconds_over(watch: Watch) -> float:
    """Return the share of a limit in seconds that is over; 0 for a rule that has none."""
    if isinstance(watch, _SecondsWatch):
        return (watch.clock() - watch.began) / watch.seconds if watch.seconds else 1.0
    if isinstance(watch, _AnyWatch):
        return max(map(seconds_over, watch.watches), default=0.0)
    return 0.0


def half_over(watch: Watch) -> bool:
    """Return whether half of a limit in seconds is over before the search begins."""
    share = fraction_done(watch, Progress(iterations=0, value=0, improved=0))
    return share is not None and share > 0.5  # noqa: PLR2004 - half


#: What planning uses when nothing is said: some seconds, and the same plan on every machine.
DEFAULT = MaxIterations(1_000)
