"""台账: who does what by when, one line for each row, with what is to be listed above."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.ledger_bar import LedgerBar
from desktop.views.ledger_line import COLUMNS, Item
from desktop.views.ledger_table import LedgerTable

_NOTHING = "台账还是空的。在“阅读”里选一条举措，按 Ctrl+L 列入台账；也可以导入 Excel。"
_NOT_FOUND = "没有这样的行。点“全部”并清空筛选字词，即见所有的行。"


class LedgerPage(QWidget):
    """Emits what the reader wants; ``shown``: the page has come into view."""

    shown = Signal()
    status_chosen = Signal(list, str)
    sort_chosen = Signal(str)

    def __init__(
        self,
        label: str,
        chips: Sequence[str],
        groupings: Sequence[str],
        statuses: Sequence[str],
        theme: Theme,
        serif: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ledgerPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._statuses = statuses
        self.bar = LedgerBar(label, chips, groupings, self)
        self.table = LedgerTable(theme, serif, self)
        self.empty = QLabel(self)
        self.empty.setObjectName("empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(0, 80, 0, 0)
        holder = QWidget(self)
        self._body = QStackedLayout(holder)
        self._body.addWidget(self.table)
        self._body.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 8)
        layout.setSpacing(10)
        layout.addWidget(self.bar)
        layout.addWidget(holder, 1)
        self.bar.left.connect(self.setFocus)
        self.table.status_requested.connect(self._offer_statuses)
        self.table.menu_requested.connect(self._show_menu)
        self.table.sort_requested.connect(self.sort_chosen)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.table.set_theme(theme)

    def show_items(self, items: Sequence[Item], counts: Mapping[str, int], is_empty: bool) -> None:
        """Show these lines and how many there are of each sort; ``is_empty``: the ledger has no rows at all."""
        had_keyboard = self.table.hasFocus() or self.empty.hasFocus()
        self.bar.show_counts(counts)
        self.table.show_items(items)
        self.empty.setText(_NOTHING if is_empty else _NOT_FOUND)
        self._body.setCurrentWidget(self.table if items else self.empty)
        if had_keyboard:
            self.setFocus()

    def finish(self) -> None:
        """Take over what is being typed."""
        self.table.finish()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._body.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self.bar.add.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def _offer_statuses(self, ids: list[str], corner: QPoint) -> None:
        menu = QMenu(self)
        for status in self._statuses:
            menu.addAction(status, lambda status=status: self.status_chosen.emit(ids, status))
        self._open(menu, corner)

    def _show_menu(self, corner: QPoint) -> None:
        table = self.table
        ids, key = table.chosen, table.current_key
        menu = QMenu(self)
        menu.addAction("编辑这一格\tEnter", table.open_cell)
        statuses = menu.addMenu("状态")
        for status in self._statuses:
            statuses.addAction(status, lambda status=status: self.status_chosen.emit(ids, status))
        menu.addAction("进展…", lambda: table.progress_requested.emit(table.current_id))
        menu.addAction("粘贴分工\tCtrl+V", table.paste)
        menu.addAction("向下填充\tCtrl+Shift+↓", table.fill)
        menu.addSeparator()
        title = next(column.title for column in COLUMNS if column.key == key)
        menu.addAction(f"按“{title}”排序", lambda: self.sort_chosen.emit(key))
        menu.addAction("看原文", lambda: table.place_opened.emit(table.current_id))
        menu.addAction("为这条举措再加一行\tCtrl+L", self.bar.row_requested.emit)
        menu.addSeparator()
        menu.addAction("删除\tDel", lambda: table.delete_requested.emit(ids))
        self._open(menu, corner)

    def _open(self, menu: QMenu, corner: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        menu.popup(corner)
