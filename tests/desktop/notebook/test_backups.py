"""Backups: made, verified, listed, thinned out, and brought back without anything being lost."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook import backups
from desktop.notebook.backups import KEPT, Backup, CannotBackUp, CannotRestore, Reason
from desktop.notebook.connection import FILE_NAME, connect
from desktop.notebook.errors import CannotOpen
from desktop.notebook.model import Entry
from desktop.notebook.opening import open_notebook
from desktop.notebook.schema import migrate
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import NOW, fill_up, filled, flipped, made_up, small_disk
from tests.desktop.notebook.entries import (
    LATER,
    TIME,
    a_bookmark,
    a_highlight,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)

ROOT = Path(__file__).parents[3]
ENTRIES = made_up(random.Random(1), 30)
OLD_NOTE = ("n1", "plan", "plan/1.1.1", "引文", "前", "后", 0, 2, "早先写的", TIME, TIME, "")
BackUp = Callable[..., Backup]


@pytest.fixture
def back_up(notebook: Notebook, tmp_path: Path) -> BackUp:
    """Makes a backup of the notebook at a time."""

    def make(now: datetime = NOW, reason: Reason = Reason.AUTOMATIC) -> Backup:
        return backups.back_up(notebook.connection, tmp_path, reason, now)

    return make


def of_first_version(folder: Path) -> Path:
    """A file of version 1 with a note in it."""
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 1)
        connection.execute(f"INSERT INTO note VALUES ({', '.join('?' for _ in OLD_NOTE)})", OLD_NOTE)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / backups.FOLDER_NAME).iterdir())


class TestMade:
    def test_a_backup_is_one_whole_file_that_holds_everything(
        self, notebook: Notebook, back_up: BackUp, tmp_path: Path
    ) -> None:
        notebook.add(ENTRIES)
        made = back_up(reason=Reason.BY_HAND)
        assert names(tmp_path) == [made.path.name] == ["000001-20261124-091200-手动.sqlite3"]
        assert backups.entries(made) == notebook.everything()
        with closing(sqlite3.connect(made.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)

    def test_it_can_be_read_where_nothing_can_be_written(self, plain_folder: Path) -> None:
        filled(plain_folder, ENTRIES)
        with closing(connect(plain_folder)) as connection:
            made = backups.back_up(connection, plain_folder, Reason.AUTOMATIC, NOW)
        made.path.chmod(0o400)
        made.path.parent.chmod(0o500)
        try:
            assert len(backups.entries(made)) == len(ENTRIES)
            assert backups.counts(made).words.startswith("批注 ")
        finally:
            made.path.parent.chmod(0o700)

    def test_counts_tell_what_is_in_use_and_what_is_not(self, notebook: Notebook, back_up: BackUp) -> None:
        binned = a_note(id="binned", deleted=LATER)
        notebook.add([a_note(), binned, a_bookmark(), a_highlight(), a_highlight(id="two", deleted=LATER)])
        assert backups.counts(back_up()).words == "批注 1 · 书签 1 · 标记 1 · 回收 2"

    def test_meetings_and_the_ledger_are_counted_where_there_are_any(
        self, notebook: Notebook, back_up: BackUp
    ) -> None:
        notebook.add([a_meeting(), an_item(), an_item(id="two", deleted=LATER), an_action(), a_progress()])
        assert backups.counts(back_up()).words == (
            "批注 0 · 书签 0 · 标记 0 · 会议 1 · 议题 1 · 台账 1 · 台账进展 1 · 回收 1"
        )

    def test_they_are_listed_newest_first_and_other_files_are_not(
        self, back_up: BackUp, tmp_path: Path
    ) -> None:
        made = [back_up(NOW + timedelta(hours=hour)) for hour in range(3)]
        for name in (
            "notes.txt",
            "000009-20261399-091200-自动.sqlite3",
            "000009-20261124-091200-别的.sqlite3",
        ):
            (tmp_path / backups.FOLDER_NAME / name).write_bytes(b"")
        assert backups.backups(tmp_path) == made[::-1]
        assert backups.backups(tmp_path / "elsewhere") == []

    def test_a_clock_set_back_does_not_change_the_order(self, back_up: BackUp, tmp_path: Path) -> None:
        for day in range(20):
            made = back_up(NOW - timedelta(days=day))
            assert backups.backups(tmp_path)[0] == made
        assert [one.number for one in backups.backups(tmp_path)] == list(range(20, 6, -1))


class TestIfChanged:
    def test_nothing_is_made_of_an_empty_notebook_or_of_one_that_is_backed_up(
        self, notebook: Notebook, tmp_path: Path
    ) -> None:
        def made() -> Backup | None:
            return backups.back_up_if_changed(notebook.connection, tmp_path, NOW)

        assert made() is None
        note = notebook.add([*ENTRIES[:3], a_note()]).edits[3].entry
        assert made() is not None
        assert made() is None
        notebook.delete([note])
        second = made()
        assert second is not None
        assert second.number == 2
        notebook.purge([*notebook.everything()])
        assert made() is not None, "what was emptied is a change as well"

    @pytest.mark.parametrize("damage", [lambda data: b"", lambda data: b"x" * 9000, lambda data: data[:9000]])
    def test_a_damaged_backup_does_not_count(
        self, notebook: Notebook, back_up: BackUp, tmp_path: Path, damage: Callable[[bytes], bytes]
    ) -> None:
        notebook.add(ENTRIES)
        path = back_up().path
        path.write_bytes(damage(path.read_bytes()))
        made = backups.back_up_if_changed(notebook.connection, tmp_path, NOW)
        assert made is not None
        assert backups.entries(made) == notebook.everything()


class TestKept:
    def test_many_starts_on_a_day_push_no_day_out(self, back_up: BackUp, tmp_path: Path) -> None:
        for day in range(KEPT - 1):
            back_up(NOW + timedelta(days=day))
        for hour in range(KEPT):
            back_up(NOW + timedelta(days=20, minutes=hour))
        days = [one.made.date() for one in backups.backups(tmp_path)]
        assert len(days) == len(set(days)) == KEPT

    @pytest.mark.parametrize("a_day", [1, 3, 40])
    def test_the_last_ones_are_kept_and_never_more_than_fourteen(
        self, back_up: BackUp, tmp_path: Path, a_day: int
    ) -> None:
        for number in range(40):
            made = back_up(NOW + timedelta(days=number // a_day, minutes=number))
            present = backups.backups(tmp_path)
            assert present[0] == made
            assert len(present) == min(number + 1, KEPT)
        assert len({one.made.date() for one in present}) == min(KEPT, -(-40 // a_day))


class TestUpgrade:
    def test_an_older_notebook_is_backed_up_before_it_is_changed(self, tmp_path: Path) -> None:
        of_first_version(tmp_path)
        opened = open_notebook(tmp_path, lambda: NOW)
        opened.notebook.close()
        [made] = backups.backups(tmp_path)
        assert made.reason is Reason.BEFORE_UPGRADE
        with closing(sqlite3.connect(made.path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
            assert connection.execute("SELECT * FROM note").fetchall() == [OLD_NOTE]
        assert backups.counts(made).words == "批注 1 · 书签 0 · 标记 0 · 回收 0"
        assert backups.entries(made) == list(opened.entries)

    def test_what_the_older_backup_held_can_be_restored(self, tmp_path: Path) -> None:
        of_first_version(tmp_path)
        opened = open_notebook(tmp_path, lambda: NOW)
        opened.notebook.purge(opened.entries)
        wanted = backups.entries(backups.backups(tmp_path)[0])
        opened.notebook.apply(backups.restoring([], wanted, LATER))
        assert opened.notebook.everything() == list(opened.entries) == wanted
        opened.notebook.close()

    def test_without_a_backup_there_is_no_upgrade(self, tmp_path: Path) -> None:
        path = of_first_version(tmp_path)
        (tmp_path / backups.FOLDER_NAME).write_text("in the way")
        with pytest.raises(CannotOpen, match=r"备份.*没有打开.*都在"):
            open_notebook(tmp_path)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT * FROM note").fetchall() == [OLD_NOTE]


class TestDamaged:
    def test_a_backup_that_cannot_be_read_is_told(
        self, notebook: Notebook, back_up: BackUp, tmp_path: Path
    ) -> None:
        notebook.add(ENTRIES)
        made = back_up()
        data, chance = made.path.read_bytes(), random.Random(2)
        held = backups.entries(made)
        for at in random.Random(3).sample(range(len(data)), 60):
            made.path.write_bytes(flipped(data, at, chance))
            with suppress(CannotRestore):
                assert backups.entries(made) == held
        made.path.write_bytes(data[:10_000])
        with pytest.raises(CannotRestore, match=rf"{made.path.name}.*没有改动.*请"):
            backups.entries(made)
        with pytest.raises(CannotRestore):
            backups.counts(replace(made, path=tmp_path / "gone"))


def models() -> st.SearchStrategy[list[Entry]]:
    """A few of the same few entries, each as it may be at one time or another."""
    ways = st.sampled_from(["一", "二", "三"])
    bins = st.sampled_from(["", LATER])
    note = st.builds(
        lambda one, way, bin: a_note(way, id=one, deleted=bin), st.sampled_from("abc"), ways, bins
    )
    mark = st.builds(
        lambda one, way, bin: a_bookmark(id=one, label=way, deleted=bin), st.sampled_from("de"), ways, bins
    )
    item = st.builds(
        lambda one, way, bin: an_item(id=one, points=way, deleted=bin), st.sampled_from("fg"), ways, bins
    )
    row = st.builds(
        lambda one, way, bin: an_action(id=one, due=way, deleted=bin), st.sampled_from("hi"), ways, bins
    )
    return st.lists(st.one_of(note, mark, item, row), max_size=7, unique_by=lambda one: one.id)


class TestRestoring:
    @given(models(), models())
    def test_nothing_is_lost_and_all_can_be_undone(self, present: list[Entry], wanted: list[Entry]) -> None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            migrate(connection)
            notebook = Notebook(connection)
            notebook.add(present)
            before = {one.id: one for one in notebook.everything()}
            change = backups.restoring(notebook.everything(), wanted, TIME)
            notebook.apply(change)
            after = {one.id: one for one in notebook.everything()}
            assert {one.id: one for one in wanted}.items() <= after.items()
            newer = before.keys() - {one.id for one in wanted}
            assert after == {one.id: one for one in wanted} | {
                one: replace(before[one], deleted=before[one].deleted or TIME) for one in newer
            }
            notebook.apply(change.inverse)
            assert {one.id: one for one in notebook.everything()} == before

    def test_a_preview_says_how_many(self) -> None:
        present: list[Entry] = [a_note("改过"), a_bookmark(), a_highlight()]
        wanted: list[Entry] = [a_note("原来"), a_bookmark(), a_note(id="gone")]
        assert backups.preview(present, wanted) == "恢复后：找回 1 条，改回 1 条，之后写的 1 条放入回收。"
        assert "完全相同" in backups.preview(present, present)


class TestFaults:
    def test_a_full_disk_leaves_the_notebook_and_no_half_backup(self, tmp_path: Path) -> None:
        with small_disk(tmp_path) as disk:
            filled(disk, ENTRIES)
            with closing(connect(disk)) as connection:
                film = fill_up(disk)
                with pytest.raises(CannotBackUp, match=r"磁盘已满.*都在.*请清理"):
                    backups.back_up(connection, disk, Reason.AUTOMATIC, NOW)
                assert names(disk) == []
                assert len(Notebook(connection).everything()) == len(ENTRIES)
                film.unlink()
                assert backups.back_up(connection, disk, Reason.AUTOMATIC, NOW).number == 1

    def test_a_folder_that_cannot_be_written_is_told(self, plain_folder: Path) -> None:
        filled(plain_folder, ENTRIES)
        with closing(connect(plain_folder)) as connection:
            (plain_folder / backups.FOLDER_NAME).mkdir(mode=0o500)
            with pytest.raises(CannotBackUp, match=r"没有权限|不可写"):
                backups.back_up(connection, plain_folder, Reason.AUTOMATIC, NOW)
            assert len(Notebook(connection).everything()) == len(ENTRIES)

    def test_what_an_old_interruption_left_is_swept_and_what_is_being_made_is_not(
        self, back_up: BackUp, tmp_path: Path
    ) -> None:
        first = back_up()
        place = tmp_path / backups.FOLDER_NAME
        for name, age in (
            ("old.part", 9999),
            ("old.part-journal", 9999),
            ("future.part", -9999),
            ("new.part", 60),
        ):
            (place / name).write_bytes(b"half")
            time = (place / name).stat().st_mtime - age
            os.utime(place / name, (time, time))
        made = back_up()
        assert names(tmp_path) == sorted([first.path.name, made.path.name, "new.part"])


WRITER = """
import sys
from itertools import count
from pathlib import Path
from desktop.notebook.store import Notebook
from tests.desktop.notebook.entries import a_bookmark, a_note
notebook = Notebook.open(Path(sys.argv[1]))
for number in count():
    notebook.add([a_note("长" * 3000, id=f"n{number}"), a_bookmark(id=f"b{number}")])
    print(number, flush=True)
"""


def test_while_another_process_writes_each_backup_is_one_moment(notebook: Notebook, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        assert writer.stdout
        for _ in range(8):
            written = int(writer.stdout.readline())
            made = backups.back_up(notebook.connection, tmp_path, Reason.AUTOMATIC, NOW)
            held = {one.id for one in backups.entries(made)}
            count = len(held) // 2
            assert count > written
            assert held == {f"{kind}{number}" for kind in "nb" for number in range(count)}
        writer.kill()


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_while_another_process_holds_it_a_backup_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PATIENCE_SECONDS", 0.05)
    path, pipe = filled(tmp_path, ENTRIES), subprocess.PIPE
    command = [sys.executable, "-c", HOLDER, str(path)]
    with (
        subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as holder,
        closing(sqlite3.connect(path, timeout=0.05, isolation_level=None)) as connection,
    ):
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CannotBackUp, match="正被另一个程序占用"):
            backups.back_up(connection, tmp_path, Reason.AUTOMATIC, NOW)
        assert names(tmp_path) == []
        holder.kill()
