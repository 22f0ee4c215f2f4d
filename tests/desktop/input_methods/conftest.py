"""A bus that is nobody else's, small input methods on it, and a window to type into."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.input_methods.client import Client
from desktop.input_methods.dialects import Dialect, fcitx_4, fcitx_5
from tests.desktop.input_methods.fcitx import Fcitx
from tests.desktop.input_methods.typist import Typist

DISPLAY = {"DISPLAY": ":7.0"}


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a session bus made for one test, also in the environment."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = [daemon, "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        made = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made)
        monkeypatch.setenv("DISPLAY", DISPLAY["DISPLAY"])
        yield made
        process.terminate()


@pytest.fixture(params=["fcitx 4", "fcitx 5"])
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """What the input method of the test speaks."""
    return fcitx_4(DISPLAY, os.getpid()) if request.param == "fcitx 4" else fcitx_5(DISPLAY)


@pytest.fixture
def begin(address: str, dialect: Dialect) -> Iterator[Callable[[], Fcitx]]:
    """Starts the input method, again after it has died."""
    begun: list[Fcitx] = []

    def start() -> Fcitx:
        begun.append(Fcitx(address, dialect))
        return begun[-1]

    yield start
    for fcitx in begun:
        fcitx.stop()


@pytest.fixture
def fcitx(begin: Callable[[], Fcitx]) -> Fcitx:
    """The input method, running."""
    return begin()


@pytest.fixture
def client(qapp: QApplication, address: str) -> Iterator[Client]:
    """The client, started, and stopped with the test."""
    parent = QObject()
    client = Client(qapp, parent)
    client.start()
    yield client
    client.stop()


@pytest.fixture
def typist(qapp: QApplication, qtbot: QtBot, client: Client) -> Iterator[Typist]:
    """Somebody at a window with places to type into; the keyboard is in none yet."""
    typist = Typist(client, qtbot)
    yield typist
    typist.leave()
