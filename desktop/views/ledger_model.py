"""The lines of the ledger as a table, with a heading over each group."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.views.ledger_line import COLUMNS, KEYS, LATEST, STATUS, TYPED, Item, LedgerHeading, LedgerLine

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ITEM = Role.UserRole
_HINTS = {STATUS: "Enter 选择状态", LATEST: "Enter 看全部进展、写新的进展"}


class LedgerModel(QAbstractTableModel):
    """Changes nothing itself: ``edited`` (id, column, words) tells what was typed, and other lines are shown after it."""

    edited = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._typed: list[tuple[str, str, str]] = []
        # What was typed may change which lines there are; the view has to be done with its editor by then.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tell_typed)

    def show(self, items: Sequence[Item]) -> bool:
        """Show other lines; gives whether they are other ones, and not the same with other words."""
        if list(map(_identity, items)) != list(map(_identity, self.items)):
            self.beginResetModel()
            self.items = list(items)
            self.endResetModel()
            return True
        for row, (old, new) in enumerate(zip(self.items, items, strict=True)):
            if old != new:
                self.items[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        return False

    def tell_typed(self) -> None:
        """Tell now what has been typed and not yet been told."""
        self._timer.stop()
        typed, self._typed = self._typed, []
        for one in typed:
            self.edited.emit(*one)

    def line(self, row: int) -> LedgerLine | None:
        """The line in a row of the table; None for a heading."""
        item = self.items[row] if 0 <= row < len(self.items) else None
        return item if isinstance(item, LedgerLine) else None

    def row_of(self, entry_id: str) -> int:
        """The row of the table in which a line stands; -1 if it is not shown."""
        return next(
            (
                row
                for row, one in enumerate(self.items)
                if isinstance(one, LedgerLine) and one.entry_id == entry_id
            ),
            -1,
        )

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled
        if self.line(index.row()) is not None:
            flags |= Qt.ItemFlag.ItemIsSelectable
            if KEYS[index.column()] in TYPED:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return COLUMNS[section].title if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if isinstance(item, LedgerHeading):
            is_said = role in (Role.DisplayRole, Role.AccessibleTextRole) and index.column() == 0
            return f"{item.title} {item.count}" if is_said else None
        key = KEYS[index.column()]
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return _said(item, key)
            case Role.EditRole:
                return item.typed_due if key == "due" else item.cells[key]
            case Role.ToolTipRole:
                return "\n".join(filter(None, (_said(item, key), _HINTS.get(key, ""))))
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        line = self.line(index.row())
        words = str(value).strip()
        if line is None or role != Role.EditRole or words == self.data(index, Role.EditRole):
            return False
        self._typed.append((line.entry_id, KEYS[index.column()], words))
        self._timer.start(0)
        return True


def _said(line: LedgerLine, key: str) -> str:
    words = line.cells[key]
    if key == "due" and line.first_due:
        return f"{words}（原定 {line.first_due}）"
    return f"{words}（{line.alert}）" if key == STATUS and line.alert else words


def _identity(item: Item) -> object:
    return item.entry_id if isinstance(item, LedgerLine) else item.title
