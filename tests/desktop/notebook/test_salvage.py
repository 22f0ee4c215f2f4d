"""Reading a file page by page: of a whole one everything, of a damaged one nothing that is not so said to be certain."""

import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.notebook.connection import FILE_NAME
from desktop.notebook.model import Entry, Note, Status
from desktop.notebook.rows import TABLES
from desktop.notebook.salvage import log_is_broken, salvage
from desktop.notebook.store import Notebook
from tests.desktop.notebook.damaging import by_id, filled, flipped, left_by_a_kill, made_up
from tests.desktop.notebook.entries import ANCHOR, ENTRIES, TIME, an_action, an_item

LOG = f"{FILE_NAME}-wal"
_HEADER, _FRAME = 32, 24 + 4096
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")


def certain(path: Path) -> list[Entry]:
    """What is salvaged, all of it certain, in the order in which the notebook gives it."""
    found = salvage(path)
    assert all(one.is_certain for one in found)
    return sorted((one.entry for one in found), key=lambda one: list(TABLES).index(type(one)))


class TestWhole:
    @settings(max_examples=25)
    @given(st.lists(ENTRIES, max_size=8, unique_by=lambda one: one.id), st.integers(0, 2**31))
    def test_everything_is_found_and_nothing_more(self, odd: list[Entry], seed: int) -> None:
        chance = random.Random(seed)
        with TemporaryDirectory() as name:
            path = filled(Path(name), [*odd, *made_up(chance, 30)])
            notebook = Notebook.open(Path(name))
            notebook.purge(chance.sample(notebook.everything(), 10))
            notebook.delete(chance.sample(notebook.everything(), 5))
            present = notebook.everything()
            notebook.close()
            assert certain(path) == present

    @pytest.mark.parametrize("length", [1, 3900, 4000, 4061, 4100, 8200, 20_000])
    def test_of_any_length(self, tmp_path: Path, length: int) -> None:
        notes = [Note(f"{part:032x}", ANCHOR, "a" * (length + part), TIME, TIME) for part in range(-1, 2)]
        assert certain(filled(tmp_path, notes)) == notes

    @pytest.mark.parametrize("seed", range(4))
    def test_with_the_log_of_a_process_that_was_killed(self, tmp_path: Path, seed: int) -> None:
        present = left_by_a_kill(tmp_path, seed, 25)
        path = tmp_path / FILE_NAME
        assert (tmp_path / LOG).stat().st_size > _HEADER
        assert not log_is_broken(path)
        assert certain(path) == present

    def test_the_log_of_a_process_that_had_begun_it_anew(self, tmp_path: Path) -> None:
        present = left_by_a_kill(tmp_path, 5, 250)
        log = (tmp_path / LOG).read_bytes()
        salts = {log[at + 8 : at + 16] for at in range(_HEADER, len(log) - _FRAME + 1, _FRAME)}
        assert len(salts) > 1, "no frames of an earlier generation are left"
        assert not log_is_broken(tmp_path / FILE_NAME)
        assert certain(tmp_path / FILE_NAME) == present

    def test_without_the_file_itself_the_log_is_read(self, tmp_path: Path) -> None:
        present = left_by_a_kill(tmp_path, 1, 20)
        (tmp_path / FILE_NAME).unlink()
        assert certain(tmp_path / FILE_NAME) == present

    @pytest.mark.parametrize("data", [b"", b"\0" * 8192, b"SQLite format 3\0", b"\xff" * 10_000])
    def test_where_nothing_is_nothing_is_found(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / FILE_NAME).write_bytes(data)
        assert salvage(tmp_path / FILE_NAME) == []


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """A folder with a log, and what was saved in it."""
    folder = tmp_path_factory.mktemp("left")
    return folder, left_by_a_kill(folder, 7, 20)


class TestDamaged:
    def test_what_is_said_to_be_certain_is(self, tmp_path: Path) -> None:
        entries = made_up(random.Random(3), 40)
        path, chance = filled(tmp_path, entries), random.Random(4)
        data, written, read = path.read_bytes(), by_id(entries), 0
        for at in chance.sample(range(len(data)), 150):
            path.write_bytes(flipped(data, at, chance))
            found = salvage(path)
            assert all(written.get(one.entry.id) == one.entry for one in found if one.is_certain)
            read += len(found)
        assert read > 149 * len(entries)

    def test_the_words_are_kept_where_something_else_is_wrong(self, tmp_path: Path) -> None:
        note = Note("0123456789abcdef" * 2, ANCHOR, "要紧的话", TIME, TIME, tags=("标签",))
        data = filled(tmp_path, [note]).read_bytes()
        for old, new in ((note.id.encode(), b"\xff123"), ('["标签'.encode(), b"{"), (b"measure", b"m")):
            (tmp_path / FILE_NAME).write_bytes(data.replace(old, new.ljust(len(old), old[-1:])))
            [found] = salvage(tmp_path / FILE_NAME)
            assert isinstance(found.entry, Note)
            assert (found.entry.body, found.is_certain) == ("要紧的话", False)

    @pytest.mark.parametrize("entry", [an_item(), an_action()], ids=lambda one: one.id)
    def test_of_two_tables_of_the_same_width_the_one_is_chosen_that_fits(
        self, tmp_path: Path, entry: Entry
    ) -> None:
        entry = replace(entry, id="0123456789abcdef" * 2)
        data = filled(tmp_path, [entry]).read_bytes()
        assert certain(tmp_path / FILE_NAME) == [entry]
        (tmp_path / FILE_NAME).write_bytes(data.replace("引文".encode(), "别文".encode()))
        [found] = salvage(tmp_path / FILE_NAME)
        assert not found.is_certain
        assert found.entry == replace(entry, anchor=replace(entry.anchor, quote="别文"))

    def test_a_status_that_is_none_leaves_the_row(self, tmp_path: Path) -> None:
        row = an_action(id="0123456789abcdef" * 2, status=Status.PAUSED)
        data = filled(tmp_path, [row]).read_bytes()
        (tmp_path / FILE_NAME).write_bytes(data.replace("暂缓".encode(), "晢缓".encode()))
        [found] = salvage(tmp_path / FILE_NAME)
        assert found.entry == replace(row, status=Status.NOT_STARTED)

    def test_a_first_half_gives_what_is_in_it(self, tmp_path: Path) -> None:
        entries = made_up(random.Random(5), 60)
        path = filled(tmp_path, entries)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 1000])
        found = [one for one in salvage(path) if one.is_certain]
        assert len(found) >= len(entries) // 6
        assert all(by_id(entries)[one.entry.id] == one.entry for one in found)


class TestBrokenLog:
    @pytest.fixture
    def break_log(self, left: tuple[Path, list[Entry]], tmp_path: Path) -> Callable[[bytes], bool]:
        """Puts another log beside the file, and asks."""
        shutil.copy(left[0] / FILE_NAME, tmp_path)

        def ask(log: bytes) -> bool:
            (tmp_path / LOG).write_bytes(log)
            return log_is_broken(tmp_path / FILE_NAME)

        return ask

    def test_every_byte_of_its_headers_counts(
        self, left: tuple[Path, list[Entry]], break_log: Callable[[bytes], bool]
    ) -> None:
        log, chance = (left[0] / LOG).read_bytes(), random.Random(6)
        [*_, last] = (at for at in range(_HEADER, len(log) - _FRAME + 1, _FRAME) if any(log[at + 4 : at + 8]))
        ours = [*range(_HEADER), *range(_HEADER, _HEADER + 24), *range(last, last + 24)]
        assert [at for at in ours if not break_log(flipped(log, at, chance))] == []
        hidden = log[: last + 4] + bytes(4) + log[last + 8 :]
        assert break_log(hidden), "that the last change has ended is no longer said"

    def test_a_wrong_byte_in_any_page_of_it_is_seen(
        self, left: tuple[Path, list[Entry]], break_log: Callable[[bytes], bool]
    ) -> None:
        log, chance = (left[0] / LOG).read_bytes(), random.Random(8)
        committed = max(at for at in range(_HEADER, len(log), _FRAME) if any(log[at + 4 : at + 8])) + _FRAME
        for at in chance.sample(range(_HEADER, committed), 40):
            assert break_log(flipped(log, at, chance)), at

    def test_a_log_that_merely_ends_is_not_broken(
        self, left: tuple[Path, list[Entry]], break_log: Callable[[bytes], bool]
    ) -> None:
        log, chance = (left[0] / LOG).read_bytes(), random.Random(9)
        assert not any(break_log(log[: chance.randrange(len(log))]) for _ in range(40))

    def test_behind_a_break_all_that_can_be_read_is(
        self, left: tuple[Path, list[Entry]], tmp_path: Path
    ) -> None:
        folder, present = left
        log, chance = (folder / LOG).read_bytes(), random.Random(10)
        path = Path(shutil.copy(folder / FILE_NAME, tmp_path))
        for at in chance.sample(range(len(log)), 20):
            (tmp_path / LOG).write_bytes(flipped(log, at, chance))
            found = {one.entry.id: one.entry for one in salvage(path)}
            missing = [one for one in present if one.id not in found]
            assert len(missing) <= 5, "more than a page of them"
