"""What every step of the build shares: commands that must succeed, and a line with the seconds a step took."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder of desk.py, build.spec and pyproject.toml."""
_TOLD = 40
"""Lines of a failed command's output that are printed."""


class StepFailed(Exception):
    """Why the packages cannot be made: a sentence, with the end of what the failed command said."""


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Name a step before it and print how many seconds it took after it."""
    print(f"{title} …", flush=True)
    begun = monotonic()
    yield
    print(f"    {monotonic() - begun:.1f} s", flush=True)


def command(*words: str | Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a command to its end and give what it printed. Raises StepFailed if it does not end well."""
    done = subprocess.run(
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise StepFailed(_failure(words, done.stdout))
    return done.stdout


def ended_well(work: Sequence[str], failure: StepFailed) -> int:
    """Print why a piece of work failed; its exit code."""
    print(f"{' '.join(work)}: {failure}", file=sys.stderr)
    return 1


def _failure(words: Sequence[str | Path], said: str) -> str:
    tail = "\n".join("  | " + line[:300] for line in said.splitlines()[-_TOLD:])
    return f"failed: {' '.join(map(str, words))[:300]}\n{tail}"
