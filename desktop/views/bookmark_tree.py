"""The bookmarks in the 案头, in folders and in the order the reader gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QInputDialog,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

_ID = Qt.ItemDataRole.UserRole
_NEW_FOLDER = "新建文件夹…"


@dataclass(frozen=True, slots=True)
class BookmarkRow:
    """What is shown of one bookmark: its label, or the words it stands on, and the place."""

    entry_id: str
    text: str
    place: str
    folder: str = ""


class BookmarkTree(QTreeWidget):
    """``arranged``: the whole order as the reader has just made it, a list of (id, folder)."""

    bookmark_chosen = Signal(str)
    renamed = Signal(str, str)
    folder_renamed = Signal(str, str)
    arranged = Signal(list)
    delete_requested = Signal(list)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bookmarks")
        self.setAccessibleName("书签")
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QTreeWidget.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemClicked.connect(self._tell)
        self.itemChanged.connect(self._rename)
        self._rows: list[BookmarkRow] = []
        self._is_touched = False

    def show_rows(self, rows: Sequence[BookmarkRow]) -> None:
        """Show these bookmarks, in this order; a folder stands where its first bookmark does."""
        if list(rows) == self._rows and not self._is_touched:
            return
        self._rows = list(rows)
        self._is_touched = False
        folded = self._folded()
        current, line = self._current_id(), self._line_of_current()
        with QSignalBlocker(self):
            self.clear()
            for row in rows:
                parent = self._folder(row.folder) if row.folder else self.invisibleRootItem()
                parent.addChild(_item(row))
            for at in range(self.topLevelItemCount()):
                item = self.topLevelItem(at)
                assert item is not None
                item.setExpanded(item.text(0) not in folded)
            self._choose(current, line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit(self._chosen_ids())
        elif key == Qt.Key.Key_Escape and self.state() != QTreeWidget.State.EditingState:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != QTreeWidget.State.EditingState:
            self._tell(self.currentItem())
        else:
            before = self._current_id()
            super().keyPressEvent(event)
            if self._current_id() != before:
                self._tell(self.currentItem())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.selectedItems():
            self.setCurrentItem(self.currentItem())

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._is_touched = True
        self.arranged.emit(self._order())

    def _move(self, step: int) -> None:
        """Move the current bookmark past its neighbour, into or out of a folder at the ends."""
        order, current = self._order(), self._current_id()
        at = next((at for at, (one, _) in enumerate(order) if one == current), -1)
        if at < 0:
            return
        to = at + step
        moved, folder = order[at]
        other_folder = order[to][1] if 0 <= to < len(order) else ""
        if other_folder != folder:
            order[at] = (moved, other_folder if not folder else "")
        elif 0 <= to < len(order):
            order.insert(to, order.pop(at))
        else:
            return
        self.arranged.emit(order)

    def _order(self) -> list[tuple[str, str]]:
        found = []
        for at in range(self.topLevelItemCount()):
            item = self.topLevelItem(at)
            assert item is not None
            if item.data(0, _ID):
                found.append((item.data(0, _ID), ""))
            for child in range(item.childCount()):
                found.append((item.child(child).data(0, _ID), item.data(0, _ID + 1) or item.text(0)))
        return found

    def _folder(self, name: str) -> QTreeWidgetItem:
        for at in range(self.topLevelItemCount()):
            item = self.topLevelItem(at)
            if item is not None and not item.data(0, _ID) and item.text(0) == name:
                return item
        folder = QTreeWidgetItem([name])
        folder.setData(0, _ID + 1, name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        folder.setFlags(flags | Qt.ItemFlag.ItemIsDropEnabled)
        font = folder.font(0)
        font.setBold(True)
        folder.setFont(0, font)
        self.addTopLevelItem(folder)
        return folder

    def _folded(self) -> set[str]:
        tops = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return {top.text(0) for top in tops if top is not None and top.childCount() and not top.isExpanded()}

    def _choose(self, entry_id: str, line: int) -> None:
        """Make a bookmark the current one; where it is gone, or was a folder, what now stands in its line."""
        lines = self._lines()
        if line < 0 or not lines:
            return
        same = [item for item in lines if entry_id and item.data(0, _ID) == entry_id]
        self.setCurrentItem(same[0] if same else lines[min(line, len(lines) - 1)])

    def _lines(self) -> list[QTreeWidgetItem]:
        """Folders and bookmarks as they stand below each other when all is unfolded."""
        found = []
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            assert top is not None
            found += [top, *(top.child(row) for row in range(top.childCount()))]
        return found

    def _line_of_current(self) -> int:
        # Asked of the model: the wrapper of an item is not always the same object.
        index = self.currentIndex()
        return next(
            (line for line, item in enumerate(self._lines()) if self.indexFromItem(item) == index), -1
        )

    def _current_id(self) -> str:
        item = self.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def _chosen_ids(self) -> list[str]:
        found = []
        for item in self.selectedItems():
            if item.data(0, _ID):
                found.append(str(item.data(0, _ID)))
            else:
                found += [str(item.child(at).data(0, _ID)) for at in range(item.childCount())]
        return list(dict.fromkeys(found))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _ID):
            self.bookmark_chosen.emit(item.data(0, _ID))

    def _rename(self, item: QTreeWidgetItem) -> None:
        text = item.text(0).strip()
        self._is_touched = True
        if item.data(0, _ID):
            self.renamed.emit(item.data(0, _ID), text)
        else:
            folder = item.data(0, _ID + 1)
            self.folder_renamed.emit(folder, text or folder)

    def _show_menu(self, place: QPoint) -> None:
        ids = self._chosen_ids()
        if not ids:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("改名（F2）", lambda: self.editItem(self.currentItem()))
        folders = menu.addMenu("放入文件夹")
        names = dict.fromkeys(row.folder for row in self._rows if row.folder)
        for name in names:
            folders.addAction(name, lambda name=name: self._put(ids, name))
        folders.addAction(_NEW_FOLDER, lambda: self._put_into_new(ids))
        if any(row.folder for row in self._rows if row.entry_id in ids):
            menu.addAction("移出文件夹", lambda: self._put(ids, ""))
        menu.addAction("上移（Alt+↑）", lambda: self._move(-1))
        menu.addAction("下移（Alt+↓）", lambda: self._move(1))
        menu.addSeparator()
        menu.addAction("删除", lambda: self.delete_requested.emit(ids))
        menu.popup(self.viewport().mapToGlobal(place))

    def _put_into_new(self, ids: list[str]) -> None:
        name, given = QInputDialog.getText(self, "新建文件夹", "文件夹名称：")
        if given and name.strip():
            self._put(ids, name.strip())

    def _put(self, ids: list[str], folder: str) -> None:
        self.arranged.emit([(one, folder if one in ids else held) for one, held in self._order()])


def _item(row: BookmarkRow) -> QTreeWidgetItem:
    item = QTreeWidgetItem([row.text])
    item.setData(0, _ID, row.entry_id)
    item.setToolTip(0, f"{row.text}\n{row.place}")
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.text}，{row.place}")
    flags = item.flags() | Qt.ItemFlag.ItemIsEditable
    item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
    return item
