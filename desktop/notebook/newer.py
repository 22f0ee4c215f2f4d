"""A notebook that a newer version of the program has written: told of, and not so much as opened.

SQLite would put what it finds in a log beside the file into the file, and take the log away; so what may be newer is looked
at in a copy.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from desktop.notebook.errors import CannotOpen
from desktop.notebook.schema import VERSION, newest_shape, shape

_LOG = "-wal"
_MAGIC = b"SQLite format 3\0"
_HEADER, _WAL_HEADER, _FRAME_HEADER = 100, 32, 24
_VERSION_AT = slice(60, 64)
"""Of user_version in the first page (file format, section 1.3)."""


def refuse_newer(path: Path) -> None:
    """Raise CannotOpen for a notebook of a newer version, which stays as it is to the last byte. Raises OSError."""
    if not _may_be_newer(path):
        return
    with tempfile.TemporaryDirectory(prefix="policy-desk-") as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)
        log = _log_of(path)
        if log.exists():
            shutil.copyfile(log, _log_of(copy))
        if _is_newer(copy):
            raise CannotOpen(told_of_newer(path))


def told_of_newer(path: Path) -> str:
    """What happened, what is safe, what to do."""
    return (
        f"笔记本 {path} 由更新版本的程序写成，本程序没有打开它，也不会改动它；原文仍可阅读、搜索，暂不能批注。"
        "请改用新版程序打开；若确要用本程序，请另外指定数据文件夹。"
    )


def _may_be_newer(path: Path) -> bool:
    """Whether the file, or any change in the log beside it, names a version we do not know."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.read(_HEADER)
    return _names_newer(header) or any(_names_newer(page) for page in _first_pages(_log_of(path)))


def _names_newer(page: bytes) -> bool:
    return page.startswith(_MAGIC) and int.from_bytes(page[_VERSION_AT], "big") > VERSION


def _first_pages(log: Path) -> list[bytes]:
    """The beginnings of the first page as the log has it, time after time."""
    if not log.exists():
        return []
    found = []
    with log.open("rb") as file:
        size = int.from_bytes(file.read(_WAL_HEADER)[8:12], "big")
        while size and len(head := file.read(_FRAME_HEADER)) == _FRAME_HEADER:
            if int.from_bytes(head[:4], "big") == 1:
                page = file.read(size)
                found.append(page[:_HEADER])
            else:
                file.seek(size, 1)
    return found


def _is_newer(copy: Path) -> bool:
    """Whether it really is of another shape than ours: a wrong number alone is damage, and can be mended."""
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return bool(version > VERSION and shape(connection) != newest_shape())
    except sqlite3.Error:
        return True  # nobody can tell what it is; who wrote it may know


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + _LOG)
