"""Opening whatever lies there: it always opens, and nothing is missing or different without being told."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from desktop.notebook import backups
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotSave
from desktop.notebook.model import KINDS
from desktop.notebook.opening import open_notebook
from desktop.notebook.recovery import QUARANTINE_NAME
from tests.desktop.notebook.damaging import (
    backed_up,
    by_id,
    filled,
    flipped,
    fresh,
    left_by_a_kill,
    made_up,
    opened,
)

ROOT = Path(__file__).parents[3]
LOG = f"{FILE_NAME}-wal"
ENTRIES = made_up(random.Random(21), 40)
FLIPS, CUTS = 200, 50

Damage = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, chance: random.Random) -> bytes:
    return flipped(data, chance.randrange(len(data)), chance)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook."""
    return filled(tmp_path_factory.mktemp("plain"), ENTRIES).parent


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a notebook and a backup of it."""
    folder = filled(tmp_path_factory.mktemp("kept"), ENTRIES).parent
    backed_up(folder)
    return folder


def quarantined(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / QUARANTINE_NAME).glob(f"*/{FILE_NAME}")]


class TestDamage:
    def check(self, source: Path, folder: Path, damage: Callable[[bytes], bytes]) -> None:
        """Nothing differs silently, the damaged file is put aside, what a backup holds is there, and all is well again."""
        path = fresh(folder, source)
        damaged = damage(path.read_bytes())
        path.write_bytes(damaged)
        found = opened(folder)
        assert found.told or by_id(found.entries) == by_id(ENTRIES)
        if backups.backups(folder):
            assert by_id(ENTRIES).items() <= by_id(found.entries).items()
        if found.told:
            assert found.told.endswith("。")
            assert quarantined(folder) == [damaged] or damaged == b""
            again = opened(folder)
            assert (again.told, again.entries) == ("", found.entries)

    @pytest.mark.parametrize(("damage", "times"), [(_flip, FLIPS), (_cut, CUTS)], ids=["flips", "cuts"])
    @pytest.mark.parametrize("folder", ["plain", "kept"])
    def test_wherever_it_is(
        self, request: pytest.FixtureRequest, tmp_path: Path, folder: str, damage: Damage, times: int
    ) -> None:
        chance = random.Random(f"{folder}{times}")
        for _ in range(times // 2):
            self.check(request.getfixturevalue(folder), tmp_path / "x", lambda data: damage(data, chance))

    def test_in_every_byte_of_the_header(self, kept: Path, tmp_path: Path) -> None:
        chance = random.Random(22)
        for at in range(100):
            self.check(kept, tmp_path / "x", partial(flipped, at=at, chance=chance))

    @pytest.mark.parametrize("version", [0, 1, 3, 2**31])
    def test_in_the_number_of_its_version(self, plain: Path, tmp_path: Path, version: int) -> None:
        folder = tmp_path / "x"
        self.check(plain, folder, lambda data: data[:60] + version.to_bytes(4, "big") + data[64:])
        assert by_id(opened(folder).entries) == by_id(ENTRIES)

    @pytest.mark.parametrize("value", [0, 3, 0xFF])
    def test_in_the_byte_that_says_who_may_write(self, plain: Path, tmp_path: Path, value: int) -> None:
        self.check(plain, tmp_path / "x", lambda data: data[:18] + bytes([value]) + data[19:])
        with closing(open_notebook(tmp_path / "x").notebook) as notebook:
            notebook.add(made_up(random.Random(23), 1))

    def test_in_an_index_no_entry_hides(self, plain: Path, tmp_path: Path) -> None:
        data, chance = (plain / FILE_NAME).read_bytes(), random.Random(24)
        index_pages = [at for at in range(0, len(data), 4096) if data[at] == 0x0A]
        assert len(index_pages) == 2 * len(KINDS)
        for at in index_pages:
            for spot in (chance.randrange(at + 3500, at + 4096) for _ in range(4)):
                self.check(plain, tmp_path / "x", partial(flipped, at=spot, chance=chance))

    def test_of_an_emptied_file(self, plain: Path, kept: Path, tmp_path: Path) -> None:
        for source in (plain, kept):
            self.check(source, tmp_path / "x", lambda data: b"")


class TestLog:
    def test_wherever_it_is_wrong_it_is_told(self, tmp_path: Path) -> None:
        source = tmp_path / "source"
        present = by_id(left_by_a_kill(source, 25, 5))
        log, chance = (source / LOG).read_bytes(), random.Random(26)
        ends = [at for at in range(32, len(log), 4120) if any(log[at + 4 : at + 8])]
        for at in [8, 16, 28, *range(ends[-1], ends[-1] + 24, 4), *chance.sample(range(ends[-1]), 12)]:
            path = fresh(tmp_path / "x", source)
            path.with_name(LOG).write_bytes(flipped(log, at, chance))
            assert opened(path.parent).told, at
        fresh(tmp_path / "x", source)
        assert by_id(opened(tmp_path / "x").entries) == present

    def test_without_its_file_it_is_not_thrown_away(self, tmp_path: Path) -> None:
        present = left_by_a_kill(tmp_path, 25, 8)
        (tmp_path / FILE_NAME).unlink()
        found = opened(tmp_path)
        assert by_id(found.entries) == by_id(present)
        assert found.told


class TestPlace:
    def test_the_folder_may_be_moved_between_sittings(self, tmp_path: Path) -> None:
        present = left_by_a_kill(tmp_path / "here", 27, 12)
        backed_up(tmp_path / "here")
        (tmp_path / "here").rename(tmp_path / "那里 %20#?")
        found = opened(tmp_path / "那里 %20#?")
        assert (found.told, by_id(found.entries)) == ("", by_id(present))
        [backup] = backups.backups(tmp_path / "那里 %20#?")
        assert backups.entries(backup) == present

    @pytest.mark.parametrize(
        "act",
        [
            pytest.param(lambda path: path.unlink(), id="deleted"),
            pytest.param(lambda path: path.rename(path.with_name("old")), id="renamed"),
            pytest.param(lambda path: path.parent.rename(path.parent.with_name("moved")), id="folder moved"),
            pytest.param(lambda path: Path(shutil.copy(path, f"{path}2")).replace(path), id="replaced"),
        ],
    )
    def test_what_is_gone_under_an_open_window_is_told_at_the_next_change(
        self, tmp_path: Path, act: Callable[[Path], object]
    ) -> None:
        path = filled(tmp_path / "x", ENTRIES)
        notebook = open_notebook(tmp_path / "x").notebook
        act(path)
        with pytest.raises(CannotSave, match=r"已被移走.*没有存下.*都在.*请"):
            notebook.add(made_up(random.Random(28), 1))
        assert by_id(notebook.everything()) == by_id(ENTRIES), "what the window shows can still be exported"
        notebook.close()

    def test_a_notebook_that_is_gone_though_it_has_backups_is_told_once(
        self, kept: Path, tmp_path: Path
    ) -> None:
        fresh(tmp_path / "x", kept).unlink()
        found = opened(tmp_path / "x")
        assert found.entries == ()
        assert "备份都在" in found.told
        assert opened(tmp_path / "x").told == ""

    def test_the_first_start_says_nothing(self, tmp_path: Path) -> None:
        first = opened(tmp_path / "new")
        assert (first.told, first.entries) == ("", ())
