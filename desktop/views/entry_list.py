"""A plain list of entries, two lines each: what was marked or written, and where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: its words, the line below them, and the role of the bar beside them."""

    entry_id: str
    text: str
    meta: str
    stroke: str = "line"


class EntryList(QListView):
    """Emits where the reader goes and what he deletes; several rows can be chosen. ``confirmed``: Enter was pressed on them."""

    entry_chosen = Signal(str)
    confirmed = Signal(list)
    delete_requested = Signal(list)
    chosen_changed = Signal(list)
    left = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryList")
        self.setAccessibleName(name)
        self._model = _Model(self)
        self._delegate = _Delegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._tell)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen_changed.emit(self.chosen))

    @property
    def chosen(self) -> list[str]:
        """The ids of the chosen entries, in the order shown."""
        return [self._model.rows[row].entry_id for row in sorted(one.row() for one in self.selectedIndexes())]

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """Show other rows; the place in the list is kept."""
        if list(rows) == self._model.rows:
            return
        scrolled, row = self.verticalScrollBar().value(), self.currentIndex().row()
        self._model.show(rows)
        self.verticalScrollBar().setValue(scrolled)
        if row >= 0 and rows:
            self.setCurrentIndex(self._model.index(min(row, len(rows) - 1), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.chosen:
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        before = self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._tell(self.currentIndex())
            self.confirmed.emit(self.chosen)
        elif key == Qt.Key.Key_Delete and self.chosen:
            self.delete_requested.emit(self.chosen)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self._tell(self.currentIndex())

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entry_chosen.emit(self._model.rows[index.row()].entry_id)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[EntryRow] = []

    def show(self, rows: Sequence[EntryRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.text}，{row.meta}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.text
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: EntryList) -> None:
        super().__init__(parent)
        self.theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: EntryRow = index.data(_ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.color("accent_soft"))
            if self._list.hasFocus():
                painter.setPen(self.theme.color("accent"))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self.theme.color("pill"))
        painter.fillRect(rect.left() + 2, rect.top() + 6, 4, rect.height() - 12, self.theme.color(row.stroke))
        left = rect.left() + 14
        room = rect.width() - 20
        painter.setPen(self.theme.color("ink"))
        self._paint_line(painter, QRect(left, rect.top() + 4, room, 20), row.text)
        small = QFont(self._list.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(self.theme.color("muted"))
        self._paint_line(painter, QRect(left, rect.top() + 23, room, 18), row.meta)
        painter.restore()

    @staticmethod
    def _paint_line(painter: QPainter, place: QRect, text: str) -> None:
        line = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
