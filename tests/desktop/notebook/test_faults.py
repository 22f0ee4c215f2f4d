"""What can befall the file: one sentence each, of what happened, what is safe and what to do; nothing is touched."""

import os
import re
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.notebook import connection as module
from desktop.notebook import rows
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotOpen, CannotSave, Damaged, Garbled, NotebookError
from desktop.notebook.model import Anchor, Entry
from desktop.notebook.opening import open_notebook, open_whole
from desktop.notebook.schema import VERSION
from desktop.notebook.store import Notebook
from tests.desktop.notebook.entries import PLAN, a_bookmark, a_note


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 160 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def assert_one_sentence(error: NotebookError, *words: str) -> None:
    """It is Chinese, one line, says that something is safe, and what to do."""
    told = str(error)
    assert all(word in told for word in words), told
    assert "\n" not in told
    assert told.endswith("。")
    assert re.search("请", told)
    assert re.search("仍可阅读|都在|不会改动", told)
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", told.replace(FILE_NAME, "")), "English in it"


def filled(folder: Path, anchor: Anchor, notes: int = 200) -> Path:
    """A notebook file with notes in it, as it lies there after the program has ended."""
    notebook = Notebook.open(folder)
    for number in range(notes):
        notebook.add_note(anchor, f"第{number}条" * 20)
    notebook.close()
    return folder / FILE_NAME


def with_version(data: bytes, version: int) -> bytes:
    """A database whose header, as SQLite lays it out, has another ``user_version``."""
    return data[:60] + version.to_bytes(4, "big") + data[64:]


def everything(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder that SQLite does not make anew at will."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


class TestDamage:
    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda data: b"this is no notebook\n" * 500, id="another kind of file"),
            pytest.param(lambda data: b"\0" * len(data), id="zeros"),
            pytest.param(lambda data: data[: len(data) // 2], id="half of it"),
            pytest.param(lambda data: data[:5000], id="cut within a page"),
            pytest.param(lambda data: data[:100] + os.urandom(4000) + data[4100:], id="schema overwritten"),
            pytest.param(lambda data: data[:8192] + b"\xff" * 8192 + data[16384:], id="pages overwritten"),
            pytest.param(
                lambda data: data[:12288] + b"\0" * (len(data) - 16384) + data[-4096:], id="pages blank"
            ),
            pytest.param(lambda data: data[:81920] + b"\0" * 4096 + data[86016:], id="one page blank"),
            pytest.param(lambda data: with_version(data, 0), id="said to be empty"),
            pytest.param(lambda data: with_version(data, 1), id="said to be old"),
            pytest.param(lambda data: with_version(data, VERSION + 1), id="said to be newer"),
        ],
    )
    def test_a_damaged_file_is_told_and_left_alone(
        self, tmp_path: Path, anchor: Anchor, damage: Callable[[bytes], bytes]
    ) -> None:
        path = filled(tmp_path, anchor)
        path.write_bytes(damage(path.read_bytes()))
        before = everything(tmp_path)
        with pytest.raises(Damaged) as caught:
            Notebook.open(tmp_path)
        assert_one_sentence(caught.value, "已损坏", str(path), "另存")
        assert everything(tmp_path) == before

    def test_without_one_of_its_tables_it_is_damaged(self, tmp_path: Path, anchor: Anchor) -> None:
        path = filled(tmp_path, anchor, notes=3)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TABLE highlight")
        with pytest.raises(Damaged) as caught:
            Notebook.open(tmp_path)
        assert_one_sentence(caught.value, "已损坏", "另存")

    def test_one_wrong_character_is_never_taken_for_what_was_written(
        self, tmp_path: Path, anchor: Anchor
    ) -> None:
        path = filled(tmp_path, anchor, notes=3)
        data = path.read_bytes()
        assert "第1条第1条".encode() in data
        path.write_bytes(data.replace("第1条第1条".encode(), "第1条第7条".encode(), 1))
        notebook = Notebook.open(tmp_path)
        with pytest.raises(Garbled) as caught:
            notebook.notes(PLAN)
        assert_one_sentence(caught.value)
        notebook.close()

    def test_damage_while_it_is_open_stops_the_change_only(self, tmp_path: Path, anchor: Anchor) -> None:
        path = filled(tmp_path, anchor)
        notebook = Notebook.open(tmp_path)
        note = notebook.notes(PLAN)[50]
        path.write_bytes(path.read_bytes()[:8192])
        commands: list[Callable[[], object]] = [
            lambda: notebook.revise([(note, replace(note, body="改"))]),
            lambda: notebook.delete([note]),
            lambda: notebook.purge([note]),
        ]
        for command in commands:
            with pytest.raises(NotebookError) as caught:
                command()
            assert_one_sentence(caught.value, "没有")
        with pytest.raises(Garbled) as caught_reading:
            notebook.notes(PLAN)
        assert_one_sentence(caught_reading.value, "读不出来", "另存")
        notebook.close()


class TestNewer:
    @pytest.mark.parametrize("journal", ["wal", "delete"])
    def test_a_newer_file_is_told_and_left_alone(self, tmp_path: Path, anchor: Anchor, journal: str) -> None:
        path = filled(tmp_path, anchor, notes=3)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("ALTER TABLE note ADD COLUMN mood TEXT")
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        before = everything(tmp_path)
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(tmp_path)
        assert_one_sentence(caught.value, "更新版本", "不会改动")
        assert not isinstance(caught.value, Damaged)
        assert everything(tmp_path) == before

    @pytest.mark.parametrize("cut", [0, 40], ids=["whole", "cut off"])
    def test_one_whose_log_was_left_behind_too(self, tmp_path: Path, anchor: Anchor, cut: int) -> None:
        """As a newer program leaves it that was killed: most of what it wrote stands in the log alone."""
        newer, copy = tmp_path / "newer", tmp_path / "copy"
        path = filled(newer, anchor, notes=3)
        copy.mkdir()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute("ALTER TABLE note ADD COLUMN mood TEXT")
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")
            connection.execute("UPDATE note SET mood = 'good'")
            for name in (FILE_NAME, f"{FILE_NAME}-wal"):
                data = (newer / name).read_bytes()
                (copy / name).write_bytes(data[: len(data) - cut if name.endswith("-wal") else None])
        header = (copy / FILE_NAME).read_bytes()[:100]
        assert int.from_bytes(header[60:64], "big") == VERSION
        before = everything(copy)
        for open_it in (Notebook.open, open_notebook, open_whole):
            with pytest.raises(CannotOpen) as caught:
                open_it(copy)
            assert_one_sentence(caught.value, "更新版本", "不会改动")
            assert not isinstance(caught.value, Damaged)
            assert everything(copy) == before

    def test_one_that_is_damaged_is_not_mended_into_an_older_one(
        self, tmp_path: Path, anchor: Anchor
    ) -> None:
        path = filled(tmp_path, anchor, notes=60)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = delete")
            connection.execute("ALTER TABLE note ADD COLUMN mood TEXT")
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        data = bytearray(path.read_bytes())
        data[4096:12288] = bytes(8192)
        path.write_bytes(data)
        before = everything(tmp_path)
        with pytest.raises(CannotOpen) as caught:
            open_notebook(tmp_path)
        assert_one_sentence(caught.value, "更新版本", "不会改动")
        assert everything(tmp_path) == before


class TestPlace:
    def test_a_file_stands_where_the_folder_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("in the way")
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(tmp_path / "data")
        assert_one_sentence(caught.value, "打不开", "仍可阅读")
        assert (tmp_path / "data").read_text() == "in the way"

    def test_a_folder_stands_where_the_file_should_be(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).mkdir()
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(tmp_path)
        assert_one_sentence(caught.value, "打不开")

    def test_the_path_is_too_long(self, tmp_path: Path) -> None:
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(tmp_path / ("长" * 300))
        assert_one_sentence(caught.value, "打不开")


class TestRights:
    def test_a_new_notebook_in_a_folder_that_cannot_be_written(self, plain_folder: Path) -> None:
        plain_folder.chmod(0o500)
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(plain_folder)
        assert_one_sentence(caught.value, "不可写", "权限")
        assert list(plain_folder.iterdir()) == []

    def test_a_folder_that_cannot_even_be_made(self, plain_folder: Path) -> None:
        plain_folder.chmod(0o500)
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(plain_folder / "data")
        assert_one_sentence(caught.value, "不可写", "权限")

    def test_a_file_that_cannot_be_written(self, plain_folder: Path, anchor: Anchor) -> None:
        path = filled(plain_folder, anchor, notes=3)
        path.chmod(0o400)
        plain_folder.chmod(0o500)
        before = path.read_bytes()
        with pytest.raises(NotebookError) as caught:
            Notebook.open(plain_folder).add_note(anchor, "不行")
        assert_one_sentence(caught.value, "不可写", "权限")
        assert path.read_bytes() == before

    def test_a_file_that_cannot_be_read(self, plain_folder: Path, anchor: Anchor) -> None:
        path = filled(plain_folder, anchor, notes=3)
        path.chmod(0)
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(plain_folder)
        assert_one_sentence(caught.value, "打不开", "权限")


class TestLock:
    HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.execute("BEGIN EXCLUSIVE")
connection.execute("DELETE FROM note WHERE id = ''")
print("held", flush=True)
sys.stdin.read()
"""

    @pytest.fixture
    def hold(self, tmp_path: Path) -> Iterator[Callable[[str], None]]:
        """Has another process take hold of the notebook, after a pragma."""
        holders: list[subprocess.Popen[str]] = []

        def take(pragma: str) -> None:
            command = [sys.executable, "-c", self.HOLDER, str(tmp_path / FILE_NAME), pragma]
            pipe = subprocess.PIPE
            holders.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8"))
            assert holders[-1].stdout
            assert holders[-1].stdout.readline() == "held\n"

        yield take
        for holder in holders:
            holder.communicate("")

    def test_a_file_held_for_good_cannot_be_opened(
        self, tmp_path: Path, anchor: Anchor, hold: Callable[[str], None]
    ) -> None:
        filled(tmp_path, anchor, notes=3)
        hold("PRAGMA locking_mode = EXCLUSIVE")
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(tmp_path)
        assert_one_sentence(caught.value, "占用", "重新启动")

    def test_a_file_held_for_a_while_can_be_read_but_not_written(
        self, tmp_path: Path, anchor: Anchor, hold: Callable[[str], None]
    ) -> None:
        filled(tmp_path, anchor, notes=3)
        hold("PRAGMA foreign_keys = ON")
        notebook = Notebook.open(tmp_path)
        assert len(notebook.notes(PLAN)) == 3
        with pytest.raises(CannotSave) as caught:
            notebook.add_note(anchor, "等等")
        assert_one_sentence(caught.value, "占用", "没有存下", "稍后")
        assert len(notebook.notes(PLAN)) == 3
        notebook.close()


class TestFull:
    def test_a_full_disk_refuses_the_change_and_keeps_what_was(
        self, small_disk: Path, anchor: Anchor
    ) -> None:
        notebook = Notebook.open(small_disk)
        kept = notebook.add_note(anchor, "早先的").entry.id
        bodies = ["长" * 5000] * 100
        with pytest.raises(CannotSave) as caught:
            deque((notebook.add_note(anchor, body) for body in bodies), maxlen=0)
        assert_one_sentence(caught.value, "磁盘已满", "都在")
        assert kept in [note.id for note in notebook.notes(PLAN)]
        notebook.close()

    def test_nothing_can_be_opened_on_a_full_disk(self, small_disk: Path) -> None:
        with suppress(OSError):
            (small_disk / "film").write_bytes(b"x" * 200_000)
        with pytest.raises(CannotOpen) as caught:
            Notebook.open(small_disk)
        assert_one_sentence(caught.value)

    def test_what_no_longer_fits_is_refused_and_room_heals_it(
        self, notebook: Notebook, anchor: Anchor
    ) -> None:
        pages = notebook.connection.execute("PRAGMA page_count").fetchone()[0]
        notebook.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CannotSave) as caught:
            notebook.add_note(anchor, "长" * 50_000)
        assert_one_sentence(caught.value, "磁盘已满", "没有存下")
        assert notebook.notes(PLAN) == []
        notebook.connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        notebook.add_note(anchor, "长" * 50_000)
        assert len(notebook.notes(PLAN)) == 1


class TestOddFaults:
    @pytest.mark.parametrize("words", ["disk I/O error", "constraint failed", "strange"])
    def test_whatever_sqlite_says_is_told_in_chinese_and_nothing_is_made(
        self, notebook: Notebook, words: str
    ) -> None:
        entries: list[Entry] = [a_note(), a_bookmark()]
        refusing = "BEFORE INSERT ON bookmark BEGIN SELECT RAISE(ABORT, '{}'); END"
        notebook.connection.execute(f"CREATE TRIGGER refusing {refusing.format(words)}")
        with pytest.raises(CannotSave) as caught:
            notebook.add(entries)
        assert_one_sentence(caught.value, "没有存下", "都在")
        assert notebook.everything() == []
        notebook.connection.execute("DROP TRIGGER refusing")
        notebook.add(entries)
        assert notebook.everything() == entries

    def test_a_file_that_may_no_longer_be_written_is_told(self, notebook: Notebook, anchor: Anchor) -> None:
        notebook.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(CannotSave) as caught:
            notebook.add_note(anchor, "不行")
        assert_one_sentence(caught.value, "不可写", "没有存下")
        notebook.connection.execute("PRAGMA query_only = OFF")
        notebook.add_note(anchor, "又行了")
        assert [note.body for note in notebook.notes(PLAN)] == ["又行了"]

    def test_a_break_in_the_middle_leaves_no_half_change(
        self, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        values = rows.values

        def stop_at_the_bookmark(entry: Entry) -> tuple[object, ...]:
            if entry == a_bookmark():
                raise KeyboardInterrupt
            return values(entry)

        monkeypatch.setattr(rows, "values", stop_at_the_bookmark)
        with pytest.raises(KeyboardInterrupt):
            notebook.add([a_note(), a_bookmark()])
        assert notebook.everything() == []
        notebook.add([a_note("整条")])
        assert notebook.everything() == [a_note("整条")]
