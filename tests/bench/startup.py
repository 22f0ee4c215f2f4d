"""First paint and memory against a bare window, in one run: ``python -m tests.bench.startup [rounds]``."""

import json
import os
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 15
_ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen"}


def run(*arguments: str) -> dict[str, float]:
    """The figures that a program of ours prints."""
    answer = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=_ENVIRONMENT | dict(os.environ),
        capture_output=True,
        check=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def main(rounds: int) -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as data:
        pairs = [
            (run("tests.bench.bare_window"), run("desktop", "--data", data, "--startup-report"))
            for _ in range(rounds + 1)
        ][1:]
    print(f"{rounds} rounds, medians")
    for name, unit in (("first_paint_ms", "ms"), ("rss_mb", "MB")):
        bare = statistics.median(one[name] for one, _ in pairs)
        ours = statistics.median(one[name] for _, one in pairs)
        print(f"{name}: bare {bare:.0f} {unit}, program {ours:.0f} {unit}, ratio {ours / bare:.2f}")
    searchable = statistics.median(one["searchable_ms"] for _, one in pairs)
    print(f"searchable_ms: {searchable:.0f} ms (exact search works from the first paint)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
