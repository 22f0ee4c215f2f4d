"""Opening the notebook as the program does: checked to the last entry, and mended where it is damaged."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.notebook import backups, recovery
from desktop.notebook.connection import FILE_NAME, connect, told_of_damage
from desktop.notebook.errors import CannotOpen, Damaged, Garbled
from desktop.notebook.model import Entry
from desktop.notebook.newer import refuse_newer
from desktop.notebook.salvage import forbids_writing, has_log, log_is_broken
from desktop.notebook.store import Notebook


@dataclass(frozen=True, slots=True)
class Opened:
    """An open notebook, all that is in it, and what the reader has to be told of it; empty if nothing."""

    notebook: Notebook
    entries: tuple[Entry, ...]
    told: str = ""


def open_notebook(folder: Path, now: Callable[[], datetime] = datetime.now) -> Opened:
    """The notebook in a folder; folder and file are made if they are not there.

    A damaged one is put aside and replaced by what can still be read of it and of its backups. Raises CannotOpen.
    """
    try:
        refuse_newer(folder / FILE_NAME)
        finished = recovery.finish(folder, now())
        try:
            opened = open_whole(folder, now)
        except Damaged:
            opened = _mended(folder, now)
    except OSError as error:
        raise CannotOpen(
            f"笔记本文件夹 {folder} 打不开或不可写；原文仍可阅读、搜索，暂不能批注。请检查该文件夹的权限后重新启动。"
        ) from error
    return replace(opened, told=finished + opened.told)


def _mended(folder: Path, now: Callable[[], datetime]) -> Opened:
    with recovery.alone(folder):
        try:
            return open_whole(folder, now)  # another window may have mended it in the meantime
        except Damaged:
            told = recovery.recover(folder, now()).sentence
        return replace(open_whole(folder, now), told=told)


def open_whole(folder: Path, now: Callable[[], datetime] = datetime.now) -> Opened:
    """The notebook in a folder, checked to its last entry; one of an older version is backed up before it is upgraded.

    A damaged one stays as it is. Raises CannotOpen, Damaged, OSError.
    """
    path = folder / FILE_NAME
    refuse_newer(path)
    told = ""
    if not recovery.is_in_use(path):
        told = _seen_before(path)
        if log_is_broken(path):
            raise Damaged(told_of_damage(path))

    def keep_older_version(connection: sqlite3.Connection) -> None:
        try:
            backups.back_up(connection, folder, backups.Reason.BEFORE_UPGRADE, now())
        except backups.CannotBackUp as error:
            raise CannotOpen(f"笔记本要先备份才能升级，所以没有打开。{error}") from error

    notebook = Notebook(connect(folder, keep_older_version), now)
    try:
        return Opened(notebook, tuple(notebook.everything()), told)
    except Garbled as error:
        # Its structure is whole, but what stands in it is not what was written.
        notebook.close()
        raise Damaged(told_of_damage(path)) from error
    except BaseException:
        notebook.close()
        raise


def _seen_before(path: Path) -> str:
    """What SQLite would not notice of a file: to tell where it would take one that is gone for new. Raises Damaged, OSError."""
    if path.exists() and path.stat().st_size:
        if forbids_writing(path):
            raise Damaged(told_of_damage(path))
        return ""
    kept = backups.backups(path.parent)
    if has_log(path) or (kept and path.exists()):
        raise Damaged(told_of_damage(path))
    if path.exists():
        return f"笔记本文件 {path} 是空的，程序由此新开了一本。若其中本应有批注，请联系维护人员。"
    if kept:
        return f"笔记本文件 {path} 不在了，程序新开了一本；备份都在。若不是有意移走，请用“从备份恢复”找回。"
    return ""
