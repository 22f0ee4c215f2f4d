"""A list whose keys pass over the rows that lead nowhere, and lead out of it at the top."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Row(Protocol):
    """What a row has to tell of itself."""

    @property
    def leads_somewhere(self) -> bool:
        """Whether the reader can choose it."""

    @property
    def words(self) -> str:
        """What it says, for those who hear it."""


R = TypeVar("R", bound=Row)


class RowsModel(QAbstractListModel, Generic[R]):
    """Rows as they are given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[R] = ()

    def show(self, rows: Sequence[R]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].leads_somewhere:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return Qt.ItemFlag.ItemIsEnabled


class SteppedList(QListView, Generic[R]):
    """Emits the row the reader comes to (``row_chosen``), the one he presses Enter on (``row_activated``), and where he
    goes from here: up out of the list, or away by Esc.
    """

    row_chosen = Signal(object)
    row_activated = Signal(object)
    left_upwards = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model: RowsModel[R] = RowsModel(self)
        self.setModel(self._model)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    @property
    def rows(self) -> Sequence[R]:
        """What is listed."""
        return self._model.rows

    @property
    def current_row(self) -> R | None:
        """The row the reader is at, if it is one he can choose."""
        here = self.currentIndex().row()
        return self.rows[here] if here >= 0 and self.rows[here].leads_somewhere else None

    def enter_from_above(self) -> None:
        """Take the keyboard, on the marked row or the first that leads somewhere."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        # Qt makes a row current that is none the reader can choose.
        if self.current_row is None:
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
            if self.current_row is not None:
                self.row_activated.emit(self.current_row)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, here: int, step: int) -> bool:
        number = here + step
        while 0 <= number < len(self.rows):
            if self.rows[number].leads_somewhere:
                index = self._model.index(number)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self._reveal_head(number)
                self.row_chosen.emit(self.rows[number])
                return True
            number += step
        return False

    def _reveal_head(self, number: int) -> None:
        """Show what stands over the first row that can be chosen, too."""
        if not any(row.leads_somewhere for row in self.rows[:number]):
            self.scrollToTop()
