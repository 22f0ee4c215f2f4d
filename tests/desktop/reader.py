"""A person at the window: presses keys, moves the mouse, types as an input method does, and looks at what is shown."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QKeyCombination, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.views.card import Card
from desktop.views.results import ResultRow
from desktop.window import Window

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Reader:
    """One sitting at one window. What changes the program goes through keys and mouse; the rest only looks."""

    def __init__(self, desk: Application, qtbot: QtBot) -> None:
        self.desk = desk
        self.window: Window = desk.window
        self._qtbot = qtbot
        self._is_open = False

    def open(self) -> None:
        """Start the program and wait until all has been loaded."""
        self.desk.start()
        self._is_open = True
        self.window.activateWindow()
        self.until(lambda: self.window.isActiveWindow() and self.desk.is_searchable)

    def leave(self) -> None:
        """Close the window and throw it away."""
        if self._is_open:
            self._is_open = False
            self.window.close()
            QApplication.clipboard().clear()
            self.window.deleteLater()
            self.desk.deleteLater()
            QApplication.sendPostedEvents(None, 0)
            QApplication.processEvents()

    def until(self, holds: Callable[[], bool], seconds: float = 5) -> None:
        """Let the program go on until something holds."""
        self._qtbot.waitUntil(holds, timeout=round(seconds * 1000))

    def wait(self, milliseconds: int) -> None:
        """Let the program go on for a while."""
        self._qtbot.wait(milliseconds)

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def is_at(self, widget: QWidget) -> bool:
        """Whether the keyboard is in this widget."""
        return QApplication.focusWidget() is widget

    def press(self, *keys: str) -> None:
        """Press keys such as Ctrl+K, one after another, wherever the keyboard is."""
        for key in keys:
            combination: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs forget it
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def write(self, text: str, *spelling: str) -> None:
        """Type through an input method: the spelling appears first, underlined, then the text takes its place."""
        for piece in spelling:
            self.compose(piece)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus, event)

    def compose(self, spelling: str) -> None:
        """What an input method shows before anything is settled."""
        QApplication.sendEvent(self.focus, QInputMethodEvent(spelling, []))

    def search(self, text: str) -> None:
        """Search for a text, typed at once."""
        self.press("Ctrl+K")
        self.write(text)

    def click(self, widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
        """Click in the middle of a widget, or at a place in it."""
        QTest.mouseClick(widget, button, NO_KEYS, at or widget.rect().center())

    def click_line(self, view: QListView, row: int) -> None:
        """Click on a line of a list, which is scrolled to first."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def click_measure(self, measure_id: str) -> None:
        """Click on the first words of a measure that is in sight."""
        self.click(self.page, self.place_of(measure_id).center())

    @property
    def page(self) -> QWidget:
        """What the text is painted on."""
        return self.window.reading.viewport()

    def place_of(self, measure_id: str, start: int = 0, end: int = 1) -> QRect:
        """The box round characters of a measure that stand on one line, in the page's pixels."""
        reading = self.window.reading
        block = reading.document().findBlockByNumber(reading._blocks[measure_id])
        boxes = []
        for offset in (start, end):
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + offset)
            boxes.append(reading.cursorRect(cursor))
        return QRect(boxes[0].topLeft(), boxes[1].bottomLeft())

    def is_in_sight(self, measure_id: str) -> bool:
        """Whether the first and last characters of a measure are on the screen."""
        length = len(
            self.window.reading.document().findBlockByNumber(self.window.reading._blocks[measure_id]).text()
        )
        return all(
            self.page.rect().contains(self.place_of(measure_id, at, at).center()) for at in (0, length)
        )

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Select from one point of the page to another with the mouse."""
        QTest.mousePress(self.page, LEFT, NO_KEYS, start)
        QTest.mouseMove(self.page, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2))
        QTest.mouseMove(self.page, end)
        QTest.mouseRelease(self.page, LEFT, NO_KEYS, end)

    @property
    def current(self) -> str:
        """The current measure without the document's id."""
        return self.window.current.partition("/")[2]

    @property
    def status(self) -> str:
        """All that the status bar says."""
        return self.window.status.shown

    @property
    def told(self) -> str:
        """The sentence across the window."""
        return self.window.message.sentence

    @property
    def rows(self) -> list[ResultRow]:
        """The rows of the result list."""
        model = self.window.results.model()
        return [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]

    @property
    def lines(self) -> list[str]:
        """The result list as a screen reader would read it."""
        return lines_of(self.window.results)

    def row_kinds(self, kind: str) -> list[ResultRow]:
        """The rows of one kind."""
        return [row for row in self.rows if row.kind == kind]

    @property
    def sees_results(self) -> bool:
        """Whether the result list is on the screen."""
        return self.window.results.isVisible()

    @property
    def clipboard(self) -> str:
        """What has been copied."""
        return QApplication.clipboard().text()

    @property
    def cards(self) -> list[Card]:
        """The notes that the panel shows."""
        QApplication.processEvents()  # new ones appear when they are laid out
        within: Iterable[Card] = self.window.desk.findChildren(Card)
        found = [card for card in within if card.isVisible()]
        return sorted(found, key=lambda card: card.mapTo(self.window, QPoint()).y())

    def picture(self, widget: QWidget | None = None) -> QImage:
        """What a widget looks like now."""
        return (widget or self.page).grab().toImage()

    def sees(self, color: str, area: QRect, widget: QWidget | None = None) -> bool:
        """Whether a colour is in an area of the page."""
        return color in colors_in(self.picture(widget), area)


def lines_of(view: QListView) -> list[str]:
    """The texts of a list."""
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def row_of(view: QListView, words: str) -> int:
    """The line of a list that contains these words."""
    [row] = [row for row, line in enumerate(lines_of(view)) if words in line]
    return row


def current_line(view: QListView) -> str:
    """The text of the marked line of a list."""
    index: QModelIndex = view.currentIndex()
    return str(index.data()) if index.isValid() else ""


def colors_in(image: QImage, area: QRect) -> set[str]:
    """The colours in an area, which is clipped to the image."""
    ratio = image.devicePixelRatio()
    assert ratio == 1
    piece = image.copy(area.intersected(image.rect())).convertToFormat(QImage.Format.Format_RGB32)
    return {QColor(pixel).name() for pixel in set(memoryview(piece.constBits()).cast("I"))}
