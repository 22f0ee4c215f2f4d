"""The whole document in one scroll, with its numbers and marks: what is seen, whatever the reader does with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QTextDocument, QTextFrameFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.theme import Theme
from desktop.views.mark_painter import GUTTER, MarkPainter, range_rects
from desktop.views.marks import Marks
from desktop.views.page import Row, Typography, center_titles, lay_out

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextBlock

_ALWAYS_ON = 2
"""Qt.ScrollBarAlwaysOn."""
_COLUMN_EMS = 37


class PageView(QTextEdit):
    """Shows the page and tells which section the reader has scrolled to."""

    section_reached = Signal(tuple)
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
        """Draw other hits, highlights, dots and stars."""
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
        self.verticalScrollBar().setValue(round(self._row_rect(number).top()) - 14)

    def bring_into_view(self, measure_id: str) -> None:
        """Scroll only if the measure is not wholly visible; then with its headings on top, if both have room."""
        number = self._blocks.get(measure_id)
        if number is None or not self._is_sized:
            return
        rect = self._row_rect(number)
        bar = self.verticalScrollBar()
        height = self._canvas.height()
        if rect.top() < bar.value() or rect.bottom() > bar.value() + height:
            heading = self._heading_top(number)
            near = rect.bottom() - heading < height * 0.7
            bar.setValue(round(heading - 14 if near else rect.top() - height * 0.3))

    def top_measure(self) -> str:
        """The first measure that is visible from its beginning."""
        if not self._is_sized:
            return ""
        offset = self.verticalScrollBar().value()
        for number in range(self._first_visible(), len(self._rows)):
            row = self._rows[number]
            if row.measure_id and self._row_rect(number).top() >= offset - 1:
                return row.measure_id
        return ""

    def number_rect(self, measure_id: str) -> QRectF:
        """Where a measure's number hangs, in viewport pixels."""
        return self._to_viewport(self._marking.number_rect(self._laid_out(measure_id)))

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

    def _heading_top(self, number: int) -> float:
        """Where the headings above a row begin."""
        while number and self._rows[number].measure_id:
            number -= 1
        while number and not self._rows[number - 1].measure_id:
            number -= 1
        return self._row_rect(number).top()

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

    def _laid_out(self, measure_id: str) -> QTextBlock:
        """A measure's block, laid out."""
        block = self.document().findBlockByNumber(self._blocks[measure_id])
        self._block_rect(block)
        return block

    def _to_viewport(self, rect: QRectF) -> QRectF:
        return rect.translated(0, -self.verticalScrollBar().value())

    def _block_rect(self, block: QTextBlock) -> QRectF:
        return self.document().documentLayout().blockBoundingRect(block)

    def _row_rect(self, number: int) -> QRectF:
        return self._block_rect(self.document().findBlockByNumber(number))

    def _first_visible(self) -> int:
        low, high = 0, len(self._rows)
        offset = self.verticalScrollBar().value()
        while low < high:
            middle = (low + high) // 2
            if self._row_rect(middle).bottom() < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def _rect_round(self, places: Sequence[tuple[str, int, int]]) -> QRect:
        """The rectangle round characters (measure, start, end), clipped to what is in sight."""
        rects = [
            rect
            for measure_id, start, end in places
            for rect in range_rects(
                self._laid_out(measure_id), self._rows[self._blocks[measure_id]], start, end
            )
        ]
        whole = self._to_viewport(reduce(QRectF.united, rects, QRectF()))
        return whole.toAlignedRect().intersected(self._canvas.rect())

    def _row_at(self, place: QPoint) -> int | None:
        y = place.y() + self.verticalScrollBar().value()
        for number in range(self._first_visible(), len(self._rows)):
            rect = self._row_rect(number)
            if rect.top() <= y <= rect.bottom():
                return number
            if rect.top() > y:
                break
        return None

    def _measure_at(self, place: QPoint) -> str:
        number = self._row_at(place)
        return "" if number is None else self._rows[number].measure_id

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

    def _announce_section(self) -> None:
        if not self._is_sized:
            return
        offset = self.verticalScrollBar().value() + self._canvas.height() * 0.25
        reached = None
        for number in range(self._first_visible(), len(self._rows)):
            if self._row_rect(number).top() > offset and reached:
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
