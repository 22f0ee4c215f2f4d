"""Where the data lie: where asked, else beside a portable program, else where the system wants them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.notebook.model import Anchor
from desktop.notebook.place import Place, PlaceKind, data_folder, data_place
from desktop.notebook.store import Notebook

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the rooms that the commands need."""
    folder = tmp_path / "案 头"
    for room in ("content", "desktop"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "views"))
    shutil.copytree(ROOT / "resources" / "policies", folder / "resources" / "policies")
    return folder


def list_in(checkout: Path) -> subprocess.CompletedProcess[str]:
    """List the notes by the code of a checkout, as somebody with an empty home, from another folder."""
    home = {"HOME": str(checkout.parent), "XDG_DATA_HOME": "", "PYTHONPATH": str(checkout), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "desktop.notebook", "list"],
        cwd=checkout.parent,
        env={**os.environ, **home},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the place of the data there")
def test_the_users_own_folder_unless_there_is_a_portable_one(checkout: Path, anchor: Anchor) -> None:
    own, portable = checkout.parent / ".local" / "share" / "policy-desk", checkout / "data"
    portable.write_text("a file is no folder")
    done = list_in(checkout)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(own) in done.stderr
    portable.unlink()
    for folder in (own, portable):
        notebook = Notebook.open(folder)
        notebook.add_note(anchor, f"写在 {folder.name}")
        notebook.close()
        done = list_in(checkout)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"写在 {folder.name}" in done.stdout


def test_a_packaged_program_looks_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "policy-desk"))
    assert data_folder() != tmp_path / "data"
    (tmp_path / "data").mkdir()
    assert data_folder() == tmp_path / "data"
    assert data_folder("elsewhere") == Path("elsewhere")


@pytest.mark.parametrize("name", ["data", "数据", "policy-desk-data"])
def test_why_the_data_lie_there_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "policy-desk"))
    assert data_place().kind is PlaceKind.USERS
    (tmp_path / name).mkdir()
    assert data_place() == Place(tmp_path / name, PlaceKind.PORTABLE)
    assert data_place("elsewhere") == Place(Path("elsewhere"), PlaceKind.ASKED_FOR)
