"""The proof that the program is offline: it works where there is no network, and makes no socket that could use one."""

import re
from pathlib import Path

from linux.person import Desk
from linux.steps import StepFailed

_SOCKET = re.compile(r"\bsocket\((AF_\w+)")
_HARMLESS = {"AF_UNIX"}
"""The kinds of sockets that stay on the machine: the screen's and the desktop's."""


def check_offline(desk: Desk, query: str) -> None:
    """Start, search, annotate, export in a network namespace without interfaces, watched by strace; then the program's
    own test of everything that it does.

    Raises StepFailed if a socket of another kind than Unix was so much as asked for.
    """
    trace = desk.person.home / "offline.strace"
    desk.start(*_watched(trace), alone=["--net"])
    desk.search(query)
    desk.annotate("离线也能写")
    desk.export()
    desk.leave()
    found = _kinds(desk, trace)
    if not found:
        raise StepFailed("strace saw no socket, not even the screen’s")
    desk.person.run(*_watched(trace), desk.program, "--self-test", alone=["--net"])
    found += _kinds(desk, trace)
    if others := set(found) - _HARMLESS:
        raise StepFailed(f"sockets made: {sorted(others)}")
    print(f"    sockets made, all of them Unix: {len(found)}")


def _watched(trace: Path) -> list[str]:
    """The command that runs a command and writes down the sockets it makes."""
    return ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace)]


def _kinds(desk: Desk, trace: Path) -> list[str]:
    """The kinds of sockets that were written down."""
    return _SOCKET.findall(desk.person.root.outside(trace).read_text("utf-8"))
