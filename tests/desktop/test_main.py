"""python -m desktop: arguments, and what ends by itself, each in a process of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.notebook.connection import FILE_NAME
from desktop.theme import LIGHT

ROOT = Path(__file__).parents[2]
HIT, HIT_HERE = QColor(LIGHT.hit).rgb(), QColor(LIGHT.hit_here).rgb()
SAMPLE = ROOT / "tests" / "content" / "samples" / "35.txt"


def run(*words: object, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it; it must end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        cwd=folder,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def assert_told(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """It ended with this code and one Chinese line that holds these words."""
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert re.search(r"[\u4e00-\u9fff].*[。]$", done.stderr.strip())


def untimed(printed: str) -> str:
    """What was printed, but for how long it took."""
    return re.sub(r'"took_ms":[\d.]+', "", printed)


def colors(picture: Path) -> set[int]:
    """All colours of a picture."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull()
    return set(memoryview(image.constBits()).cast("I"))


class TestArguments:
    def test_help_names_every_option_in_chinese(self) -> None:
        done = run("--help")
        assert done.returncode == 0
        assert all(
            option in done.stdout
            for option in ("--data", "--startup-report", "--screenshot", "--at", "--search")
        )
        assert done.stdout.startswith("用法：")
        assert "optional" not in done.stdout

    @pytest.mark.parametrize("words", [["--nonsense"], ["one", "two"], ["--data"]])
    def test_a_wrong_call_is_told(self, words: list[str]) -> None:
        assert_told(run(*words), 2, "--help")

    @pytest.mark.parametrize(
        "size", ["wide", "1280", "x", "1280x", "-5x400", "1280*720", "0x0", "9999999999x9"]
    )
    def test_a_wrong_size_is_told(self, size: str) -> None:
        assert_told(run(f"--size={size}"), 2, "1280x720")

    def test_without_a_display_it_says_so(self, tmp_path: Path) -> None:
        done = run("--data", tmp_path, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
        if sys.platform == "linux":
            assert_told(done, 1, "图形桌面", "--screenshot")


class TestCommands:
    """What prints and opens no window, as the rooms' own command lines do."""

    @pytest.mark.parametrize(
        ("words", "room"),
        [
            (["search", "一件事", "-政务", "--json"], ["index"]),
            (["search", "没有这样的话没有"], ["index"]),
            (["index", "search", "监管"], []),
            (["content", "list"], []),
            (["content", "text", "shanghai-2023"], []),
            (["content", "show", "nothing"], []),
        ],
        ids=" ".join,
    )
    def test_they_answer_as_the_rooms_do(self, words: list[str], room: list[str]) -> None:
        command = [sys.executable, "-m", *room, *words]
        own = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        done = run(*words, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
        assert done.returncode == own.returncode
        assert untimed(done.stdout) == untimed(own.stdout)
        assert untimed(done.stderr) == untimed(own.stderr)
        assert done.stdout or done.stderr

    def test_the_notebook_is_asked_where_it_lies(self, tmp_path: Path) -> None:
        done = run("notebook", "list", "--data", tmp_path)
        assert_told(done, 1, "还没有笔记本", "--data")

    @pytest.mark.parametrize("words", [["search"], ["index"], ["content", "nonsense"], ["notebook"]])
    def test_a_wrong_call_is_told(self, words: list[str]) -> None:
        assert_told(run(*words), 2, "--help")

    def test_help_tells_of_them(self) -> None:
        told = run("--help").stdout
        assert all(f"\n  {name} " in told for name in ("search", "content", "index", "notebook"))

    def test_qt_is_not_loaded_for_them(self) -> None:
        script = "import sys; from desktop.__main__ import main; main(['search', '监管']); print('PySide6' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout.endswith("\nFalse\n")


class TestReport:
    def test_it_is_one_line_of_sensible_figures(self, tmp_path: Path) -> None:
        done = run("--startup-report", "--data", tmp_path, DISPLAY="", QT_QPA_PLATFORM="")
        assert (done.returncode, done.stderr) == (0, "")
        report = json.loads(done.stdout)
        assert list(report) == ["first_paint_ms", "searchable_ms", "rss_mb"]
        assert 50 < report["first_paint_ms"] <= report["searchable_ms"] < 30_000
        assert 30 < report["rss_mb"] < 1000
        assert not (tmp_path / "settings.ini").exists()

    def test_it_ends_even_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("in the way")
        done = run("--startup-report", "--data", tmp_path / "data")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["searchable_ms"] > 0

    @pytest.mark.parametrize("damage", [b"no database" * 1000, b""])
    def test_it_ends_with_a_damaged_or_empty_notebook(self, tmp_path: Path, damage: bytes) -> None:
        (tmp_path / FILE_NAME).write_bytes(damage)
        done = run("--startup-report", "--data", tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["searchable_ms"] > 0

    @pytest.mark.skipif(sys.platform != "linux", reason="the place of the data there")
    def test_without_a_folder_the_data_go_to_the_users(self, tmp_path: Path) -> None:
        assert run("--startup-report", HOME=str(tmp_path), XDG_DATA_HOME="").returncode == 0
        assert (tmp_path / ".local" / "share" / "policy-desk" / FILE_NAME).is_file()

    def test_a_portable_program_leaves_nothing_elsewhere(self, tmp_path: Path) -> None:
        copy, home = tmp_path / "U 盘", tmp_path / "home"
        for room in ("content", "index", "desktop", "resources"):
            shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
        for folder in (copy / "data", home):
            folder.mkdir()
        done = run("--startup-report", PYTHONPATH=str(copy), HOME=str(home), XDG_DATA_HOME="", folder=home)
        assert (done.returncode, done.stderr) == (0, "")
        assert (copy / "data" / FILE_NAME).is_file()
        assert not list(home.rglob("*.sqlite3*"))


class TestPicture:
    def test_a_place_and_a_search_are_shown(self, tmp_path: Path) -> None:
        picture = tmp_path / "search.png"
        done = run("--data", tmp_path, "--search", "一件事", "--size", "1000x600", "--screenshot", picture)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1000, 600)
        assert {HIT, HIT_HERE} <= colors(picture)

    def test_a_place_alone_shows_no_hits(self, tmp_path: Path) -> None:
        picture = tmp_path / "at.png"
        assert run("--data", tmp_path, "--at", "二（三）3", "--screenshot", picture).returncode == 0
        shown = colors(picture)
        assert QColor(LIGHT.band).rgb() in shown
        assert HIT not in shown
        assert not (tmp_path / "settings.ini").exists()

    def test_an_unknown_place_is_told(self, tmp_path: Path) -> None:
        picture = tmp_path / "none.png"
        done = run("--data", tmp_path, "--at", "九（九）9", "--screenshot", picture)
        assert_told(done, 1, "九（九）9", "二（三）3")
        assert not picture.exists()

    @pytest.mark.parametrize("name", ["none/x.png", "folder.png"])
    def test_a_picture_that_cannot_be_written_is_told(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder.png").mkdir()
        assert_told(run("--data", tmp_path, "--screenshot", tmp_path / name), 1, name, "请检查")

    def test_a_file_is_shown(self, tmp_path: Path) -> None:
        picture = tmp_path / "sample.png"
        done = run("--data", tmp_path, SAMPLE, "--search", "的", "--screenshot", picture)
        assert (done.returncode, done.stderr) == (0, "")
        assert HIT in colors(picture)
        assert len(list((tmp_path / "policies").glob("*/policy.md"))) == 1
