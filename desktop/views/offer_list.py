"""What the search box offers: ways of typing a query, searches of before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme
from desktop.views.stepped_list import Index, SteppedList

_HEIGHTS = {"head": 32, "empty": 32}
_HEIGHT = 28
_LEFT, _RIGHT = 14.0, 12.0
_CROSS = 24.0
_QUERY = 132.0
"""Where the meaning begins, so that the meanings stand in one column."""
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_REMOVABLE = ("recent", "saved")


@dataclass(frozen=True, slots=True)
class Offer:
    """One line.

    ``kind``: head, empty, example, scope, saved, recent or clear. ``query`` is what it stands for, ``text`` what is shown
    of it, ``meaning`` what it is, ``found`` what it would find. Without a query it only says something, but for
    ``clear``.
    """

    kind: str
    text: str
    query: str = ""
    meaning: str = ""
    found: str = ""

    @property
    def leads_somewhere(self) -> bool:
        """Whether the reader can choose it."""
        return bool(self.query) or self.kind == "clear"

    @property
    def words(self) -> str:
        """What it says, for those who hear it."""
        return "，".join(filter(None, (self.text, self.meaning, self.found)))


class OfferList(SteppedList[Offer]):
    """Emits what the reader takes (``row_activated``) and what he wants to see no more (``removed``)."""

    removed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("搜索建议", parent)
        self.setObjectName("offers")
        self._painter = _Painter(theme, self)
        self.setItemDelegate(self._painter)
        self.clicked.connect(self._click)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._painter.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[Offer], at: int = -1) -> None:
        """Show other rows, and be at one of them or at the next that can be chosen."""
        self._model.show(rows)
        if at >= 0 and not self._step(min(at, len(rows)) - 1, 1):
            self._step(len(rows), -1)

    @property
    def height_wanted(self) -> int:
        """Pixels that all rows take."""
        return sum(_HEIGHTS.get(row.kind, _HEIGHT) for row in self.rows)

    def cross_rect(self, number: int) -> QRectF:
        """Where the cross of a row is that can be removed."""
        return _cross(QRectF(self.visualRect(self._model.index(number))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row
        if event.key() == Qt.Key.Key_Delete and row is not None and row.kind in _REMOVABLE:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self.rows[index.row()] if index.isValid() else None
        if (
            row is not None
            and row.kind in _REMOVABLE
            and self.cross_rect(index.row()).contains(event.position())
        ):
            self.removed.emit(row)
        else:
            super().mouseReleaseEvent(event)

    def _click(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if row.leads_somewhere:
            self.row_activated.emit(row)


def _cross(rect: QRectF) -> QRectF:
    return QRectF(rect.right() - _CROSS - 4, rect.top(), _CROSS, rect.height())


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: OfferList) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._view.rows[index.row()]
        return QSize(0, _HEIGHTS.get(row.kind, _HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows[index.row()]
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if row.leads_somewhere and selected:
            painter.fillRect(rect, self.theme.color("accent_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), self.theme.color("accent"))
        elif row.leads_somewhere and hovered:
            painter.fillRect(rect, self.theme.color("pill"))
        area = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        if row.kind in _REMOVABLE:
            if selected or hovered:
                painter.setFont(self._font(14))
                painter.setPen(self.theme.color("muted"))
                painter.drawText(_cross(rect), int(Qt.AlignmentFlag.AlignCenter), "×")
            area.setRight(_cross(rect).left())
        if row.kind in _HEIGHTS:
            self._paint_head(painter, row, area)
        else:
            self._paint_row(painter, row, area)
        painter.restore()

    def _paint_head(self, painter: QPainter, row: Offer, area: QRectF) -> None:
        painter.setFont(self._font(12, bold=row.kind == "head"))
        painter.setPen(self.theme.color("ink" if row.kind == "head" else "muted"))
        painter.drawText(area, _MIDDLE, row.text)
        painter.setFont(self._font(12))
        painter.setPen(self.theme.color("muted"))
        painter.drawText(area, _MIDDLE_RIGHT, row.meaning)

    def _paint_row(self, painter: QPainter, row: Offer, area: QRectF) -> None:
        small = self._font(12)
        painter.setFont(small)
        painter.setPen(self.theme.color("muted"))
        metrics = QFontMetricsF(small)
        painter.drawText(area, _MIDDLE_RIGHT, row.found)
        end = area.right() - (metrics.horizontalAdvance(row.found) + 10 if row.found else 0)
        column = area.left() + _QUERY if row.meaning else end
        self._paint_words(painter, row, QRectF(area.left(), area.top(), column - area.left(), area.height()))
        place = QRectF(column, area.top(), end - column, area.height())
        painter.setFont(small)
        painter.setPen(self.theme.color("muted"))
        meaning = metrics.elidedText(row.meaning, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _MIDDLE, meaning)

    def _paint_words(self, painter: QPainter, row: Offer, place: QRectF) -> None:
        font = self._font(13, bold=row.kind == "example")
        painter.setFont(font)
        if row.kind == "saved":
            painter.setPen(self.theme.color("star"))
            painter.drawText(place, _MIDDLE, "★")
            place.adjust(20, 0, 0, 0)
        painter.setPen(self.theme.color("muted" if row.kind == "clear" or not row.leads_somewhere else "ink"))
        words = QFontMetricsF(font).elidedText(row.text, Qt.TextElideMode.ElideRight, place.width() - 8)
        painter.drawText(place, _MIDDLE, words)

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font
