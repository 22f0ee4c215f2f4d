"""One program for each notebook folder: the first start holds a lock there; a later one hands over what it was asked to
open and ends.

What is handed over lies for a moment as a file in the folder ``running``, beside the lock: a *wish*. The program that is
open takes it away, or marks it as one that the later start has to see to itself. No socket of any kind is needed, and the
lock ends with the process that holds it, however that ends.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from time import monotonic, sleep, time, time_ns
from typing import BinaryIO

FOLDER_NAME = "running"
PATIENCE_SECONDS = 15.0
"""How long a later start waits for the first, which may still be opening its notebook."""
_LOCK_NAME = "lock"
_WISH, _REFUSED = ".wish", ".own"
_LOCKED_BYTE = 1 << 20
"""Far behind what the file says of its owner: on Windows nobody can read a byte that is locked."""
_LOOK_SECONDS = 0.03
_ABANDONED_SECONDS = 60.0
_ACTIVATION = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop hands to a program it starts, so that its window may come to the front."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a later start was asked to open: a path, a citation, or nothing. ``activation`` lets a window come to the front."""

    asked: str = ""
    activation: str = ""


class Answer(Enum):
    """What became of a wish."""

    TAKEN = auto()
    REFUSED = auto()
    """The later start opens a window of its own."""
    FREE = auto()
    """The other program has ended meanwhile: its place is now ours."""
    NONE = auto()


class Instance:
    """This program's place in a notebook folder. Where nothing can be locked there, or another machine holds the lock, it
    is neither first nor second: it runs, and the notebook looks after itself.
    """

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER_NAME
        self._file: BinaryIO | None = None
        self._is_held = False
        self._claim()
        self.is_second = self._is_held and self._owner()[0] in ("", machine_name())
        """Whether another program on this machine is open on the same folder."""

    @property
    def is_first(self) -> bool:
        """Whether later starts hand over to this one."""
        return self._file is not None

    def release(self) -> None:
        """Leave the place to others."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def hand_over(self, asked: str, patience: float = PATIENCE_SECONDS) -> Answer:
        """Let the first program open something, and wait for what it says."""
        activation = next((os.environ[name] for name in _ACTIVATION if os.environ.get(name)), "")
        try:
            wish = self._put(Wish(asked, activation))
        except OSError:
            return Answer.REFUSED
        _let_come_to_front(self._owner()[1])
        end = monotonic() + patience
        while wish.exists():
            if self._claim():
                wish.unlink(missing_ok=True)
                self.is_second = False
                return Answer.FREE
            if monotonic() > end:
                return self._withdraw(wish)
            sleep(_LOOK_SECONDS)
        return self._said_of(wish)

    def answer(self, take: Callable[[Wish], bool]) -> None:
        """Read the wishes that have come, oldest first; those that are not taken go back to who had them."""
        for path in sorted(self.folder.glob(f"*{_WISH}")):
            with suppress(OSError):
                wish = _read(path)
                try:
                    if wish is not None and not take(wish):
                        path.replace(path.with_suffix(_REFUSED))
                finally:
                    path.unlink(missing_ok=True)

    def _claim(self) -> bool:
        """Try to become the first."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / _LOCK_NAME).open("ab+")
        except OSError:
            return False
        self._is_held = False
        try:
            _lock(file)
        except OSError as error:
            # Otherwise the drive knows no locks.
            self._is_held = sys.platform == "win32" or isinstance(error, BlockingIOError)
            file.close()
            return False
        self._file = file
        with suppress(OSError):
            file.truncate(0)
            file.write(f"{machine_name()}\n{os.getpid()}\n".encode())
            file.flush()
            self._sweep()
        return True

    def _owner(self) -> tuple[str, int]:
        """The machine and the process number of the first; empty and 0 where it has not said so yet, or cannot."""
        try:
            machine, number, *_ = (self.folder / _LOCK_NAME).read_text("utf-8", "replace").split("\n")
            return machine, int(number)
        except (OSError, ValueError):
            return "", 0

    def _put(self, wish: Wish) -> Path:
        path = self.folder / f"{time_ns():020d}-{os.getpid()}{_WISH}"
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(f"{wish.asked}\0{wish.activation}\0", "utf-8", errors="surrogateescape")
        return unfinished.replace(path)

    def _withdraw(self, wish: Path) -> Answer:
        try:
            wish.unlink()
        except FileNotFoundError:
            return self._said_of(wish)
        except OSError:
            return Answer.TAKEN  # it is being read at this moment
        return Answer.NONE

    def _said_of(self, wish: Path) -> Answer:
        try:
            wish.with_suffix(_REFUSED).unlink()
        except OSError:
            return Answer.TAKEN
        return Answer.REFUSED

    def _sweep(self) -> None:
        """Throw away what starts that were cut off have left behind."""
        for path in self._left_behind():
            with suppress(OSError):
                path.unlink()

    def _left_behind(self) -> Iterator[Path]:
        for path in self.folder.iterdir():
            if path.name != _LOCK_NAME and abs(time() - path.stat().st_mtime) > _ABANDONED_SECONDS:
                yield path


def machine_name() -> str:
    """What this machine is called; the module ``platform`` would cost more than all the rest here."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _read(path: Path) -> Wish | None:
    asked, end, activation = path.read_text("utf-8", errors="surrogateescape").partition("\0")
    return Wish(asked, activation.removesuffix("\0")) if end and activation.endswith("\0") else None


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_come_to_front(process: int) -> None:
    """On Windows only who has the foreground may give it away."""
    if sys.platform == "win32" and process:
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)
