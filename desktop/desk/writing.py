"""The notebook as the reader meets it: notes, bookmarks and highlights written, shown, taken back."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from content import citation
from content.model import Document
from desktop.commands import Commands
from desktop.describing import Describing
from desktop.notebook.anchors import anchor_document, anchor_measure, anchor_section
from desktop.notebook.listing import Listing, tags_in_use
from desktop.notebook.model import Anchor, Color, Note, NoteKind
from desktop.shelf import Shelf
from desktop.views.desk import BIN, BOOKMARKS, HIGHLIGHTS, NOTES, DeskPanel
from desktop.views.note_filter import Where
from desktop.views.outline import OutlineView, Tally

SectionKey = tuple[int, int]


class Writing(QObject):
    """Passes what the reader writes to the commands, and shows in the panel and the outline what is there now.

    ``changed``: the shelf is another now; ``failed``: a change was not saved, with the sentence to tell;
    ``entry_opened``: the reader wants to see where an entry stands (its id).
    """

    changed = Signal()
    failed = Signal(str)
    word_said = Signal(str)
    entry_opened = Signal(str)

    def __init__(
        self,
        document: Document,
        commands: Commands,
        describing: Describing,
        desk: DeskPanel,
        outline: OutlineView,
    ) -> None:
        super().__init__(desk)
        self._document = document
        self._commands = commands
        self._describing = describing
        self._desk = desk
        self._outline = outline
        self._listing = Listing()
        self._section: SectionKey = (0, 0)
        self._measure = ""
        self._connect()

    def _connect(self) -> None:
        commands, desk, page = self._commands, self._desk, self._desk.notes
        commands.changed.connect(self.refresh)
        commands.failed.connect(lambda error: self.failed.emit(str(error)))
        page.note_written.connect(self._write_note)
        page.note_edited.connect(self._edit_note)
        page.kind_chosen.connect(self._choose_kind)
        page.tags_chosen.connect(self._choose_tags)
        page.tags_added.connect(self._add_tags)
        page.pin_chosen.connect(self._pin)
        page.notes_deleted.connect(self.delete)
        page.list.edit_requested.connect(self._open_for_editing)
        page.listing_changed.connect(self._show_notes)
        page.writing_ended.connect(self._show_notes)
        page.draft_ended.connect(self._aim_at_measure)
        page.note_chosen.connect(self.entry_opened)
        desk.bookmarks.bookmark_chosen.connect(self.entry_opened)
        desk.bookmarks.renamed.connect(self._rename_bookmark)
        desk.bookmarks.folder_renamed.connect(self._rename_folder)
        desk.bookmarks.arranged.connect(self._arrange)
        desk.bookmarks.delete_requested.connect(self.delete)
        desk.highlights.entry_chosen.connect(self.entry_opened)
        desk.highlights.delete_requested.connect(self.delete)
        desk.bin.restore_requested.connect(self._restore)
        desk.bin.purge_requested.connect(commands.purge)

    @property
    def shelf(self) -> Shelf:
        """What the notebook holds of the document."""
        return self._commands.shelf

    @property
    def is_possible(self) -> bool:
        """Whether a notebook is open."""
        return self._commands.is_writable

    @property
    def is_opening(self) -> bool:
        """Whether it is not yet known if there is a notebook."""
        return self._commands.is_opening

    @property
    def can_undo(self) -> bool:
        return self._commands.undo_stack.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._commands.undo_stack.canRedo()

    # What is shown

    def refresh(self) -> None:
        """Show what the notebook holds now."""
        shelf, desk = self.shelf, self._desk
        desk.notes.set_writable(self.is_possible, self._commands.is_opening)
        desk.notes.know_tags(tags_in_use(shelf.notes))
        self._show_notes()
        self._show_bookmarks()
        desk.show_highlights(self._describing.highlight_rows())
        deleted = shelf.deleted
        desk.bin.show_rows(self._describing.deleted_rows(deleted))
        kinds = (
            (NOTES, shelf.notes),
            (BOOKMARKS, shelf.bookmarks),
            (HIGHLIGHTS, shelf.highlights),
            (BIN, deleted),
        )
        desk.show_counts({tab: len(entries) for tab, entries in kinds})
        notes, bookmarks = shelf.section_counts()
        self._outline.set_tallies({key: Tally(notes[key], bookmarks[key]) for key in {*notes, *bookmarks}})
        self.changed.emit()

    def show_section(self, section: SectionKey) -> None:
        """List the notes of a section."""
        if section != self._section:
            self._section = section
            if self._desk.notes.filter.where is Where.SECTION:
                self._show_notes()

    def show_measure(self, measure_id: str) -> None:
        """The measure that the next note will be about."""
        if measure_id == self._measure:
            return
        self._measure = measure_id
        self._aim_at_measure()
        if self._desk.notes.filter.where is Where.MEASURE:
            self._show_notes()
        self._mark_here()

    def _aim_at_measure(self) -> None:
        if self._measure:
            place = citation.short(self._document, self._measure)
            self._desk.notes.show_target(anchor_measure(self._document, self._measure), place)

    def show_notes_on(self, measure_id: str) -> None:
        """Lead from the margin to the notes of a measure; the first one has the keyboard."""
        page = self._desk.notes
        self._desk.show_tab(NOTES)
        page.filter.drop()
        if page.filter.where is not Where.ALL or not self._notes_on(measure_id):
            page.filter.choose(Where.SECTION)
        found = [note for note in page.list.cards.notes if self.shelf.measure_of(note) == measure_id]
        if found:
            page.list.setFocus()
            page.list.reveal(found[0].id)
        else:
            self.word_said.emit("这一条还没有批注；按 Ctrl+M 写一条。")

    def _notes_on(self, measure_id: str) -> list[Note]:
        return [note for note in self.shelf.notes if self.shelf.measure_of(note) == measure_id]

    def _show_notes(self) -> None:
        page = self._desk.notes
        notes = self._placed(page.filter.where)
        wanted = page.filter.wanted
        found = self._listing.select(notes, wanted, page.filter.order, self.shelf.position)
        listed = {note.id for note in found}
        found += [
            note
            for note_id in page.being_written
            if note_id not in listed and (note := self.shelf.note(note_id)) and not note.deleted
        ]
        page.show_notes(found, len(notes), self._nothing_listed(page.filter.where, bool(notes)))
        self._mark_here()

    def _placed(self, where: Where) -> Sequence[Note]:
        shelf = self.shelf
        if where is Where.MEASURE:
            return [note for note in shelf.notes if self._measure and shelf.measure_of(note) == self._measure]
        if where is Where.SECTION:
            # Lost notes and those on the whole document are shown everywhere.
            return [note for note in shelf.notes if shelf.section_of(note) in (self._section, None)]
        return shelf.notes

    @staticmethod
    def _nothing_listed(where: Where, some: bool) -> str:
        if some:
            return "没有符合条件的批注。\n换一个词或放宽条件试试。"
        if where is Where.ALL:
            return "还没有批注。\n在上面写下的话会留在这里，原文旁边会标出圆点。"
        return f"{where.value}还没有批注。\n在上面写下的话会留在这里，原文旁边会标出圆点。"

    def _mark_here(self) -> None:
        notes = self._desk.notes.list.cards.notes
        here = frozenset(note.id for note in notes if self.shelf.measure_of(note) == self._measure)
        self._desk.notes.list.mark_here(here)

    # Notes

    def write_on(self, anchor: Anchor, place: str) -> None:
        """Let the reader write a note on this."""
        self._desk.show_tab(NOTES)
        self._desk.notes.show_target(anchor, place)
        self._desk.notes.write_note()

    def write_on_section(self) -> None:
        """Let the reader write a note on the section he is in."""
        part, section = self._document.part(self._section[0]), self._document.section(*self._section)
        if part is None or section is None or self._section == (0, 0):
            self.write_on_document()
            return
        name = citation.section_name(part, section)
        self.write_on(anchor_section(self._document, self._section), f"{name}全节")

    def write_on_document(self) -> None:
        """Let the reader write a note on the whole document."""
        self.write_on(anchor_document(self._document), "全文")

    def _write_note(self, anchor: Anchor, body: str, kind: NoteKind, tags: tuple[str, ...]) -> None:
        note_id = self._commands.write_note(anchor, body, kind, tags)
        if note_id:
            self._desk.notes.adopt_draft(note_id, body)
            self._show_notes()

    def _edit_note(self, note_id: str, body: str) -> None:
        kept_as = self._commands.edit_note(note_id, body)
        if kept_as:
            self._desk.notes.confirm(note_id, kept_as, body)

    def _open_for_editing(self, note_id: str) -> None:
        note = self.shelf.note(note_id)
        if note is not None:
            self._desk.notes.edit(note)

    def _choose_kind(self, ids: list[str], kind: NoteKind) -> None:
        self._commands.revise_notes(ids, lambda note: replace(note, kind=kind), "改类别")

    def _choose_tags(self, ids: list[str], tags: tuple[str, ...]) -> None:
        self._commands.revise_notes(ids, lambda note: replace(note, tags=tags), "改标签")

    def _add_tags(self, ids: list[str], tags: tuple[str, ...]) -> None:
        done = self._commands.revise_notes(
            ids, lambda note: replace(note, tags=tuple(dict.fromkeys((*note.tags, *tags)))), "加标签"
        )
        if done:
            self.word_said.emit(f"已给 {len(ids)} 条批注加上标签，Ctrl+Z 可撤销")

    def _pin(self, ids: list[str], pinned: bool) -> None:
        self._commands.revise_notes(
            ids, lambda note: replace(note, pinned=pinned), "置顶" if pinned else "取消置顶"
        )

    # Bookmarks and highlights

    def toggle_bookmark(self, measure_id: str) -> None:
        """Add a bookmark on a measure, or take away the one that is there."""
        added = self._commands.toggle_bookmark(measure_id)
        if self.is_possible:
            self.word_said.emit("已加书签" if added else "已取消书签")

    def add_bookmark(self, anchor: Anchor, folder: str = "") -> None:
        """A bookmark on these words."""
        if self._commands.add_bookmark(anchor, folder=folder):
            self.word_said.emit(f"已放入书签文件夹“{folder}”" if folder else "已加书签")

    def highlight(self, anchor: Anchor, color: Color) -> None:
        """Mark these words with a colour."""
        if self._commands.highlight(anchor, color):
            self.word_said.emit(f"已标记（{color.value}），Ctrl+Z 可撤销")

    def recolor(self, highlight_id: str, color: Color) -> None:
        """Another colour for a highlight."""
        revisions = [
            (one, replace(one, color=color)) for one in self.shelf.highlights if one.id == highlight_id
        ]
        if any(old != new for old, new in revisions):
            self._commands.revise(revisions, "换标记颜色")

    def _rename_bookmark(self, bookmark_id: str, label: str) -> None:
        renamed = [one for one in self.shelf.bookmarks if one.id == bookmark_id]
        shown = {self._describing.bookmark_text(one) for one in renamed if not one.label}
        # What stands there without a label is no label: typing it again is no change.
        label = "" if label in shown else label
        self._commands.revise_bookmarks([(one, replace(one, label=label)) for one in renamed], "书签改名")
        self._show_bookmarks()

    def _rename_folder(self, old: str, new: str) -> None:
        inside = [one for one in self.shelf.bookmarks if one.folder == old]
        self._commands.revise_bookmarks([(one, replace(one, folder=new)) for one in inside], "文件夹改名")
        self._show_bookmarks()

    def _arrange(self, order: list[tuple[str, str]]) -> None:
        found = {one.id: one for one in self.shelf.bookmarks}
        revisions = [
            (found[one], replace(found[one], folder=folder, position=position))
            for position, (one, folder) in enumerate(order, 1)
            if one in found
        ]
        self._commands.revise_bookmarks([(old, new) for old, new in revisions if old != new], "整理书签")
        self._show_bookmarks()

    def _show_bookmarks(self) -> None:
        """Show what has been saved, also where that is not what the reader has just made of the tree."""
        self._desk.show_bookmarks(self._describing.bookmark_rows())

    # All kinds

    def delete(self, ids: Sequence[str]) -> None:
        """Put entries into the 回收."""
        if ids and self._commands.delete(ids):
            self.word_said.emit("已放入回收，Ctrl+Z 可撤销")

    def _restore(self, ids: Sequence[str]) -> None:
        if ids and self._commands.restore(ids):
            self.word_said.emit(f"已还原 {len(ids)} 条")

    def undo(self) -> None:
        """Take the last change back."""
        self._desk.end_writing()
        name = self._commands.undo_stack.undoText()
        self._tell_moved(f"已撤销：{name}", self._commands.undo())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._desk.end_writing()
        name = self._commands.undo_stack.redoText()
        self._tell_moved(f"已重做：{name}", self._commands.redo())

    def _tell_moved(self, sentence: str, moved: bool) -> None:
        # Only now does the stack know what can be undone and redone: the change itself was told in the middle of it.
        self.changed.emit()
        if moved:
            self.word_said.emit(sentence)
