"""Opening the notebook's file: whole, ours, and of the newest shape before anybody writes in it."""

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar
from urllib.parse import quote

from desktop.notebook import drive, rows
from desktop.notebook.errors import CannotOpen, Damaged, is_damage
from desktop.notebook.newer import refuse_newer, told_of_newer
from desktop.notebook.schema import VERSION, migrate, newest_shape, shape, tables, tables_in

FILE_NAME = "notebook.sqlite3"
LOCK_NAME = "notebook.lock"
"""Says who has the notebook open, on a drive where files cannot be locked."""
BUSY_SECONDS = 1.0
"""How long a change waits for another program that holds the file."""

_C = TypeVar("_C", bound=sqlite3.Connection)
BeforeUpgrade = Callable[[sqlite3.Connection], object]


def connect(folder: Path, before_upgrade: BeforeUpgrade = lambda connection: None) -> sqlite3.Connection:
    """A connection to the notebook in a folder, for any one thread at a time; both are made if they are not there.

    ``before_upgrade`` is called with the connection before tables of an older version are changed. Raises CannotOpen, or
    Damaged for a file that is no whole notebook, with the sentence for the reader, and leaves the file as it was.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_newer(path)
        return _connect(path, before_upgrade)
    except (OSError, sqlite3.Error, UnicodeError) as error:
        if not _is_for_want_of_locks(folder, error):
            raise _refusal(path, error) from error
    try:
        return _connect_alone(path, before_upgrade)
    except (OSError, sqlite3.Error, UnicodeError) as error:
        raise _refusal(path, error) from error


def uri(path: Path, options: str) -> str:
    """A file as SQLite is asked for it with options; on a Windows share too, of which ``Path.as_uri`` makes a host."""
    place = quote(path.absolute().as_posix(), safe="/:")
    return f"file://{place if place.startswith('/') else '/' + place}?{options}"


def connect_beside(folder: Path) -> sqlite3.Connection:
    """Another connection to an open notebook, for work beside it such as a backup. Raises sqlite3.Error."""
    return sqlite3.connect(folder / FILE_NAME, timeout=BUSY_SECONDS, isolation_level=None)


def connect_unshared(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody else knows, on a drive that cannot lock it too. Raises sqlite3.Error."""
    return _unshared(path, sqlite3.Connection)


def is_alone(connection: sqlite3.Connection) -> bool:
    """Whether nobody can open this notebook beside this connection, as files cannot be locked where it lies."""
    return isinstance(connection, _Alone)


def _connect(path: Path, before_upgrade: BeforeUpgrade) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, "DELETE" if drive.is_remote(path.parent) else "WAL", before_upgrade)
    except BaseException:
        connection.close()
        raise
    return connection


class _Alone(sqlite3.Connection):
    """A connection that takes its lock file away when it is closed."""

    lock: Path | None = None

    def close(self) -> None:
        super().close()
        if self.lock is not None:
            self.lock.unlink(missing_ok=True)
            self.lock = None


def _connect_alone(path: Path, before_upgrade: BeforeUpgrade) -> sqlite3.Connection:
    """A connection where no file can be locked: a lock file keeps everybody else out."""
    lock = _take_lock(path)
    try:
        connection = _unshared(path, _Alone)
    except BaseException:
        lock.unlink(missing_ok=True)
        raise
    connection.lock = lock
    try:
        _prepare(connection, path, "DELETE", before_upgrade)
        connection.execute("PRAGMA locking_mode = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _unshared(path: Path, factory: type[_C]) -> _C:
    options = "" if sys.platform == "win32" else "vfs=unix-none"
    connection = sqlite3.connect(
        uri(path, options), uri=True, isolation_level=None, check_same_thread=False, factory=factory
    )
    # A file that was used with a write-ahead log needs locks to be read, unless nobody shares it.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _is_for_want_of_locks(folder: Path, error: Exception) -> bool:
    if not any(sign in str(error) for sign in ("locked", "disk I/O error")):
        return False
    try:
        return not drive.can_lock(folder)
    except OSError:
        return False


def _take_lock(path: Path) -> Path:
    """The lock file, now ours. Raises CannotOpen where somebody else has it."""
    lock = path.with_name(LOCK_NAME)
    us = f"{os.uname().nodename} {os.getpid()}"
    for _ in range(2):
        try:
            with lock.open("x", encoding="utf-8") as file:
                file.write(us)
            return lock
        except FileExistsError:
            if not _is_left_behind(lock):
                break
            lock.unlink(missing_ok=True)
    raise CannotOpen(
        f"笔记本 {path} 所在的磁盘不支持文件锁，而 {LOCK_NAME} 表明它正由另一个程序打开；原文仍可阅读、搜索。"
        f"请关闭那个程序；若确实没有人在用，请删除 {LOCK_NAME} 后重新启动。"
    )


def _is_left_behind(lock: Path) -> bool:
    """Whether whoever made a lock file, on this machine, has ended without taking it away."""
    machine, _, number = lock.read_text("utf-8", "replace").rpartition(" ")
    if machine != os.uname().nodename or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return int(number) == os.getpid()


def _prepare(connection: sqlite3.Connection, path: Path, journal: str, before_upgrade: BeforeUpgrade) -> None:
    # Nothing that may write comes before the file is known to be whole and ours.
    # In one look: another program may be making these tables at this moment.
    connection.execute("BEGIN")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    found, present = shape(connection), tables_in(connection)
    connection.execute("COMMIT")
    is_newest = version != VERSION and found == newest_shape()
    is_other = 0 < version < VERSION and not tables(version).items() <= present.items()
    if is_newest or is_other:
        raise Damaged(told_of_damage(path))  # the number is wrong, not the tables
    if version > VERSION:
        raise CannotOpen(told_of_newer(path))
    # The quick check would not see an index that hides an entry.
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise Damaged(told_of_damage(path))
    _set_journal(connection, journal)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted for good must not be found again in the file, by nobody.
    connection.execute("PRAGMA secure_delete = ON")
    if version == VERSION:
        for table in rows.TABLES.values():
            connection.execute(f"SELECT {rows.DIGEST} FROM {table} LIMIT 1").fetchone()
        return
    if version:
        before_upgrade(connection)
    migrate(connection)


def _set_journal(connection: sqlite3.Connection, journal: str) -> None:
    # WORKAROUND SQLite: it does not wait for another program here, whatever the timeout.
    end = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > end:
                raise
            sleep(0.01)


def _refusal(path: Path, error: Exception) -> CannotOpen:
    if isinstance(error, CannotOpen):
        return error
    text = str(error)
    if is_damage(error):
        return Damaged(told_of_damage(path))
    if "locked" in text:
        return CannotOpen(
            f"笔记本 {path} 正被另一个程序占用；原文仍可阅读、搜索。请关闭占用它的程序后重新启动。"
        )
    if "full" in text or drive.is_full(path.parent):
        return CannotOpen(f"磁盘已满，笔记本 {path} 打不开；已有批注都在。请清理磁盘后重新启动。")
    return CannotOpen(
        f"笔记本 {path} 打不开或不可写；原文仍可阅读、搜索，暂不能批注。请检查该文件夹的权限后重新启动。"
    )


def told_of_damage(path: Path) -> str:
    """What to tell of a damaged file that stays as it is."""
    return (
        f"笔记本 {path} 已损坏，程序没有改动它；原文仍可阅读、搜索。"
        "请打开程序，它会把该文件另存一份并读出能读的内容；也可以用 restore 恢复备份。"
    )
