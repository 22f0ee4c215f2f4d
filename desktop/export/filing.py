"""Putting a finished file where the reader wants it: written beside, made durable, renamed."""

import os
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

from content.errors import reason
from desktop.export.errors import CannotWrite

_MOST_CHARACTERS = 80
_MOST_BYTES = 240
"""Of a name in UTF-8, the suffix included: Linux takes 255, and what stands beside it needs a few more."""
_FULL_WIDTH = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
"""What Windows forbids in a name, as characters that look alike and are allowed."""
_PORTS = tuple(f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")
_RESERVED = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
"""Names that Windows keeps for devices, with whatever suffix."""
_NAMELESS = "导出"
_IS_IN_USE = (32, 33)
"""Windows' numbers for a file that another program holds."""
_WINDOWS = sys.platform == "win32"


def file_name(title: str, suffix: str) -> str:
    """A name that Windows and Linux both take, made from a title; ``suffix`` has its dot."""
    plain = "".join(letter for letter in unicodedata.normalize("NFC", title) if _is_printed(letter))
    plain = " ".join(plain.translate(_FULL_WIDTH).split())[:_MOST_CHARACTERS]
    while len((plain + suffix).encode()) > _MOST_BYTES:
        plain = plain[:-1]
    plain = plain.strip(" .")
    if plain.partition(".")[0].rstrip().casefold() in _RESERVED:
        plain = f"_{plain}"
    return (plain or _NAMELESS) + suffix


def save(target: Path, data: bytes) -> None:
    """Put these bytes into a file, all or nothing. Raises CannotWrite; then the old file is whole.

    The bytes go to a file beside it first, reach the disk, and take its name in one step.
    """
    try:
        _refuse_if_open(target)
        temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
        try:
            _write(temporary, data)
            _rename(temporary, target)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(_failed(target, reason(error))) from error
    except ValueError as error:  # a path without a name, or with a NUL in it
        raise CannotWrite(_failed(target, "这不是文件名")) from error


def _is_printed(letter: str) -> bool:
    # Cf turns the direction of a name round, Cs is half a character: neither can be typed again.
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn", "Co")


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        number = getattr(error, "winerror", None)
        if number in _IS_IN_USE or (_WINDOWS and target.is_file()):
            raise CannotWrite(_in_use(target)) from error
        raise
    if not _WINDOWS:
        _make_durable(target.parent)


def _make_durable(folder: Path) -> None:
    """See to it that the new name outlives a power cut. Some network drives do not know how: the file is there."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse_if_open(target: Path) -> None:
    """Linux would let the name go to the new file, and the one that is open would later be saved over it."""
    if _WINDOWS:  # which refuses by itself, and knows a lock that was left behind from one that holds
        return
    locks = (f".~lock.{target.name}#", f"~${target.name}", f"~${target.name[2:]}", f".~{target.name}")
    for name in locks:
        if target.with_name(name).exists() and target.exists():
            raise CannotWrite(_in_use(target, f"（旁边有它留下的 {name}）"))


def _in_use(target: Path, sign: str = "") -> str:
    return (
        f"没有导出到 {target}：这个文件正被 Word、WPS 或其他程序打开{sign}；原有的文件没有改动，批注和台账都在。"
        "请关闭它，或换一个文件名，再导出一次。"
    )


def _failed(target: Path, why: str) -> str:
    return f"没有导出到 {target}：{why}；原有的文件没有改动，批注和台账都在。请换一个位置，或处理后再导出。"
