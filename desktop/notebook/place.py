"""Where the reader's own data lie."""

import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PORTABLE_NAMES = ("data", "数据", "policy-desk-data")
"""A folder of one of these names beside the program makes it portable: it keeps everything there."""


class PlaceKind(Enum):
    """Why the data lie where they do."""

    ASKED_FOR = "启动时用 --data 指定的文件夹"
    PORTABLE = "程序旁边的文件夹（便携使用）"
    USERS = "系统为本人设的应用数据文件夹"


@dataclass(frozen=True, slots=True)
class Place:
    """The data folder, and why it is that one."""

    folder: Path
    kind: PlaceKind


def data_place(wanted: str = "") -> Place:
    """The folder that was asked for, or the portable one if it is there, or the user's own as the system has it.

    Nothing is made, and whether it can be written is for the notebook to find out.
    """
    if wanted:
        return Place(Path(wanted), PlaceKind.ASKED_FOR)
    for name in PORTABLE_NAMES:
        portable = program_folder() / name
        if portable.is_dir():
            return Place(portable, PlaceKind.PORTABLE)
    from platformdirs import user_data_path

    return Place(user_data_path("policy-desk", appauthor=False), PlaceKind.USERS)


def data_folder(wanted: str = "") -> Path:
    """The folder alone."""
    return data_place(wanted).folder


def program_folder() -> Path:
    """The folder of the executable, or of desk.py."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]
