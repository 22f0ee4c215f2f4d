"""What is drawn on the page besides its text: the current measure's band, hits, numbers, dots and stars.

It is part of the first paint, so it fills paths with brushes: a pen would load PySide's ``Qt`` namespace (see
``desktop.window``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QTextBlock, QTextLine

from desktop.theme import Theme
from desktop.views.page import Row
from desktop.views.utf16 import units

GUTTER = 58
"""Pixels left of the column, in which numbers hang."""
_NUMBER_GAP = 12
_HAN_MIDDLE = 0.37
"""Height of the middle of a Han character over the baseline, in character heights."""

Spans = Sequence[tuple[int, int]]


class SpansByMeasure(Protocol):
    """Anything that knows the half-open ranges to mark in a measure."""

    def get(self, measure_id: str, default: Spans, /) -> Spans:
        """The ranges, or the default."""


class _NoSpans:
    def get(self, measure_id: str, default: Spans, /) -> Spans:
        return default


@dataclass(slots=True)
class Marks:
    """Which measures carry what."""

    hits: SpansByMeasure = field(default_factory=_NoSpans)
    noted: frozenset[str] = frozenset()
    bookmarked: frozenset[str] = frozenset()


@dataclass(slots=True)
class Column:
    """Where the text column is: its left edge and the whole width, in pixels, and its character height."""

    left: float = GUTTER
    width: float = 0
    em: int = 0


class MarkPainter:
    """Draws the marks of one block at a time, in document coordinates, before the text is drawn over them."""

    def __init__(self, theme: Theme, sans: str) -> None:
        self.theme = theme
        self.marks = Marks()
        self.current = ""
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
        self._paint_hits(painter, block, row)
        self._paint_gutter(painter, block, row)

    def number_rect(self, block: QTextBlock) -> QRectF:
        """Where a measure's number hangs, on the baseline of its first line."""
        line = block.layout().lineAt(0)
        baseline = block.layout().position().y() + line.y() + line.ascent()
        metrics = QFontMetricsF(self._font)
        return QRectF(
            self.column.left - GUTTER, baseline - metrics.ascent(), GUTTER - _NUMBER_GAP, metrics.height()
        )

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

    def _paint_hits(self, painter: QPainter, block: QTextBlock, row: Row) -> None:
        brush = self.theme.brush("hit_here" if row.measure_id == self.current else "hit")
        for start, end in self.marks.hits.get(row.measure_id, ()):
            for rect in _range_rects(block, units(row.text, start), units(row.text, end)):
                shape = QPainterPath()
                shape.addRoundedRect(rect, 2, 2)
                painter.fillPath(shape, brush)

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
        if row.measure_id in self.marks.noted:
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


def _fill(painter: QPainter, brush: QBrush, rect: QRectF) -> None:
    path = QPainterPath()
    path.addRect(rect)
    painter.fillPath(path, brush)


def _range_rects(block: QTextBlock, start: int, end: int) -> list[QRectF]:
    """The rectangles behind the units ``start`` … ``end`` of a block."""
    layout = block.layout()
    origin = layout.position()
    rects = []
    for number in range(layout.lineCount()):
        line: QTextLine = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = _x_of(line, first), _x_of(line, last)
            height = min(line.height(), line.ascent() + line.descent())
            top = line.y() + line.ascent() - height * 0.8
            rects.append(QRectF(origin.x() + left, origin.y() + top, right - left, height))
    return rects


def _x_of(line: QTextLine, position: int) -> float:
    # The stubs promise an object; it is the pair (x, position).
    return float(line.cursorToX(position)[0])  # type: ignore[index]
