"""What a start of the program can be asked to open: a policy, a colleague's notes, or a place in the text."""

from pathlib import Path

from content.errors import UnknownDocument
from content.library import Library

_NOTES_SUFFIX = ".zip"


def in_full(asked: str) -> str:
    """What was asked for, as another program in another folder understands it."""
    return str(Path(asked).absolute()) if asked and _is_there(asked) else asked


def is_policy(asked: str) -> bool:
    """Whether this is a file or folder, or the id of a policy that comes with the program."""
    try:
        Library().folder(asked)
    except UnknownDocument:
        return _is_there(asked)
    return True


def is_notes(asked: str) -> bool:
    """Whether this is a file of a colleague's notes."""
    return asked.lower().endswith(_NOTES_SUFFIX) and _is_there(asked) and Path(asked).is_file()


def _is_there(asked: str) -> bool:
    try:
        return Path(asked).exists()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False
