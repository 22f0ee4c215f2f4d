"""Somebody at a screen: an X server without a monitor, keys typed into it, pictures taken of it.

Uses Xvfb, openbox, xdotool and ImageMagick of the host.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from linux.steps import StepFailed, command

SOCKETS = Path("/tmp/.X11-unix")
"""Where X servers are reached, by all who see this folder."""
_SECONDS = 60
_MOMENT = 1.0
"""Seconds that somebody waits to see what a key has done."""


@dataclass(frozen=True)
class Screen:
    """An X server by its name, such as ``:5``."""

    display: str

    def wait_for_window(self, name: str) -> None:
        """Wait until a window of the program of this name is shown. Raises StepFailed."""
        self._ask("search", "--sync", "--onlyvisible", "--class", name)
        sleep(3 * _MOMENT)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, such as ``ctrl+k``."""
        for key in keys:
            self._ask("key", "--clearmodifiers", key)
            sleep(_MOMENT)

    def type(self, text: str) -> None:
        """Type a text, Chinese too."""
        self._ask("type", "--delay", "300", text)
        sleep(2 * _MOMENT)

    def picture(self, file: Path) -> None:
        """Keep what is to be seen as a PNG."""
        command("import", "-display", self.display, "-window", "root", file)

    def _ask(self, *words: str) -> None:
        command(
            "timeout", str(_SECONDS), "xdotool", *words, environment={**os.environ, "DISPLAY": self.display}
        )


@contextmanager
def screen(size: str = "1280x800") -> Iterator[Screen]:
    """A screen with a window manager, for as long as it is wanted."""
    reading, writing = os.pipe()
    options = ["-screen", "0", f"{size}x24", "-nolisten", "tcp", "-ac", "-noreset"]
    words, quiet = ["Xvfb", "-displayfd", str(writing), *options], subprocess.DEVNULL
    with subprocess.Popen(words, pass_fds=[writing], stderr=quiet) as server:
        os.close(writing)
        with os.fdopen(reading) as file:
            display = ":" + file.readline().strip()
        environment = {**os.environ, "DISPLAY": display}
        with subprocess.Popen(["openbox"], env=environment, stdout=quiet, stderr=quiet) as manager:
            try:
                yield Screen(display)
            finally:
                manager.terminate()
                manager.wait()
                server.terminate()


def wait_for_end(process: "subprocess.Popen[str]") -> int:
    """Wait for a program to end by itself; its exit code. Raises StepFailed if it does not."""
    try:
        return process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        process.kill()
        raise StepFailed("the program did not end when told to") from error
