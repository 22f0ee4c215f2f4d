"""A later start on the same notebook folder: the open window comes to the front and shows what was asked for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from content.library import Library
from desktop.app import Application, Options
from desktop.fonts import Fonts
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.store import Notebook
from desktop.starts.instance import Instance
from desktop.views.import_dialog import ImportDialog
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "content" / "samples" / "35.txt"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    """The first program's place."""
    instance = Instance(tmp_path)
    yield instance
    instance.release()


@pytest.fixture
def reader(sit_down: Sitting, instance: Instance) -> Reader:
    """At the first program."""
    return sit_down(instance=instance)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program once more on the same folder, in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: object, data: Path = tmp_path, **variables: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "--data", str(data), *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def ended(reader: Reader, process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """How the later start ended, the first going on meanwhile."""
    reader.until(lambda: process.poll() is not None, 20)
    out, said = process.communicate()
    return process.returncode, out, said


def stays_open(reader: Reader, process: "subprocess.Popen[str]") -> bool:
    """Whether the later start opens a window of its own and goes on."""
    reader.wait(1500)
    return process.poll() is None


def test_a_start_without_a_wish_raises_the_window(reader: Reader, start: Start) -> None:
    reader.window.showMinimized()
    assert ended(reader, start()) == (0, "", "")
    assert not reader.window.isMinimized()
    assert reader.window.isActiveWindow()
    assert reader.told == ""


@pytest.mark.parametrize("typed", ["二（三）3", "2.3.3", "shanghai-2023/2.3.3"])
def test_a_citation_is_shown(reader: Reader, start: Start, typed: str) -> None:
    reader.press("Ctrl+2")
    assert ended(reader, start(typed)) == (0, "", "")
    assert reader.window.current == "shanghai-2023/2.3.3"
    assert reader.window.workspaces.is_reading


def test_what_is_neither_file_nor_place_is_told(reader: Reader, start: Start) -> None:
    assert ended(reader, start("九（九）9"))[0] == 0
    assert "九（九）9" in reader.told
    assert "二（三）3" in reader.told


def test_a_colleagues_notes_are_offered(
    reader: Reader, start: Start, tmp_path: Path, instance: Instance
) -> None:
    ended(reader, start(exported(tmp_path)))
    reader.until(lambda: reader.window.findChild(ImportDialog) is not None)
    dialog = reader.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    assert "同事的话" in "".join(reader_text(dialog))
    dialog.close()


def test_the_plan_that_is_open_is_not_opened_twice(reader: Reader, start: Start) -> None:
    assert ended(reader, start("shanghai-2023")) == (0, "", "")
    assert reader.told == ""


def test_another_policy_gets_a_window_of_its_own(reader: Reader, start: Start, tmp_path: Path) -> None:
    process = start(SAMPLE)
    assert stays_open(reader, process)
    assert list((tmp_path / "policies").glob("*/policy.md"))


def test_the_same_file_again_comes_to_the_window_that_shows_it(
    sit_down: Sitting, instance: Instance, start: Start, tmp_path: Path
) -> None:
    shutil.copy(SAMPLE, tmp_path / "来文.txt")
    reader = sit_down(instance=instance, file=str(tmp_path / "来文.txt"))
    assert ended(reader, start("来文.txt")) == (0, "", "")


def test_another_folder_is_another_program(reader: Reader, start: Start, tmp_path: Path) -> None:
    process = start(data=tmp_path / "另一本")
    reader.until(lambda: (tmp_path / "另一本" / FILE_NAME).exists(), 20)
    assert stays_open(reader, process)


@pytest.mark.parametrize(
    "words", [["--startup-report"], ["--screenshot", "图.png"]], ids=lambda words: words[0]
)
def test_what_ends_by_itself_neither_hands_over_nor_waits(
    reader: Reader, start: Start, tmp_path: Path, words: list[str]
) -> None:
    code, out, said = ended(reader, start(*words))
    assert (code, said) == (0, "")
    assert bool(out) is (words == ["--startup-report"])
    assert (tmp_path / "图.png").exists() is (words != ["--startup-report"])


def test_the_later_start_does_without_qt(reader: Reader, start: Start, tmp_path: Path) -> None:
    """It is over before a window could have been made."""
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise SystemExit(3)")
    path = os.pathsep.join((str(broken.parent), str(ROOT)))
    assert ended(reader, start("2.3.3", PYTHONPATH=path)) == (0, "", "")
    assert reader.window.current == "shanghai-2023/2.3.3"


class TestTheFirstStart:
    def test_goes_to_a_citation(self, sit_down: Sitting) -> None:
        reader = sit_down(file="二（三）3")
        assert reader.window.current == "shanghai-2023/2.3.3"
        assert reader.told == ""

    def test_offers_a_colleagues_notes(
        self, qapp: QApplication, qtbot: QtBot, chosen_fonts: Fonts, tmp_path: Path
    ) -> None:
        desk = Application(qapp, chosen_fonts, Options(tmp_path, file=str(exported(tmp_path))))
        desk.start()
        qtbot.waitUntil(lambda: desk.window.findChild(ImportDialog) is not None)
        dialog = desk.window.findChild(ImportDialog)
        assert isinstance(dialog, ImportDialog)
        dialog.close()
        desk.window.close()
        desk.window.deleteLater()
        desk.deleteLater()
        QApplication.sendPostedEvents(None, 0)

    def test_says_what_it_could_not_open(self, sit_down: Sitting) -> None:
        reader = sit_down(file="没有这个文件.txt")
        assert "没有这个文件" in reader.told
        assert "随程序提供的方案" in reader.told


def exported(folder: Path) -> Path:
    """A colleague's file with one note."""
    from datetime import datetime

    from desktop.notebook import exchange

    document = Library().document("shanghai-2023")
    notebook = Notebook.open(folder / "同事")
    notebook.add_note(anchor_measure(document, "shanghai-2023/2.3.3"), "同事的话")
    target = folder / "批注.zip"
    exchange.export([document], notebook.everything(), target, "李四", datetime.now())
    notebook.close()
    return target


def reader_text(dialog: ImportDialog) -> Iterator[str]:
    """What the lines of the dialog's list say."""
    model = dialog.list.model()
    for row in range(model.rowCount()):
        yield str(model.index(row, 0).data())
