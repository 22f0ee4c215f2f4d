"""The notebook: one SQLite file, the reader's alone, in which every change is durable before it is shown."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from desktop.notebook import meetings, rows
from desktop.notebook.connection import connect
from desktop.notebook.errors import (
    ChangedElsewhere,
    Garbled,
    NeverOverwritten,
    cannot_read,
    cannot_save,
    moved_away,
)
from desktop.notebook.model import (
    KINDS,
    SHARED,
    Action,
    AgendaItem,
    Anchor,
    Bookmark,
    Change,
    Color,
    Edit,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
    this_one,
    with_first_due,
)

_E = TypeVar("_E", bound=Entry)


class Notebook:
    """Everything the reader has written. Every command returns the Change it made; ``apply`` makes any change, so also
    inverses.

    Nothing here trusts the clock: what is older is what was written first. All calls come from one thread.
    """

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], datetime] = datetime.now) -> None:
        self._connection = connection
        self._now = now
        self._seen_version = self._data_version()
        self._path = str(self._ask("PRAGMA database_list")[0][2] or "")
        self._file = self._identity()

    @classmethod
    def open(cls, folder: Path, now: Callable[[], datetime] = datetime.now) -> "Notebook":
        """The notebook in a folder; folder and file are made if they are not there. Raises CannotOpen."""
        return cls(connect(folder), now)

    def close(self) -> None:
        """Let go of the file. Later calls fail."""
        self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection to the file, for a backup of it."""
        return self._connection

    def notes(self, document: str) -> list[Note]:
        """The notes on a document that are in use, oldest first. Raises CannotRead."""
        return self._in_use(Note, document)

    def bookmarks(self, document: str) -> list[Bookmark]:
        """The bookmarks on a document that are in use, in the order made by hand. Raises CannotRead."""
        return sorted(self._in_use(Bookmark, document), key=lambda one: one.position)

    def highlights(self, document: str) -> list[Highlight]:
        """The highlights on a document that are in use, oldest first. Raises CannotRead."""
        return self._in_use(Highlight, document)

    def deleted(self, document: str) -> list[Entry]:
        """What lies in the 回收 of a document, last deleted first. Raises CannotRead."""
        found = [entry for entry in self.everything() if entry.deleted and entry.anchor.document == document]
        return sorted(found, key=lambda entry: entry.deleted, reverse=True)

    def entries(self, document: str) -> list[Entry]:
        """All entries on a document, deleted ones too: kind by kind, the oldest first. Raises CannotRead."""
        return [entry for kind in KINDS for entry in self._entries(kind, "document = ?", document)]

    def on_desk(self, document: str) -> list[Entry]:
        """What is at hand while a document is open, deleted entries too: those on it, and the meetings and the ledger of
        all documents. Raises CannotRead.
        """
        return [
            entry
            for kind in KINDS
            for entry in (
                self._entries(kind, "TRUE")
                if kind in SHARED
                else self._entries(kind, "document = ?", document)
            )
        ]

    def everything(self) -> list[Entry]:
        """All entries on all documents, deleted ones too: kind by kind, the oldest first. Raises CannotRead."""
        return [entry for kind in KINDS for entry in self._entries(kind, "TRUE")]

    def meetings(self) -> list[Meeting]:
        """The meetings in use, oldest first. Raises CannotRead."""
        return self._entries(Meeting, "deleted = ''")

    def agenda_items(self) -> list[AgendaItem]:
        """What is on the agendas of all meetings, in use, oldest first. Raises CannotRead."""
        return self._entries(AgendaItem, "deleted = ''")

    def actions(self) -> list[Action]:
        """The rows of the ledger that are in use, oldest first. Raises CannotRead."""
        return self._entries(Action, "deleted = ''")

    def progress(self) -> list[Progress]:
        """The progress of all rows of the ledger, in use, oldest first. Raises CannotRead."""
        return self._entries(Progress, "deleted = ''")

    def was_changed_elsewhere(self) -> bool:
        """Whether another window or program has written since this was last asked. Raises CannotRead."""
        before, self._seen_version = self._seen_version, self._data_version()
        return before != self._seen_version

    def add_note(
        self, anchor: Anchor, body: str, kind: NoteKind = NoteKind.GENERAL, tags: tuple[str, ...] = ()
    ) -> Change:
        """A new note. Raises CannotSave."""
        time = self._time()
        return self.add([Note(new_id(), anchor, body, time, time, kind, tags)])

    def add_bookmark(self, anchor: Anchor, label: str = "", folder: str = "") -> Change:
        """A new bookmark, after all others. Raises CannotRead, CannotSave."""
        time = self._time()
        [(last,)] = self._ask("SELECT coalesce(max(position), 0) FROM bookmark")
        return self.add([Bookmark(new_id(), anchor, time, time, label, folder, last + 1)])

    def add_highlight(self, anchor: Anchor, color: Color) -> Change:
        """A new highlight. Raises CannotSave."""
        time = self._time()
        return self.add([Highlight(new_id(), anchor, time, time, color)])

    def add_meeting(
        self,
        anchor: Anchor,
        title: str,
        time: str = "",
        place: str = "",
        participants: str = "",
        series: str = "",
    ) -> Change:
        """A new meeting; one of a series with the open items of its last meeting. Raises CannotRead, CannotSave."""
        made = self._time()
        new = Meeting(new_id(), anchor, made, made, title, time, place, participants, series)
        left = meetings.carried_over(self.meetings(), self.agenda_items(), new, new_id) if series else []
        return self.add([new, *left])

    def duplicate_meeting(self, meeting: Meeting) -> Change:
        """A meeting once more with all of its agenda. Raises CannotRead, CannotSave."""
        return self.add(meetings.duplicate(meeting, self.agenda_items(), self._time(), new_id))

    def add_agenda_items(
        self,
        meeting_id: str,
        anchors: Iterable[Anchor],
        at: int | None = None,
        notes: Mapping[Anchor, tuple[str, ...]] = MappingProxyType({}),
    ) -> Change:
        """New items on an agenda before what stands at ``at`` now, or at its end, with ``notes`` (ids) to be shown beside
        some of them. Raises CannotRead, CannotSave.
        """
        time = self._time()
        present = meetings.agenda(self.agenda_items(), meeting_id)
        at = len(present) if at is None else at
        new = [AgendaItem(new_id(), one, time, time, meeting_id, notes=notes.get(one, ())) for one in anchors]
        ordered = meetings.numbered([*present[:at], *new, *present[at:]])
        made = {one.id for one in new}
        added = [Edit(None, after) for _, after in ordered if after.id in made]
        moved = [
            Edit(before, replace(after, changed=time)) for before, after in ordered if after.id not in made
        ]
        return self.apply(Change((*added, *moved)))

    def add_action(self, anchor: Anchor, **values: Any) -> Change:
        """A new row of the ledger, after all others, with values of its own. Raises CannotRead, CannotSave."""
        time = self._time()
        [(last,)] = self._ask("SELECT coalesce(max(position), 0) FROM ledger_row")
        return self.add([replace(Action(new_id(), anchor, time, time, last + 1), **values)])

    def add_progress(self, action: Action, day: str, text: str) -> Change:
        """What has come of a row of the ledger by a day (ISO 8601). Raises CannotSave."""
        time = self._time()
        return self.add([Progress(new_id(), action.anchor, time, time, action.id, day, text)])

    def correct_progress(self, old: Progress, day: str, text: str) -> Change:
        """Other progress in the place of one that goes into the 回收. Raises CannotSave, ChangedElsewhere."""
        time = self._time()
        new = replace(old, id=new_id(), created=time, changed=time, day=day, text=text, author="")
        return self.apply(Change((Edit(None, new), Edit(old, replace(old, deleted=time)))))

    def add_again(self, entry: Entry) -> Change:
        """An entry once more, as one's own, made now. Raises CannotSave."""
        time = self._time()
        new = replace(entry, id=new_id(), created=time, changed=time, author="", deleted="")
        return self.add([replace(new, pinned=False) if isinstance(new, Note) else new])

    def add(self, entries: Sequence[Entry]) -> Change:
        """Entries made elsewhere, with ids that are not in use here. Raises CannotSave, ChangedElsewhere."""
        return self.apply(Change(tuple(Edit(None, entry) for entry in entries)))

    def revise(self, revisions: Iterable[tuple[Entry, Entry]]) -> Change:
        """Put other values in the place of entries as they were last read; the time of the change is set here, and the
        first due date of a row of the ledger kept.

        Raises CannotRead, CannotSave, ChangedElsewhere, or NeverOverwritten for other words or another day of progress.
        """
        time = self._time()
        kept = ((old, _kept(old, new)) for old, new in revisions)
        return self.apply(
            Change(tuple(Edit(old, replace(new, changed=time)) for old, new in kept if new != old))
        )

    def delete(self, entries: Iterable[Entry]) -> Change:
        """Put entries into the 回收. Raises CannotRead, CannotSave, ChangedElsewhere."""
        time = self._time()
        return self.apply(Change(tuple(Edit(entry, replace(entry, deleted=time)) for entry in entries)))

    def restore(self, entries: Iterable[Entry]) -> Change:
        """Take entries out of the 回收. Raises CannotRead, CannotSave, ChangedElsewhere."""
        return self.apply(Change(tuple(Edit(entry, replace(entry, deleted="")) for entry in entries)))

    def purge(self, entries: Iterable[Entry]) -> Change:
        """Remove entries from the file for good. Raises CannotRead, CannotSave, ChangedElsewhere."""
        return self.apply(Change(tuple(Edit(entry, None) for entry in entries)))

    def apply(self, change: Change) -> Change:
        """Make a change, durably and as a whole, and return it as the file holds it.

        Raises CannotRead, CannotSave, or ChangedElsewhere where an entry is not what the change starts from; then nothing
        has changed.
        """
        change = Change(tuple(Edit(one.before, one.after and rows.held(one.after)) for one in change.edits))
        with self._transaction():
            for edit in change.edits:
                self._make(edit)
        return change

    def find(self, entry: _E) -> _E | None:
        """An entry as it stands in the file now; None if it is gone. Raises CannotRead."""
        found = self._entries(type(entry), "id = ?", entry.id)
        return found[0] if found else None

    def _make(self, edit: Edit) -> None:
        kind = type(edit.entry)
        table = rows.TABLES[kind]
        present = next(iter(self._entries(kind, "id = ?", edit.entry.id)), None)
        if present != edit.before:
            raise ChangedElsewhere(_changed_elsewhere(edit.entry))
        if edit.after is None:
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (edit.entry.id,))
            return
        columns = (*rows.columns(kind), rows.DIGEST)
        values = rows.values(edit.after)
        updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            (*values, rows.digest(values)),
        )

    def _in_use(self, kind: type[_E], document: str) -> list[_E]:
        return self._entries(kind, "document = ? AND deleted = ''", document)

    def _entries(self, kind: type[_E], where: str, *values: str) -> list[_E]:
        columns = ", ".join((*rows.columns(kind), rows.DIGEST))
        question = f"SELECT {columns} FROM {rows.TABLES[kind]} WHERE {where} ORDER BY rowid"
        try:
            return [cast(_E, rows.checked_entry(kind, row)) for row in self._ask(question, *values)]
        except ValueError as error:
            raise Garbled(
                "笔记本里有一条记录读不懂，刚才的操作没有完成；原文仍可阅读、搜索。请从备份恢复。"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._file != self._identity():
            raise moved_away(self._path)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise cannot_save(error) from error
            raise

    def _identity(self) -> tuple[int, int] | None:
        """What tells the file at the notebook's path from any other; None if there is none."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - before every change; Path would cost more than the call
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _data_version(self) -> int:
        [(version,)] = self._ask("PRAGMA data_version")
        return int(version)

    def _ask(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise cannot_read(error) from error

    def _time(self) -> str:
        return self._now().astimezone().isoformat(timespec="seconds")


def new_id() -> str:
    """An id that no other entry has, here or in a colleague's notebook."""
    return os.urandom(16).hex()


def _kept(old: Entry, new: Entry) -> Entry:
    """The new state of an entry with what no revision may take from it. Raises NeverOverwritten."""
    if isinstance(old, Action) and isinstance(new, Action):
        return with_first_due(old, new)
    if isinstance(old, Progress) and isinstance(new, Progress) and _written(old) != _written(new):
        raise NeverOverwritten(
            "进展只增不改，刚才的改动没有做；已有的进展都在。请另写一条，或用“更正”换下这一条。"
        )
    return new


def _written(progress: Progress) -> tuple[str, str, str]:
    return progress.action, progress.day, progress.text


def _changed_elsewhere(entry: Entry) -> str:
    return (
        f"{this_one(entry)}已在另一个窗口改过或删除，刚才的操作没有做；已有的内容都在。请看过新的内容后再改。"
    )
