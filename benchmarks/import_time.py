"""
How long `import school_ektp` takes, beside `import polars`.

Fresh interpreters, interleaved; the time is that of the import statement, as the interpreter itself
measures it. Target: at most polars' own import plus 0.1 s.

    python benchmarks/import_time.py [runs]
"""

from __future__ import annotations

import statistics
import subprocess
import sys

TARGET_SECONDS = 0.1
TIMED = """
import time
start = time.perf_counter()
import {module}
print(time.perf_counter() - start)
"""


def import_seconds(module: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return float(done.stdout)


def main(runs: int) -> int:
    modules = ("polars", "school_ektp")
    for module in modules:
        import_seconds(module)  # compiles and fills the file cache
    seconds = [[import_seconds(module) for module in modules] for _ in range(runs)]
    polars, ours = (statistics.median(column) for column in zip(*seconds, strict=True))
    more = statistics.median(ours - polars for polars, ours in seconds)
    print(f"median of {runs} interleaved imports in fresh interpreters")
    print(f"  polars       {polars:7.3f} s")
    print(f"  school_ektp  {ours:7.3f} s   {ours / polars:.2f} x")
    print(f"  difference   {more:+7.3f} s   target at most {TARGET_SECONDS:+.3f} s")
    return 0 if more <= TARGET_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 21))
