"""Draws the rows of the result list."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import Theme
from desktop.views import adjacent_marks
from desktop.views.result_row import HITS, READ_OTHERWISE, ResultRow
from desktop.views.snippet import snippet
from desktop.views.stepped_list import Index, SteppedList
from desktop.views.utf16 import units

_LEFT = 18
_RIGHT = 14
_SNIPPET_PIXELS = 15
_SNIPPET_LINE = 22
_SNIPPET_LINES = 2
_HEIGHTS = {"head": 38, "group": 32, "reading": 38, "literal": 30, "more": 30}
_LINE_HEIGHT = 34
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class ResultPainter(QStyledItemDelegate):
    """One kind of row after another; spans are looked up only for rows that are drawn."""

    def __init__(self, theme: Theme, serif: str, parent: SteppedList[ResultRow]) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view = parent
        self._snippet_font = QFont(serif)
        self._snippet_font.setPixelSize(_SNIPPET_PIXELS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._view.rows[index.row()]
        if row.kind not in HITS:
            return QSize(0, _HEIGHTS.get(row.kind, _LINE_HEIGHT))
        lines = 1 if len(row.text) <= self._per_line() else _SNIPPET_LINES
        return QSize(0, 34 + lines * _SNIPPET_LINE + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows[index.row()]
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.leads_somewhere:
            self._paint_ground(painter, option, rect, row)
        if row.kind in HITS:
            self._paint_hit(painter, row, rect)
        elif row.kind in ("head", "group"):
            self._paint_head(painter, row, rect)
        elif row.kind == "reading":
            self._paint_reading(painter, row, rect)
        elif row.kind == "literal":
            self._paint_literal(painter, row, rect)
        else:
            self._paint_line(painter, row, rect)
        painter.restore()

    def _per_line(self) -> int:
        return max(8, int((self._view.viewport().width() - _LEFT - _RIGHT) / _SNIPPET_PIXELS))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, row: ResultRow
    ) -> None:
        state = option.state  # type: ignore[attr-defined]
        if row.kind == "reading":
            painter.fillRect(rect, self.theme.color("notice"))
        if row.kind in READ_OTHERWISE:
            # A bar down the side holds together what is read otherwise than it was typed.
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 3, rect.height()), self.theme.color("notice_line")
            )
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.color("accent_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), self.theme.color("accent"))
            if self._view.hasFocus():
                painter.setPen(self.theme.color("accent"))
                painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -1.5))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.color("pill"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self.theme.color("line"))

    def _paint_head(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        is_group = row.kind == "group"
        area = rect.adjusted(16, 6 if is_group else 10, -_RIGHT, 0)
        painter.setFont(self._sans(12))
        painter.setPen(self.theme.color("muted"))
        painter.drawText(area, _MIDDLE_RIGHT, row.aside)
        room = area.width() - painter.fontMetrics().horizontalAdvance(row.aside) - 8
        font = self._sans(12 if is_group else 13, bold=True)
        painter.setFont(font)
        painter.setPen(self.theme.color("ink"))
        text = QFontMetricsF(font).elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, _MIDDLE, text)
        if is_group:
            painter.fillRect(
                QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self.theme.color("line")
            )

    def _paint_reading(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        area = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        painter.setPen(self.theme.color("notice_ink"))
        painter.setFont(self._sans(12))
        painter.drawText(area, _MIDDLE_RIGHT, row.aside)
        room = area.width() - painter.fontMetrics().horizontalAdvance(row.aside) - 8
        font = self._sans(13, bold=True)
        painter.setFont(font)
        text = QFontMetricsF(font).elidedText(row.place, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(area, _MIDDLE, text)

    def _paint_literal(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        area = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        font = self._sans(12)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.theme.color("muted"))
        width = metrics.horizontalAdvance(row.aside) + 10
        cap = QRectF(area.right() - width, area.center().y() - 9, width, 18)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), row.aside)
        text = metrics.elidedText(row.place, Qt.TextElideMode.ElideMiddle, area.width() - width - 8)
        painter.drawText(area, _MIDDLE, text)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_line(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        area = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        font = self._sans(12 if row.kind == "more" else 13)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        if row.place:
            painter.setPen(self.theme.color("muted"))
            painter.drawText(area, _MIDDLE, row.place)
            area.adjust(metrics.horizontalAdvance(row.place) + 8, 0, 0, 0)
        painter.setPen(self.theme.color("muted" if row.kind in ("empty", "more") else "ink"))
        area.adjust(0, max(0.0, (area.height() - metrics.height()) / 2), 0, 0)
        limit = max(8, int(area.width() / metrics.horizontalAdvance("中")))
        piece = snippet(row.text, row.spans, limit)
        self._paint_text(painter, piece.text, piece.spans, area, font, lines=1)

    def _paint_hit(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        area = rect.adjusted(_LEFT, 7, -_RIGHT, 0)
        top = QRectF(area.left(), area.top(), area.width(), 18)
        font = self._sans(12)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        room = top.width()
        if row.aside:
            citation_width = metrics.horizontalAdvance(row.place.partition("　")[0])
            room -= self._paint_aside(painter, row.aside, top, metrics, room - citation_width - 12) + 8
        painter.setPen(self.theme.color("muted"))
        if len(row.spans) > 1:
            count = f"共{len(row.spans)}处"
            painter.drawText(top, _MIDDLE_RIGHT, count)
            room -= metrics.horizontalAdvance(count) + 8
        place = metrics.elidedText(row.place, Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, _MIDDLE, place)
        piece = snippet(row.text, row.spans, _SNIPPET_LINES * self._per_line() - 2)
        painter.setPen(self.theme.color("ink"))
        body = QRectF(area.left(), area.top() + 21, area.width(), area.height())
        self._paint_text(painter, piece.text, piece.spans, body, self._snippet_font, lines=_SNIPPET_LINES)

    def _paint_aside(
        self, painter: QPainter, text: str, top: QRectF, metrics: QFontMetricsF, room: float
    ) -> float:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(40.0, room - 10))
        width = metrics.horizontalAdvance(text) + 10
        box = QRectF(top.right() - width, top.top(), width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("notice"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self.theme.color("notice_ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return width

    def _paint_text(
        self,
        painter: QPainter,
        text: str,
        spans: Sequence[tuple[int, int]],
        area: QRectF,
        font: QFont,
        *,
        lines: int,
    ) -> None:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._close_marks(text, font) + self._marks(text, spans))
        layout.beginLayout()
        y = 0.0
        for _ in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, y))
            y += _SNIPPET_LINE
        layout.endLayout()
        layout.draw(painter, area.topLeft())

    def _marks(self, text: str, spans: Sequence[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
        look = QTextCharFormat()
        look.setBackground(self.theme.color("hit"))
        look.setForeground(self.theme.color("hit_ink"))
        return [_range(units(text, start), units(text, end), look) for start, end in spans]

    def _close_marks(self, text: str, font: QFont) -> list[QTextLayout.FormatRange]:
        closer = adjacent_marks.closer(font)
        starts = [units(text, position) for position in adjacent_marks.positions(text)]
        return [_range(start, start + 1, closer) for start in starts]

    def _sans(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font


def _range(start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = start  # type: ignore[attr-defined]
    made.length = end - start  # type: ignore[attr-defined]
    made.format = look  # type: ignore[attr-defined]
    return made
