"""Somebody with a Chinese name who uses the installed program inside a root, at a screen outside of it."""

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from linux.root import Root
from linux.screen import SOCKETS, Screen, wait_for_end
from linux.steps import StepFailed

_NAME, _HOME = "zhang", Path("/home", "张三")


@dataclass(frozen=True)
class Person:
    """An ordinary user of a root."""

    root: Root
    home: Path = _HOME

    @classmethod
    def new(cls, root: Root) -> "Person":
        """The user, with an empty home, whatever was there before."""
        shutil.rmtree(root.outside(_HOME), ignore_errors=True)
        root.run("sh", "-c", f"id {_NAME} || useradd --home-dir {_HOME} {_NAME}")
        root.run("install", "-d", "-o", _NAME, "-g", _NAME, "-m", "700", str(_HOME))
        return cls(root)

    def words(self, *words: str) -> list[str]:
        """The command, inside, that runs a command as this user."""
        return ["runuser", "-u", _NAME, "--", "env", f"HOME={self.home}", f"USER={_NAME}", *words]

    def run(self, *words: str, alone: Sequence[str] = ()) -> str:
        """Run a command as this user in the home, ``alone`` as Root.entering has it; what it printed. Raises StepFailed."""
        return self.root.run(*self.words(*words), at=str(self.home), alone=alone)

    def bring(self, file: Path, place: Path) -> None:
        """Give the user a file of the host."""
        self.run("mkdir", "-p", str(place.parent))
        self.root.bring(file, str(place))
        self.root.run("chown", _NAME, str(place))


@dataclass
class Desk:
    """The program at a place inside, used by somebody at a screen; pictures have names that begin with ``pictures``."""

    person: Person
    program: str
    screen: Screen
    pictures: Path
    _running: "subprocess.Popen[str] | None" = field(default=None, init=False)

    def start(self, *before: str, alone: Sequence[str] = ()) -> None:
        """Start the program, under a command that is put before it, and wait for its window."""
        words = self.person.words(f"DISPLAY={self.screen.display}", "LANG=C.UTF-8", *before, self.program)
        shown = {SOCKETS: str(SOCKETS)}
        command = self.person.root.entering(words, str(self.person.home), shown, alone)
        self._running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, env=self.person.root.plain, text=True
        )
        self.screen.wait_for_window("policy-desk")

    def search(self, query: str) -> None:
        """Type into the search box."""
        self.screen.press("ctrl+k")
        self.screen.type(query)

    def annotate(self, text: str) -> None:
        """Go to the first result and write a note on it."""
        self.screen.press("Return", "ctrl+m")
        self.screen.type(text)

    def export(self) -> None:
        """Export the first result as a Word file into the home, as the dialogs offer it. Raises StepFailed."""
        self.screen.press("ctrl+k", "Down", "ctrl+e")
        self.screen.press("Return", "Return", "Escape")
        if not list(self.person.root.outside(self.person.home).glob("*.docx")):
            raise StepFailed("nothing was exported")

    def leave(self) -> None:
        """Close the program. Raises StepFailed unless it ends well."""
        self.screen.press("ctrl+q")
        if self._running is None or (code := wait_for_end(self._running)):
            raise StepFailed(f"the program ended with {code}")

    def look_again(self, name: str) -> None:
        """Start, keep a picture, leave."""
        self.start()
        self.keep_picture(name)
        self.leave()

    def keep_picture(self, name: str) -> None:
        """Keep what is to be seen now."""
        self.screen.picture(self.pictures.with_name(f"{self.pictures.name}-{name}.png"))

    def expect_note(self, notebook: Path, text: str) -> None:
        """Raise StepFailed unless there is a note with this text in the notebook."""
        path = self.person.root.outside(notebook)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            bodies = [body for (body,) in connection.execute("SELECT body FROM note")]
        if text not in bodies:
            raise StepFailed(f"notes in {notebook}: {bodies}")
