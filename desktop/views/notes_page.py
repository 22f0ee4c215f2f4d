"""The notes in the 案头: a place to write, what is listed, the list, and what can be done with several at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.notebook.model import Anchor, Note, NoteKind
from desktop.theme import Theme
from desktop.views.note_card import CardContent
from desktop.views.note_filter import NoteFilter
from desktop.views.note_form import NoteForm
from desktop.views.note_list import NoteList
from desktop.views.tags_line import TagsLine


class NotesPage(QWidget):
    """Emits what the reader writes, chooses and deletes; holds only words that are not saved yet.

    ``note_written`` (anchor, body, kind, tags); ``note_edited`` (id, body); ``kind_chosen`` (ids, kind); ``tags_chosen``
    (ids, tags); ``tags_added`` (ids, tags); ``pin_chosen`` (ids, pinned); ``notes_deleted`` (ids); ``note_chosen`` (id).
    """

    note_written = Signal(object, str, object, tuple)
    note_edited = Signal(str, str)
    kind_chosen = Signal(list, object)
    tags_chosen = Signal(list, tuple)
    tags_added = Signal(list, tuple)
    pin_chosen = Signal(list, bool)
    notes_deleted = Signal(list)
    note_chosen = Signal(str)
    listing_changed = Signal()
    writing_ended = Signal()
    draft_ended = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, describe: Callable[[Note], CardContent], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._target: Anchor | None = None
        self._place = ""
        self._is_opening = False
        self._tags: tuple[str, ...] = ()
        # The note that the words in the writing place have become, and the anchor they were begun on.
        self._draft_id = ""
        self._draft_anchor: Anchor | None = None
        self.new_note = NoteForm(3, self)
        self.new_note.editor.setAccessibleName("新批注")
        self.filter = NoteFilter(self)
        self.list = NoteList(theme, describe, self)
        self.empty = QLabel(self)
        self.empty.setObjectName("empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.batch = _Batch(self)
        self._lay_out()
        self._connect()
        self._show_placeholder()

    # What is shown

    def show_notes(self, notes: Sequence[Note], total: int, empty: str) -> None:
        """List these of ``total`` notes; ``empty`` is said where there are none."""
        shown = [note for note in notes if note.id != self._draft_id]
        editing = self.list.editing
        if editing and editing not in [note.id for note in shown]:
            if self.has_unsaved_words:
                # What could not be saved stays in sight, whatever else is wanted.
                shown = list(self.list.cards.notes)
            else:
                self.list.close_form()
        self.list.show_notes(shown)
        self._refresh_forms(notes)
        self.filter.show_count(len(notes), total)
        self.empty.setText("" if shown or self._draft_id else empty)
        self.empty.setVisible(bool(self.empty.text()))
        if self.list.hasFocus() and self.empty.text():
            self.left.emit()
        self.list.setVisible(not self.empty.text())

    def refresh_form(self, note: Note) -> None:
        """Show in an open form what the notebook now holds of its note."""
        form = self._form_of(note.id)
        if form is not None:
            form.show_note(note.body, note.kind, note.tags, note.pinned)

    def show_target(self, anchor: Anchor | None, place: str) -> None:
        """Where the next note will stand; what has been written so far is saved first."""
        if anchor == self._target:
            return
        self.finish_draft()
        self._target, self._place = anchor, place
        self._show_placeholder()

    def set_writable(self, writable: bool, opening: bool) -> None:
        """Whether a notebook is open to write in, or about to be."""
        self.new_note.setEnabled(writable)
        self._is_opening = opening
        self._show_placeholder()

    def know_tags(self, tags: Sequence[str]) -> None:
        """Complete and filter by these tags."""
        self.filter.know(tags)
        for line in (self.new_note.tags_line, self.batch.tags_line):
            line.know(tags)
        if self.list.form is not None:
            self.list.form.tags_line.know(tags)
        self._tags = tuple(tags)

    # Writing

    @property
    def being_written(self) -> tuple[str, ...]:
        """The ids of the notes whose words stand in a form now."""
        return tuple(filter(None, (self._draft_id, self.list.editing)))

    @property
    def has_unsaved_words(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        form = self.list.form
        return self.new_note.is_unsaved or (form is not None and form.is_unsaved)

    def write_note(self) -> None:
        """Put the keyboard where a new note is written."""
        self.new_note.take_keyboard()

    def edit(self, note: Note) -> None:
        """Open a note for editing where it stands; another one that is open is saved and closed first."""
        if self.list.editing == note.id:
            assert self.list.form is not None
            self.list.form.take_keyboard()
            return
        self.finish_editing()
        if self.list.form is not None:
            self.list.form.take_keyboard()
            return
        form = NoteForm(2, self.list)
        form.editor.setAccessibleName("批注")
        form.tags_line.know(self._tags)
        form.show_note(note.body, note.kind, note.tags, note.pinned)
        form.body_settled.connect(self._save_edited)
        form.details_changed.connect(lambda: self._save_details(note.id, form))
        form.left.connect(self.finish_editing)
        form.escaped.connect(self._end_editing)
        if self.list.open_form(note.id, form):
            form.take_keyboard()

    def save_pending(self) -> None:
        """Emit whatever has been written and not yet been emitted."""
        self.new_note.editor.settle()
        if self.list.form is not None:
            self.list.form.editor.settle()

    def finish_draft(self) -> None:
        """Save what has been written; the writing place is then free. Words that could not be saved stay in it."""
        self.new_note.editor.settle()
        words, draft = self.new_note.body, self._draft_id
        if self.new_note.is_unsaved:
            return
        if not (words or draft):
            return
        self._draft_id, self._draft_anchor = "", None
        self.new_note.clear()
        if draft and not words.strip():
            self.notes_deleted.emit([draft])
        self.writing_ended.emit()
        self.draft_ended.emit()

    def finish_editing(self) -> None:
        """Save and close the open note; one that could not be saved stays open, an emptied one is deleted."""
        form, note_id = self.list.form, self.list.editing
        if form is None:
            return
        form.editor.settle()
        if form.is_unsaved:
            return
        emptied = not form.body.strip()
        self.list.close_form()
        if emptied:
            self.notes_deleted.emit([note_id])
        self.writing_ended.emit()

    def end_writing(self) -> None:
        """Save what is being written: what is shown is about to change."""
        self.finish_draft()
        self.finish_editing()

    def adopt_draft(self, note_id: str, body: str) -> None:
        """The words in the writing place are now this note, of which the notebook holds ``body``."""
        self._draft_id = note_id
        self.new_note.saved = body

    def confirm(self, note_id: str, kept_as: str, body: str) -> None:
        """The notebook now holds these words of a note, perhaps as another one."""
        form = self._form_of(note_id)
        if form is not None:
            form.saved = body
        if note_id == self._draft_id:
            self._draft_id = kept_as
        elif kept_as != note_id:
            self.list.close_form()
            self.writing_ended.emit()

    def _save_draft(self) -> None:
        if not self.new_note.is_unsaved:
            return
        form = self.new_note
        if self._draft_id:
            self.note_edited.emit(self._draft_id, form.body)
            return
        self._draft_anchor = self._draft_anchor or self._target
        if self._draft_anchor is not None:
            self.note_written.emit(self._draft_anchor, form.body, form.kind, form.tags)

    def _save_draft_details(self) -> None:
        if self._draft_id:
            self._save_details(self._draft_id, self.new_note)

    def _save_edited(self) -> None:
        form = self.list.form
        if form is not None and form.is_unsaved:
            self.note_edited.emit(self.list.editing, form.body)

    def _save_details(self, note_id: str, form: NoteForm) -> None:
        self.kind_chosen.emit([note_id], form.kind)
        self.tags_chosen.emit([note_id], form.tags)
        self.pin_chosen.emit([note_id], form.pin.isChecked())

    def _end_editing(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form_of(self, note_id: str) -> NoteForm | None:
        if note_id and note_id == self._draft_id:
            return self.new_note
        return self.list.form if note_id and note_id == self.list.editing else None

    def _refresh_forms(self, notes: Sequence[Note]) -> None:
        for note in notes:
            if note.id in (self._draft_id, self.list.editing):
                self.refresh_form(note)

    # Several at once

    def show_menu(self, place: QPoint) -> None:
        """What can be done with the chosen notes."""
        ids = self.list.chosen
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(ids) == 1:
            menu.addAction("编辑", lambda: self.list.edit_requested.emit(ids[0]))
            menu.addAction("转到原文", lambda: self.note_chosen.emit(ids[0]))
        kinds = menu.addMenu("类别")
        for kind in NoteKind:
            kinds.addAction(kind.value, lambda kind=kind: self.kind_chosen.emit(ids, kind))
        menu.addAction("加标签…", self.batch.take_keyboard)
        menu.addAction("置顶", lambda: self.pin_chosen.emit(ids, True))
        menu.addAction("取消置顶", lambda: self.pin_chosen.emit(ids, False))
        menu.addSeparator()
        menu.addAction("删除", lambda: self.notes_deleted.emit(ids))
        menu.popup(place)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.new_note)
        layout.addWidget(self.filter)
        layout.addWidget(self.batch)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.list, 1)

    def _connect(self) -> None:
        form = self.new_note
        form.body_settled.connect(self._save_draft)
        form.details_changed.connect(self._save_draft_details)
        form.left.connect(self.finish_draft)
        form.escaped.connect(self.left)
        self.filter.changed.connect(self.listing_changed)
        self.filter.down_pressed.connect(self._enter_list)
        self.filter.escaped.connect(self.left)
        self.list.note_chosen.connect(self.note_chosen)
        self.list.delete_requested.connect(self.notes_deleted)
        self.list.menu_requested.connect(self.show_menu)
        self.list.chosen_changed.connect(lambda ids: self.batch.show_chosen(len(ids)))
        self.list.left.connect(self.left)
        self.list.left_upwards.connect(self._leave_upwards)
        self.batch.tags_added.connect(lambda tags: self.tags_added.emit(self.list.chosen, tags))
        self.batch.delete_requested.connect(lambda: self.notes_deleted.emit(self.list.chosen))
        self.batch.escaped.connect(self.list.setFocus)

    def _enter_list(self) -> None:
        if self.list.cards.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.note_chosen.emit(self.list.current)

    def _leave_upwards(self) -> None:
        if self.filter.words.isVisible():
            self.filter.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new_note.take_keyboard()

    def _show_placeholder(self) -> None:
        editor = self.new_note.editor
        if self._is_opening:
            editor.setPlaceholderText("正在打开笔记本…")
        elif not self.new_note.isEnabled():
            editor.setPlaceholderText("笔记本没有打开，现在不能批注。")
        elif self._place:
            editor.setPlaceholderText(f"批注 {self._place}\n直接写，自动保存")
        else:
            editor.setPlaceholderText("先在原文中点选一句，再在这里写批注。")
        # WORKAROUND QPlainTextEdit.setPlaceholderText (Qt 6.8): it does not repaint where one hint follows another.
        editor.viewport().update()


class _Batch(QWidget):
    """What can be done when several notes are chosen."""

    tags_added = Signal(tuple)
    delete_requested = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = QLabel(self)
        self.tags_line = TagsLine(self)
        self.tags_line.setPlaceholderText("给它们加标签，回车")
        self.tags_line.setAccessibleName("给选中的批注加标签")
        self.tags_line.returnPressed.connect(self._add)
        self.tags_line.escaped.connect(self.escaped)
        delete = QToolButton(self)
        delete.setObjectName("cardButton")
        delete.setText("删除")
        delete.setToolTip("删除选中的批注（Del；Ctrl+Z 可撤销）")
        delete.clicked.connect(self.delete_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.count)
        layout.addWidget(self.tags_line, 1)
        layout.addWidget(delete)
        self.hide()

    def show_chosen(self, count: int) -> None:
        """Be there while at least two notes are chosen."""
        self.count.setText(f"已选 {count} 条")
        self.setVisible(count > 1)

    def take_keyboard(self) -> None:
        """Let the reader type a tag, for a single note too."""
        self.show()
        self.tags_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        tags = self.tags_line.tags
        self.tags_line.clear()
        if tags:
            self.tags_added.emit(tags)
