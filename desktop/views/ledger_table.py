"""The ledger as a table: led through by keys and mouse, written in place, filled down."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit, QTableView, QWidget

from desktop.theme import Theme
from desktop.views.ledger_delegate import LedgerDelegate
from desktop.views.ledger_line import COLUMNS, FILLED, KEYS, LATEST, STATUS, TYPED, Item, LedgerHeading
from desktop.views.ledger_model import LedgerModel

_ROW, _HEADING = 50, 32
_TEXT = KEYS.index("text")
_OWN_KEYS = (
    QKeySequence("Ctrl+C"),
    QKeySequence("Ctrl+V"),
    QKeySequence("Ctrl+A"),
    QKeySequence("Ctrl+Shift+Down"),
    QKeySequence("Esc"),
)
"""Keys that mean something else in the window."""


class LedgerTable(QTableView):
    """Emits what the reader wants done with rows (their ids) and columns (their keys); changes nothing itself."""

    status_requested = Signal(list, QPoint)
    progress_requested = Signal(str)
    place_opened = Signal(str)
    filled = Signal(list, list)
    pasted = Signal(str, list, str)
    delete_requested = Signal(list)
    sort_requested = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, serif: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledgerTable")
        self.setAccessibleName("任务台账")
        self.lines = LedgerModel(self)
        self.setModel(self.lines)
        self._delegate = LedgerDelegate(theme, serif, self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()

    def _set_up_headers(self) -> None:
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(_HEADING)
        rows.setDefaultSectionSize(_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(56)
        heads.setFixedHeight(32)
        for at, column in enumerate(COLUMNS):
            self.setColumnWidth(at, column.width)
        heads.sectionClicked.connect(lambda at: self.sort_requested.emit(KEYS[at]))

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other lines; the keyboard stays on its line, or where that was."""
        line, row, column = (
            self.lines.line(self.currentIndex().row()),
            self.currentIndex().row(),
            self.currentIndex().column(),
        )
        scrolled = self.verticalScrollBar().value()
        if not self.lines.show(items):
            return
        self._lay_out_headings()
        self.verticalScrollBar().setValue(scrolled)
        if row < 0:
            return
        found = self.lines.row_of(line.entry_id) if line is not None else -1
        self.go_to_row(found if found >= 0 else min(row, len(items) - 1), column)

    def _lay_out_headings(self) -> None:
        self.clearSpans()
        for row, item in enumerate(self.lines.items):
            if isinstance(item, LedgerHeading):
                self.setSpan(row, 0, 1, len(COLUMNS))
                self.verticalHeader().resizeSection(row, _HEADING)

    def show_sorting(self, key: str, descending: bool) -> None:
        """Mark the column that the lines are sorted by; none if ``key`` is empty."""
        heads = self.horizontalHeader()
        heads.setSortIndicatorShown(bool(key))
        if key:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(KEYS.index(key), order)

    def go_to_row(self, row: int, column: int) -> None:
        """Put the keyboard on a cell; from a heading on to the line below it, or else above."""
        lines = range(len(self.lines.items))
        below = [at for at in lines[max(row, 0) :] if self.lines.line(at) is not None]
        above = [at for at in reversed(lines[: max(row, 0)]) if self.lines.line(at) is not None]
        for at in (*below[:1], *above[:1])[:1]:
            self.setCurrentIndex(self.lines.index(at, max(column, 0)))

    def go_to(self, entry_id: str, key: str) -> bool:
        """Put the keyboard on a cell of a line; False if it is not shown."""
        row = self.lines.row_of(entry_id)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row, KEYS.index(key)))
        return row >= 0

    # What is chosen

    @property
    def current_id(self) -> str:
        """The id of the line that the keyboard is on; empty if it is on none."""
        line = self.lines.line(self.currentIndex().row())
        return line.entry_id if line is not None else ""

    @property
    def current_key(self) -> str:
        """The column that the keyboard is in."""
        return KEYS[max(self.currentIndex().column(), 0)]

    @property
    def chosen(self) -> list[str]:
        """The ids of all lines of which something is selected, in the order shown."""
        rows = sorted({one.row() for one in self.selectedIndexes()})
        found = [line.entry_id for row in rows if (line := self.lines.line(row)) is not None]
        return found or list(filter(None, [self.current_id]))

    @property
    def chosen_keys(self) -> list[str]:
        """The columns of which something is selected."""
        columns = sorted({one.column() for one in self.selectedIndexes()})
        return [KEYS[column] for column in columns] or [self.current_key]

    # What is done

    def open_cell(self) -> None:
        """Do with the current cell what double clicking on it does."""
        index, key = self.currentIndex(), self.current_key
        # The Enter that ends typing comes here too: a field leaves it to what stands behind it.
        if not self.current_id or self.state() == QTableView.State.EditingState:
            return
        if key in TYPED:
            self.edit(index)
        elif key == STATUS:
            place = self.visualRect(index).bottomLeft()
            self.status_requested.emit(self.chosen, self.viewport().mapToGlobal(place))
        elif key == LATEST:
            self.progress_requested.emit(self.current_id)
        else:
            self.place_opened.emit(self.current_id)

    def take_back(self, entry_id: str, key: str, words: str) -> None:
        """Open a cell again with words that could not be saved."""
        if self.go_to(entry_id, key):
            self.edit(self.currentIndex())
            for editor in self._editors():
                editor.setText(words)

    def finish(self) -> None:
        """Take over what is being typed and tell it now."""
        for editor in self._editors():
            self.commitData(editor)
            self.closeEditor(editor, LedgerDelegate.EndEditHint.NoHint)
        self.lines.tell_typed()

    def _editors(self) -> list[QLineEdit]:
        """The field that is open; a list, because one that is being closed lives on for a moment."""
        found: Iterable[QLineEdit] = self.viewport().findChildren(QLineEdit)
        return [one for one in found if one.isVisible()]

    def fill(self) -> None:
        """The topmost of the selected cells into those below; a single one takes over what stands above it."""
        keys = [key for key in self.chosen_keys if key in FILLED]
        ids = self.chosen
        if len(ids) == 1:
            above = [line for row in range(self.currentIndex().row()) if (line := self.lines.line(row))]
            ids = [*(one.entry_id for one in above[-1:]), *ids]
        if len(ids) > 1 and keys:
            self.filled.emit(ids, keys)

    def copy(self) -> None:
        """The selected cells as a table for other programs."""
        rows: dict[int, list[str]] = {}
        for one in sorted(self.selectedIndexes(), key=lambda index: (index.row(), index.column())):
            if self.lines.line(one.row()) is not None:
                rows.setdefault(one.row(), []).append(str(one.data() or ""))
        QApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))

    def paste(self) -> None:
        """What is on the clipboard, for the selected lines."""
        text = QApplication.clipboard().text()
        if text.strip() and self.chosen:
            self.pasted.emit(text, self.chosen, self.current_key)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and QKeySequence(event.keyCombination()) in _OWN_KEYS:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.open_cell()
        elif event.key() == Qt.Key.Key_Delete and self.current_id:
            self.delete_requested.emit(self.chosen)
        elif pressed == QKeySequence("Ctrl+Shift+Down"):
            self.fill()
        elif pressed == QKeySequence("Ctrl+C"):
            self.copy()
        elif pressed == QKeySequence("Ctrl+V"):
            self.paste()
        elif event.key() == Qt.Key.Key_Escape:
            self.selectionModel().select(
                self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Over a heading the keyboard goes on to the next line."""
        found = super().moveCursor(action, modifiers)
        before = self.currentIndex()
        if not found.isValid() or self.lines.line(found.row()) is not None:
            return found
        step = 1 if found.row() > before.row() else -1
        row = found.row() + step
        if self.lines.line(row) is None:
            return before
        return self.lines.index(row, before.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_cell()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.currentIndex()
            self.menu_requested.emit(self.viewport().mapToGlobal(self.visualRect(at).bottomLeft()))
        elif self.lines.line(at.row()) is not None:
            if not self.selectionModel().isSelected(at):
                self.setCurrentIndex(at)
            self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.current_id:
            self.go_to_row(0, KEYS.index("lead"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(self.columnWidth(at) for at in range(len(COLUMNS)) if at != _TEXT)
        self.setColumnWidth(_TEXT, max(COLUMNS[_TEXT].width, self.viewport().width() - others))
