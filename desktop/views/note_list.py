"""The list of notes: only what is in sight is measured and painted, however many there are."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.notebook.model import Note
from desktop.theme import Theme
from desktop.views.dragging import Dragged, drag
from desktop.views.note_card import SPACE, CardContent, CardPainter
from desktop.views.note_form import NoteForm

Index = QModelIndex | QPersistentModelIndex
_NOTE = Qt.ItemDataRole.UserRole
_AT_ONCE = 60
"""Rows that are given to the view at once; the next ones when it is scrolled to the end."""


class NoteModel(QAbstractListModel):
    """Notes in the order they are shown."""

    def __init__(self, describe: Callable[[Note], CardContent], parent: QWidget) -> None:
        super().__init__(parent)
        self.describe = describe
        self.notes: list[Note] = []
        self._given = 0

    def show(self, notes: list[Note], kept: str = "") -> None:
        """Show these notes; where they are the same ones only their content is taken.

        The view never loses the row of the note ``kept`` (its id), whatever comes and goes around it.
        """
        if [note.id for note in notes] == [note.id for note in self.notes]:
            self.notes = notes
            if self._given:
                self.dataChanged.emit(self.index(0, 0), self.index(self._given - 1, 0))
            return
        before, after = _row_of(kept, self.notes[: self._given]), _row_of(kept, notes)
        if before >= 0 and after >= 0:
            self._show_round(notes, before, after)
            return
        self.beginResetModel()
        self.notes = notes
        self._given = min(len(notes), _AT_ONCE)
        self.endResetModel()

    def _show_round(self, notes: list[Note], before: int, after: int) -> None:
        """Put other rows round the one that was at ``before`` and will be at ``after``."""
        for first, last in ((before + 1, self._given), (0, before)):
            if first < last:
                self.beginRemoveRows(QModelIndex(), first, last - 1)
                del self.notes[first:last]
                self._given -= last - first
                self.endRemoveRows()
        if after:
            self.beginInsertRows(QModelIndex(), 0, after - 1)
        self.notes = notes
        self._given = after + 1
        if after:
            self.endInsertRows()
        self.dataChanged.emit(self.index(after, 0), self.index(after, 0))
        self._give(_AT_ONCE)

    def reveal(self, note_id: str) -> QModelIndex:
        """The index of a note, given to the view if it is not yet; invalid if it is not in the list."""
        row = _row_of(note_id, self.notes)
        if row >= self._given:
            self._give(row + 1)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._given

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._given < len(self.notes)

    def fetchMore(self, parent: Index) -> None:
        self._give(self._given + _AT_ONCE)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        note = self.notes[index.row()]
        if role == _NOTE:
            return note
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            content = self.describe(note)
            pieces = (
                content.kind, "置顶" if content.pinned else "", content.body, f"原文：{content.quote}", content.fit,
                " ".join(content.tags), content.author, content.place, content.time,
            )  # fmt: skip
            return "，".join(filter(None, pieces))
        return None

    def _give(self, count: int) -> None:
        count = min(max(count, 0), len(self.notes))
        if count > self._given:
            self.beginInsertRows(QModelIndex(), self._given, count - 1)
            self._given = count
            self.endInsertRows()


def _row_of(note_id: str, notes: Sequence[Note]) -> int:
    return next((row for row, note in enumerate(notes) if note.id == note_id), -1)


class NoteList(QListView):
    """Cards, of which several can be chosen; one at a time opens for editing where it stands.

    ``note_chosen``: the reader has come to a note (its id), and the text should follow; ``edit_requested``,
    ``delete_requested`` (ids), ``menu_requested`` (where); ``chosen_changed``: others are chosen.
    """

    note_chosen = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(list)
    menu_requested = Signal(QPoint)
    chosen_changed = Signal(list)
    left = Signal()
    left_upwards = Signal()

    def __init__(
        self, theme: Theme, describe: Callable[[Note], CardContent], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("noteList")
        self.setAccessibleName("批注列表")
        self.cards = NoteModel(describe, self)
        self._delegate = _Delegate(CardPainter(theme, self.font()), self)
        self.setModel(self.cards)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        # Qt would give the keyboard before the click arrives, and a form that then closes moves what was clicked on.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen_changed.emit(self.chosen))
        self.form: NoteForm | None = None
        self.editing = ""
        self.here = ""

    @property
    def painter(self) -> CardPainter:
        """What draws the cards."""
        return self._delegate.painter

    @property
    def chosen(self) -> list[str]:
        """The ids of the chosen notes, in the order shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.cards.notes[row].id for row in rows]

    @property
    def current(self) -> str:
        """The id of the note the keyboard is at."""
        index = self.currentIndex()
        return self.cards.notes[index.row()].id if index.isValid() else ""

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.painter.theme = theme
        self.viewport().update()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these notes; what is chosen stays chosen where it is still there, else the next is."""
        chosen, current, row = self.chosen, self.current, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        before = [note.id for note in self.cards.notes]
        self.cards.show(list(notes), self.editing)
        if before != [note.id for note in notes]:
            self._choose_again(chosen, current)
            if self.hasFocus() and not self.chosen and row >= 0:
                self.setCurrentIndex(self.cards.index(min(row, self.cards.rowCount() - 1), 0))
            self.verticalScrollBar().setValue(scrolled)
            if self.chosen != chosen:
                # A reset takes the choice away without a word.
                self.chosen_changed.emit(self.chosen)
        self.viewport().update()

    def _choose_again(self, chosen: Sequence[str], current: str) -> None:
        at = {note.id: row for row, note in enumerate(self.cards.notes[: self.cards.rowCount()])}
        if current in at:
            self.selectionModel().setCurrentIndex(
                self.cards.index(at[current], 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        for one in chosen:
            if one in at:
                index = self.cards.index(at[one], 0)
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def reveal(self, note_id: str, *, choose: bool = True) -> bool:
        """Scroll to a note and choose it; False if it is not in the list."""
        index = self.cards.reveal(note_id)
        if index.isValid():
            if choose:
                self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def mark_here(self, measure_note_ids: frozenset[str]) -> None:
        """Show which notes belong to the current measure."""
        if measure_note_ids != self._delegate.here:
            self._delegate.here = measure_note_ids
            self.viewport().update()

    def open_form(self, note_id: str, form: NoteForm) -> bool:
        """Put a form in the place of a note's card; False if the note is not in the list."""
        index = self.cards.reveal(note_id)
        if not index.isValid():
            return False
        self.form, self.editing = form, note_id
        form.setFixedWidth(max(80, self.viewport().width() - 1))
        form.setContentsMargins(0, 0, 0, SPACE)
        self.setIndexWidget(index, form)
        form.height_changed.connect(self._fit_form)
        self._fit_form()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def close_form(self) -> None:
        """Show the card again."""
        if self.form is None:
            return
        form, note_id = self.form, self.editing
        self.form, self.editing = None, ""
        index = self.cards.reveal(note_id)
        if index.isValid():
            # Taken away as the view does it, only later: it may be in the middle of an event.
            form.hide()
            self.setIndexWidget(index, None)  # type: ignore[arg-type]  # the stubs do not know that None is meant
            self._delegate.sizeHintChanged.emit(index)
        form.deleteLater()

    def form_height(self) -> int:
        """How high the open form wants to be."""
        if self.form is None:
            return 0
        # The preview's height follows from its width, which the size hint knows nothing of.
        return max(self.form.heightForWidth(self.form.width()), self.form.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A style sheet gives the list its font when it is shown, not when it is made.
        if event.type() == QEvent.Type.FontChange:
            self._delegate.painter.use_font(self.font())
            self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.form is not None:
            self.form.setFixedWidth(max(80, self.viewport().width() - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.chosen:
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.current
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and current:
            self.edit_requested.emit(current)
        elif key == Qt.Key.Key_Delete and self.chosen:
            self.delete_requested.emit(self.chosen)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            if key == Qt.Key.Key_End:
                while self.cards.canFetchMore(QModelIndex()):
                    self.cards.fetchMore(QModelIndex())
            super().keyPressEvent(event)
            if self.current and self.current != current:
                self.note_chosen.emit(self.current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        note_id = self.cards.notes[index.row()].id if is_left and index.isValid() else ""
        action = self._action_at(index, event.position().toPoint()) if note_id else ""
        if not action:
            super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if action == "编辑":
            self.edit_requested.emit(note_id)
        elif action == "删除":
            self.delete_requested.emit([note_id])
        elif note_id and not event.modifiers():
            self.note_chosen.emit(note_id)

    def startDrag(self, supported: Qt.DropAction) -> None:
        notes = [note for note in self.cards.notes if note.id in self.chosen]
        if notes:
            places = Dragged(notes[0].anchor.document, notes=tuple(note.id for note in notes))
            drag(self, places, "\n\n".join(note.body for note in notes))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._action_at(index, event.position().toPoint()):
            self.edit_requested.emit(self.cards.notes[index.row()].id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and bool(self._action_at(index, event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.chosen:
            place = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
            self.menu_requested.emit(place)

    def action_rect(self, note_id: str, action: str) -> QRect:
        """Where an action of a card is, in viewport pixels."""
        rects = self.painter.action_rects(self.visualRect(self.cards.reveal(note_id)))
        return rects[("编辑", "删除").index(action)]

    def _action_at(self, index: QModelIndex, place: QPoint) -> str:
        rects = self.painter.action_rects(self.visualRect(index))
        return next(
            (name for name, rect in zip(("编辑", "删除"), rects, strict=True) if rect.contains(place)), ""
        )

    def _fit_form(self) -> None:
        if self.form is not None:
            self.form.ensurePolished()
            index = self.cards.reveal(self.editing)
            self._delegate.sizeHintChanged.emit(index)


class _Delegate(QStyledItemDelegate):
    def __init__(self, painter: CardPainter, parent: NoteList) -> None:
        super().__init__(parent)
        self.painter = painter
        self.here: frozenset[str] = frozenset()
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        note = self._list.cards.notes[index.row()]
        width = self._list.viewport().width()
        if note.id == self._list.editing:
            return QSize(0, self._list.form_height())
        return QSize(0, self.painter.height(note.body, bool(note.tags), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note = self._list.cards.notes[index.row()]
        if note.id == self._list.editing:
            return
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hot = bool(state & QStyle.StateFlag.State_MouseOver) or (
            chosen and index.row() == self._list.currentIndex().row()
        )
        painter.save()
        self.painter.paint(
            painter,
            option.rect,  # type: ignore[attr-defined]
            self._list.cards.describe(note),
            chosen=chosen,
            here=note.id in self.here,
            hot=hot,
            focus=self._list.hasFocus(),
        )
        painter.restore()
