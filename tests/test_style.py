"""The tools that watch over style and types, and the promises of the files beside the code."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home)/\w|\b[A-Z]:\\+Users\\+\w", re.IGNORECASE)


def pins(lock: Path) -> dict[str, list[str]]:
    """The requirement lines of a lock, each with its hashes."""
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    return {line.split("--hash=")[0].strip(): line.split("--hash=")[1:] for line in lines}


@pytest.mark.parametrize("words", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join)
def test_tool_is_content(words: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_pins_and_hashes_everything(lock: Path) -> None:
    for pin, hashes in pins(lock).items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", pin)
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", text.strip()) for text in hashes)


def test_locks_agree() -> None:
    run, test, package = (set(pins(ROOT / f"requirements/{name}.txt")) for name in ("run", "test", "package"))
    assert run < test
    assert run < package
    names = [pin.partition("==")[0] for pin in (test | package) - run]
    assert len(names) == len(set(names))


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    for name, asked in groups.items():
        locked = {pin.partition("==")[0] for pin in pins(ROOT / f"requirements/{name}.txt")}
        assert {re.split(r"[^\w-]", words)[0].lower() for words in asked} <= locked


def test_tests_stand_in_the_same_rooms() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (ROOT / folder).is_dir()] == []


def own_files() -> list[Path]:
    """What the project is made of, found without git, which a machine that only runs it may not have."""
    made = {"build", "dist", "__pycache__"}
    files = [path for path in ROOT.rglob("*") if path.is_file()]
    parts = {path: path.relative_to(ROOT).parts for path in files}
    return [
        path
        for path in files
        if not made & set(parts[path])
        and not any(part.startswith(".") and part != ".ci" for part in parts[path])
    ]


def test_no_file_names_a_place_on_a_machine() -> None:
    files = own_files()
    assert ROOT / "desk.py" in files
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        assert not MACHINE_PATH.search(text) or "\0" in text, path
