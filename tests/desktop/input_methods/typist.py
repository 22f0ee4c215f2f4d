"""Somebody who types on a keyboard: the keys go to the window, as from the platform, and find their way."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.input_methods.client import Client
from desktop.theme import LIGHT
from desktop.views.note_editor import NoteEditor
from desktop.views.search_box import SearchBox


class Line(QLineEdit):
    """A line that keeps what input methods have done to it."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[QInputMethodEvent] = []
        self.preedit = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.events.append(event.clone())
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)


class Typist:
    """At a window with two lines, a search box and a note."""

    def __init__(self, client: Client, qtbot: QtBot) -> None:
        self.sentences: list[str] = []
        client.told.connect(self.sentences.append)
        self.page = QWidget()
        self.line, self.other, self.search = Line(), Line(), SearchBox(LIGHT)
        self.note = NoteEditor(3)
        layout = QVBoxLayout(self.page)
        # The offscreen platform warns of a window that has a smallest size.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.page.resize(500, 300)
        for place in (self.line, self.other, self.search, self.note):
            place.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            layout.addWidget(place)
        self._qtbot = qtbot
        self.page.show()
        self.page.activateWindow()
        self.until(self.page.isActiveWindow)

    @property
    def window(self) -> QWindow:
        """What the platform gives keys to."""
        handle = self.page.windowHandle()
        assert handle is not None
        return handle

    def leave(self) -> None:
        """Close the window."""
        self.page.close()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, 0)
        QApplication.processEvents()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the program go on until something holds."""
        self._qtbot.waitUntil(holds, timeout=5000)

    def go_to(self, place: QWidget) -> None:
        """Put the keyboard there."""
        place.setFocus()
        QApplication.processEvents()

    def press(self, *keys: str) -> None:
        """Press and release keys, such as Ctrl+K."""
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs forget it
            QTest.keyClick(self.window, combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Press the key of each character."""
        for character in text:
            QTest.keyClick(self.window, Qt.Key(ord(character.upper())), _shift(character))

    def announce(self, character: str) -> QKeyEvent:
        """What the platform does with a key at once: ask whether it is a shortcut. The press comes later."""
        asked = _event(QEvent.Type.ShortcutOverride, character)
        QCoreApplication.sendEvent(self.window, asked)
        return _event(QEvent.Type.KeyPress, character)

    def deliver(self, press: QKeyEvent) -> None:
        """The press that was announced."""
        QCoreApplication.sendEvent(self.window, press)


def _shift(character: str) -> Qt.KeyboardModifier:
    return Qt.KeyboardModifier.ShiftModifier if character.isupper() else Qt.KeyboardModifier.NoModifier


def _event(kind: QEvent.Type, character: str) -> QKeyEvent:
    return QKeyEvent(kind, ord(character.upper()), _shift(character), ord(character), 0, 0, character)
