"""The reading column: the whole document in one scroll, numbers in the margin, hits where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPainter, QTextDocument, QTextFrameFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.theme import Theme
from desktop.views.marks import GUTTER, MarkPainter, Marks
from desktop.views.page import Row, Typography, center_titles, lay_out
from desktop.views.utf16 import characters

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import (
        QContextMenuEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QTextBlock,
    )

_ALWAYS_ON = 2
"""Qt.ScrollBarAlwaysOn."""
_COLUMN_EMS = 37


@dataclass(frozen=True, slots=True)
class Selected:
    """Selected characters of one measure, half open."""

    measure_id: str
    start: int
    end: int
    text: str


class ReadingView(QTextEdit):
    """Shows the page. Emits what the reader does: choosing a measure, stepping, scrolling to another section."""

    measure_chosen = Signal(str)
    stepped = Signal(int)
    section_reached = Signal(tuple)
    copy_requested = Signal()
    menu_requested = Signal(str, QPoint)
    column_fitted = Signal(int, int)
    painted = Signal()

    def __init__(self, theme: Theme, sans: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setAccessibleName("原文")
        self.setReadOnly(True)
        # Its own viewport: for Qt's, PySide would load every kind of widget to find out what it is.
        self._canvas = QWidget()
        self.setViewport(self._canvas)
        # A bar that comes and goes would change the width, and everything would be laid out twice. Set as a property:
        # the enum would bring the whole Qt namespace in before the first paint (see ``desktop.window``).
        self.setProperty("verticalScrollBarPolicy", _ALWAYS_ON)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.quoting: Callable[[Sequence[Selected]], str] | None = None
        self._marking = MarkPainter(theme, sans)
        self._rows: list[Row] = []
        self._blocks: dict[str, int] = {}
        self._page = QTextDocument(self)
        self._is_sized = False
        self._is_settled = False
        self._reached: tuple[int, int] | None = None
        self.verticalScrollBar().valueChanged.connect(self._announce_section)

    def settle(self) -> None:
        """What can wait until the text has been painted once."""
        self.setTextInteractionFlags(QtCore.Qt.TextInteractionFlag.TextSelectableByMouse)
        self._canvas.setCursor(QtCore.Qt.CursorShape.IBeamCursor)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_settled = True
        self._finish_layout()
        center_titles(self._rows, self._page)

    def show_page(self, page: list[Row], typography: Typography) -> None:
        """Show a page at a text size; the measure that stood at the top stays there."""
        top = self.top_measure()
        self._rows = page
        self._blocks = {row.measure_id: number for number, row in enumerate(page) if row.measure_id}
        self._marking.set_size(typography.size)
        # The view does not own the document it is given; keeping it here keeps it alive.
        self._page = lay_out(page, typography)
        if self._is_settled:
            center_titles(page, self._page)
        self._fit_column()
        if self._is_sized:
            self.setDocument(self._page)
        if top:
            self.scroll_to(top, heading=False)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._marking.theme = theme
        self._canvas.update()

    def set_marks(self, marks: Marks) -> None:
        """Draw other hits, dots and stars."""
        self._marking.marks = marks
        self._canvas.update()

    def set_current(self, measure_id: str) -> None:
        """Draw the band on another measure."""
        if measure_id != self._marking.current:
            self._marking.current = measure_id
            self._canvas.update()

    def scroll_to(self, measure_id: str, *, heading: bool) -> None:
        """Bring a measure to the top; with ``heading``, the headings right above it."""
        number = self._blocks.get(measure_id)
        if number is None or not self._is_sized:
            return
        while heading and number and not self._rows[number - 1].measure_id:
            number -= 1
        top = self._block_rect(self.document().findBlockByNumber(number)).top()
        self.verticalScrollBar().setValue(round(top) - 14)

    def bring_into_view(self, measure_id: str) -> None:
        """Scroll only if the measure is not wholly visible; then with its headings on top, if both have room."""
        number = self._blocks.get(measure_id)
        if number is None or not self._is_sized:
            return
        rect = self._block_rect(self.document().findBlockByNumber(number))
        bar = self.verticalScrollBar()
        height = self._canvas.height()
        if rect.top() < bar.value() or rect.bottom() > bar.value() + height:
            heading = self._heading_top(number)
            near = rect.bottom() - heading < height * 0.7
            bar.setValue(round(heading - 14 if near else rect.top() - height * 0.3))

    def _heading_top(self, number: int) -> float:
        """Where the headings above a row begin."""
        while number and self._rows[number].measure_id:
            number -= 1
        while number and not self._rows[number - 1].measure_id:
            number -= 1
        return self._block_rect(self.document().findBlockByNumber(number)).top()

    def top_measure(self) -> str:
        """The first measure that is visible from its beginning."""
        if not self._is_sized:
            return ""
        offset = self.verticalScrollBar().value()
        for number in range(self._first_visible(), len(self._rows)):
            row = self._rows[number]
            block = self.document().findBlockByNumber(number)
            if row.measure_id and self._block_rect(block).top() >= offset - 1:
                return row.measure_id
        return ""

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

    def clear_selection(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def number_rect(self, measure_id: str) -> QRectF:
        """Where a measure's number hangs, in viewport pixels."""
        block = self.document().findBlockByNumber(self._blocks[measure_id])
        self._block_rect(block)
        return self._marking.number_rect(block).translated(0, -self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self._canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        self._paint_below_text(painter)
        painter.end()
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self.top_measure() if self._is_sized and self.verticalScrollBar().value() > 0 else ""
        self._fit_column()
        if not self._is_sized:
            # Laying out is the dearest step of the start: it is done once, at the width that the window really has.
            self._is_sized = True
            self.setDocument(self._page)
        super().resizeEvent(event)
        if top:
            self.scroll_to(top, heading=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        measure_id = self._measure_at(event.position().toPoint())
        if measure_id and event.button() != QtCore.Qt.MouseButton.MiddleButton:
            self.measure_chosen.emit(measure_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QtGui.QContextMenuEvent.Reason.Keyboard:
            if self._marking.current:
                corner = self.number_rect(self._marking.current).bottomRight().toPoint()
                self.menu_requested.emit(self._marking.current, self._canvas.mapToGlobal(corner))
            return
        self.menu_requested.emit(self._measure_at(event.pos()), event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QtGui.QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
            return
        if event.modifiers() in (
            QtCore.Qt.KeyboardModifier.NoModifier,
            QtCore.Qt.KeyboardModifier.KeypadModifier,
        ):
            step = {QtCore.Qt.Key.Key_Up: -1, QtCore.Qt.Key.Key_Down: 1}.get(QtCore.Qt.Key(event.key()))
            if step is not None:
                self.stepped.emit(step)
                return
            if self._scroll_by_key(event.key()):
                return
        event.ignore()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or dragged out: the quoted words with their citation."""
        data = QtCore.QMimeData()
        chosen = self.selected()
        data.setText(self.quoting(chosen) if self.quoting and chosen else self.textCursor().selectedText())
        return data

    def _scroll_by_key(self, key: int) -> bool:
        bar = self.verticalScrollBar()
        page = self._canvas.height() - 2 * self._marking.column.em
        target = {
            QtCore.Qt.Key.Key_PageDown: bar.value() + page,
            QtCore.Qt.Key.Key_Space: bar.value() + page,
            QtCore.Qt.Key.Key_PageUp: bar.value() - page,
            QtCore.Qt.Key.Key_Home: bar.minimum(),
            QtCore.Qt.Key.Key_End: bar.maximum(),
        }.get(QtCore.Qt.Key(key))
        if target is None:
            return False
        bar.setValue(target)
        return True

    def _fit_column(self) -> None:
        """Keep the column at most _COLUMN_EMS wide, the rest shared between both sides."""
        if not self._rows:
            return
        if self._is_sized:
            self._finish_layout()
        width = self._canvas.width()
        spare = width - GUTTER - _COLUMN_EMS * self._marking.column.em
        left = GUTTER + max(0.0, min(spare * 0.4, 160.0))
        right = max(24.0, width - left - _COLUMN_EMS * self._marking.column.em)
        frame = self._page.rootFrame()
        shape = QTextFrameFormat(frame.frameFormat())
        shape.setLeftMargin(left)
        shape.setRightMargin(right)
        shape.setTopMargin(10)
        shape.setBottomMargin(self._canvas.height() * 0.55)
        frame.setFrameFormat(shape)
        self._marking.column.left, self._marking.column.width = left, width
        self.column_fitted.emit(round(left), round(right))

    def _finish_layout(self) -> None:
        """Lay out what Qt has put off, as has to be done before the page is changed."""
        # WORKAROUND QTextDocumentLayout (Qt 6.8): a change while it is laying out bit by bit makes it believe that it
        # is done; the blocks at the end then stay without lines.
        self._block_rect(self._page.lastBlock())

    def _block_rect(self, block: QTextBlock) -> QRectF:
        return self.document().documentLayout().blockBoundingRect(block)

    def _first_visible(self) -> int:
        low, high = 0, len(self._rows)
        offset = self.verticalScrollBar().value()
        while low < high:
            middle = (low + high) // 2
            if self._block_rect(self.document().findBlockByNumber(middle)).bottom() < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def _measure_at(self, point: QPoint) -> str:
        y = point.y() + self.verticalScrollBar().value()
        for number in range(self._first_visible(), len(self._rows)):
            rect = self._block_rect(self.document().findBlockByNumber(number))
            if rect.top() <= y <= rect.bottom():
                return self._rows[number].measure_id
            if rect.top() > y:
                break
        return ""

    def _announce_section(self) -> None:
        if not self._is_sized:
            return
        offset = self.verticalScrollBar().value() + self._canvas.height() * 0.25
        reached = None
        for number in range(self._first_visible(), len(self._rows)):
            if self._block_rect(self.document().findBlockByNumber(number)).top() > offset and reached:
                break
            reached = self._rows[number].section
        if reached is not None and reached != self._reached:
            self._reached = reached
            self.section_reached.emit(reached)

    def _paint_below_text(self, painter: QPainter) -> None:
        bottom = self.verticalScrollBar().value() + self._canvas.height()
        block = self.document().findBlockByNumber(self._first_visible())
        while block.isValid() and self._block_rect(block).top() <= bottom:
            row = self._rows[block.blockNumber()]
            if row.measure_id and block.layout().lineCount():
                self._marking.paint(painter, block, row, focused=self.hasFocus())
            block = block.next()
