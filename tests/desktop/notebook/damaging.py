"""Notebooks as readers fill them, and what can be done to their files."""

import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.notebook import backups
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.model import (
    Action,
    AgendaItem,
    Anchor,
    Bookmark,
    Color,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
    Reach,
    Status,
)
from desktop.notebook.opening import Opened, open_notebook
from desktop.notebook.recovery import SUSPECT_TAG
from desktop.notebook.store import Notebook

NOW = datetime(2026, 11, 24, 9, 12)
_WORDS = "完善水电气网联合报装机制，实现“零负担”接入。先问电力公司：何时、由谁、怎么办？😀ASCII 98%\n"
_LONGEST = 20_000


def made_up(chance: random.Random, count: int) -> list[Entry]:
    """Entries of all kinds, most of them short, some of many pages, one in eight deleted."""
    return [_made_up(chance, number) for number in range(count)]


def filled(folder: Path, entries: Sequence[Entry]) -> Path:
    """The file of a notebook with these entries, as it lies there after the program has ended."""
    notebook = Notebook.open(folder)
    for at in range(0, len(entries), 7):
        notebook.add(entries[at : at + 7])
    notebook.close()
    return folder / FILE_NAME


def backed_up(folder: Path, reason: backups.Reason = backups.Reason.AUTOMATIC) -> backups.Backup:
    """A backup of the notebook in a folder."""
    notebook = Notebook.open(folder)
    try:
        return backups.back_up(notebook.connection, folder, reason, NOW)
    finally:
        notebook.close()


def flipped(data: bytes, at: int, chance: random.Random) -> bytes:
    """The same but for one byte."""
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def opened(folder: Path) -> Opened:
    """What the program finds when it starts, closed again; what is found by index is what is there at all."""
    found = open_notebook(folder, lambda: NOW)
    try:
        for document in {one.anchor.document for one in found.entries}:
            own = [one for one in found.entries if one.anchor.document == document]
            assert found.notebook.entries(document) == own
        assert all(found.notebook.find(one) == one for one in found.entries)
    finally:
        found.notebook.close()
    return found


def by_id(entries: Sequence[Entry]) -> dict[str, Entry]:
    return {one.id: one for one in entries}


def is_marked(entry: Entry) -> bool:
    """Whether an entry says of itself that it may not be what was written."""
    match entry:
        case Note():
            return SUSPECT_TAG in entry.tags
        case Meeting():
            return SUSPECT_TAG in entry.title
        case AgendaItem():
            return SUSPECT_TAG in entry.points
        case Action():
            return SUSPECT_TAG in entry.problem
        case Progress():
            return SUSPECT_TAG in entry.text
    return False


def fresh(folder: Path, source: Path) -> Path:
    """A copy of a folder in the place of another."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder / FILE_NAME


def _made_up(chance: random.Random, number: int) -> Entry:
    place = f"plan-{number % 3}/2.{chance.randrange(9)}.{chance.randrange(9)}"
    anchor = Anchor(
        place.partition("/")[0],
        chance.choice(list(Reach)),
        place,
        place,
        chance.randrange(90),
        chance.randrange(90, 300),
        *(_text(chance, most) for most in (60, 32, 32)),
    )
    entry_id = chance.randbytes(16).hex()
    made, changed = (f"2026-1{month}-0{chance.randrange(1, 10)}T09:12:00+08:00" for month in (0, 1))
    entry: Entry
    match chance.randrange(8):
        case 0:
            entry = Bookmark(entry_id, anchor, made, changed, _text(chance, 9), _text(chance, 5), number)
        case 1:
            entry = Highlight(entry_id, anchor, made, changed, chance.choice(list(Color)))
        case 2 | 3:
            entry = _made_up_work(chance, Meeting(entry_id, anchor, made, changed), number)
        case _:
            body = _text(chance, _LONGEST if chance.random() < 0.05 else 200)
            tags = tuple(_text(chance, 4) for _ in range(chance.randrange(3)))
            kind = chance.choice(list(NoteKind))
            entry = Note(entry_id, anchor, body, made, changed, kind, tags, chance.random() < 0.2)
    return replace(entry, deleted=changed) if chance.random() < 0.125 else entry


def _made_up_work(chance: random.Random, like: Meeting, number: int) -> Entry:
    """A meeting, an agenda item, a row of the ledger or progress."""
    begin = (like.id, like.anchor, like.created, like.changed)
    texts = [_text(chance, most) for most in (20, 2000, 40, 9)]
    whole = chance.randbytes(16).hex()
    match chance.randrange(4):
        case 0:
            return replace(like, title=texts[0], time="2026-11-25T14:00", place=texts[3], series=texts[2])
        case 1:
            is_open = chance.random() < 0.5
            return AgendaItem(*begin, whole, number, texts[1], (whole,), texts[2], texts[3], is_open=is_open)
        case 2:
            status = chance.choice(list(Status))
            return Action(*begin, number, texts[0], texts[2], "2023-06", "2023-04", status, texts[1])
    return Progress(*begin, whole, "2026-11-20", texts[1])


def _text(chance: random.Random, most: int) -> str:
    length, at = chance.randrange(1, most + 1), chance.randrange(len(_WORDS))
    return (_WORDS[at:] + _WORDS * (length // len(_WORDS) + 1))[:length]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 700 kB; skips the test where none can be mounted."""
    disk = folder / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill_up(disk: Path) -> Path:
    """The file that now takes all room on a small disk."""
    film = disk / "film"
    with suppress(OSError):
        film.write_bytes(b"x" * 700_000)
    return film


_WRITER = """
import os, pickle, random, signal, sys
from dataclasses import replace
from pathlib import Path
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import made_up
folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
notebook = Notebook.open(folder)
for entry in made_up(chance, count):
    notebook.add([entry])
    known = notebook.everything()
    one = chance.choice(known)
    match chance.randrange(6):
        case 0:
            notebook.purge([one])
        case 1:
            notebook.delete(chance.sample(known, min(3, len(known))))
        case 2:
            notebook.revise([(one, replace(one, author=one.author + "改"))])
pickle.dump(notebook.everything(), sys.stdout.buffer)
sys.stdout.flush()
notebook.connection.execute("PRAGMA cache_size = 1")
notebook.connection.execute("BEGIN IMMEDIATE")
notebook.connection.execute("DELETE FROM note")
os.kill(os.getpid(), signal.SIGKILL)
"""


def left_by_a_kill(folder: Path, seed: int, count: int) -> list[Entry]:
    """All that was saved by a process that was killed in the middle of a change, leaving the log beside the file."""
    command = [sys.executable, "-c", _WRITER, str(folder), str(seed), str(count)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, check=False)
    found: list[Entry] = pickle.loads(done.stdout)
    return found
