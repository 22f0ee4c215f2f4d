"""A place of plain text while an input method composes in it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.plain_text import PlainText

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[PlainText]:
    """In a window of its own, padded, with the keyboard."""
    page = QWidget()
    place = PlainText(page)
    place.setStyleSheet("padding: 9px 21px; border: 3px solid black;")
    QVBoxLayout(page).addWidget(place)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    place.setFocus()
    qtbot.waitUntil(place.hasFocus)
    yield place
    page.close()
    page.deleteLater()


def compose(place: PlainText, spelling: str) -> None:
    """Show what an input method has not settled yet."""
    QApplication.sendEvent(place, QInputMethodEvent(spelling, []))


def test_the_hint_makes_room_for_what_is_composed(place: PlainText) -> None:
    place.setPlaceholderText("直接写")
    assert place.placeholderText() == "直接写"
    compose(place, "yi")
    assert place.placeholderText() == ""
    compose(place, "")
    assert place.placeholderText() == "直接写"


def test_a_hint_that_changes_meanwhile_is_shown_after(place: PlainText) -> None:
    compose(place, "yi")
    place.setPlaceholderText("写在这里")
    assert place.placeholderText() == ""
    compose(place, "")
    assert place.placeholderText() == "写在这里"


def test_input_methods_are_told_where_the_caret_is(place: PlainText, qtbot: QtBot) -> None:
    def told() -> QPoint:
        return QApplication.inputMethod().cursorRectangle().topLeft().toPoint()

    def shown() -> QPoint:
        return place.viewport().mapTo(place.window(), place.cursorRect().topLeft())

    assert told() == shown()
    place.window().resize(360, 260)
    place.setPlainText("第一行\n第二行")
    qtbot.wait(10)
    assert told() == shown()
