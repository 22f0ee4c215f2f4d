"""What the reader does to his notebook: saved first, then told to the views, and undone in reverse order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from content.model import Document
from desktop.notebook.anchors import anchor_document, anchor_measure
from desktop.notebook.belonging import going, returning, vanishing
from desktop.notebook.errors import ChangedElsewhere, NotebookError
from desktop.notebook.model import (
    Action,
    Anchor,
    Bookmark,
    Change,
    Color,
    Entry,
    Meeting,
    Note,
    NoteKind,
    Progress,
    this_one,
)
from desktop.shelf import Shelf
from desktop.steps import Step

if TYPE_CHECKING:
    # SQLite is loaded with the store, after the first paint.
    from desktop.notebook.store import Notebook


class Commands(QObject):
    """Commands on one document's notes, bookmarks and highlights, on meetings and on the ledger. Without a notebook every
    command is refused; ``is_opening`` until it is known whether there is one.

    ``changed``: the shelf follows a Change (None: it was read anew); ``failed``: a command was not carried out, with the
    error that says why.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.shelf = Shelf(document)
        self._notebook: Notebook | None = None
        self.is_opening = True
        self._could_replay = True
        self._is_moving_back = False
        self.undo_stack = QUndoStack(self)

    def use_notebook(self, notebook: "Notebook", entries: Iterable[Entry] | None = None) -> None:
        """From now on the commands work on this notebook; ``entries`` are all in it, if they have been read already."""
        self._notebook = notebook
        self.is_opening = False
        if entries is None:
            self.reload()
            return
        self.shelf.load(entries)
        self.changed.emit(None)

    def go_without_notebook(self) -> None:
        """There is no notebook that could be opened: every command is refused."""
        self.is_opening = False
        self.changed.emit(None)

    @property
    def is_writable(self) -> bool:
        """Whether there is a notebook to write in."""
        return self._notebook is not None

    @property
    def notebook(self) -> "Notebook | None":
        """The notebook in use."""
        return self._notebook

    def reload(self) -> None:
        """Read everything anew; if it cannot be read the shelf stays as it is (``failed`` tells why)."""
        if self._notebook is None:
            return
        try:
            self.shelf.load(self._notebook.on_desk(self.document.id))
        except NotebookError as error:
            self.failed.emit(error)
        self.changed.emit(None)

    def follow_others(self) -> None:
        """Read anew if another window or program has written."""
        try:
            if self._notebook is not None and self._notebook.was_changed_elsewhere():
                self.reload()
        except NotebookError as error:
            self.failed.emit(error)

    # Notes

    def write_note(
        self, anchor: Anchor, body: str, kind: NoteKind = NoteKind.GENERAL, tags: tuple[str, ...] = ()
    ) -> str:
        """A new note; gives its id, or "" if it could not be saved (``failed`` tells why)."""
        change = self._do("写批注", lambda notebook: notebook.add_note(anchor, body, kind, tags))
        return change.entry.id if change else ""

    def edit_note(self, note_id: str, body: str) -> str:
        """Other words for a note; gives the id of the note that has them now, or "" if they could not be saved.

        That is another note if this one has been changed in another window meanwhile: both keep their words.
        """
        return self.edit(note_id, "改批注", body=body)

    def edit(self, entry_id: str, name: str, **values: str) -> str:
        """Other words in some fields of an entry; gives the id of the entry that has them now, or "" if they could not be
        saved.

        That is another entry if somebody has changed these fields in another window meanwhile: both keep their words.
        """
        entry = self.shelf.entry(entry_id)
        if entry is None:
            self._refuse("要改的内容已不在笔记本里，可能已在另一个窗口中删除；请把文字复制到别处再写。")
            return ""
        try:
            change = self._try(name, lambda notebook: notebook.revise([(entry, _with(entry, values))]))
        except ChangedElsewhere:
            self.reload()
            return self._keep_both(entry, name, values)
        return entry_id if change else ""

    def _keep_both(self, entry: Entry, name: str, values: dict[str, str]) -> str:
        present = self.shelf.entry(entry.id)
        if present is not None and not present.deleted and _has_same(present, entry, values):
            return self.edit(entry.id, name, **values)
        change = self._do(name, lambda notebook: notebook.add_again(_with(entry, values)))
        if change is None:
            return ""
        self._refuse(
            f"{this_one(entry)}刚在另一个窗口改过或删除；您写的文字已另存为新的一条，两边都在。请核对后合并。"
        )
        return change.entry.id

    def revise_notes(self, ids: Iterable[str], revise: Callable[[Note], Note], name: str) -> bool:
        """Other kind, tags or pin for notes; gives whether it could be saved."""
        notes = [one for one in self.shelf.chosen(ids) if isinstance(one, Note)]
        revisions = [(note, revise(note)) for note in notes]
        if all(old == new for old, new in revisions):
            return True
        return self._do(name, lambda notebook: notebook.revise(revisions)) is not None

    # Bookmarks and highlights

    def add_bookmark(self, anchor: Anchor, label: str = "", folder: str = "") -> str:
        """A new bookmark; gives its id, or "" if it could not be saved."""
        change = self._do("加书签", lambda notebook: notebook.add_bookmark(anchor, label, folder))
        return change.entry.id if change else ""

    def toggle_bookmark(self, measure_id: str) -> bool:
        """Add a bookmark on a measure, or take away those that are there; gives whether there is one now."""
        present = self.shelf.bookmarks_on(measure_id)
        if present:
            return not self.delete([one.id for one in present], "取消书签")
        return bool(self.add_bookmark(anchor_measure(self.document, measure_id)))

    def revise_bookmarks(self, revisions: Sequence[tuple[Bookmark, Bookmark]], name: str) -> bool:
        """Other label, folder or place in the order; gives whether it could be saved."""
        if all(old == new for old, new in revisions):
            return True
        return self._do(name, lambda notebook: notebook.revise(revisions)) is not None

    def highlight(self, anchor: Anchor, color: Color) -> str:
        """A new highlight, or another colour for one on the very same words; gives its id, or ""."""
        same = [one for one in self.shelf.highlights if one.anchor == anchor]
        if same:
            revisions = [(one, replace(one, color=color)) for one in same]
            if all(old == new for old, new in revisions):
                return same[0].id
            change = self._do("换标记颜色", lambda notebook: notebook.revise(revisions))
        else:
            change = self._do("标记", lambda notebook: notebook.add_highlight(anchor, color))
        return change.entry.id if change else ""

    # Meetings and the ledger

    def add_meeting(
        self, title: str, time: str = "", place: str = "", participants: str = "", series: str = ""
    ) -> str:
        """A new meeting, one of a series with the open items of its last meeting; gives its id, or "" if it could not be
        saved.
        """
        anchor = anchor_document(self.document)
        change = self._do(
            "新建会议",
            lambda notebook: notebook.add_meeting(anchor, title, time, place, participants, series),
        )
        return change.entry.id if change else ""

    def duplicate_meeting(self, meeting_id: str) -> str:
        """A meeting once more with its agenda; gives the id of the new one, or ""."""
        meeting = self.shelf.entry(meeting_id)
        if not isinstance(meeting, Meeting):
            return ""
        change = self._do("复制会议", lambda notebook: notebook.duplicate_meeting(meeting))
        return change.entry.id if change else ""

    def add_to_agenda(
        self,
        meeting_id: str,
        anchors: Iterable[Anchor],
        at: int | None = None,
        notes: Mapping[Anchor, tuple[str, ...]] = MappingProxyType({}),
    ) -> list[str]:
        """New items on an agenda before what stands at ``at`` now, or at its end, with ``notes`` (ids) to be shown beside
        some of them; gives their ids, none if they could not be saved.
        """
        change = self._do(
            "加入议程", lambda notebook: notebook.add_agenda_items(meeting_id, anchors, at, notes)
        )
        return [edit.entry.id for edit in change.edits if edit.before is None] if change else []

    def add_action(self, anchor: Anchor, **values: Any) -> str:
        """A new row of the ledger; gives its id, or "" if it could not be saved."""
        change = self._do("加台账", lambda notebook: notebook.add_action(anchor, **values))
        return change.entry.id if change else ""

    def add_progress(self, action_id: str, day: str, text: str) -> str:
        """What has come of a row of the ledger by a day (ISO 8601); gives its id, or "" if it could not be saved."""
        action = self.shelf.entry(action_id)
        if not isinstance(action, Action):
            self._refuse("这行台账已不在笔记本里，可能已在另一个窗口中删除；请把文字复制到别处再写。")
            return ""
        change = self._do("写进展", lambda notebook: notebook.add_progress(action, day, text))
        return change.entry.id if change else ""

    def correct_progress(self, progress_id: str, day: str, text: str) -> str:
        """Other progress in the place of one that goes into the 回收; gives its id, or ""."""
        old = self.shelf.entry(progress_id)
        if not isinstance(old, Progress):
            return ""
        change = self._do("更正进展", lambda notebook: notebook.correct_progress(old, day, text))
        return change.entry.id if change else ""

    # All kinds

    def delete(self, ids: Iterable[str], name: str = "删除") -> bool:
        """Put entries into the 回收, and their parts; gives whether it could be saved."""
        entries = going(self.shelf.chosen(ids), self.shelf.everything)
        return not entries or self._do(name, lambda notebook: notebook.delete(entries)) is not None

    def restore(self, ids: Iterable[str]) -> bool:
        """Take entries out of the 回收, with what went there with them; gives whether it could be saved."""
        entries = returning(self._binned(ids), self.shelf.everything)
        return not entries or self._do("还原", lambda notebook: notebook.restore(entries)) is not None

    def purge(self, ids: Iterable[str]) -> bool:
        """Remove entries for good; within the sitting this too can be undone."""
        entries = vanishing(self.shelf.chosen(ids), self.shelf.everything)
        return not entries or self._do("彻底删除", lambda notebook: notebook.purge(entries)) is not None

    def _binned(self, ids: Iterable[str]) -> list[Entry]:
        return [one for one in self.shelf.chosen(ids) if one.deleted]

    def revise(self, revisions: Sequence[tuple[Entry, Entry]], name: str) -> bool:
        """Other values for entries of any kind; gives whether they could be saved."""
        return self._do(name, lambda notebook: notebook.revise(revisions)) is not None

    def make(self, name: str, change: Change) -> bool:
        """Carry out a change prepared elsewhere: an import, or what a backup brings back."""
        return not change.edits or self._do(name, lambda notebook: notebook.apply(change)) is not None

    def undo(self) -> bool:
        """Take the last change back; gives whether that could be done (``failed`` tells why not)."""
        return self._move(self.undo_stack.undo, self.undo_stack.redo)

    def redo(self) -> bool:
        """Make the change again that was taken back last; gives whether that could be done."""
        return self._move(self.undo_stack.redo, self.undo_stack.undo)

    def _move(self, step: Callable[[], None], back: Callable[[], None]) -> bool:
        self._could_replay = True
        count = self.undo_stack.count()
        step()
        if not self._could_replay and self.undo_stack.count() == count:
            # What could not be saved has not been undone: the stack goes back to where it was.
            self._is_moving_back = True
            back()
            self._is_moving_back = False
        return self._could_replay

    def _replay(self, change: Change) -> bool:
        """Make a change of the stack; gives whether it can ever be made."""
        if self._is_moving_back or self._notebook is None:
            return True
        try:
            self._tell(self._notebook.apply(change))
        except NotebookError as error:
            self._could_replay = False
            self.failed.emit(error)
            if isinstance(error, ChangedElsewhere):
                self.reload()
                return False
        return True

    def close(self) -> None:
        """Let go of the notebook."""
        if self._notebook is not None:
            self._notebook.close()
            self._notebook = None

    def _do(self, name: str, command: "Callable[[Notebook], Change]") -> Change | None:
        try:
            return self._try(name, command)
        except ChangedElsewhere as error:
            self.failed.emit(error)
            self.reload()
            return None

    def _try(self, name: str, command: "Callable[[Notebook], Change]") -> Change | None:
        """Raises ChangedElsewhere; whatever else is the matter is told by ``failed``."""
        if self._notebook is None:
            self._refuse("笔记本没有打开，这次改动没有存下；请先按提示处理笔记本，再重新启动。")
            return None
        try:
            change = command(self._notebook)
        except ChangedElsewhere:
            raise
        except NotebookError as error:
            self.failed.emit(error)
            return None
        if change.edits:
            self.undo_stack.push(Step(name, change, self._replay))
            self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        self.shelf.apply(change)
        self.changed.emit(change)

    def _refuse(self, sentence: str) -> None:
        self.failed.emit(NotebookError(sentence))


def _with(entry: Entry, values: Mapping[str, Any]) -> Entry:
    return replace(entry, **values)


def _has_same(one: Entry, other: Entry, names: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)
