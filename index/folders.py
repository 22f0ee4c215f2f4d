"""Folders that hold an index: written beside and renamed, checked before they are used.

A folder holds the files of an index and ``meta.json`` with the fingerprint of what was indexed and a checksum of
each file: one that is stale, cut short or damaged is never used.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from time import time

META = "meta.json"

_KEPT = 3
_ABANDONED = 24 * 3600.0
"""Seconds after which nobody is still writing an index."""


class DamagedIndexError(Exception):
    """A folder that holds no index, another one, or not all of it."""


def seal(folder: Path, mark: str, names: Iterable[str]) -> None:
    """Put the fingerprint and the checksums of an index's files into the folder of these. Raises OSError."""
    sums = {name: _checksum(folder / name) for name in sorted(names)}
    meta = {"fingerprint": mark, "files": sums}
    (folder / META).write_text(json.dumps(meta, indent=1) + "\n", "utf-8", newline="\n")


def checksums(folder: Path, mark: str) -> dict[Path, str]:
    """The files a folder should hold, each with its SHA-256. Raises DamagedIndexError."""
    try:
        meta = json.loads((folder / META).read_text("utf-8"))
        if meta["fingerprint"] != mark:
            raise DamagedIndexError(f"{folder}: another fingerprint")
        return {folder / Path(name).name: str(checksum) for name, checksum in meta["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndexError(f"{folder}: {error}") from error


def check(folder: Path, mark: str) -> None:
    """Make sure that a folder holds a whole index of this fingerprint. Raises DamagedIndexError."""
    for path, checksum in checksums(folder, mark).items():
        try:
            whole = _checksum(path) == checksum
        except OSError as error:
            raise DamagedIndexError(f"{folder}: {error}") from error
        if not whole:
            raise DamagedIndexError(f"{path} is damaged")


def keep(parent: Path, mark: str, fill: Callable[[Path], None], try_out: Callable[[Path], object]) -> None:
    """Put an index under its fingerprint into a folder, and take away old ones. Raises OSError.

    ``fill`` writes and seals a folder, which is then renamed; ``try_out`` raises DamagedIndexError for a folder
    that cannot be used. Where two do this at once, the later one finds the work done.
    """
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / mark
    beside = Path(tempfile.mkdtemp(prefix=".", dir=parent))
    try:
        fill(beside)
        try:
            try_out(folder)
        except DamagedIndexError:
            _remove(folder)
            with suppress(OSError):
                beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _prune(parent, folder)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prune(parent: Path, current: Path) -> None:
    """Take away all but the newest indexes, and what was left half written."""
    ages: dict[Path, float] = {}
    for folder in parent.iterdir():
        with suppress(FileNotFoundError):  # another program may be tidying up as well
            ages[folder] = time() - folder.stat().st_mtime
    ages.pop(current, None)
    whole = sorted((folder for folder in ages if not folder.name.startswith(".")), key=ages.__getitem__)
    left = [folder for folder, age in ages.items() if folder.name.startswith(".") and age > _ABANDONED]
    for folder in whole[_KEPT - 1 :] + left:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Take a folder away whole, or leave it whole where another program has it open."""
    with suppress(OSError):
        gone = folder.with_name(f".{folder.name}")
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
