"""Where the reader's own data lie."""

import sys
from pathlib import Path

PORTABLE_NAME = "data"
"""A folder of this name beside the program makes it portable: it keeps everything there."""


def data_folder(wanted: str = "") -> Path:
    """The folder that was asked for, or the portable one if it is there, or the user's own as the system has it.

    Nothing is made, and whether it can be written is for the notebook to find out.
    """
    if wanted:
        return Path(wanted)
    portable = _program_folder() / PORTABLE_NAME
    if portable.is_dir():
        return portable
    from platformdirs import user_data_path

    return user_data_path("policy-desk", appauthor=False)


def _program_folder() -> Path:
    """The folder of the executable, or of desk.py."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]
