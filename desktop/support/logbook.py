"""The log in the data folder: bounded, and without a word the reader wrote, searched for or opened.

What an error says may quote any text, so nobody's words are taken over: of an error its kind, its number where the system
or SQLite gave one, and the lines of code it went through; of a message the sentence in the program's own source, never
what it was filled with; of other people's messages only where in their code they were made.
"""

import logging
import sqlite3
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG_NAME = "policy-desk.log"
BYTES = 200_000
"""Size at which a new file is begun; one older file is kept."""
_OURS = ("content", "index", "desktop")
_PACKAGES = "site-packages"
_ROOT = Path(__file__).resolve().parents[2]
_MOST_CAUSES = 8
_MOST_FRAMES = 60
_FILLED = ("%s", "%r", "%d")


def open_log(folder: Path) -> logging.Handler | None:
    """Keep warnings and faults in a file of bounded size; None where the folder is not writable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _Handler(folder / LOG_NAME, maxBytes=BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(name)s "))
    logging.getLogger().addHandler(handler)
    return handler


def close_log(handler: logging.Handler | None) -> None:
    """Write no more into it."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()


def tail(folder: Path, most: int) -> str:
    """The last ``most`` characters of what is in the log, beginning with a whole line; empty where there is none."""
    text = ""
    for name in (f"{LOG_NAME}.1", LOG_NAME):
        try:
            text += (folder / name).read_text("utf-8", "replace")
        except OSError:
            continue
    if len(text) <= most:
        return text
    return text[-most:].partition("\n")[2]


class Formatter(logging.Formatter):
    """Writes a record without anything that came from outside the program's own source."""

    def format(self, record: logging.LogRecord) -> str:
        told = [super().formatMessage(self._dated(record)) + _words(record)]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told += trace(error)
        return "\n".join(told)

    def _dated(self, record: logging.LogRecord) -> logging.LogRecord:
        record.asctime = self.formatTime(record)
        return record


def trace(error: BaseException) -> Iterator[str]:
    """An error and what caused it, newest cause last: kinds and lines of code, none of its words."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen and len(seen) < _MOST_CAUSES:
        yield f"  {'起因 ' if seen else ''}{_kind(current)}"
        yield from (f"    {line}" for line in _frames(current.__traceback__))
        seen.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def place(error: BaseException) -> str:
    """Where an error was raised, and what kind it is: the same for the same fault."""
    *_, last = ["", *_frames(error.__traceback__)]
    return f"{_kind(error)} {last}".rstrip()


class _Handler(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a folder that went away costs the log, nothing else."""


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in _OURS or not isinstance(record.msg, str):
        return f"（{short_name(record.pathname)}:{record.lineno}）"
    words = record.msg
    for mark in _FILLED:
        words = words.replace(mark, "…")
    return words


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, sqlite3.Error):
        return f"{name} {getattr(error, 'sqlite_errorname', '')}".rstrip()
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno}"
    return name


def _frames(step: TracebackType | None) -> list[str]:
    lines = []
    while step is not None:
        code = step.tb_frame.f_code
        lines.append(f"{short_name(code.co_filename)}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    if len(lines) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        lines[half:-half] = [f"…（略去 {len(lines) - 2 * half} 行）"]
    return lines


def short_name(name: str) -> str:
    """A file of code without the folders that lead to it, which may bear the reader's name."""
    path = Path(name)
    if _PACKAGES in path.parts:
        return "/".join(path.parts[path.parts.index(_PACKAGES) :])
    for folder in (_ROOT, Path(sys.base_prefix)):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name if path.is_absolute() else path.as_posix()
