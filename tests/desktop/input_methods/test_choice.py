"""Which way Chinese comes in, by what the desktop says and what is really there."""

import os
import sys
from pathlib import Path

import pytest

from desktop.input_methods import choice
from desktop.input_methods.choice import LEFT_ALONE, Choice, Surroundings, choose, look_around

IBUS, CLIENT = Choice("ibus"), Choice("compose", needs_client=True)
WHEELS = frozenset({"ibus", "compose", "qtvirtualkeyboard"})
X11 = {"DISPLAY": ":0"}


def around(
    folder: Path, variables: dict[str, str], speaker: str = "", modules: frozenset[str] = WHEELS
) -> Surroundings:
    """A desktop with these variables, where ``speaker`` has left its address for IBus."""
    environment = {**X11, **variables}
    if speaker:
        file = folder / "address"
        file.write_text("# made by a test\nIBUS_ADDRESS=unix:path=/a,guid=1\nIBUS_DAEMON_PID=4711\n", "utf-8")
        environment["IBUS_ADDRESS_FILE"] = str(file)
        process = folder / "4711"
        process.mkdir()
        (process / "comm").write_text(f"{speaker}\n", "utf-8")
    return Surroundings(environment, modules, folder, processes=folder)


@pytest.mark.parametrize(
    ("variables", "speaker", "expected"),
    [
        ({"QT_IM_MODULE": "ibus"}, "ibus-daemon", IBUS),
        ({}, "ibus-daemon", IBUS),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=ibus"}, "ibus-daemon", IBUS),
        ({"QT_IM_MODULE": "compose"}, "ibus-daemon", IBUS),
        ({"QT_IM_MODULE": "fcitx"}, "fcitx5", CLIENT),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx5", CLIENT),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, "fcitx5", CLIENT),
        ({"QT_IM_MODULE": "ibus"}, "fcitx5", CLIENT),
        ({"QT_IM_MODULE": "fcitx"}, "", CLIENT),
        ({"QT_IM_MODULE": "fcitx"}, "ibus-daemon", CLIENT),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus-daemon", CLIENT),
        ({"GTK_IM_MODULE": "fcitx"}, "ibus-daemon", CLIENT),
        ({"QT_IM_MODULE": "ibus"}, "", CLIENT),
        ({"QT_IM_MODULE": "nonsense"}, "", CLIENT),
        ({"QT_IM_MODULE": ""}, "", CLIENT),
        ({}, "", CLIENT),
    ],
)
def test_chinese_is_looked_for_where_it_is(
    tmp_path: Path, variables: dict[str, str], speaker: str, expected: Choice
) -> None:
    assert choose(around(tmp_path, variables, speaker)) == expected


@pytest.mark.parametrize(
    "variables",
    [
        {"QT_QPA_PLATFORM": "offscreen", "QT_IM_MODULE": "fcitx"},
        {"XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "wayland", "QT_IM_MODULES": "wayland;fcitx"},
        {"QT_IM_MODULE": "qtvirtualkeyboard"},
    ],
)
def test_what_serves_already_is_left_alone(tmp_path: Path, variables: dict[str, str]) -> None:
    assert choose(around(tmp_path, variables, "ibus-daemon")) == LEFT_ALONE


@pytest.mark.parametrize("asked", ["fcitx", "fcitx5"])
def test_a_module_for_fcitx_that_was_added_to_qt_is_used(tmp_path: Path, asked: str) -> None:
    modules = WHEELS | {"fcitx5"}
    assert choose(around(tmp_path, {"QT_IM_MODULE": asked}, modules=modules)) == LEFT_ALONE


def test_an_ibus_that_has_ended_is_not_counted_on(tmp_path: Path) -> None:
    here = around(tmp_path, {"QT_IM_MODULE": "ibus"}, "ibus-daemon")
    (tmp_path / "4711" / "comm").unlink()
    assert choose(here) == CLIENT


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"IBUS_ADDRESS=\nIBUS_DAEMON_PID=1\n", b"IBUS_ADDRESS=x\n"]
)
def test_a_strange_address_file_is_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "address"
    file.write_bytes(content)
    here = Surroundings({**X11, "IBUS_ADDRESS_FILE": str(file)}, WHEELS, tmp_path)
    assert choose(here) == CLIENT


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"DISPLAY": ":0"}, "unix-0"),
        ({"DISPLAY": ":12.3"}, "unix-12"),
        ({"DISPLAY": "far:1.0"}, "far-1"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "unix-wayland-0"),
    ],
)
def test_the_address_lies_where_qt_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], name: str
) -> None:
    identity = tmp_path / "machine-id"
    identity.write_text("0123abcd\n", "ascii")
    monkeypatch.setattr(choice, "_MACHINE_IDS", (str(tmp_path / "missing"), str(identity)))
    folder = tmp_path / ".config/ibus/bus"
    folder.mkdir(parents=True)
    text = f"IBUS_ADDRESS=unix:path=/a\nIBUS_DAEMON_PID={os.getpid()}\n"
    (folder / f"0123abcd-{name}").write_text(text, "utf-8")
    own_name = Path("/proc/self/comm").read_text("utf-8").strip()
    assert Surroundings(variables, WHEELS, tmp_path).ibus == own_name


def test_qts_modules_are_known_by_their_files(tmp_path: Path) -> None:
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    for name in ("libibusplatforminputcontextplugin.so", "libqtvirtualkeyboardplugin.so", "notes.txt"):
        (folder / name).touch()
    assert look_around(tmp_path, tmp_path).modules == {"ibus", "qtvirtualkeyboard"}
    assert look_around(tmp_path / "missing", tmp_path).modules == frozenset()


def test_programs_started_later_find_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.setenv("QT_IM_MODULES", "fcitx;ibus")
    with IBUS.in_force():
        assert os.environ["QT_IM_MODULE"] == "ibus"
        assert "QT_IM_MODULES" not in os.environ
    assert (os.environ["QT_IM_MODULE"], os.environ["QT_IM_MODULES"]) == ("fcitx", "fcitx;ibus")
    monkeypatch.delenv("QT_IM_MODULE")
    with IBUS.in_force():
        pass
    assert "QT_IM_MODULE" not in os.environ
    with LEFT_ALONE.in_force():
        assert os.environ["QT_IM_MODULES"] == "fcitx;ibus"
