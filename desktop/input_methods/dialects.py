"""The two languages that fcitx speaks on the session bus, each as a table of names and signatures.

Sources: fcitx 4's ``src/frontend/ipc/ipc.c``, fcitx 5's ``src/frontend/dbusfrontend``. The ``fcitx4frontend`` of fcitx 5
speaks the former.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

CALLER = "policy-desk"


@dataclass(frozen=True)
class Dialect:
    """Where an input method is found, how a context is made there, and how its calls are written.

    ``creation`` is member, signature and arguments; ``context_path`` makes the context's path from the answer.
    """

    service: str
    path: str
    interface: str
    context_interface: str
    creation: tuple[str, str, tuple[Any, ...]]
    context_path: Callable[[tuple[Any, ...]], str]
    capability: tuple[str, str]
    key: str


def fcitx_4(environment: Mapping[str, str], process: int) -> Dialect:
    """What fcitx 4 speaks: one service for each X display."""
    display = environment.get("DISPLAY", "").rpartition(":")[2].partition(".")[0]
    return Dialect(
        service=f"org.fcitx.Fcitx-{display if display.isdecimal() else 0}",
        path="/inputmethod",
        interface="org.fcitx.Fcitx.InputMethod",
        context_interface="org.fcitx.Fcitx.InputContext",
        creation=("CreateICv3", "si", (CALLER, process)),
        context_path=lambda answer: f"/inputcontext_{answer[0]}",
        capability=("SetCapacity", "u"),
        key="uuuiu",
    )


def fcitx_5(environment: Mapping[str, str]) -> Dialect:
    """What fcitx 5 speaks: one service for all displays."""
    display = environment.get("DISPLAY", "")
    named = (("program", CALLER), *((("display", f"x11:{display}"),) if display else ()))
    return Dialect(
        service="org.fcitx.Fcitx5",
        path="/org/freedesktop/portal/inputmethod",
        interface="org.fcitx.Fcitx.InputMethod1",
        context_interface="org.fcitx.Fcitx.InputContext1",
        creation=("CreateInputContext", "a(ss)", (named,)),
        context_path=lambda answer: str(answer[0]),
        capability=("SetCapability", "t"),
        key="uuubu",
    )
