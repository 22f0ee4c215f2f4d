"""The notebook: one SQLite file, the reader's alone, in which every change is durable before it is shown."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from desktop.notebook import rows
from desktop.notebook.connection import connect
from desktop.notebook.errors import ChangedElsewhere, Garbled, cannot_read, cannot_save, moved_away
from desktop.notebook.model import (
    Anchor,
    Bookmark,
    Change,
    Color,
    Edit,
    Entry,
    Highlight,
    Note,
    NoteKind,
)

_E = TypeVar("_E", bound=Entry)


class Notebook:
    """Notes, bookmarks and highlights. Every command returns the Change it made; ``apply`` makes any change, so also
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
        """All entries on a document, deleted ones too: notes, bookmarks, highlights, oldest first. Raises CannotRead."""
        kinds: tuple[type[Entry], ...] = (Note, Bookmark, Highlight)
        return [entry for kind in kinds for entry in self._entries(kind, "document = ?", document)]

    def everything(self) -> list[Entry]:
        """All entries on all documents, deleted ones too: notes, bookmarks, highlights, oldest first. Raises CannotRead."""
        kinds: tuple[type[Entry], ...] = (Note, Bookmark, Highlight)
        return [entry for kind in kinds for entry in self._entries(kind, "TRUE")]

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

    def add(self, entries: Sequence[Entry]) -> Change:
        """Entries made elsewhere, with ids that are not in use here. Raises CannotSave, ChangedElsewhere."""
        return self.apply(Change(tuple(Edit(None, entry) for entry in entries)))

    def revise(self, revisions: Iterable[tuple[Entry, Entry]]) -> Change:
        """Put other values in the place of entries as they were last read; the time of the change is set here.

        Raises CannotRead, CannotSave, ChangedElsewhere.
        """
        time = self._time()
        return self.apply(
            Change(tuple(Edit(old, replace(new, changed=time)) for old, new in revisions if new != old))
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


_NAMES: dict[type, str] = {Note: "批注", Bookmark: "书签", Highlight: "标记"}


def _changed_elsewhere(entry: Entry) -> str:
    name = _NAMES[type(entry)]
    return f"这条{name}已在另一个窗口改过或删除，刚才的操作没有做；已有的内容都在。请看过新的内容后再改。"
