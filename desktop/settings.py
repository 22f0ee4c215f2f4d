"""What the program remembers between sittings: one table of settings, kept in the data folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


@dataclass(frozen=True, slots=True)
class Setting:
    """One remembered value: its key, its type and what it is at first."""

    key: str
    type: type
    default: Any


GEOMETRY = Setting("window/geometry", QByteArray, QByteArray())
COLUMNS = Setting("window/columns", QByteArray, QByteArray())
DESK_SHOWN = Setting("window/desk_shown", bool, True)
OUTLINE_SHOWN = Setting("window/outline_shown", bool, True)
TEXT_SIZE = Setting("reading/text_size", int, 17)
AUTHOR = Setting("exchange/author", str, "")
MEETING = Setting("meeting/open", str, "")
THEME = Setting("look/theme", str, "system")
PROJECTION_SCREEN = Setting("projection/screen", str, "")
HIT_ORDER = Setting("search/order", str, "PRINTED")
HIT_GROUPING = Setting("search/grouping", str, "NONE")
RECENT_SEARCHES = Setting("search/recent", str, "[]")
SAVED_SEARCHES = Setting("search/saved", str, "[]")


def place(document: str) -> Setting:
    """The measure last read in a document."""
    return Setting(f"place/{document}", str, "")


class Settings:
    """Settings in ``settings.ini`` of a folder. An unwritable folder or a damaged file gives the defaults."""

    def __init__(self, folder: Path) -> None:
        self._store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)

    def get(self, setting: Setting) -> Any:
        """The remembered value, or the default where there is none of the right type."""
        value = self._store.value(setting.key)
        if setting.type is bool and isinstance(value, str):
            return {"true": True, "false": False}.get(value, setting.default)
        if setting.type is int and isinstance(value, str):
            try:
                return int(value)
            except ValueError:
                return setting.default
        return value if isinstance(value, setting.type) else setting.default

    def set(self, setting: Setting, value: Any) -> None:
        """Remember a value."""
        self._store.setValue(setting.key, value)

    def flush(self) -> None:
        """Write what is not yet on the disk."""
        self._store.sync()
