"""What can go wrong with the notebook, each with one sentence a reader can act on."""

import sqlite3


class NotebookError(Exception):
    """A fault of the notebook's file or folder: what happened, what is safe, what to do."""


class CannotOpen(NotebookError):
    """The notebook cannot be opened; the text can still be read and searched."""


class Damaged(CannotOpen):
    """The notebook's file is there, but it is not whole."""


class CannotRead(NotebookError):
    """The open notebook no longer gives what is in it; nothing was changed."""


class Garbled(CannotRead):
    """What the file gives is not what was written into it."""


class CannotSave(NotebookError):
    """A change could not be made durable and therefore was not made."""


class ChangedElsewhere(NotebookError):
    """An entry is no longer what the change started from: another window or program has changed it."""


class NeverOverwritten(NotebookError):
    """Words that are only ever added to were to be replaced; nothing was changed."""


_DAMAGE = (
    "malformed",
    "not a database",
    "unsupported file format",
    "decode",
    "no such table",
    "no such column",
)
"""What SQLite says of a file that is not whole."""


def is_damage(error: Exception) -> bool:
    """Whether an error of SQLite's means that the file is not whole."""
    return any(sign in str(error) for sign in _DAMAGE)


def cannot_read(error: sqlite3.Error | UnicodeError) -> CannotRead:
    """What to tell of a question that SQLite did not answer, or not in Unicode."""
    if "locked" in str(error):
        return CannotRead("笔记本正被另一个程序占用，刚才的操作没有完成；原文仍可阅读、搜索。请稍后再试。")
    kind = Garbled if is_damage(error) else CannotRead
    return kind(
        "笔记本读不出来，刚才的操作没有完成；原文仍可阅读、搜索。请把数据文件夹另存一份，再重新启动。"
    )


def cannot_save(error: sqlite3.Error) -> CannotSave:
    """What to tell of a change that SQLite did not make."""
    text = str(error)
    if "full" in text:
        return CannotSave("磁盘已满，这次改动没有存下；此前的批注都在。请清理磁盘后再试。")
    if "locked" in text:
        return CannotSave("笔记本正被另一个程序占用，这次改动没有存下；此前的批注都在。请稍后再试。")
    if "readonly" in text:
        return CannotSave("笔记本所在文件夹不可写，这次改动没有存下；此前的批注都在。请检查权限后再试。")
    return CannotSave("这次改动没有存下，此前的批注都在；请检查笔记本所在的磁盘后再试。")


def moved_away(path: str) -> CannotSave:
    """What to tell when the notebook's file is no longer where it was opened."""
    return CannotSave(
        f"笔记本文件 {path} 已被移走、改名或删除，这次改动没有存下；此前的批注都在已打开的窗口里。"
        "请先用“导出批注”另存一份，再把文件放回原处并重新启动。"
    )
