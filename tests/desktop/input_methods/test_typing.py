"""Chinese typed into the real window through fcitx on the bus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import fonts
from desktop.app import Application, Options
from desktop.input_methods.choice import Choice
from desktop.input_methods.client import NONE
from tests.desktop.input_methods.fcitx import Fcitx
from tests.desktop.reader import Reader

WORD = "yingshanghuanjing"


@pytest.fixture
def reader(
    qapp: QApplication, qtbot: QtBot, chosen_fonts: fonts.Fonts, address: str, tmp_path: Path
) -> Iterator[Reader]:
    """At the window of a desktop for whose input method Qt has no module."""
    options = Options(tmp_path, size=(1280, 720))
    desk = Application(qapp, chosen_fonts, options, Choice("compose", needs_client=True))
    reader = Reader(desk, tmp_path, qtbot)
    reader.open()
    yield reader
    reader.leave()


def type_keys(reader: Reader, text: str) -> None:
    """Press the key of each character, as the platform hands it to the window."""
    window = reader.window.windowHandle()
    assert window is not None
    for character in text:
        QTest.keyClick(window, Qt.Key(ord(character.upper())))


def test_words_are_searched_for_when_they_are_settled(fcitx: Fcitx, reader: Reader) -> None:
    heard: list[str] = []
    reader.window.views.header.search_box.query_changed.connect(heard.append)
    reader.press("Ctrl+K")
    reader.until(lambda: bool(fcitx.told("FocusIn")))
    type_keys(reader, WORD)
    reader.until(lambda: fcitx.letters == WORD)
    assert heard == []
    assert not reader.sees_results
    type_keys(reader, " ")
    reader.until(lambda: heard == ["营商环境"])
    assert reader.count == "原文命中 18"


def test_a_note_is_written(fcitx: Fcitx, reader: Reader) -> None:
    reader.window.open_citation("2.1.4")
    reader.press("Ctrl+M")
    reader.until(lambda: bool(fcitx.told("FocusIn")))
    type_keys(reader, WORD + " ")
    reader.press("Esc")
    reader.until(lambda: [card.body for card in reader.cards] == ["营商环境"])


def test_without_an_input_method_the_status_bar_says_so_and_pinyin_finds(reader: Reader) -> None:
    reader.press("Ctrl+K")
    reader.until(lambda: NONE in reader.status)
    type_keys(reader, "yshj")
    reader.until(lambda: reader.sees_results)
    assert reader.window.views.header.search_box.text() == "yshj"
