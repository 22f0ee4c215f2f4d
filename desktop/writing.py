"""The notebook as the reader meets it: notes and bookmarks written, shown, taken back."""

from PySide6.QtCore import QObject, Signal

from content.model import Document
from desktop.commands import Commands
from desktop.shelf import Shelf
from desktop.views.desk import DeskPanel
from desktop.views.outline import OutlineView


class Writing(QObject):
    """Passes what the reader writes to the commands, and shows in the panel and the outline what is there now.

    ``changed``: notes and bookmarks are others now; ``failed``: a change was not saved, with the sentence to tell.
    """

    changed = Signal()
    failed = Signal(str)
    word_said = Signal(str)

    def __init__(self, document: Document, commands: Commands, desk: DeskPanel, outline: OutlineView) -> None:
        super().__init__(desk)
        self.shelf = Shelf(document, commands)
        self._commands = commands
        self._desk = desk
        self._outline = outline
        self._section = (0, 0)
        desk.note_written.connect(self._write_note)
        desk.note_edited.connect(self._edit_note)
        desk.note_deleted.connect(self._delete_note)
        desk.draft_finished.connect(self.refresh)
        desk.bookmark_deleted.connect(commands.delete_bookmark)
        commands.changed.connect(self.refresh)
        commands.failed.connect(lambda error: self.failed.emit(str(error)))

    @property
    def is_possible(self) -> bool:
        """Whether a notebook is open."""
        return self._commands.is_writable

    @property
    def can_undo(self) -> bool:
        return self._commands.undo_stack.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._commands.undo_stack.canRedo()

    def refresh(self) -> None:
        """Show what the notebook holds now."""
        self.shelf.refresh()
        self._desk.set_writable(self.is_possible)
        self._outline.set_tallies(self.shelf.tallies())
        self._desk.show_bookmarks(self.shelf.bookmark_cards())
        self.show_section(self._section)
        self.changed.emit()

    def show_section(self, section: tuple[int, int]) -> None:
        """Show the notes of a section."""
        self._section = section
        self._desk.show_notes(self.shelf.note_cards(section), len(self.shelf.notes))

    def toggle_bookmark(self, measure_id: str) -> None:
        """Add a bookmark, or take away the one that is there."""
        added = self._commands.toggle_bookmark(measure_id)
        if self.is_possible:
            self.word_said.emit("已加书签" if added else "已取消书签")

    def undo(self) -> None:
        """Take the last change back."""
        self._desk.end_writing()
        self.word_said.emit(f"已撤销：{self._commands.undo_stack.undoText()}")
        self._commands.undo_stack.undo()
        self.refresh()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._desk.end_writing()
        self.word_said.emit(f"已重做：{self._commands.undo_stack.redoText()}")
        self._commands.undo_stack.redo()
        self.refresh()

    def _write_note(self, measure_id: str, body: str) -> None:
        note_id = self._commands.write_note(measure_id, body)
        if note_id:
            self._desk.adopt_draft(note_id, body)
            self.refresh()

    def _edit_note(self, note_id: str, body: str) -> None:
        if self._commands.edit_note(note_id, body):
            self._desk.confirm(note_id, body)

    def _delete_note(self, note_id: str) -> None:
        self._commands.delete_note(note_id)
        self.word_said.emit("批注已删除，Ctrl+Z 可撤销")
