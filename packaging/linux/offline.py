"""The proof that the program is offline: it works where there is no network, and makes no socket that could use one."""

import re
from pathlib import Path

from linux.person import Desk
from linux.steps import StepFailed

_TRACE = Path("offline.strace")
_SOCKET = re.compile(r"\bsocket\((AF_\w+)")
_HARMLESS = {"AF_UNIX"}
"""The kinds of sockets that stay on the machine: the screen's and the desktop's."""


def check_offline(desk: Desk, query: str) -> None:
    """Start, search, annotate, export in a network namespace without interfaces, watched by strace.

    Raises StepFailed if a socket of another kind than Unix was so much as asked for.
    """
    trace = desk.person.home / _TRACE
    strace = ("strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace))
    desk.start(*strace, alone=["--net"])
    desk.search(query)
    desk.annotate("离线也能写")
    desk.export()
    desk.leave()
    kinds = _SOCKET.findall(desk.person.root.outside(trace).read_text("utf-8"))
    if not kinds or set(kinds) - _HARMLESS:
        raise StepFailed(f"sockets made: {sorted(set(kinds)) or 'none, not even the screen’s'}")
    print(f"    sockets made, all of them Unix: {len(kinds)}")
