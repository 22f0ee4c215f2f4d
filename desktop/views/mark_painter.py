"""What is drawn on the page besides its text: the current measure's band, highlights, hits, numbers, dots and stars.

It is part of the first paint, so it fills paths with brushes: a pen would load PySide's ``Qt`` namespace (see
``desktop.window``). A path with one shape inside another is filled between them: that makes the frames.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QTextBlock, QTextLine

from desktop.theme import Theme
from desktop.views.marks import Marks, layers
from desktop.views.page import Row
from desktop.views.utf16 import units

GUTTER = 58
"""Pixels left of the column, in which numbers hang."""
_NUMBER_GAP = 12
_MARGIN = 46
"""Pixels left of a number's right end that belong to it: the dot and the star."""
_HAN_MIDDLE = 0.37
"""Height of the middle of a Han character over the baseline, in character heights."""
_INSET = 3.5
"""Pixels of a highlight that are seen over and under a hit on it."""
_FRAME = 1.5
_CARET = 2


@dataclass(slots=True)
class Column:
    """Where the text column is: its left edge and the whole width, in pixels, and its character height."""

    left: float = GUTTER
    width: float = 0
    em: int = 0


class MarkPainter:
    """Draws the marks of one block at a time, in document coordinates, before the text is drawn over them.

    ``shown`` is a range (measure, start, end) that the reader has just been led to, ``caret`` a position in the document
    or -1.
    """

    def __init__(self, theme: Theme, sans: str) -> None:
        self.theme = theme
        self.marks = Marks()
        self.current = ""
        self.shown = ("", 0, 0)
        self.caret = -1
        self.column = Column()
        self._font = QFont(sans)

    def set_size(self, em: int) -> None:
        """The size of the text, to which that of the numbers is fitted."""
        self.column.em = em
        self._font.setPixelSize(max(11, round(em * 0.7)))

    def paint(self, painter: QPainter, block: QTextBlock, row: Row, *, focused: bool) -> None:
        """Draw all marks of a measure's block that has been laid out."""
        if row.measure_id == self.current:
            self._paint_band(painter, block, focused)
        self._paint_highlights(painter, block, row)
        self._paint_hits(painter, block, row)
        self._paint_note_ranges(painter, block, row)
        self._paint_shown(painter, block, row)
        self._paint_gutter(painter, block, row)
        if focused and block.contains(self.caret):
            self._paint_caret(painter, block)

    def number_rect(self, block: QTextBlock) -> QRectF:
        """Where a measure's number hangs, on the baseline of its first line."""
        line = block.layout().lineAt(0)
        baseline = block.layout().position().y() + line.y() + line.ascent()
        metrics = QFontMetricsF(self._font)
        return QRectF(
            self.column.left - GUTTER, baseline - metrics.ascent(), GUTTER - _NUMBER_GAP, metrics.height()
        )

    def margin_rect(self, block: QTextBlock) -> QRectF:
        """The part of the margin that belongs to a measure: number, dot and star, as high as its first line."""
        number = self.number_rect(block)
        height = block.layout().lineAt(0).height()
        return QRectF(
            number.right() - _MARGIN, number.center().y() - height / 2, _MARGIN + _NUMBER_GAP, height
        )

    def entry_at(self, place: QPointF, block: QTextBlock, row: Row) -> tuple[str, QRectF] | None:
        """The entry of the newest highlight at a point, and the highlight's rectangle in that line."""
        for stroke in reversed(self.marks.highlights.get(row.measure_id, ())):
            for rect in range_rects(block, row, stroke.start, stroke.end):
                if rect.contains(place):
                    return stroke.entry_id, rect
        return None

    def _paint_band(self, painter: QPainter, block: QTextBlock, focused: bool) -> None:
        layout = block.layout()
        first, last = layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        middle = layout.position().y() - _HAN_MIDDLE * self.column.em
        reach = (first.height() + block.blockFormat().bottomMargin()) / 2
        top = middle + first.y() + first.ascent() - reach
        bottom = middle + last.y() + last.ascent() + reach
        width = self.column.width
        _fill(painter, self.theme.brush("band"), QRectF(0, top, width, bottom - top))
        accent = self.theme.brush("accent")
        _fill(painter, accent, QRectF(0, top, 3, bottom - top))
        if focused:
            painter.setOpacity(0.45)
            for edge in (top, bottom - 1):
                _fill(painter, accent, QRectF(0, edge, width, 1))
            _fill(painter, accent, QRectF(width - 1, top, 1, bottom - top))
            painter.setOpacity(1)

    def _paint_highlights(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        # Without smooth edges, so that colours that touch leave no seam, whatever the scaling.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for start, end, colors in layers(self.marks.highlights.get(row.measure_id, ())):
            for rect in range_rects(block, row, start, end):
                height = rect.height() / len(colors)
                for number, color in enumerate(colors):
                    band = QRectF(rect.left(), rect.top() + number * height, rect.width(), height)
                    _fill(painter, self.theme.brush(color), band)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_hits(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        brush = self.theme.brush("hit_here" if row.measure_id == self.current else "hit")
        strokes = self.marks.highlights.get(row.measure_id, ())
        for start, end in self.marks.hits.get(row.measure_id, ()):
            is_on_stroke = any(one.start < end and start < one.end for one in strokes)
            for rect in range_rects(block, row, start, end):
                # Lower than a highlight and framed, so that both are seen.
                shape = rect.adjusted(0, _INSET, 0, -_INSET) if is_on_stroke else rect
                _fill_round(painter, brush, shape)
                if is_on_stroke:
                    _frame(painter, self.theme.brush("star"), shape)

    def _paint_note_ranges(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        brush = self.theme.brush("note_line")
        for start, end in self.marks.note_ranges.get(row.measure_id, ()):
            for rect in range_rects(block, row, start, end):
                _fill(painter, brush, QRectF(rect.left(), round(rect.bottom()) + 1, rect.width(), 1))

    def _paint_shown(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        measure, start, end = self.shown
        if measure == row.measure_id:
            for rect in range_rects(block, row, start, end):
                _frame(painter, self.theme.brush("accent"), rect.adjusted(-2, -1, 2, 1))

    def _paint_caret(self, painter: QPainter, block: QTextBlock) -> None:
        place = block.layout().position()
        at = self.caret - block.position()
        line = block.layout().lineForTextPosition(at)
        left = round(place.x() + _x_of(line, at)) - _CARET / 2
        top, height = _extent(line)
        _fill(
            painter, self.theme.brush("accent"), QRectF(left, round(place.y() + top), _CARET, round(height))
        )

    def _paint_gutter(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        area = self.number_rect(block)
        metrics = QFontMetricsF(self._font)
        baseline = area.top() + metrics.ascent()
        x = area.right()
        if row.number:
            text = str(row.number)
            role = "accent" if row.measure_id == self.current else "muted"
            self._paint_words(painter, role, QPointF(x - metrics.horizontalAdvance(text), baseline), text)
            x -= metrics.horizontalAdvance("00")
        if self.marks.note_counts.get(row.measure_id):
            dot = QPainterPath()
            dot.addEllipse(QPointF(x - 7, area.center().y()), 2.8, 2.8)
            painter.fillPath(dot, self.theme.brush("accent"))
        if row.measure_id in self.marks.bookmarked:
            place = QPointF(x - 14 - metrics.horizontalAdvance("★"), baseline)
            self._paint_words(painter, "star", place, "★")

    def _paint_words(self, painter: QPainter, role: str, place: QPointF, text: str) -> None:
        words = QPainterPath()
        words.addText(place, self._font, text)
        painter.fillPath(words, self.theme.brush(role))


def range_rects(block: QTextBlock, row: Row, start: int, end: int) -> list[QRectF]:
    """The rectangles behind the characters ``start`` … ``end`` of a row, one a line, in document coordinates."""
    layout = block.layout()
    origin = layout.position()
    first_unit, last_unit = units(row.text, start), units(row.text, end)
    rects = []
    for number in range(layout.lineCount()):
        line: QTextLine = layout.lineAt(number)
        first = max(first_unit, line.textStart())
        last = min(last_unit, line.textStart() + line.textLength())
        if first < last:
            left, right = _x_of(line, first), _x_of(line, last)
            top, height = _extent(line)
            rects.append(QRectF(origin.x() + left, origin.y() + top, right - left, height))
    return rects


def _extent(line: QTextLine) -> tuple[float, float]:
    """Top and height of a line's characters within their block, without the space between lines."""
    height = min(line.height(), line.ascent() + line.descent())
    return line.y() + line.ascent() - height * 0.8, height


def _fill(painter: QPainter, brush: QBrush, rect: QRectF) -> None:
    path = QPainterPath()
    path.addRect(rect)
    painter.fillPath(path, brush)


def _fill_round(painter: QPainter, brush: QBrush, rect: QRectF) -> None:
    path = QPainterPath()
    path.addRoundedRect(rect, 2, 2)
    painter.fillPath(path, brush)


def _frame(painter: QPainter, brush: QBrush, rect: QRectF) -> None:
    path = QPainterPath()
    path.addRoundedRect(rect, 2, 2)
    path.addRoundedRect(rect.adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME), 1, 1)
    painter.fillPath(path, brush)


def _x_of(line: QTextLine, position: int) -> float:
    # The stubs promise an object; it is the pair (x, position).
    return float(line.cursorToX(position)[0])  # type: ignore[index]
