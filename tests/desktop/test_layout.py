"""The whole text is laid out, however the window came to its size."""

import subprocess
import sys

import pytest

from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

_UNTIL_FIRST_PAINT = """
import sys
from pathlib import Path
import PySide6.QtCore
from PySide6.QtWidgets import QApplication
from desktop import app, fonts
application = QApplication(sys.argv)
application.setStyle("Fusion")
chosen = fonts.installed()
assert chosen
desk = app.Application(application, chosen, app.Options(Path(sys.argv[1])))
def report():
    print(*sorted(name for name in ("Qt", "QUrl") if name in vars(PySide6.QtCore)))
    print(*sorted({"sqlite3", "whoosh", "jieba", "json", "asyncio", "ssl"} & set(sys.modules)))
    application.quit()
desk._open_the_rest = report
desk.start()
application.exec()
"""


def lines_missing(reader: Reader) -> list[int]:
    """The numbers of the blocks that have no line, found without asking Qt to lay anything out."""
    block = reader.window.reading.document().begin()
    missing = []
    while block.isValid():
        if not block.layout().lineCount():
            missing.append(block.blockNumber())
        block = block.next()
    return missing


def test_every_block_has_lines_once_the_window_is_open(reader: Reader) -> None:
    assert lines_missing(reader) == []


@pytest.mark.parametrize("size", [(880, 480), (1360, 850), (1920, 1080)])
def test_every_block_has_lines_after_a_change_of_size(reader: Reader, size: tuple[int, int]) -> None:
    reader.window.resize(*size)
    reader.wait(50)
    reader.window.reading.bring_into_view("shanghai-2023/5.3.4")
    reader.wait(50)
    assert lines_missing(reader) == []


def test_the_last_section_can_be_shown_first(sit_down: Sitting) -> None:
    reader = sit_down()
    reader.window.navigation.go_to("shanghai-2023/5.3.4")
    reader.leave()
    again = sit_down()
    assert again.window.current == "shanghai-2023/5.3.4"
    assert lines_missing(again) == []


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: object) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _UNTIL_FIRST_PAINT, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == []


def test_the_first_window_fills_a_small_screen_and_a_size_chosen_later_is_kept(sit_down: Sitting) -> None:
    reader = sit_down(size=None)
    room = reader.window.screen().availableSize()
    assert reader.window.isMaximized() == (room.width() < 1400 or room.height() < 860)
    reader.window.showNormal()
    reader.window.resize(900, 500)
    reader.wait(50)
    reader.leave()
    again = sit_down(size=None)
    assert not again.window.isMaximized()
    assert again.window.height() == 500
