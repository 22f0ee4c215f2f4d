"""kill -9 at any moment: ``python -m tests.bench.crash [rounds=500] [seed=2023]``.

A child does what readers do to a notebook and says after each step that it is done and what the notebook holds then;
it is killed at a random moment. The notebook opened afterwards has to hold exactly what was said last, or what the step
that was under way would have made of it; its file and every backup have to be whole. Exits with 1 if anything is lost
or damaged.

writing    entries of all kinds, meetings and ledger too; edits, deletions, restores, purges, changes of several at once
backup     the same with a backup after every other change
upgrade    a file of version 1 or 2 opened, which is backed up first
import     a colleague's file taken in, again and again
restore    a backup restored, with the backup that is made before
recovery   a damaged file opened: put aside, read page by page, completed from the backup
"""

import os
import pickle
import random
import shutil
import signal
import sqlite3
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter, sleep

from desktop.notebook import backups, exchange, recovery, rows
from desktop.notebook.backups import Reason
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.importing import Choice, preview
from desktop.notebook.model import (
    SHARED,
    Action,
    AgendaItem,
    Change,
    Edit,
    Entry,
    Meeting,
    Note,
    with_first_due,
)
from desktop.notebook.opening import open_notebook
from desktop.notebook.schema import migrate
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import made_up

Held = dict[str, Entry]
"""What a notebook holds, by id."""
_AT = {"writing": 0.05, "backup": 0.08, "upgrade": 0.03, "import": 0.05, "restore": 0.08, "recovery": 0.05}
"""Kind of sitting → seconds within which it is killed."""
_SENT_ENTRIES, _OLD_ENTRIES, _AT_FIRST = 60, 200, 120


@dataclass
class Result:
    """What came of all rounds."""

    kills: Counter[str] = field(default_factory=Counter)
    midway: Counter[str] = field(default_factory=Counter)
    """Kills while a step was under way that can be seen: a backup, an upgrade, a recovery, or a change half written."""
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    told: Counter[str] = field(default_factory=Counter)


class Reporter:
    """The child's word: a step is announced with what it will make of the notebook, and then said to be done."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def begin(self, edits: dict[str, Entry | None]) -> None:
        self._say(b"B", edits)

    def done(self) -> None:
        self._say(b"D", None)

    def _say(self, sign: bytes, what: object) -> None:
        data = pickle.dumps(what)
        os.write(self._pipe, sign + struct.pack("!I", len(data)) + data)


def _after(change: Change) -> dict[str, Entry | None]:
    return {edit.entry.id: edit.after for edit in change.edits}


def _apply(notebook: Notebook, reporter: Reporter, change: Change) -> None:
    if change.edits:
        reporter.begin(_after(change))
        notebook.apply(change)
        reporter.done()


def _change(chance: random.Random, held: list[Entry]) -> Change:
    """Something a reader does."""
    some = chance.sample(held, min(len(held), chance.randrange(1, 6)))
    used, binned = [one for one in some if not one.deleted], [one for one in some if one.deleted]
    match chance.randrange(7):
        case 0 if used:
            return Change(tuple(Edit(one, replace(one, deleted="2026-11-25T10:00:00+08:00")) for one in used))
        case 1 if binned:
            return Change(tuple(Edit(one, replace(one, deleted="")) for one in binned))
        case 2 if binned:
            return Change(tuple(Edit(one, None) for one in binned))
        case 3 | 4 if used:
            return Change(tuple(Edit(one, _edited(chance, one)) for one in used))
        case 5:
            return Change(tuple(Edit(None, one) for one in made_up(chance, chance.randrange(2, 30))))
    return Change((Edit(None, made_up(chance, 1)[0]),))


def _edited(chance: random.Random, entry: Entry) -> Entry:
    changed = f"2026-12-01T09:12:{chance.randrange(60):02}+08:00"
    match entry:
        case Note():
            return replace(entry, body=f"{entry.body[:9000]}改{chance.random()}", changed=changed)
        case Meeting():
            return replace(entry, title=f"{entry.title[:90]}改{chance.random()}", changed=changed)
        case AgendaItem():
            points = f"{entry.points[:9000]}改{chance.random()}"
            return replace(entry, points=points, position=chance.randrange(90), changed=changed)
        case Action():
            later = replace(entry, due=f"2024-0{chance.randrange(1, 10)}", changed=changed)
            return with_first_due(entry, later)
    return replace(entry, author=str(chance.random()), changed=changed)


def _write(folder: Path, chance: random.Random, reporter: Reporter, every: int = 0) -> None:
    notebook = open_notebook(folder).notebook
    held = {one.id: one for one in notebook.everything()}
    for number in range(1, 100_000):
        change = _change(chance, list(held.values()))
        _apply(notebook, reporter, change)
        held = _changed(held, _after(change))
        if every and number % every == 0:
            reporter.begin({})
            backups.back_up(notebook.connection, folder, Reason.AUTOMATIC, datetime.now())
            reporter.done()


def _back_up(folder: Path, chance: random.Random, reporter: Reporter) -> None:
    _write(folder, chance, reporter, 2)


def _open(folder: Path, chance: random.Random, reporter: Reporter) -> None:
    """Upgrades or recovers, and goes on writing."""
    reporter.begin({})
    open_notebook(folder).notebook.close()
    reporter.done()
    _write(folder, chance, reporter)


def _import(folder: Path, chance: random.Random, reporter: Reporter) -> None:
    notebook = open_notebook(folder).notebook
    for number in range(1, 1000):
        packet = exchange.read(folder / f"{number % 3}.zip")
        _apply(notebook, reporter, preview(notebook.everything(), packet, []).change(Choice.TAKE))
        _apply(notebook, reporter, _change(chance, notebook.everything()))


def _restore(folder: Path, chance: random.Random, reporter: Reporter) -> None:
    notebook = open_notebook(folder).notebook
    while True:
        for _ in range(chance.randrange(1, 4)):
            _apply(notebook, reporter, _change(chance, notebook.everything()))
        wanted = backups.entries(chance.choice(backups.backups(folder)))
        change = backups.restoring(notebook.everything(), wanted, "2026-12-02T09:12:00+08:00")
        reporter.begin({})
        backups.back_up(notebook.connection, folder, Reason.BEFORE_RESTORE, datetime.now())
        reporter.done()
        _apply(notebook, reporter, change)


_ACTS: dict[str, Callable[[Path, random.Random, Reporter], None]] = {
    "writing": _write,
    "backup": _back_up,
    "upgrade": _open,
    "import": _import,
    "restore": _restore,
    "recovery": _open,
}


def _changed(held: Held, edits: dict[str, Entry | None]) -> Held:
    after = {**held, **edits}
    return {entry_id: entry for entry_id, entry in after.items() if entry is not None}


class Prepared:
    """Folders to start from, made once."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self._place = place
        self.plain = place / "plain"
        with closing(open_notebook(self.plain).notebook) as notebook:
            notebook.add(made_up(chance, _AT_FIRST))
            backups.back_up(notebook.connection, self.plain, Reason.AUTOMATIC, datetime.now())
        for number in range(3):
            sent = [entry for entry in made_up(chance, _SENT_ENTRIES) if not entry.deleted]
            exchange.export([], sent, self.plain / f"{number}.zip", f"同事{number}", datetime.now())
        self.older = [place / "v1", place / "v2"]
        for folder, write in zip(self.older, (_write_first_version, _write_second_version), strict=True):
            folder.mkdir()
            write(folder / FILE_NAME, made_up(chance, _OLD_ENTRIES))

    def folder(self, kind: str, number: int, chance: random.Random, last: Path | None) -> tuple[Path, Held]:
        """A folder for a round of a kind, made of what the last has left, and what has to be in it."""
        target = self._place / str(number)
        if kind == "upgrade":
            shutil.copytree(chance.choice(self.older), target)
            return target, _found_in_copy(target)
        shutil.copytree(last or self.plain, target)
        held = _found_in_copy(target)
        if kind == "recovery":
            path = target / FILE_NAME
            with closing(open_notebook(target).notebook) as notebook:
                backups.back_up(notebook.connection, target, Reason.AUTOMATIC, datetime.now())
            data = bytearray(path.read_bytes())
            at = chance.randrange(100, len(data) - 4096)
            data[at : at + 2000] = chance.randbytes(2000)
            path.write_bytes(data)
        return target, held


def _write_first_version(path: Path, entries: list[Entry]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 1)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        for one in entries:
            if isinstance(one, Note):
                at = one.anchor
                place = (at.document, at.measure, at.quote, at.before, at.after, at.start, at.end)
                values = (one.id, *place, one.body, one.created, one.changed, one.deleted)
                connection.execute(f"INSERT INTO note VALUES ({', '.join('?' for _ in values)})", values)
        connection.execute("COMMIT")


def _write_second_version(path: Path, entries: list[Entry]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 2)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        for one in entries:
            if not isinstance(one, SHARED):
                values = (*rows.values(one), rows.digest(rows.values(one)))
                columns = ", ".join((*rows.columns(type(one)), rows.DIGEST))
                marks = ", ".join("?" for _ in values)
                connection.execute(
                    f"INSERT INTO {rows.TABLES[type(one)]} ({columns}) VALUES ({marks})", values
                )
        connection.execute("COMMIT")


def _run(
    act: Callable[[Path, random.Random, Reporter], None], folder: Path, seed: int, seconds: float
) -> bytes:
    """What a child said before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            act(folder, random.Random(seed), Reporter(writing))
        except BaseException as error:
            os.write(2, f"{act.__name__}: {error!r}\n".encode())
        finally:
            os._exit(1)
    os.close(writing)
    os.set_blocking(reading, False)
    said, until = b"", perf_counter() + seconds
    while perf_counter() < until:
        said += _read(reading)
        sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    os.set_blocking(reading, True)
    while more := os.read(reading, 1 << 20):
        said += more
    os.close(reading)
    return said


def _read(pipe: int) -> bytes:
    with suppress(BlockingIOError):
        return os.read(pipe, 1 << 20)
    return b""


def _messages(said: bytes) -> Iterator[tuple[bytes, dict[str, Entry | None]]]:
    at = 0
    while at + 5 <= len(said):
        [length] = struct.unpack("!I", said[at + 1 : at + 5])
        if at + 5 + length > len(said):
            return
        yield said[at : at + 1], pickle.loads(said[at + 5 : at + 5 + length])
        at += 5 + length


def _found_in_copy(folder: Path) -> Held:
    """What the program finds in a folder, which stays as it is."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        copy = Path(name) / "copy"
        shutil.copytree(folder, copy)
        opened = open_notebook(copy)
        opened.notebook.close()
        return {one.id: one for one in opened.entries}


def _judge(kind: str, folder: Path, before: Held, said: bytes, result: Result) -> None:
    held, under_way = before, before
    for sign, edits in _messages(said):
        if sign == b"B":
            under_way = _changed(held, edits)
        else:
            held = under_way
            result.acknowledged += 1
    if under_way != held or _is_midway(kind, folder):
        result.midway[kind] += 1
    opened = open_notebook(folder)
    with closing(opened.notebook) as notebook:
        found = {one.id: one for one in opened.entries}
        if opened.told:
            result.told[kind] += 1
        if found not in (held, under_way):
            result.lost += 1
            missing = [one for one in held if one not in found]
            print(
                f"{folder}: {kind}: {len(missing)} of {len(held)} missing, {len(found)} found",
                file=sys.stderr,
            )
        if notebook.connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            result.damaged += 1
    for backup in backups.backups(folder):
        try:
            backups.entries(backup)
        except backups.CannotRestore:
            result.damaged += 1


def _is_midway(kind: str, folder: Path) -> bool:
    if kind == "recovery":
        return (folder / recovery.RECOVERED_NAME).exists() or bool([*folder.glob("*.part*")])
    if kind == "upgrade" and not (folder / backups.FOLDER_NAME).is_dir():
        return False
    return bool([*(folder / backups.FOLDER_NAME).glob("*.part*")])


def main(rounds: int = 500, seed: int = 2023) -> int:
    """Run the rounds, print what came of them, and give the exit code."""
    chance, result, started = random.Random(seed), Result(), perf_counter()
    with tempfile.TemporaryDirectory(prefix="desk-crash-") as name:
        place = Path(name)
        prepared = Prepared(place, chance)
        last: Path | None = None
        for number in range(rounds):
            kind = list(_AT)[number % len(_AT)]
            folder, held = prepared.folder(kind, number, chance, last)
            before = _found_in_copy(folder)
            result.lost += not held.items() <= before.items()
            said = _run(_ACTS[kind], folder, chance.randrange(2**31), chance.uniform(0.001, _AT[kind]))
            _judge(kind, folder, before, said, result)
            result.kills[kind] += 1
            # The next round starts from what this one has left, every now and then anew.
            if last is not None:
                shutil.rmtree(last)
            last = folder
            if number % 30 == 29 or kind == "upgrade":
                shutil.rmtree(folder)
                last = None
    print(f"{rounds} rounds in {perf_counter() - started:.0f} s, seed {seed}")
    for kind, count in result.kills.items():
        print(f"{kind:<10}{count:>6} kills, {result.midway[kind]:>4} of them in the middle of a step")
    print(f"acknowledged {result.acknowledged}, lost {result.lost}, damaged {result.damaged}")
    print(f"said to be damaged: {dict(result.told)}")
    return int(bool(result.lost or result.damaged))


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
