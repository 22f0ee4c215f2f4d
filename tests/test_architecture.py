"""The arrows between the rooms, and what no room may import: read from the source, nothing is run."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# room: the rooms it may import besides itself, and what of Qt it must leave alone
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "content": ((), ("PySide6",)),
    "index": (("content",), ("PySide6",)),
    "desktop.notebook": (("content",), ("PySide6",)),
    "desktop.export": (("content", "desktop.notebook"), ("PySide6.QtWidgets",)),
    "desktop": (("content", "index", "desktop.notebook", "desktop.export"), ()),
}
NETWORK = (
    *("socket", "socketserver", "ssl", "http", "urllib.request", "urllib.error", "xmlrpc", "asyncio"),
    *("ftplib", "smtplib", "poplib", "imaplib", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtHttpServer"),
)


def room_of(module: str) -> str | None:
    """The innermost room that a module stands in."""
    return next((room for room in sorted(ROOMS, reverse=True) if within(module, (room,))), None)


def within(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of these or inside one."""
    return any(module == package or module.startswith(package + ".") for package in packages)


def imports(source: str) -> Iterator[str]:
    """The full names that a source imports, wherever in it; a relative one keeps its dots."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module")
            ):
                yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


def faults(module: str, source: str) -> list[str]:
    """What a module of a room imports though it must not, and why."""
    room = room_of(module)
    assert room
    allowed, qt = (room, *ROOMS[room][0]), ROOMS[room][1]
    if module == "desktop":  # its __init__ runs whenever the notebook is imported
        allowed, qt = (), ("PySide6",)
    found = []
    for name in imports(source):
        other = room_of(name)
        if name.startswith("."):
            found.append(f"{module}: relative import of {name}")
        elif within(name, NETWORK):
            found.append(f"{module}: {name} can reach the network")
        elif within(name, qt):
            found.append(f"{module}: {name} is Qt that {room} must not know")
        elif other and other not in allowed:
            found.append(f"{module}: {name} is an arrow the wrong way")
    return found


def modules(folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the source of every module in a folder."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path.read_text("utf-8")


@pytest.mark.parametrize("room", ["content", "index", "desktop"])
def test_arrows_go_one_way(room: str) -> None:
    assert [fault for name, source in modules(ROOT / room) for fault in faults(name, source)] == []


def test_tests_of_qt_free_rooms_do_without_qt() -> None:
    free = tuple(f"tests.{room}" for room, (_, qt) in ROOMS.items() if "PySide6" in qt)
    tests = [(name, source) for name, source in modules(ROOT / "tests") if within(name, free)]
    assert [name for name, source in tests if "PySide6" in source or "qtbot" in source] == []


def test_resources_are_data_only() -> None:
    assert list((ROOT / "resources").rglob("*.py")) == []


def test_the_door_needs_nothing_installed() -> None:
    names = {name.partition(".")[0] for name in imports((ROOT / "desk.py").read_text("utf-8"))}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("module", "source", "why"),
    [
        ("content.model", "import index", "wrong way"),
        ("content.model", "from desktop.notebook import store", "wrong way"),
        ("index.search", "def f():\n    from desktop import notebook", "wrong way"),
        ("desktop.notebook.store", "import index.search", "wrong way"),
        ("desktop.notebook.store", "from desktop import settings", "wrong way"),
        ("desktop.notebook.store", "from desktop.export import docx", "wrong way"),
        ("desktop.export.docx", "import desktop.window", "wrong way"),
        ("desktop", "from desktop import app", "wrong way"),
        ("desktop", "import content", "wrong way"),
        ("desktop", "import PySide6", "must not know"),
        ("content", "from PySide6 import QtCore", "must not know"),
        ("index.search", "import PySide6.QtCore as core", "must not know"),
        ("desktop.notebook.store", "__import__('PySide6')", "must not know"),
        ("desktop.export.pdf", "from PySide6.QtWidgets import QLabel", "must not know"),
        (
            "desktop.export.pdf",
            "import importlib\nimportlib.import_module('PySide6.QtWidgets')",
            "must not know",
        ),
        ("content.model", "from . import citation", "relative"),
        ("desktop.views.search", "from ..app import start", "relative"),
        ("content.importer", "from urllib import request", "network"),
        ("desktop.app", "from PySide6.QtNetwork import QLocalServer", "network"),
        ("index.search", "if False:\n    import http.client", "network"),
    ],
)
def test_a_fault_is_found(module: str, source: str, why: str) -> None:
    [fault] = faults(module, source)
    assert why in fault


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("content.model", "import re\nfrom urllib.parse import quote\nfrom content import citation"),
        ("index.search", "from content.model import Measure\nimport contentious, indexes"),
        ("desktop.notebook.store", "import sqlite3\nfrom desktop.notebook import anchor"),
        ("desktop.export.pdf", "from PySide6.QtGui import QTextDocument\nfrom desktop import notebook"),
        (
            "desktop.window",
            "import content, index.search, desktop.export.docx\nfrom PySide6 import QtWidgets",
        ),
    ],
)
def test_what_is_allowed_is_let_be(module: str, source: str) -> None:
    assert faults(module, source) == []
