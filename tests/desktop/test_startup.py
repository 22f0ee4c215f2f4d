"""How long the program took to start, and what it holds in memory."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop import startup


def test_the_age_grows_with_the_clock() -> None:
    first = startup.milliseconds_since_birth()
    time.sleep(0.05)
    passed = startup.milliseconds_since_birth() - first
    assert first > 0
    assert 45 < passed < 1000


def test_the_age_counts_from_birth_not_from_the_import() -> None:
    script = (
        "import time; time.sleep(0.2); from desktop import startup; print(startup.milliseconds_since_birth())"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, check=True, text=True
    )
    assert 190 < float(done.stdout) < 10_000


def test_memory_is_that_of_a_program_with_qt() -> None:
    assert 10 < startup.resident_megabytes() < 5000


def test_memory_grows_with_what_is_held() -> None:
    before = startup.resident_megabytes()
    held = b"x" * 50_000_000
    assert startup.resident_megabytes() - before > 40
    assert len(held) == 50_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="read from /proc only there")
def test_without_the_systems_record_there_is_still_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", refuse)
    assert startup.milliseconds_since_birth() > 0
    assert startup.resident_megabytes() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_odd_names_of_processes_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    true = Path("/proc/self/stat").read_text("utf-8")
    odd = f"{os.getpid()} (py) S (thon) {true.rpartition(')')[2].strip()}"
    expected = startup.milliseconds_since_birth()
    monkeypatch.setattr(Path, "read_text", lambda *arguments: odd)
    assert startup.milliseconds_since_birth() == pytest.approx(expected, abs=100)
