"""Ratios measured side by side: A, B, C, A, B, C ..., and the median of the paired ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import attrs

Job = Callable[[], object]


@attrs.define
class Contender:
    """
    One way of doing a thing.

    Attributes:
        name: What the table calls it.
        job: The thing to time.
        share: Part of the full work the job does; a slow peer gets a sample.
        floor: Name of the contender it is compared with; the first one when empty.
        target: Largest ratio asked for, or the least one when *faster* is set.
        faster: The ratio says how many times faster than the floor it is.
    """

    name: str
    job: Job
    share: float = 1.0
    floor: str = ""
    target: float | None = None
    faster: bool = False
    cpu: list[float] = attrs.field(factory=list)
    wall: list[float] = attrs.field(factory=list)

    def run(self) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        kept = self.job()
        self.cpu.append((time.process_time() - cpu) / self.share)
        self.wall.append((time.perf_counter() - wall) / self.share)
        del kept  # freed outside the clock


def race(title: str, contenders: list[Contender], *, rounds: int, warm: bool = False) -> bool:
    """
    Time all contenders in turn, print a table, return whether all targets were met.

    Args:
        title: Heading of the table.
        contenders: The first is the floor of those that name none.
        rounds: How often each is timed.
        warm: Run each once more, untimed, right before it is timed: for jobs so short that asking
            the system for memory anew, after others ran, would be most of what is measured.
    """
    for one in contenders:
        one.run()
        one.cpu.clear()
        one.wall.clear()
    for _ in range(rounds):
        for one in contenders:
            if warm:
                one.job()
            one.run()
    print(f"\n### {title}\n")
    print("| form | CPU ms | ratio (CPU) | ratio (wall) | target | |")
    print("|---|---:|---:|---:|---:|---|")
    floors = {one.name: one for one in contenders}
    met = [_row(one, floors.get(one.floor, contenders[0])) for one in contenders]
    return all(met)


def _row(one: Contender, floor: Contender) -> bool:
    pairs = (zip(one.cpu, floor.cpu, strict=True), zip(one.wall, floor.wall, strict=True))
    cpu, wall = (
        statistics.median(b / a if one.faster else a / b for a, b in pair) for pair in pairs
    )
    # The machine may be shared: a target is met when one of the two clocks says so.
    kept = one.target is None or (
        max(cpu, wall) >= one.target if one.faster else min(cpu, wall) <= one.target
    )
    aim = "" if one.target is None else f"{'≥' if one.faster else '≤'} {one.target:g}"
    cells = [
        one.name + (f" (to: {floor.name})" if one.floor else ""),
        f"{statistics.median(one.cpu) * 1e3:,.1f}",
        *(f"{ratio:,.2f}×{' faster' if one.faster else ''}" for ratio in (cpu, wall)),
        aim,
        "" if one.target is None else ("met" if kept else "MISSED"),
    ]
    print(f"| {' | '.join(cells)} |")
    return kept


def extra_mib(job: Job) -> float:
    """Return by how much *job* raises the memory of this process at its peak (Linux), in MiB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the old peak
    before = _memory("VmRSS")
    kept = job()
    peak = _memory("VmHWM")
    del kept
    return (peak - before) / 1024


def _memory(field: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise LookupError(field)
