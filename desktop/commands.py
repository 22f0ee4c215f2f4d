"""What the reader does to his notebook: saved first, then told to the views, and undone in reverse order."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from content.model import Document
from desktop.notebook.errors import NotebookError
from desktop.notebook.model import Bookmark, Change, Note, anchor_measure

if TYPE_CHECKING:
    # SQLite is loaded with the store, after the first paint.
    from desktop.notebook.store import Notebook

_T = TypeVar("_T")

_TYPING_SECONDS = 20.0
"""Edits of one note that follow each other faster than this are undone in one step."""


class Commands(QObject):
    """Commands on one document's notes and bookmarks. Without a notebook every command is refused."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._notebook: Notebook | None = None
        self.undo_stack = QUndoStack(self)

    def use_notebook(self, notebook: "Notebook") -> None:
        """From now on the commands work on this notebook."""
        self._notebook = notebook
        self.changed.emit(None)

    @property
    def is_writable(self) -> bool:
        """Whether there is a notebook to write in."""
        return self._notebook is not None

    def notes(self) -> Sequence[Note]:
        """The document's notes in use, oldest first; none if they cannot be read (``failed`` tells why)."""
        return self._read(lambda notebook: notebook.notes(self._document.id))

    def bookmarks(self) -> Sequence[Bookmark]:
        """The document's bookmarks in use, oldest first; none if they cannot be read."""
        return self._read(lambda notebook: notebook.bookmarks(self._document.id))

    def write_note(self, measure_id: str, body: str) -> str:
        """A new note; gives its id, or "" if it could not be saved (``failed`` tells why)."""
        anchor = anchor_measure(self._document, measure_id)
        change = self._do("写批注", lambda notebook: notebook.add_note(anchor, body))
        return change.entry.id if change else ""

    def edit_note(self, note_id: str, body: str) -> bool:
        """Other words for a note; gives whether they could be saved (``failed`` tells why not)."""
        return self._do("改批注", lambda notebook: notebook.edit_note(note_id, body)) is not None

    def delete_note(self, note_id: str) -> None:
        """Put a note aside."""
        self._do("删除批注", lambda notebook: notebook.delete_note(note_id))

    def toggle_bookmark(self, measure_id: str) -> bool:
        """Add a bookmark on a measure, or take away the one that is there; gives whether there is one now."""
        present = [one for one in self.bookmarks() if one.anchor.measure == measure_id]
        if present:
            self.delete_bookmark(present[0].id)
            return False
        anchor = anchor_measure(self._document, measure_id)
        return self._do("加书签", lambda notebook: notebook.add_bookmark(anchor)) is not None

    def delete_bookmark(self, bookmark_id: str) -> None:
        """Put a bookmark aside."""
        self._do("删除书签", lambda notebook: notebook.delete_bookmark(bookmark_id))

    def replay(self, change: Change) -> None:
        """Make a change again or take it back."""
        try:
            if self._notebook is not None:
                self._notebook.apply(change)
                self.changed.emit(change)
        except NotebookError as error:
            self.failed.emit(error)

    def close(self) -> None:
        """Let go of the notebook."""
        if self._notebook is not None:
            self._notebook.close()
            self._notebook = None

    def _read(self, question: "Callable[[Notebook], Sequence[_T]]") -> "Sequence[_T]":
        try:
            return question(self._notebook) if self._notebook else ()
        except NotebookError as error:
            self.failed.emit(error)
            return ()

    def _do(self, name: str, command: "Callable[[Notebook], Change]") -> Change | None:
        if self._notebook is None:
            self.failed.emit(
                NotebookError("笔记本没有打开，这次改动没有存下；请先按提示处理笔记本，再重新启动。")
            )
            return None
        try:
            change = command(self._notebook)
        except NotebookError as error:
            self.failed.emit(error)
            return None
        self.undo_stack.push(_Step(name, change, self.replay))
        self.changed.emit(change)
        return change


class _Step(QUndoCommand):
    """One undoable step: a change that has already been made when it is pushed."""

    def __init__(self, name: str, change: Change, replay: Callable[[Change], None]) -> None:
        super().__init__(name)
        self._change = change
        self._replay = replay
        self._made = True
        self._time = monotonic()

    def undo(self) -> None:
        self._replay(self._change.inverse)

    def redo(self) -> None:
        if self._made:
            self._made = False
            return
        self._replay(self._change)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or not self._goes_on_in(other):
            return False
        self._change = self._change.followed_by(other._change)
        self._time = other._time
        return True

    def _goes_on_in(self, other: "_Step") -> bool:
        newer = other._change.after
        return (
            isinstance(newer, Note)
            and not newer.deleted
            and isinstance(self._change.after, Note)
            and not self._change.after.deleted
            and newer.id == self._change.after.id
            and other._time - self._time < _TYPING_SECONDS
        )
