"""Backups of the notebook: made by SQLite's backup API, verified before they count, the last 14 kept.

They lie in a folder beside the notebook, numbered in the order they were made, because clocks can be set back:
``000042-20261125-174512-自动.sqlite3``.
"""

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from time import monotonic, time

from content.errors import reason as reason_of
from desktop.notebook import rows
from desktop.notebook.connection import connect_unshared, uri
from desktop.notebook.errors import NotebookError
from desktop.notebook.model import KINDS, NAMES, SHARED, Change, Edit, Entry
from desktop.notebook.schema import VERSION, migrate
from desktop.notebook.store import Notebook

FOLDER_NAME = "backups"
KEPT = 14
"""Backups that are kept. Of those that are too many the oldest goes that is not the last of its day, automatic ones
first, or else the oldest: fourteen starts on one morning do not push out the days before."""
PATIENCE_SECONDS = 5.0
"""How long a backup waits for another program that holds the notebook."""
_UNFINISHED = ".part"
_NAME = re.compile(r"(\d{6,})-(\d{8})-(\d{6})-(\w+)\.sqlite3")
_ABANDONED_SECONDS = 3600


class Reason(Enum):
    """Why a backup was made."""

    AUTOMATIC = "自动"
    BY_HAND = "手动"
    BEFORE_RESTORE = "恢复前"
    BEFORE_UPGRADE = "升级前"


class CannotBackUp(NotebookError):
    """A backup could not be made; the notebook itself is untouched."""


class CannotRestore(NotebookError):
    """A backup cannot be read; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``number`` orders them; ``made`` is the local time by the clock of that moment."""

    path: Path
    number: int
    made: datetime
    reason: Reason

    @property
    def id(self) -> str:
        """Its number, as it is named on the command line."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries in use there are of each kind, and how many in the 回收."""

    used: Mapping[type, int]
    deleted: int

    @property
    def words(self) -> str:
        """批注 12 · 书签 3 · 标记 20 · 会议 2 · 议题 9 · 台账 24 · 台账进展 31 · 回收 1; kinds that came later only if any."""
        pairs = [(NAMES[kind], self.used[kind]) for kind in KINDS if self.used[kind] or kind not in SHARED]
        return " · ".join(f"{name} {count}" for name, count in (*pairs, ("回收", self.deleted)))


def backups(folder: Path) -> list[Backup]:
    """The backups of the notebook in a folder, newest first. Raises OSError where the folder cannot be read."""
    place = folder / FOLDER_NAME
    if not place.is_dir():
        return []
    found = [one for path in place.iterdir() if (one := _from_name(path)) is not None]
    return sorted(found, key=lambda one: one.number, reverse=True)


def back_up(connection: sqlite3.Connection, folder: Path, reason: Reason, now: datetime) -> Backup:
    """Make a backup of an open notebook, and let go of those that are too many. Raises CannotBackUp.

    Written beside, verified by ``integrity_check``, flushed to the disk and renamed: what has the name of a backup is one.
    """
    place = folder / FOLDER_NAME
    try:
        place.mkdir(exist_ok=True)
        _sweep(place)
        present = backups(folder)
        number = present[0].number + 1 if present else 1
        path = place / f"{number:06d}-{now:%Y%m%d-%H%M%S}-{reason.value}.sqlite3"
        unfinished = path.with_name(f"{os.urandom(8).hex()}{_UNFINISHED}")
        try:
            _copy(connection, unfinished)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _thin_out(folder)
    except (OSError, sqlite3.Error) as error:
        raise CannotBackUp(_why_not(place, error)) from error
    return Backup(path, number, now.replace(microsecond=0, tzinfo=None), reason)


def back_up_if_changed(connection: sqlite3.Connection, folder: Path, now: datetime) -> Backup | None:
    """The automatic backup: none where there is nothing to keep, or the newest one holds the same.

    Raises CannotBackUp.
    """
    try:
        present = backups(folder)
        if not present and _is_empty(connection):
            return None
        if present and _holds_the_same(connection, present[0].path):
            return None
    except (OSError, sqlite3.Error) as error:
        raise CannotBackUp(_why_not(folder / FOLDER_NAME, error)) from error
    return back_up(connection, folder, Reason.AUTOMATIC, now)


def counts(backup: Backup) -> Counts:
    """How much a backup holds. Raises CannotRestore."""
    try:
        with closing(_to_read(backup.path)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            used, binned = (
                {
                    kind: _count(connection, table, sign) if table in tables else 0
                    for kind, table in rows.TABLES.items()
                }
                for sign in ("=", "<>")
            )
    except (OSError, sqlite3.Error, UnicodeError) as error:
        raise _unreadable(backup) from error
    return Counts(used, sum(binned.values()))


def entries(backup: Backup) -> list[Entry]:
    """All entries that a backup holds, deleted ones too, read from a copy in memory. Raises CannotRestore."""
    try:
        with _in_memory(backup.path) as connection:
            return Notebook(connection).everything()
    except (OSError, sqlite3.Error, UnicodeError, NotebookError) as error:
        raise _unreadable(backup) from error


def restoring(present: list[Entry], wanted: list[Entry], now: str) -> Change:
    """What brings back a backup's entries. What has been written since goes into the 回收; nothing is lost.

    ``present`` are all entries of the notebook, ``wanted`` all of the backup, ``now`` the time of the deletion (ISO 8601).
    """
    here, there = {one.id: one for one in present}, {one.id: one for one in wanted}
    edits = [Edit(here.get(one.id), one) for one in wanted if here.get(one.id) != one]
    newer = [one for one in present if one.id not in there and not one.deleted]
    return Change((*edits, *(Edit(one, replace(one, deleted=now)) for one in newer)))


def preview(present: list[Entry], wanted: list[Entry]) -> str:
    """What restoring would do, in a sentence."""
    change = restoring(present, wanted, "x")
    if not change.edits:
        return "这份备份与现在的笔记本完全相同。"
    there = {one.id for one in wanted}
    back = sum(one.before is None for one in change.edits)
    binned = sum(one.entry.id not in there for one in change.edits)
    changed = len(change.edits) - back - binned
    return f"恢复后：找回 {back} 条，改回 {changed} 条，之后写的 {binned} 条放入回收。"


def _unreadable(backup: Backup) -> CannotRestore:
    return CannotRestore(
        f"备份 {backup.path.name} 读不出来，没有恢复；笔记本没有改动，已有的批注都在。请换一份备份。"
    )


def _from_name(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    number, day, time, why = found.groups()
    try:
        return Backup(path, int(number), datetime.strptime(day + time, "%Y%m%d%H%M%S"), Reason(why))
    except ValueError:
        return None


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    with closing(connect_unshared(path)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # flushed as a whole below
        connection.backup(copy, progress=_Patience())
        # A backup is one file that can be read from a read-only medium.
        copy.execute("PRAGMA journal_mode = DELETE")
        [(found,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
        if found != "ok":
            raise sqlite3.DatabaseError("malformed")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class _Patience:
    """Gives up waiting for another program that holds the notebook; SQLite's backup in Python would wait for ever."""

    def __init__(self) -> None:
        self._until = monotonic() + PATIENCE_SECONDS

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > self._until:
            raise sqlite3.OperationalError("database is locked")


def _thin_out(folder: Path) -> None:
    """Let go of the backups that are too many."""
    present = backups(folder)[::-1]
    while len(present) > KEPT:
        last_of_day = {one.made.date(): one.number for one in present}
        spare = [one for one in present if last_of_day[one.made.date()] != one.number]
        automatic = [one for one in spare if one.reason is Reason.AUTOMATIC]
        victim = (automatic or spare or present)[0]
        victim.path.unlink(missing_ok=True)
        present.remove(victim)


def _sweep(place: Path) -> None:
    """Take away what backups that were cut off have left; another window may be making one now."""
    for path in place.glob(f"*{_UNFINISHED}*"):
        with suppress(FileNotFoundError):  # that window has just finished
            if abs(time() - path.stat().st_mtime) > _ABANDONED_SECONDS:
                path.unlink()


def _count(connection: sqlite3.Connection, table: str, sign: str) -> int:
    """How many rows are in use (=) or deleted (<>)."""
    return int(connection.execute(f"SELECT count(*) FROM {table} WHERE deleted {sign} ''").fetchone()[0])


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not any(
        connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in rows.TABLES.values()
    )


def _holds_the_same(connection: sqlite3.Connection, path: Path) -> bool:
    try:
        with closing(_to_read(path)) as backup:
            return backup.execute("PRAGMA user_version").fetchone() == (VERSION,) and all(
                _all_rows(connection, table) == _all_rows(backup, table) for table in rows.TABLES.values()
            )
    except (OSError, sqlite3.Error, UnicodeError):
        return False  # a backup that cannot be read is no reason not to make one


def _all_rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()


@contextmanager
def _in_memory(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a backup, brought to the newest shape. Raises OSError, sqlite3.Error."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with closing(_to_read(path)) as source:
            if source.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("malformed")
            source.backup(connection)
        migrate(connection)
        yield connection
    finally:
        connection.close()


def _to_read(path: Path) -> sqlite3.Connection:
    """A backup as it lies there, on a read-only medium too. Raises OSError, sqlite3.Error."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return sqlite3.connect(uri(path, "mode=ro&immutable=1"), uri=True)


def _why_not(place: Path, error: Exception) -> str:
    text = str(error)
    if isinstance(error, OSError):
        why = reason_of(error)
    elif "full" in text:
        why = "磁盘已满"
    elif "locked" in text:
        why = "笔记本正被另一个程序占用"
    elif "readonly" in text or "unable to open" in text:
        why = "文件夹不可写"
    else:
        why = "磁盘读写出错"
    return f"备份没有做成：{place}：{why}；笔记本没有改动，已有的批注都在。请清理磁盘或检查权限，再用“立即备份”重做。"
