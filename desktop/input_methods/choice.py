"""Which way Chinese comes in, chosen before Qt starts: Qt looks for the module only then, and only once.

Qt's wheels bring a module for IBus and one that composes accents. A desktop with fcitx names ``fcitx`` in QT_IM_MODULE,
for which they have none, and Qt then takes nothing at all.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLUGIN_FOLDER = "platforminputcontexts"
_COMPOSE, _IBUS = "compose", "ibus"
_FCITX = ("fcitx", "fcitx5")
_VARIABLES = ("QT_IM_MODULE", "QT_IM_MODULES")
_MACHINE_IDS = ("/var/lib/dbus/machine-id", "/etc/machine-id")
_SOCKETS = Path("/proc/net/unix")
_SCREENS = ("xcb", "wayland")


@dataclass(frozen=True)
class Choice:
    """Qt's ``module`` to ask for, none to leave the environment as it is; whether fcitx is to be spoken to besides."""

    module: str = ""
    needs_client: bool = False

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The environment as Qt is to find it; programs that are started later find it as it was."""
        kept = {name: os.environ.get(name) for name in _VARIABLES}
        if self.module:
            os.environ.pop(_VARIABLES[1], None)
            os.environ[_VARIABLES[0]] = self.module
        try:
            yield
        finally:
            for name, value in kept.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


LEFT_ALONE = Choice()


@dataclass(frozen=True)
class Surroundings:
    """What the choice depends on: the environment, the modules that Qt has, and where to look for IBus."""

    environment: Mapping[str, str]
    modules: frozenset[str]
    home: Path
    processes: Path = Path("/proc")

    @property
    def asked(self) -> list[str]:
        """The modules asked for of Qt, the best first."""
        several = self.environment.get("QT_IM_MODULES") or self.environment.get("QT_IM_MODULE", "")
        return [name.strip().lower() for name in several.split(";") if name.strip()]

    @property
    def wanted(self) -> str:
        """The input method that the desktop is set up for, as well as the variables tell; empty if they do not."""
        modifiers = self.environment.get("XMODIFIERS", "").partition("@im=")[2]
        hints = (*self.asked, modifiers, self.environment.get("GTK_IM_MODULE", ""))
        return next((hint.lower() for hint in hints if hint.lower() in (_IBUS, *_FCITX)), "")

    def has_module(self, name: str) -> bool:
        """Whether Qt has a module of this name; that of fcitx goes by two."""
        return bool(self.modules & (set(_FCITX) if name in _FCITX else {name}))

    @property
    def is_on_screen(self) -> bool:
        """Whether Qt will open windows that somebody can type into."""
        platform = self.environment.get("QT_QPA_PLATFORM", "")
        return not platform or platform.startswith(_SCREENS)

    @property
    def has_the_compositor(self) -> bool:
        """Whether Wayland itself hands on what is typed, as it does unless a module is asked for."""
        platform = self.environment.get("QT_QPA_PLATFORM", "")
        is_wayland = self.environment.get("XDG_SESSION_TYPE") == "wayland" and not platform
        return (is_wayland or platform.startswith("wayland")) and self.asked[:1] in ([], ["wayland"])

    @property
    def ibus(self) -> str:
        """The name of the program that speaks IBus here, as Qt's module would find it; empty if none is alive."""
        try:
            lines = self._address_file().read_text("utf-8", "replace").splitlines()
        except OSError:
            return ""
        told = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        if not told.get("IBUS_ADDRESS"):
            return ""
        try:
            return (self.processes / told.get("IBUS_DAEMON_PID", "") / "comm").read_text("utf-8").strip()
        except OSError:
            return ""

    def _address_file(self) -> Path:
        if named := self.environment.get("IBUS_ADDRESS_FILE"):
            return Path(named)
        host, number = "unix", "0"
        if screen := self.environment.get("WAYLAND_DISPLAY"):
            number = screen
        else:
            screen = self.environment.get("DISPLAY", ":0")
            host, _, number = screen.rpartition(":")
            host, number = host or "unix", number.partition(".")[0]
        folder = Path(self.environment.get("XDG_CONFIG_HOME") or self.home / ".config")
        return folder / "ibus" / "bus" / f"{_machine_id()}-{host}-{number}"


def choose(here: Surroundings) -> Choice:
    """The way that leads to Chinese; what is known to work already is left alone."""
    if not here.is_on_screen or here.has_the_compositor:
        return LEFT_ALONE
    first = here.asked[0] if here.asked else ""
    if first not in (_IBUS, _COMPOSE) and here.has_module(first):
        return LEFT_ALONE
    # GNOME starts an IBus of its own even where fcitx is set up, and has no Chinese in it then. fcitx 5 speaks IBus too,
    # but when it is started anew Qt's module does not find it again.
    speaker = here.ibus
    is_ibus = speaker and not speaker.startswith("fcitx")
    if is_ibus and here.wanted not in _FCITX and _IBUS in here.modules:
        return Choice(_IBUS)
    return Choice(_COMPOSE, needs_client=True)


def choose_here(plugins: Path) -> Choice:
    """The way for this process, with Qt's plugins in that folder; only Linux leaves one open."""
    if not sys.platform.startswith("linux"):
        return LEFT_ALONE
    return choose(look_around(plugins, Path(os.environ.get("HOME") or "/")))


def look_around(plugins: Path, home: Path) -> Surroundings:
    """The surroundings of this process; ``plugins`` is the folder of Qt's own plugins.

    Those of the system, which QT_PLUGIN_PATH may lead to, are made for the system's Qt: they hardly ever load.
    """
    names = (path.name.removeprefix("lib") for path in (plugins / PLUGIN_FOLDER).glob("lib*.so"))
    modules = frozenset(name.removesuffix("plugin.so").removesuffix("platforminputcontext") for name in names)
    return Surroundings(os.environ, modules, home)


def _machine_id() -> str:
    for path in _MACHINE_IDS:
        try:
            return Path(path).read_text("ascii").strip()
        except (OSError, ValueError):
            continue
    return ""
