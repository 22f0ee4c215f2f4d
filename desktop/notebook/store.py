"""The notebook: one SQLite file, the reader's alone, in which every change is durable before it is shown."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.notebook.errors import CannotOpen, CannotRead, CannotSave, UnknownEntry
from desktop.notebook.model import Anchor, Bookmark, Change, Entry, Note
from desktop.notebook.schema import MIGRATIONS, VERSION

FILE_NAME = "notebook.sqlite3"
_BUSY_SECONDS = 1.0
_ANCHOR = "document, measure, quote, before, after, start, end"


class Notebook:
    """Notes and bookmarks. Every command returns the Change it made; ``apply`` makes any change, so also inverses.

    All calls come from one thread.
    """

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], datetime] = datetime.now) -> None:
        self._connection = connection
        self._now = now

    @classmethod
    def open(cls, folder: Path, now: Callable[[], datetime] = datetime.now) -> "Notebook":
        """The notebook in a folder; folder and file are made if they are not there.

        Raises CannotOpen, with the sentence for the reader, and leaves the file as it was.
        """
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise CannotOpen(_cannot_open(path, error)) from error
        try:
            _prepare(connection, path)
        except (sqlite3.Error, CannotOpen) as error:
            connection.close()
            raise CannotOpen(_cannot_open(path, error)) from error
        return cls(connection, now)

    def close(self) -> None:
        """Let go of the file. Later calls fail."""
        self._connection.close()

    def notes(self, document: str) -> list[Note]:
        """The notes on a document that are in use, oldest first. Raises CannotRead."""
        rows = self._ask(
            f"SELECT id, {_ANCHOR}, body, created, changed, deleted FROM note"
            " WHERE document = ? AND deleted = '' ORDER BY created, rowid",
            document,
        )
        return [Note(row[0], Anchor(*row[1:8]), *row[8:]) for row in rows]

    def bookmarks(self, document: str) -> list[Bookmark]:
        """The bookmarks on a document that are in use, oldest first. Raises CannotRead."""
        rows = self._ask(
            f"SELECT id, {_ANCHOR}, created, deleted FROM bookmark"
            " WHERE document = ? AND deleted = '' ORDER BY created, rowid",
            document,
        )
        return [Bookmark(row[0], Anchor(*row[1:8]), *row[8:]) for row in rows]

    def add_note(self, anchor: Anchor, body: str) -> Change:
        """A new note. Raises CannotSave."""
        time = self._time()
        return self.apply(Change(None, Note(_new_id(), anchor, _storable(body), time, time)))

    def edit_note(self, note_id: str, body: str) -> Change:
        """Other words for a note. Raises UnknownEntry, CannotRead, CannotSave."""
        note = self._note(note_id)
        return self.apply(Change(note, replace(note, body=_storable(body), changed=self._time())))

    def delete_note(self, note_id: str) -> Change:
        """Put a note aside; it stays in the file. Raises UnknownEntry, CannotRead, CannotSave."""
        note = self._note(note_id)
        return self.apply(Change(note, replace(note, deleted=self._time())))

    def add_bookmark(self, anchor: Anchor) -> Change:
        """A new bookmark. Raises CannotSave."""
        return self.apply(Change(None, Bookmark(_new_id(), anchor, self._time())))

    def delete_bookmark(self, bookmark_id: str) -> Change:
        """Put a bookmark aside; it stays in the file. Raises UnknownEntry, CannotRead, CannotSave."""
        rows = self._ask(f"SELECT id, {_ANCHOR}, created, deleted FROM bookmark WHERE id = ?", bookmark_id)
        if not rows:
            raise UnknownEntry("这个书签已不在笔记本里，可能已在另一个窗口中删除。")
        bookmark = Bookmark(rows[0][0], Anchor(*rows[0][1:8]), *rows[0][8:])
        return self.apply(Change(bookmark, replace(bookmark, deleted=self._time())))

    def apply(self, change: Change) -> Change:
        """Make a change, durably, and return it. Raises CannotSave; then nothing has changed."""
        table = "note" if isinstance(change.entry, Note) else "bookmark"
        with self._transaction():
            if change.after is None:
                self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (change.entry.id,))
            else:
                self._write(table, change.after)
        return change

    def _write(self, table: str, entry: Entry) -> None:
        columns, values = _row(entry)
        marks = ", ".join("?" for _ in values)
        updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            values,
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise CannotSave(_cannot_save(error)) from error
            raise

    def _note(self, note_id: str) -> Note:
        rows = self._ask(
            f"SELECT id, {_ANCHOR}, body, created, changed, deleted FROM note WHERE id = ?", note_id
        )
        if not rows:
            raise UnknownEntry("这条批注已不在笔记本里，可能已在另一个窗口中删除。")
        return Note(rows[0][0], Anchor(*rows[0][1:8]), *rows[0][8:])

    def _ask(self, question: str, value: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(question, (value,)).fetchall()
        except sqlite3.Error as error:
            raise CannotRead(_cannot_read(error)) from error

    def _time(self) -> str:
        return self._now().astimezone().isoformat(timespec="seconds")


def _row(entry: Entry) -> tuple[tuple[str, ...], tuple[object, ...]]:
    anchor = tuple(_ANCHOR.split(", "))
    if isinstance(entry, Note):
        columns = ("id", *anchor, "body", "created", "changed", "deleted")
        return columns, (
            entry.id,
            *astuple(entry.anchor),
            entry.body,
            entry.created,
            entry.changed,
            entry.deleted,
        )
    return ("id", *anchor, "created", "deleted"), (
        entry.id,
        *astuple(entry.anchor),
        entry.created,
        entry.deleted,
    )


def _storable(body: str) -> str:
    """The words as a file can hold them: half a surrogate pair, which some input methods leave, is a ?."""
    return body.encode("utf-8", "replace").decode("utf-8")


def _new_id() -> str:
    return os.urandom(16).hex()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # Nothing that may write comes before the file is known to be whole and ours.
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise CannotOpen(f"笔记本 {path} 由更新版本的程序写成；请用新版程序打开，本程序不会改动它。")
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise CannotOpen(_damaged(path))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version == VERSION:
        connection.execute("SELECT count(*) FROM note, bookmark").fetchone()
        return
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


def _cannot_open(path: Path, error: Exception) -> str:
    if isinstance(error, CannotOpen):
        return str(error)
    text = str(error)
    if "not a database" in text or "malformed" in text or "no such table" in text:
        return _damaged(path)
    if "locked" in text:
        return f"笔记本 {path} 正被另一个程序占用；原文仍可阅读、搜索。请关闭占用它的程序后重新启动。"
    if "disk" in text and "full" in text:
        return f"磁盘已满，笔记本 {path} 打不开；已有批注都在。请清理磁盘后重新启动。"
    return f"笔记本 {path} 打不开或不可写；原文仍可阅读、搜索，暂不能批注。请检查该文件夹的权限后重新启动。"


def _damaged(path: Path) -> str:
    return f"笔记本 {path} 已损坏，程序没有改动它；原文仍可阅读、搜索。请把该文件另存一份后移开，再重新启动。"


def _cannot_read(error: Exception) -> str:
    if "locked" in str(error):
        return "笔记本正被另一个程序占用，刚才的操作没有完成；原文仍可阅读、搜索。请稍后再试。"
    return "笔记本读不出来，刚才的操作没有完成；原文仍可阅读、搜索。请把数据文件夹另存一份，再重新启动。"


def _cannot_save(error: Exception) -> str:
    text = str(error)
    if "full" in text:
        return "磁盘已满，这次改动没有存下；此前的批注都在。请清理磁盘后再试。"
    if "locked" in text:
        return "笔记本正被另一个程序占用，这次改动没有存下；此前的批注都在。请稍后再试。"
    if "readonly" in text:
        return "笔记本所在文件夹不可写，这次改动没有存下；此前的批注都在。请检查权限后再试。"
    return "这次改动没有存下，此前的批注都在；请检查笔记本所在的磁盘后再试。"
