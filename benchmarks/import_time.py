"""
How long `import school_ektp` takes, beside `import polars`, and what the first plan loads.

Fresh interpreters, interleaved; the time is that of the statement, as the interpreter itself
measures it. Target: the package takes at most polars' own import plus 0.1 s. Public names are
imported when they are first used, so the last line tells what a planner waits for in all.

    python benchmarks/import_time.py [runs]
"""

from __future__ import annotations

import statistics
import subprocess
import sys

TARGET_SECONDS = 0.1
TIMED = """
import time
start = time.process_time()
{statement}
print(time.process_time() - start)
"""
STATEMENTS = {
    "polars": "import polars",
    "school_ektp": "import school_ektp",
    "with plan_visits": "from school_ektp import datasets, plan_visits",
}


def cpu_seconds(statement: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(statement=statement)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return float(done.stdout)


def main(runs: int) -> int:
    for statement in STATEMENTS.values():
        cpu_seconds(statement)  # compiles and fills the file cache
    rounds = [[cpu_seconds(each) for each in STATEMENTS.values()] for _ in range(runs)]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    more = statistics.median(ours - polars for polars, ours, _ in rounds)
    print(f"median CPU time of {runs} interleaved imports in fresh interpreters")
    for name, seconds in zip(STATEMENTS, medians, strict=True):
        print(f"  {name:<17}{seconds:7.3f} s   {seconds / medians[0]:.2f} x polars")
    print(f"  school_ektp - polars: {more:+.3f} s   target at most {TARGET_SECONDS:+.3f} s")
    return 0 if more <= TARGET_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 21))
