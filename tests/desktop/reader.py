"""A person at the window: presses keys, moves the mouse, types as an input method does, and looks at what is shown."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QKeyCombination, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QInputMethodEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QListView,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.notebook.connection import FILE_NAME
from desktop.views.note_card import CardContent
from desktop.views.note_form import NoteForm
from desktop.views.note_list import NoteList
from desktop.views.result_row import ResultRow
from desktop.window import Window

DOUBLE_CLICK_MS = 60
"""These readers click twice in less time than people do, so that a test need not wait as long between two single clicks."""
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Reader:
    """One sitting at one window. What changes the program goes through keys and mouse; the rest only looks."""

    def __init__(self, desk: Application, folder: Path, qtbot: QtBot) -> None:
        self.desk = desk
        self.window: Window = desk.window
        self.folder = folder
        self._qtbot = qtbot
        self._is_open = False

    def open(self) -> None:
        """Start the program and wait until all has been loaded."""
        QApplication.setDoubleClickInterval(DOUBLE_CLICK_MS)
        self.desk.start()
        self._is_open = True
        self.window.activateWindow()
        self.until(lambda: self.window.isActiveWindow() and self.desk.is_ready)

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
        """Press keys such as Ctrl+K, one after another, wherever the keyboard is: an open menu or list has it first."""
        for key in keys:
            combination: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs forget it
            popup = QApplication.activePopupWidget()
            target = (popup.focusWidget() or popup) if popup is not None else self.focus
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()  # what a key has put off is done before a person presses the next

    def press_menu_key(self) -> None:
        """Press the key that opens the menu of what has the keyboard."""
        widget = self.focus
        caret = QRectF(widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle))
        place = caret.center().toPoint()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)

    def tab_to(self, widget: QWidget, key: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until the keyboard is in a widget."""
        seen: list[str] = []
        while not self.is_at(widget):
            assert len(seen) < 60, f"Tab does not lead there, only to {seen}"
            self.press(key)
            seen.append(self.focus.accessibleName() or self.focus.objectName())

    def pick_by_key(self, text: str) -> None:
        """Go down an open menu to an entry and press it."""
        menu = self.menu
        while (action := menu.activeAction()) is None or action.text() != text:
            last = action
            self.press("Down")
            assert menu.activeAction() is not last, f"no {text} in {[one.text() for one in menu.actions()]}"
        self.press("Right" if action.menu() else "Return")

    def write(self, text: str, *spelling: str) -> None:
        """Type through an input method: the spelling appears first, underlined, then the text takes its place."""
        for piece in spelling:
            self.compose(piece)
        type_into(self.focus, text)

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

    def right_click(self, widget: QWidget, at: QPoint) -> None:
        """Open the menu of what is at a place."""
        self.click(widget, at, Qt.MouseButton.RightButton)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    @property
    def menu(self) -> QMenu:
        """The menu that is open."""
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu), "no menu is open"
        return found

    def pick(self, *texts: str) -> None:
        """Click on an entry of the open menu; on one after another where there are menus in it."""
        for text in texts:
            menu = self.menu
            [action] = [one for one in menu.actions() if one.text() == text]
            place = menu.actionGeometry(action).center()
            # A menu takes a click on the place of the last one for its second half.
            self.pause()
            self.click(menu, place)
            self.until(lambda menu=menu: QApplication.activePopupWidget() is not menu)  # type: ignore[misc]

    def choose_in(self, box: QComboBox, text: str) -> None:
        """Open a box with the mouse and click on one of its lines."""
        self.click(box)
        view = box.view()
        index = box.model().index(box.findText(text), box.modelColumn())
        # The list that has just opened takes no click for as long as that could be the second of a double click.
        self.pause()
        place = view.visualRect(index).center()
        QTest.mouseMove(view.viewport(), place)
        self.click(view.viewport(), place)
        self.until(lambda: QApplication.activePopupWidget() is None)

    @contextmanager
    def answering(self, act: Callable[[], None]) -> Iterator[None]:
        """What to do once a question is asked that lets nothing else happen before it is answered."""
        timer = QTimer(self.window)
        timer.setInterval(10)

        def act_if_asked() -> None:
            asked = QApplication.activeModalWidget()
            if asked is not None and asked.isAncestorOf(QApplication.focusWidget() or self.window):
                timer.stop()
                QTimer.singleShot(
                    5000, asked, asked.close
                )  # a test that fails to answer must not wait for ever
                act()

        timer.timeout.connect(act_if_asked)
        timer.start()
        yield
        self.until(lambda: not timer.isActive() and QApplication.activeModalWidget() is None)
        # As a desktop does by itself when a dialog has gone.
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

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
        return self.window.views.status.shown

    @property
    def told(self) -> str:
        """The sentence across the window."""
        return self.window.views.message.sentence

    @property
    def rows(self) -> list[ResultRow]:
        """The rows of the result list."""
        model = self.window.views.results.model()
        return [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]

    @property
    def lines(self) -> list[str]:
        """The result list as a screen reader would read it."""
        return lines_of(self.window.views.results)

    def row_kinds(self, kind: str) -> list[ResultRow]:
        """The rows of one kind."""
        return [row for row in self.rows if row.kind == kind]

    @property
    def count(self) -> str:
        """What the line over the result list says was found."""
        bar = self.window.views.hits_bar
        return bar.count.text() if bar.isVisible() else ""

    @property
    def sees_results(self) -> bool:
        """Whether the result list is on the screen."""
        return self.window.views.results.isVisible()

    @property
    def clipboard(self) -> str:
        """What has been copied."""
        return QApplication.clipboard().text()

    def confirm(self) -> None:
        """Click on the button of the open dialog that does what was asked for."""
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, "no question is asked"
        box = dialog.findChild(QDialogButtonBox)
        assert isinstance(box, QDialogButtonBox)
        self.click(box.button(QDialogButtonBox.StandardButton.Ok))

    def pause(self) -> None:
        """Wait so long that the next click is not the second of a double click."""
        self.wait(QApplication.doubleClickInterval() + 20)

    def select(self, measure_id: str, words: str) -> None:
        """Select words of a measure, which stand on one line in sight, with the mouse."""
        start = self.window.reading._rows[self.window.reading._blocks[measure_id]].text.index(words)
        place = self.place_of(measure_id, start, start + len(words))
        middle = QPoint(0, place.height() // 2)
        self.drag(place.topLeft() + middle + QPoint(2, 0), place.topRight() + middle)

    # The panel

    @property
    def notes(self) -> NoteList:
        """The list of notes."""
        return self.window.views.desk.notes.list

    @property
    def cards(self) -> list[CardContent]:
        """What the cards say that the panel shows; a note that is open in a form has none."""
        cards = self.notes.cards
        if not self.notes.isVisible():
            return []
        shown = cards.notes[: cards.rowCount()]
        return [cards.describe(note) for note in shown if note.id != self.notes.editing]

    @property
    def bodies(self) -> list[str]:
        """The words on the cards that the panel shows."""
        return [card.body for card in self.cards]

    @property
    def form(self) -> NoteForm:
        """The form of the note that is open in the list."""
        assert self.notes.form is not None, "no note is open"
        return self.notes.form

    def card_place(self, words: str) -> QRect:
        """Where the card with these words is, which is scrolled to."""
        [card] = [card for card in self.cards if words in card.body]
        self.notes.reveal(card.entry_id, choose=False)
        return self.notes.visualRect(self.notes.cards.reveal(card.entry_id))

    def click_card(self, words: str, action: str = "", held: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Click on the card with these words, or on 编辑 or 删除 there."""
        place = self.card_place(words)
        [card] = [card for card in self.cards if words in card.body]
        at = self.notes.action_rect(card.entry_id, action).center() if action else place.center()
        QTest.mouseClick(self.notes.viewport(), LEFT, held, at)

    def double_click_card(self, words: str) -> None:
        """Double-click on the card with these words."""
        at = self.card_place(words).center()
        self.click(self.notes.viewport(), at)
        QTest.mouseDClick(self.notes.viewport(), LEFT, NO_KEYS, at)

    @property
    def tabs(self) -> list[str]:
        """What the panel's tabs say."""
        return [tab.text() for tab in self._tabs()]

    def click_tab(self, name: str) -> None:
        """Go to a page of the panel."""
        [tab] = [tab for tab in self._tabs() if tab.text().startswith(name)]
        self.click(tab)

    def click_chip(self, name: str) -> None:
        """Click on 本条, 本节, 全部 or 筛选 over the notes."""
        chips: Iterable[QToolButton] = self.window.views.desk.notes.filter.findChildren(QToolButton, "chip")
        [chip] = [chip for chip in chips if chip.text() == name]
        self.click(chip)

    def _tabs(self) -> list[QToolButton]:
        found: Iterable[QToolButton] = self.window.views.desk.findChildren(QToolButton, "tab")
        return list(found)

    @property
    def bookmarks(self) -> list[str]:
        """The lines of the bookmark tree; what is in a folder is set in."""
        tree = self.window.views.desk.bookmarks
        if not tree.isVisible():
            return []
        lines = []
        for at in range(tree.topLevelItemCount()):
            top = tree.topLevelItem(at)
            assert top is not None
            lines.append(top.text(0))
            lines += [f"  {top.child(row).text(0)}" for row in range(top.childCount())]
        return lines

    def bookmark_place(self, text: str) -> QRect:
        """Where a line of the bookmark tree is."""
        tree = self.window.views.desk.bookmarks
        [item] = tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        tree.scrollToItem(item)
        return tree.visualItemRect(item)

    def click_bookmark(self, text: str) -> None:
        """Click on a line of the bookmark tree."""
        self.click(self.window.views.desk.bookmarks.viewport(), self.bookmark_place(text).center())

    def gutter(self, measure_id: str) -> QRect:
        """Where dot and star of a measure are drawn: between the edge of the band and the number."""
        return self.window.reading.number_rect(measure_id).toRect().adjusted(4, 0, -14, 0)

    def outline_text(self, words: str) -> str:
        """What a screen reader says of the line of the outline that begins with these words."""
        model = self.window.views.outline.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        texts = [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]
        [found] = [text for text in texts if text.startswith(words)]
        return found

    def says(self, words: str) -> bool:
        """Whether an empty place in the panel says these words."""
        labels: Iterable[QLabel] = self.window.views.desk.findChildren(QLabel, "empty")
        return any(words in label.text() for label in labels if label.isVisible())

    def stored(self, question: str = "SELECT body FROM note WHERE deleted = '' ORDER BY rowid") -> list[Any]:
        """What is in the notebook's file, asked from outside: values, or tuples where several are asked for."""
        connection = sqlite3.connect(self.folder / FILE_NAME)
        try:
            rows = connection.execute(question).fetchall()
        finally:
            connection.close()
        return [row[0] if len(row) == 1 else row for row in rows]

    def picture(self, widget: QWidget | None = None) -> QImage:
        """What a widget looks like now."""
        return (widget or self.page).grab().toImage()

    def sees(self, color: str, area: QRect, widget: QWidget | None = None) -> bool:
        """Whether a colour is in an area of the page."""
        return color in colors_in(self.picture(widget), area)


def type_into(widget: QWidget, text: str) -> None:
    """Settle words in a widget, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


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
