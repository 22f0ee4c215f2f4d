"""A damaged notebook: what is saved of it, what is told, and that being cut off or hurried loses nothing."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.notebook import backups
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotOpen
from desktop.notebook.model import Entry, Note
from desktop.notebook.opening import open_notebook
from desktop.notebook.recovery import QUARANTINE_NAME, RECOVERED_NAME, SUSPECT_TAG
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import (
    backed_up,
    by_id,
    fill_up,
    filled,
    flipped,
    fresh,
    is_marked,
    left_by_a_kill,
    made_up,
    opened,
    small_disk,
)
from tests.desktop.notebook.entries import (
    ANCHOR,
    LATER,
    TIME,
    a_highlight,
    a_meeting,
    a_progress,
    an_action,
    an_item,
)

ROOT = Path(__file__).parents[3]
NOTES = [Note(f"{part:032x}", ANCHOR, f"第{part}条的话", TIME, TIME) for part in range(1, 9)]
THIRD = f"{3:032x}"


def garble(path: Path, old: str, new: str) -> None:
    """Put other words of the same length into a file without SQLite noticing."""
    data = path.read_bytes()
    assert len(old.encode()) == len(new.encode())
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def quarantined(folder: Path, name: str = FILE_NAME) -> list[bytes]:
    return [path.read_bytes() for path in (folder / QUARANTINE_NAME).glob(f"*/{name}")]


class TestSaved:
    def test_a_wrong_word_is_marked_and_the_rest_is_as_it_was(self, tmp_path: Path) -> None:
        garble(filled(tmp_path, NOTES), "第3条", "第7条")
        found = opened(tmp_path)
        marked = replace(NOTES[2], body="第7条的话", tags=(SUSPECT_TAG,))
        assert found.entries == (*NOTES[:2], marked, *NOTES[3:])
        assert (
            "读出 8 条，其中 1 条内容可能有误（批注已加标签“可能受损”，会议、台账已在文字前注明）"
            in found.told
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("第3条", "第7条", id="a word"),
            pytest.param(THIRD, f"{0x73:032x}", id="an id"),
            pytest.param(THIRD, f"“{3:029x}", id="an id that is none"),
            pytest.param(f"第3条的话{TIME}{TIME}", f"第3条的话{TIME}{LATER}", id="a time"),
            pytest.param(f"第3条的话{TIME}{TIME}", f"第3条的话{TIME}{TIME[:-3]}×9", id="a time that is none"),
        ],
    )
    def test_what_a_backup_holds_is_exact_and_nothing_is_there_twice(
        self, tmp_path: Path, old: str, new: str
    ) -> None:
        path = filled(tmp_path, NOTES)
        backed_up(tmp_path)
        garble(path, old, new)
        found = opened(tmp_path)
        assert by_id(found.entries) == by_id(NOTES)
        assert "读出 7 条，由备份补回 1 条，现在" in found.told

    def test_what_is_newer_than_the_backup_stands_beside_it(self, tmp_path: Path) -> None:
        path = filled(tmp_path, NOTES)
        backed_up(tmp_path)
        notebook = Notebook.open(tmp_path)
        newer = notebook.revise([(NOTES[2], replace(NOTES[2], body="后来改的话"))]).entry
        notebook.close()
        garble(path, "后来改的话", "后来改的画")
        found = opened(tmp_path)
        assert by_id(NOTES).items() <= by_id(found.entries).items()
        [beside] = [one for one in found.entries if is_marked(one)]
        assert isinstance(newer, Note)
        assert beside == replace(newer, id=beside.id, body="后来改的画", tags=(SUSPECT_TAG,))

    @pytest.mark.parametrize(
        ("entry", "field"),
        [
            (a_meeting(title="第3条"), "title"),
            (an_item(points="第3条"), "points"),
            (an_action(problem="第3条"), "problem"),
            (a_progress(text="第3条"), "text"),
        ],
    )
    @pytest.mark.parametrize("with_backup", [False, True])
    def test_in_what_has_no_tags_it_is_said_before_the_words(
        self, tmp_path: Path, entry: Entry, field: str, with_backup: bool
    ) -> None:
        path = filled(tmp_path, [entry])
        if with_backup:
            backed_up(tmp_path)
            notebook = Notebook.open(tmp_path)
            entry = notebook.revise([(entry, replace(entry, author="我"))]).entry
            notebook.close()
        garble(path, "第3条", "第7条")
        *first, suspect = opened(tmp_path).entries
        warned: dict[str, Any] = {field: "【可能受损】第7条"}
        assert suspect == replace(entry, id=suspect.id, **warned)
        assert [getattr(one, field) for one in first] == ["第3条"] * with_backup

    def test_what_cannot_be_marked_is_counted(self, tmp_path: Path) -> None:
        garble(filled(tmp_path, [a_highlight(author="张三三")]), "张三三", "张三四")
        found = opened(tmp_path)
        assert [one.author for one in found.entries] == ["张三四"]
        assert "1 条内容可能有误" in found.told

    def test_an_older_backup_helps_where_the_newest_is_damaged(self, tmp_path: Path) -> None:
        path = filled(tmp_path, NOTES)
        backed_up(tmp_path)
        backed_up(tmp_path).path.write_bytes(b"nothing")
        path.write_bytes(b"nothing")
        assert opened(tmp_path).entries == tuple(NOTES)

    def test_what_was_deleted_for_good_long_ago_does_not_come_back(self, tmp_path: Path) -> None:
        path = filled(tmp_path, NOTES)
        notebook = Notebook.open(tmp_path)
        notebook.purge(NOTES[:4])
        notebook.close()
        garble(path, "第7条", "第9条")
        assert [one.id for one in opened(tmp_path).entries] == [one.id for one in NOTES[4:]]


class Cut(BaseException):
    """The power is gone."""


class TestCutOff:
    @pytest.mark.parametrize("with_log", [False, True])
    @pytest.mark.parametrize("step", range(9))
    def test_wherever_it_is_cut_off_the_next_start_finishes_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, with_log: bool
    ) -> None:
        entries = left_by_a_kill(tmp_path, 11, 12) if with_log else made_up(random.Random(11), 12)
        path = tmp_path / FILE_NAME if with_log else filled(tmp_path, entries)
        log = tmp_path / f"{FILE_NAME}-wal"
        # Of the log only its sums are wrong, so that all that is in it can be read.
        broken, at = (log, 32 + 16) if with_log else (path, 16)
        broken.write_bytes(flipped(broken.read_bytes(), at, random.Random(1)))
        damaged = {one.name: one.read_bytes() for one in (path, log) if one.exists()}
        with monkeypatch.context() as patched:
            steps = iter(range(100))
            for name in ("mkdir", "rename", "replace", "hardlink_to"):
                patched.setattr(Path, name, self._cut_at(getattr(Path, name), steps, step))
            with suppress(Cut):
                opened(tmp_path)
        is_unfinished = (tmp_path / RECOVERED_NAME).exists() or quarantined(tmp_path) == []
        found = opened(tmp_path)
        assert by_id(entries).items() <= by_id(found.entries).items()
        assert bool(found.told) is is_unfinished
        assert all(data in quarantined(tmp_path, name) for name, data in damaged.items())
        assert not (tmp_path / RECOVERED_NAME).exists()
        assert opened(tmp_path).told == ""

    @staticmethod
    def _cut_at(act: Callable[..., Any], steps: Iterator[int], last: int) -> Callable[..., Any]:
        def cut(*words: Any, **named: Any) -> Any:
            if next(steps) == last:
                raise Cut
            return act(*words, **named)

        return cut


HOLDER = """
import sys
from pathlib import Path
from desktop.notebook.store import Notebook
notebook = Notebook.open(Path(sys.argv[1]))
notebook.everything()
print("open", flush=True)
sys.stdin.read()
"""


class TestOthers:
    def test_while_another_window_has_it_open_nothing_is_touched(self, tmp_path: Path) -> None:
        path = filled(tmp_path, NOTES)
        command = [sys.executable, "-c", HOLDER, str(tmp_path)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, encoding="utf-8") as holder:
            assert holder.stdout
            assert holder.stdout.readline() == "open\n"
            path.write_bytes(flipped(path.read_bytes(), 16, random.Random(1)))
            damaged = path.read_bytes()
            with pytest.raises(CannotOpen, match=r"已损坏.*另一个窗口.*没有改动.*请关闭"):
                open_notebook(tmp_path)
            assert path.read_bytes() == damaged
            assert quarantined(tmp_path) == []
            holder.kill()
        assert by_id(opened(tmp_path).entries) == by_id(NOTES)

    def test_windows_started_at_the_same_time_mend_it_once(self, tmp_path: Path) -> None:
        entries = made_up(random.Random(12), 40)
        path = filled(tmp_path, entries)
        path.write_bytes(flipped(path.read_bytes(), 16, random.Random(1)))
        script = (
            "import sys; from pathlib import Path; from desktop.notebook.opening import open_notebook as o; "
            "input(); print(len(o(Path(sys.argv[1])).entries))"
        )
        command, pipe = [sys.executable, "-c", script, str(tmp_path)], subprocess.PIPE
        windows = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")
            for _ in range(3)
        ]
        for window in windows:
            assert window.stdin
            window.stdin.write("\n")
            window.stdin.flush()
        said = [window.communicate() for window in windows]
        assert all(out == f"{len(entries)}\n" or "CannotOpen" in err for out, err in said), said
        assert f"{len(entries)}\n" in [out for out, _ in said]
        assert by_id(opened(tmp_path).entries) == by_id(entries)


class TestFaults:
    def test_where_nothing_can_be_moved_nothing_is_changed(self, plain_folder: Path) -> None:
        path = filled(plain_folder, NOTES)
        path.write_bytes(path.read_bytes()[:9000])
        before = path.read_bytes()
        plain_folder.chmod(0o500)
        with pytest.raises(CannotOpen, match=r"不可写.*请"):
            open_notebook(plain_folder)
        assert path.read_bytes() == before
        plain_folder.chmod(0o700)
        assert opened(plain_folder).told

    def test_on_a_full_disk_it_waits_for_room(self, tmp_path: Path) -> None:
        with small_disk(tmp_path) as disk:
            path = filled(disk, made_up(random.Random(13), 40))
            path.write_bytes(flipped(path.read_bytes(), 16, random.Random(1)))
            before, film = path.read_bytes(), fill_up(disk)
            with pytest.raises(CannotOpen, match=r"磁盘已满.*都在.*请清理"):
                open_notebook(disk)
            assert path.read_bytes() == before
            film.unlink()
            assert len(opened(disk).entries) == 40

    def test_the_newest_backup_is_made_of_what_was_saved(self, tmp_path: Path) -> None:
        path = filled(tmp_path / "a", NOTES)
        path.write_bytes(path.read_bytes()[:30_000])
        opened(tmp_path / "a")
        made = backed_up(tmp_path / "a")
        assert backups.entries(made) == list(opened(tmp_path / "a").entries)
        fresh(tmp_path / "b", tmp_path / "a")
        assert opened(tmp_path / "b").told == ""
