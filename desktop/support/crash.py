"""The last word of a program that dies where Python cannot help: which lines of code every thread was at.

Python's own faulthandler writes it when the process gets a deadly signal; no words, no values, only places in the code.
"""

import faulthandler
import re
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from desktop.support.logbook import short_name

FILE_NAME = "policy-desk-crash.log"
_MOST_BYTES = 100_000
_FRAME = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+) in (?P<name>[\w<>]+)')
_SAFE = re.compile(
    r"(Fatal Python error: [A-Za-z ]+|Windows fatal exception: [\w ]+|(Current t|T)hread 0x[0-9a-f]+.*:)"
)


def watch(folder: Path) -> TextIO | None:
    """Be ready to write into a file of this folder; None where that is not possible, or somebody else is ready."""
    if faulthandler.is_enabled():
        return None
    path = folder / FILE_NAME
    try:
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.unlink()
        file = path.open("a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def stop(file: TextIO | None) -> None:
    """Nothing has happened: leave no empty file behind."""
    if file is None:
        return
    faulthandler.disable()
    file.close()
    path = Path(file.name)
    with suppress(OSError):
        if not path.stat().st_size:
            path.unlink()


def told(folder: Path) -> str:
    """What was written, without the folders that the code lies in; empty where nothing was."""
    try:
        lines = (folder / FILE_NAME).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    kept = []
    for line in lines:
        if frame := _FRAME.fullmatch(line):
            kept.append(f"    {short_name(frame['file'])}:{frame['line']} {frame['name']}")
        elif _SAFE.fullmatch(line):
            kept.append(line)
    return "\n".join(kept)
