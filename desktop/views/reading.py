"""The reading column: what the reader does with the page, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QPoint, QPointF, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme
from desktop.views.page import Row, Typography
from desktop.views.page_view import PageView
from desktop.views.utf16 import characters

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QTextCursor

_SELECTING_MS = 250
"""Pause after which a selection made with the keyboard is taken for finished."""
_DRAG_HINT = "拖到上方“会议”，列入议程"
_SHOWN_MS = 1500
"""How long words that the reader has been led to are framed."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Selected characters of one measure, half open."""

    measure_id: str
    start: int
    end: int
    text: str


class ReadingView(PageView):
    """The page as something to choose, select and step in. Rectangles are in viewport pixels.

    ``selection_finished`` gives the rectangle of what is selected and in sight; ``highlight_clicked`` the entry and the global
    point over which the mouse is, on the upper edge of the highlighted line.
    """

    measure_chosen = Signal(str)
    stepped = Signal(int)
    copy_requested = Signal()
    menu_requested = Signal(str, QPoint)
    margin_clicked = Signal(str)
    highlight_clicked = Signal(str, QPoint)
    selection_finished = Signal(QRect)
    selection_cleared = Signal()

    def __init__(self, theme: Theme, sans: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, sans, parent)
        self.quoting: Callable[[Sequence[Selected]], str] | None = None
        self._pressed = QPoint()
        self._taken = ""
        self._is_choosing = False

    def settle(self) -> None:
        super().settle()
        self._selecting = self._timer(_SELECTING_MS, self._finish_selection)
        self._showing = self._timer(_SHOWN_MS, self._hide_range)
        self.selectionChanged.connect(self._follow_selection)
        self._canvas.setMouseTracking(True)
        self._canvas.setCursor(QtCore.Qt.CursorShape.IBeamCursor)

    def show_page(self, page: list[Row], typography: Typography) -> None:
        self.drop_selection()
        self._set_caret(-1)
        super().show_page(page, typography)

    def set_current(self, measure_id: str) -> None:
        """Draw the band on another measure. A selection elsewhere is dropped: nobody should mark what he no longer sees."""
        super().set_current(measure_id)
        number = self._blocks.get(measure_id)
        if self._is_choosing or number is None or not self._is_settled:
            return
        cursor, block = self.textCursor(), self.document().findBlockByNumber(number)
        end = block.position() + block.length() - 1
        if end < cursor.selectionStart() or cursor.selectionEnd() < block.position():
            cursor.setPosition(block.position())
            self._place_cursor(cursor)

    def selected(self) -> list[Selected]:
        """What is selected, measure by measure; headings are left out."""
        cursor = self.textCursor()
        found: list[Selected] = []
        if not cursor.hasSelection():
            return found
        block = self.document().findBlock(cursor.selectionStart())
        while block.isValid() and block.position() < cursor.selectionEnd():
            row = self._rows[block.blockNumber()]
            start = characters(row.text, max(0, cursor.selectionStart() - block.position()))
            end = characters(row.text, cursor.selectionEnd() - block.position())
            if row.measure_id and start < end:
                found.append(Selected(row.measure_id, start, end, row.text[start:end]))
            block = block.next()
        return found

    def selection_rect(self) -> QRect:
        """The rectangle round what is selected, as far as it is in sight; empty if nothing is."""
        chosen = self.selected()
        ends = [(one.measure_id, one.start, one.end) for one in chosen[:1] + chosen[-1:]]
        return self._rect_round(ends)

    def highlight_rect(self, entry_id: str) -> QRect:
        """The rectangle round a highlight, as far as it is in sight."""
        strokes = self._marking.marks.highlights
        places = [
            (measure_id, one.start, one.end)
            for measure_id in strokes
            for one in strokes[measure_id]
            if one.entry_id == entry_id
        ]
        return self._rect_round(places[:1] + places[-1:])

    def clear_selection(self) -> None:
        """Select nothing."""
        self.drop_selection()

    def drop_selection(self) -> bool:
        """Select nothing; gives whether anything was selected."""
        cursor = self.textCursor()
        had = cursor.hasSelection()
        if had:
            cursor.clearSelection()
            self._place_cursor(cursor)
        return had

    def show_range(self, measure_id: str, start: int, end: int) -> None:
        """Scroll to words and frame them for a moment, so that the reader sees where he has been led."""
        self.bring_into_view(measure_id)
        self._marking.shown = (measure_id, start, end)
        self._canvas.update()
        self._showing.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._pressed = place
        measure_id = self._measure_at(place)
        buttons = QtCore.Qt.MouseButton
        self._taken = self._margin_at(place) if event.button() == buttons.LeftButton else ""
        if event.button() == buttons.RightButton:
            # The menu is about what is selected, or else about the measure under the mouse.
            if self._is_selected_at(place):
                return
            self.drop_selection()
        elif self._taken:
            if self._taken not in [one.measure_id for one in self.selected()]:
                self.drop_selection()
            self._set_caret(-1)
        else:
            super().mousePressEvent(event)
            self._set_caret(-1)
        if measure_id and event.button() != buttons.MiddleButton:
            self._choose(measure_id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != QtCore.Qt.MouseButton.LeftButton:
            return
        taken, self._taken = self._taken, ""
        if self.textCursor().hasSelection() and not taken:
            self._finish_selection()
        elif not self._has_moved(event.position().toPoint()):
            self.drop_selection()
            self._click(self._pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.buttons() == QtCore.Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
            self._show_what_is_at(place)
        elif not self._taken:
            super().mouseMoveEvent(event)
        elif self._has_moved(place):
            self._drag()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QtGui.QContextMenuEvent.Reason.Keyboard:
            if self._marking.current:
                corner = self.number_rect(self._marking.current).bottomRight().toPoint()
                self.menu_requested.emit(self._marking.current, self._canvas.mapToGlobal(corner))
            return
        self.menu_requested.emit(self._measure_at(event.pos()), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._hide_range()
        keys = QtCore.Qt.Key
        modifiers = event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier
        if event.matches(QtGui.QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QtGui.QKeySequence.StandardKey.SelectAll):
            self._select_more()
        elif modifiers == QtCore.Qt.KeyboardModifier.NoModifier and event.key() in (
            keys.Key_Up,
            keys.Key_Down,
        ):
            self.drop_selection()
            self.stepped.emit(-1 if event.key() == keys.Key_Up else 1)
        elif modifiers == QtCore.Qt.KeyboardModifier.NoModifier and self._scroll_by_key(event.key()):
            pass
        elif not self._move_caret(event):
            event.ignore()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged out: the quoted words with their citation."""
        from desktop.views.dragging import Dragged

        data = QtCore.QMimeData()
        chosen = self.selected()
        data.setText(self.quoting(chosen) if self.quoting and chosen else self.textCursor().selectedText())
        if chosen:
            first, last = chosen[0], chosen[-1]
            stretch = (first.measure_id, first.start, last.measure_id, last.end)
            Dragged(_document(first.measure_id), stretches=(stretch,)).put_into(data)
        return data

    def _drag(self) -> None:
        """Drag the measure whose number is held, or all that is selected if it is part of that."""
        from desktop.views.dragging import Dragged, carry

        taken, self._taken = self._taken, ""
        if self.selected():
            carry(self._canvas, self.createMimeDataFromSelection(), self.textCursor().selectedText())
            return
        text = self._rows[self._blocks[taken]].text
        whole = [Selected(taken, 0, len(text), text)]
        data = QtCore.QMimeData()
        data.setText(self.quoting(whole) if self.quoting else text)
        Dragged(_document(taken), measures=(taken,)).put_into(data)
        carry(self._canvas, data, text)

    # Selecting

    def _move_caret(self, event: QKeyEvent) -> bool:
        """Go through the text, selecting with Shift; gives whether the key was one of those that do."""
        from desktop.views import caret

        after = caret.moved(self._start_of_move(), self._rows, event.key(), event.modifiers())
        if after is None:
            return False
        self.setTextCursor(after)
        self._set_caret(after.position())
        self._choose(self._rows[after.block().blockNumber()].measure_id)
        if after.hasSelection():
            self._selecting.start()
        return True

    def _select_more(self) -> None:
        from desktop.views import caret

        start = self._start_of_move()
        wider = caret.widened(start, self._rows)
        # The text stays where it is: whoever selects all of it does not want to be at its end.
        self._place_cursor(wider)
        if not self._marking.current:
            self._choose(self._rows[start.block().blockNumber()].measure_id)
        self._selecting.start()

    def _start_of_move(self) -> QTextCursor:
        """The text cursor; at the beginning of the current measure if it is neither there nor selects anything."""
        cursor = self.textCursor()
        number = self._blocks.get(self._marking.current or self.top_measure())
        if number is not None and not cursor.hasSelection() and cursor.block().blockNumber() != number:
            cursor.setPosition(self.document().findBlockByNumber(number).position())
        return cursor

    def _place_cursor(self, cursor: QTextCursor) -> None:
        """Set the text cursor without scrolling to it."""
        bar = self.verticalScrollBar()
        top = bar.value()
        blocker = QtCore.QSignalBlocker(bar)
        self.setTextCursor(cursor)
        bar.setValue(top)
        blocker.unblock()
        if self._marking.caret >= 0:
            self._set_caret(cursor.position())

    def _set_caret(self, position: int) -> None:
        self._marking.caret = position
        self._canvas.update()

    def _choose(self, measure_id: str) -> None:
        self._is_choosing = True
        try:
            self.measure_chosen.emit(measure_id)
        finally:
            self._is_choosing = False

    def _follow_selection(self) -> None:
        if not self.textCursor().hasSelection():
            self._selecting.stop()
            self.selection_cleared.emit()

    def _finish_selection(self) -> None:
        place = self.selection_rect()
        if not place.isEmpty():
            self.selection_finished.emit(place)

    def _hide_range(self) -> None:
        self._showing.stop()
        self._marking.shown = ("", 0, 0)
        self._canvas.update()

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QtCore.QTimer:
        timer = QtCore.QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    # Where the mouse is

    def _click(self, place: QPoint) -> None:
        """What a click without selecting leads to: the notes of a measure, or a highlight."""
        noted = self._noted_margin_at(place)
        number = self._row_at(place)
        if noted:
            self.margin_clicked.emit(noted)
        elif number is not None:
            block = self.document().findBlockByNumber(number)
            on_page = QPointF(place) + QPointF(0, self.verticalScrollBar().value())
            found = self._marking.entry_at(on_page, block, self._rows[number])
            if found is not None:
                top = round(self._to_viewport(found[1]).top())
                self.highlight_clicked.emit(found[0], self._canvas.mapToGlobal(QPoint(place.x(), top)))

    def _has_moved(self, place: QPoint) -> bool:
        """Whether the mouse has gone so far from where it was pressed that the reader means it."""
        moved = (place - self._pressed).manhattanLength()
        return moved >= QtGui.QGuiApplication.styleHints().startDragDistance()

    def _show_what_is_at(self, place: QPoint) -> None:
        """The shape of the pointer and the tool tip that say what can be done here."""
        shapes = QtCore.Qt.CursorShape
        shape, hint = shapes.IBeamCursor, ""
        if noted := self._noted_margin_at(place):
            count = self._marking.marks.note_counts[noted]
            shape, hint = shapes.PointingHandCursor, f"{count} 条批注，点这里查看；{_DRAG_HINT}"
        elif self._margin_at(place):
            shape, hint = shapes.OpenHandCursor, _DRAG_HINT
        self._canvas.setCursor(shape)
        self._canvas.setToolTip(hint)

    def _noted_margin_at(self, place: QPoint) -> str:
        """The measure with notes, beside whose first line a point in the margin is; empty if there is none."""
        measure_id = self._margin_at(place)
        if not self._marking.marks.note_counts.get(measure_id):
            return ""
        margin = self._to_viewport(self._marking.margin_rect(self._laid_out(measure_id)))
        return measure_id if margin.contains(place) else ""

    def _margin_at(self, place: QPoint) -> str:
        """The measure in whose margin a point is; empty if there is none."""
        return self._measure_at(place) if place.x() < self._marking.column.left else ""

    def _is_selected_at(self, place: QPoint) -> bool:
        cursor = self.textCursor()
        at = self.cursorForPosition(place).position()
        return cursor.hasSelection() and cursor.selectionStart() <= at <= cursor.selectionEnd()


def _document(measure_id: str) -> str:
    """The document a measure is in."""
    return measure_id.partition("/")[0]
