"""A damaged notebook: put aside untouched, and a new one made of all that can still be read and of the newest backup.

The new notebook is written under a name of its own before the damaged one is moved. Whenever this is cut off, the next
``recover`` or ``finish`` goes on from there.
"""

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from content.errors import reason
from desktop.notebook import backups, rows
from desktop.notebook.connection import FILE_NAME, connect_unshared
from desktop.notebook.errors import CannotOpen, NotebookError
from desktop.notebook.model import Action, AgendaItem, Change, Edit, Entry, Meeting, Note, Progress
from desktop.notebook.salvage import salvage
from desktop.notebook.schema import migrate
from desktop.notebook.store import Notebook

QUARANTINE_NAME = "damaged"
_LOCK_NAME = ".lock"
RECOVERED_NAME = "notebook.recovered.sqlite3"
SUSPECT_TAG = "可能受损"
"""Put on notes whose words may not be those that were written, and before the words of what has no tags."""
_WARNING = f"【{SUSPECT_TAG}】"
_WORDED = (Note, Meeting, AgendaItem, Action, Progress)
"""Kinds in which the reader writes more than a label."""
_BESIDE = ("-wal", "-shm", "-journal")
_ADVICE = "请核对近来的批注；若有缺失，可用“从备份恢复”，或把该文件交给维护人员。"
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that SQLite locks while a database is read (SHARED_FIRST in os.h of its sources)."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What has been saved, and where the damaged file lies. ``suspects`` may not be as they were written."""

    quarantine: Path
    read: int
    from_backup: int
    suspects: int

    @property
    def sentence(self) -> str:
        """What happened, what is safe, what to do."""
        told = f"笔记本文件已损坏，程序从中读出 {self.read} 条"
        if self.from_backup:
            told += f"，由备份补回 {self.from_backup} 条"
        if self.suspects:
            told += f"，其中 {self.suspects} 条内容可能有误（批注已加标签“{SUSPECT_TAG}”，会议、台账已在文字前注明）"
        return f"{told}，现在可以照常使用；损坏的文件原样留在 {self.quarantine}。{_ADVICE}"


def recover(folder: Path, now: datetime) -> Recovery:
    """Put the damaged notebook of a folder aside and a new one in its place. Raises CannotOpen; then nothing has changed."""
    path = folder / FILE_NAME
    if is_in_use(path):
        raise CannotOpen(
            f"笔记本 {path} 已损坏，而它正被另一个窗口使用，程序没有改动它；原文仍可阅读、搜索。请关闭其他窗口后重新启动。"
        )
    try:
        found = _gather(path, _newest_entries(folder))
        _write([one for one, _ in found.values()], folder / RECOVERED_NAME)
        quarantine = _put_aside(folder, now)
        (folder / RECOVERED_NAME).replace(path)
    except (OSError, sqlite3.Error, NotebookError) as error:
        why = reason(error) if isinstance(error, OSError) else "磁盘已满或读写出错"
        raise CannotOpen(
            f"笔记本 {path} 已损坏，暂时没能修复（{why}），文件没有丢失；原文仍可阅读、搜索。"
            "请清理磁盘或检查该文件夹的权限后重新启动。"
        ) from error
    origins = [origin for _, origin in found.values()]
    return Recovery(
        quarantine,
        origins.count(_READ) + origins.count(_SUSPECT),
        origins.count(_BACKUP),
        origins.count(_SUSPECT),
    )


def finish(folder: Path, now: datetime) -> str:
    """Put a recovered notebook into place if one waits for that, and give what to tell of it. Raises OSError."""
    if not (folder / RECOVERED_NAME).exists():
        return ""
    with alone(folder):
        if not (folder / RECOVERED_NAME).exists():
            return ""  # another window was at it
        if (folder / FILE_NAME).exists():
            _put_aside(folder, now)
        (folder / RECOVERED_NAME).replace(folder / FILE_NAME)
    return (
        f"上次启动时笔记本文件已损坏，修复中断，现已完成，可以照常使用；损坏的文件原样留在 {folder / QUARANTINE_NAME}。"
        f"{_ADVICE}"
    )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one window at a time mends the notebook of a folder; another waits."""
    place = folder / QUARANTINE_NAME
    with ExitStack() as stack:
        # Without rights, or on a drive without locks, what is done next will tell.
        with suppress(OSError):
            place.mkdir(exist_ok=True)
            file = stack.enter_context((place / _LOCK_NAME).open("wb"))
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.lockf(file, fcntl.LOCK_EX)
        yield


def is_in_use(path: Path) -> bool:
    """Whether another process has the notebook open; on Windows its file could not be moved then anyway."""
    if sys.platform == "win32" or not path.exists():
        return False
    import fcntl

    try:
        with path.open("rb+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
    except BlockingIOError:
        return True
    except OSError:
        return False  # no rights, or a drive without locks: what is done next will tell
    return False


_READ, _BACKUP, _SUSPECT = range(3)
"""Where an entry was taken from: the file; a backup, the file having lost it or damaged it; the file though damaged."""


def _gather(path: Path, backup: Mapping[str, Entry]) -> dict[str, tuple[Entry, int]]:
    """All that is known of the entries of a damaged file, by id."""
    salvaged = salvage(path)
    missing = backup.keys() - {one.entry.id for one in salvaged}
    missed = {_written(backup[entry_id]) for entry_id in missing}
    found: dict[str, tuple[Entry, int]] = {}
    for entry, is_certain in ((one.entry, one.is_certain) for one in salvaged):
        kept = backup.get(entry.id)
        if is_certain:
            found[entry.id] = entry, _READ
        elif kept is not None:
            found[entry.id] = kept, _BACKUP
            if _may_be_newer(entry, kept):
                beside = replace(entry, id=sha256(repr(entry).encode()).hexdigest()[:32])
                found[beside.id] = _marked(beside), _SUSPECT
        elif _written(entry) not in missed:
            found[entry.id] = _marked(entry), _SUSPECT
    for entry_id in backup:
        found.setdefault(entry_id, (backup[entry_id], _BACKUP))
    return found


def _may_be_newer(suspect: Entry, kept: Entry) -> bool:
    """Whether words that may be damaged may also be newer than the backup's, so that the reader has to compare both."""
    return (
        isinstance(suspect, _WORDED)
        and suspect.changed != kept.changed
        and _written(suspect) != _written(kept)
        and _is_time(suspect.changed)
    )


def _written(entry: Entry) -> Entry:
    """What is the same in entries that differ in a damaged id or time."""
    return replace(entry, id="", changed="")


def _is_time(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _marked(entry: Entry) -> Entry:
    """The entry saying of itself that it may not be as it was written, if it has any words to say it in."""
    match entry:
        case Note() if SUSPECT_TAG not in entry.tags:
            return replace(entry, tags=(*entry.tags, SUSPECT_TAG))
        case Meeting():
            return replace(entry, title=_warned(entry.title))
        case AgendaItem():
            return replace(entry, points=_warned(entry.points))
        case Action():
            return replace(entry, problem=_warned(entry.problem))
        case Progress():
            return replace(entry, text=_warned(entry.text))
    return entry


def _warned(words: str) -> str:
    return words if words.startswith(_WARNING) else _WARNING + words


def _newest_entries(folder: Path) -> dict[str, Entry]:
    """What the newest backup holds that can be read."""
    for backup in backups.backups(folder):
        try:
            return {one.id: one for one in backups.entries(backup)}
        except backups.CannotRestore:
            continue
    return {}


def _write(entries: Iterable[Entry], path: Path) -> None:
    unfinished = path.with_name(f"{os.urandom(8).hex()}.part")
    try:
        with closing(connect_unshared(unfinished)) as connection:
            migrate(connection)
            Notebook(connection).apply(Change(tuple(Edit(None, rows.held(one)) for one in entries)))
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _put_aside(folder: Path, now: datetime) -> Path:
    """Put the notebook's file and what belongs to it where nothing will touch them; gives where.

    Where the drive can, the file keeps its place until it is replaced: without one, another window would begin a new
    notebook.
    """
    quarantine = folder / QUARANTINE_NAME / f"{now:%Y%m%d-%H%M%S}-{os.urandom(2).hex()}"
    quarantine.mkdir(parents=True)
    # The log first: a file without its log is still known to be damaged or finished by what waits beside it.
    for end in _BESIDE:
        path = folder / (FILE_NAME + end)
        if path.exists():
            path.rename(quarantine / path.name)
    _name_also(folder / FILE_NAME, quarantine / FILE_NAME)
    return quarantine


def _name_also(path: Path, target: Path) -> None:
    """Give a file another name, or only that one. Raises OSError."""
    if not path.exists():
        return
    try:
        target.hardlink_to(path)
    except (OSError, NotImplementedError):
        path.rename(target)
