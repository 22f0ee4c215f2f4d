"""The results: what stands in the text, and apart from it what is related, with the query's words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme
from desktop.views import adjacent_marks
from desktop.views.snippet import snippet
from desktop.views.utf16 import units

Index = QModelIndex | QPersistentModelIndex

_ROW = Qt.ItemDataRole.UserRole
_LEFT = 18
_RIGHT = 14
_SNIPPET_PIXELS = 15
_SNIPPET_LINE = 22


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the list.

    ``kind``: head, goto, title, exact, note, related, suggestion or empty. ``measure_id`` is where choosing it leads
    (for a suggestion, ``text`` is the query it leads to). ``spans`` are marked ranges of ``text``.
    """

    kind: str
    text: str
    measure_id: str = ""
    place: str = ""
    aside: str = ""
    spans: Sequence[tuple[int, int]] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this row from the others of one search."""
        return self.kind, self.measure_id, self.text

    @property
    def leads_somewhere(self) -> bool:
        """Whether the reader can choose it."""
        return self.kind not in ("head", "empty")


class ResultsModel(QAbstractListModel):
    """The rows of one search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[ResultRow] = ()

    def show(self, rows: Sequence[ResultRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "，".join(filter(None, (row.place, row.text, row.aside)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].leads_somewhere:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled


class ResultsView(QListView):
    """Emits the row the reader chooses, and that he wants to go on in the text or back in the box."""

    row_chosen = Signal(object)
    row_activated = Signal(object)
    left_upwards = Signal()
    left = Signal()

    def __init__(self, theme: Theme, serif: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName("搜索结果")
        self._model = ResultsModel(self)
        self._delegate = _Delegate(theme, serif, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._click)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[ResultRow], *, grown: bool) -> None:
        """Show other rows; where the same search has only ``grown``, scroll and selection stay."""
        offset = self.verticalScrollBar().value()
        here = self.currentIndex().row()
        chosen = self._model.rows[here] if here >= 0 else None
        self._model.show(rows)
        if not grown:
            self.scrollToTop()
            return
        if chosen is not None:
            same = (number for number, row in enumerate(rows) if row.key == chosen.key)
            self.setCurrentIndex(self._model.index(next(same, -1)))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(offset)

    def mark(self, measure_id: str) -> None:
        """Select the row of a hit, without telling anybody."""
        for number, row in enumerate(self._model.rows):
            if row.measure_id == measure_id and row.kind in ("exact", "related", "note"):
                index = self._model.index(number)
                if index.row() != self.currentIndex().row():
                    self.setCurrentIndex(index)
                    self.scrollTo(index)
                return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def enter_from_above(self) -> None:
        """Take the keyboard, on the marked row or the first that leads somewhere."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        # Qt makes a row current that is none the reader can choose.
        here = self.currentIndex().row()
        if here < 0 or not self._model.rows[here].leads_somewhere:
            self._step(-1, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex().row()
        key = event.key()
        if key == Qt.Key.Key_Down:
            self._step(here, 1)
        elif key == Qt.Key.Key_Up:
            if not self._step(here, -1):
                self.left_upwards.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if here >= 0 and self._model.rows[here].leads_somewhere:
                self.row_activated.emit(self._model.rows[here])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, here: int, step: int) -> bool:
        number = here + step
        while 0 <= number < len(self._model.rows):
            if self._model.rows[number].leads_somewhere:
                index = self._model.index(number)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self.row_chosen.emit(self._model.rows[number])
                return True
            number += step
        return False

    def _click(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.kind in ("suggestion", "goto", "title"):
            self.row_activated.emit(row)
        elif row.leads_somewhere:
            self.row_chosen.emit(row)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, serif: str, parent: ResultsView) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view = parent
        self._snippet_font = QFont(serif)
        self._snippet_font.setPixelSize(_SNIPPET_PIXELS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: ResultRow = index.data(_ROW)
        if row.kind == "head":
            return QSize(0, 38)
        if row.kind in ("empty", "suggestion", "goto", "title"):
            return QSize(0, 34)
        lines = 1 if len(row.text) <= self._per_line() else 2
        return QSize(0, 34 + lines * _SNIPPET_LINE + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ResultRow = index.data(_ROW)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.leads_somewhere:
            self._paint_ground(painter, option, rect)
        if row.kind == "head":
            self._paint_head(painter, row, rect)
        elif row.kind in ("exact", "related", "note"):
            self._paint_hit(painter, row, rect)
        else:
            self._paint_line(painter, row, rect)
        painter.restore()

    def _per_line(self) -> int:
        return max(8, int((self._view.viewport().width() - _LEFT - _RIGHT) / _SNIPPET_PIXELS))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        state = option.state  # type: ignore[attr-defined]
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
        area = rect.adjusted(16, 10, -_RIGHT, 0)
        font = self._sans(13, bold=True)
        painter.setFont(font)
        painter.setPen(self.theme.color("ink"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), row.text)
        painter.setFont(self._sans(12))
        painter.setPen(self.theme.color("muted"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.aside)

    def _paint_line(self, painter: QPainter, row: ResultRow, rect: QRectF) -> None:
        area = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        painter.setFont(self._sans(13))
        if row.place:
            painter.setPen(self.theme.color("muted"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), row.place)
            area.adjust(QFontMetricsF(painter.font()).horizontalAdvance(row.place) + 8, 0, 0, 0)
        painter.setPen(self.theme.color("muted" if row.kind == "empty" else "ink"))
        self._paint_text(painter, row.text, row.spans, area, painter.font(), 24)

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
        place = metrics.elidedText(row.place, Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignVCenter), place)
        piece = snippet(row.text, row.spans, 2 * self._per_line() - 2)
        painter.setPen(self.theme.color("ink"))
        body = QRectF(area.left(), area.top() + 21, area.width(), area.height())
        self._paint_text(painter, piece.text, piece.spans, body, self._snippet_font, _SNIPPET_LINE)

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
        line_height: int,
    ) -> None:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._close_marks(text, font) + self._marks(text, spans))
        layout.beginLayout()
        y = 0.0
        for _ in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, y))
            y += line_height
        layout.endLayout()
        lift = max(0.0, (area.height() - QFontMetricsF(font).height()) / 2) if line_height == 24 else 0.0
        layout.draw(painter, QPointF(area.left(), area.top() + lift))

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
