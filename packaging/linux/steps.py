"""What every step of the build shares: commands that must succeed, and a line with the seconds a step took."""

import shlex
import subprocess
from collections.abc import Iterator, Mapping
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


def command(*words: str | Path, environment: Mapping[str, str] | None = None, told: str = "") -> str:
    """Run a command to its end and give what it printed.

    Raises StepFailed if it does not end well, with ``told``, or else the command itself, as what has failed.
    """
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
        tail = "\n".join("  | " + line[:300] for line in done.stdout.splitlines()[-_TOLD:])
        raise StepFailed(f"{told or shlex.join(map(str, words))} has failed\n{tail}")
    return done.stdout
