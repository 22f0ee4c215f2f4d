"""The plan, and the real window with the real plan, opened as the program opens it and closed properly."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from content.library import Library
from content.model import Document
from desktop import fonts
from desktop.app import Application, Options
from tests.desktop.reader import Reader

Sitting = Callable[..., Reader]
NOTES = (
    ("2.1.1", "问市场监管局"),
    ("2.1.4", "谁来裁决？"),
    ("2.1.6", "窗口已开，待核对"),
    ("4.1.1", "市场主体怎么看"),
)


@pytest.fixture(scope="session")
def plan() -> Document:
    return Library().document("shanghai-2023")


@pytest.fixture(scope="session")
def chosen_fonts(qapp: QApplication) -> fonts.Fonts:
    qapp.setStyle("Fusion")
    chosen = fonts.installed()
    if chosen is None:
        pytest.skip("no Chinese font is installed")
    return chosen


@pytest.fixture
def sit_down(
    qapp: QApplication, qtbot: QtBot, chosen_fonts: fonts.Fonts, tmp_path: Path
) -> Iterator[Sitting]:
    """Opens the program as often as asked, on the same data folder unless told otherwise."""
    readers: list[Reader] = []

    def open_program(**options: object) -> Reader:
        wanted = Options(**{"data": tmp_path, "size": (1280, 720), **options})  # type: ignore[arg-type]
        reader = Reader(Application(qapp, chosen_fonts, wanted), wanted.data, qtbot)
        readers.append(reader)
        reader.open()
        return reader

    yield open_program
    for reader in readers:
        reader.leave()


@pytest.fixture
def reader(sit_down: Sitting) -> Reader:
    """A reader before the freshly opened window, everything loaded."""
    return sit_down()


@pytest.fixture
def at(reader: Reader) -> Reader:
    """At 二、（一）第4句."""
    reader.window.open_citation("2.1.4")
    return reader


@pytest.fixture
def noted(at: Reader) -> Reader:
    """With one note there, the keyboard in the text."""
    at.press("Ctrl+M")
    at.write("问市场监管局", "wen")
    at.press("Esc")
    return at


@pytest.fixture
def filled(reader: Reader) -> Reader:
    """With three notes in 二、（一） and one in 四、（一）, at 二、（一）第4句."""
    for place, words in NOTES:
        reader.window.open_citation(place)
        reader.press("Ctrl+M")
        reader.write(words)
        reader.press("Esc")
    reader.window.open_citation("2.1.4")
    return reader
