"""Notebooks of older versions: brought to the newest shape as a whole, with everything that is in them, or left alone."""

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.notebook import rows
from desktop.notebook.connection import FILE_NAME, connect
from desktop.notebook.errors import CannotOpen, Damaged, Garbled
from desktop.notebook.model import Color, Entry, Note, NoteKind
from desktop.notebook.salvage import salvage
from desktop.notebook.schema import VERSION, migrate, tables, tables_in
from desktop.notebook.store import Notebook
from tests.desktop.notebook.entries import (
    ANCHOR,
    LATER,
    ONE_OF_EACH,
    PLAN,
    TIME,
    a_bookmark,
    a_highlight,
    a_note,
)

_PLACE = "document TEXT NOT NULL, measure TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL,"
_PLACE += " after TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL"
FIRST_VERSION = f"""
CREATE TABLE note (id TEXT PRIMARY KEY, {_PLACE}, body TEXT NOT NULL,
    created TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE bookmark (id TEXT PRIMARY KEY, {_PLACE},
    created TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX note_place ON note (document, measure);
CREATE INDEX bookmark_place ON bookmark (document, measure);
PRAGMA user_version = 1;
"""
"""What the program of version 1 made, written down: the migrations have to start from it whatever becomes of them."""
_PLACED = (ANCHOR.document, ANCHOR.measure, ANCHOR.quote, ANCHOR.before, ANCHOR.after, 0, 2)
FIRST_NOTES = [
    ("n2", *_PLACED, "先写的", TIME, LATER, ""),
    ("n1", *_PLACED, "后写的，“引号”与 '撇号'", TIME, TIME, ""),
    ("n3", *_PLACED, "收起来的", TIME, TIME, LATER),
]
FIRST_BOOKMARKS = [("b2", *_PLACED, TIME, ""), ("b1", *_PLACED, LATER, ""), ("b3", *_PLACED, TIME, LATER)]
FROM_FIRST: list[Entry] = [
    a_note("先写的", id="n2", changed=LATER),
    a_note("后写的，“引号”与 '撇号'", id="n1"),
    a_note("收起来的", id="n3", deleted=LATER),
    a_bookmark(id="b2", position=1),
    a_bookmark(id="b1", position=2, created=LATER, changed=LATER),
    a_bookmark(id="b3", position=3, deleted=LATER),
]
"""What they are in the newest version."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of version 1 with notes and bookmarks in it, as it lies there after that program has ended."""
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_VERSION)
        _insert(connection, "note", FIRST_NOTES)
        _insert(connection, "bookmark", FIRST_BOOKMARKS)
        connection.commit()
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to that file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def _insert(connection: sqlite3.Connection, table: str, values: Sequence[tuple[object, ...]]) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in values[0])})", values)


def opened(path: Path) -> list[Entry]:
    """Everything in a file that the program opens."""
    notebook = Notebook.open(path.parent)
    try:
        return notebook.everything()
    finally:
        notebook.close()


def shape(connection: sqlite3.Connection) -> dict[str, str]:
    """Tables and indexes by name, with their SQL but for white space."""
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: "".join(sql.split()) for name, sql in found}


class TestFromFirst:
    def test_everything_is_there_afterwards_in_the_same_order(self, path: Path) -> None:
        assert opened(path) == FROM_FIRST

    def test_it_can_be_written_in_and_what_is_new_comes_last(self, path: Path) -> None:
        notebook = Notebook.open(path.parent)
        notebook.revise([(FROM_FIRST[0], replace(a_note("改过", id="n2"), pinned=True))])
        mark = notebook.add_bookmark(ANCHOR).entry
        assert [one.body for one in notebook.notes(PLAN)] == ["改过", "后写的，“引号”与 '撇号'"]
        assert [one.id for one in notebook.bookmarks(PLAN)] == ["b2", "b1", mark.id]
        notebook.close()

    def test_it_happens_once(self, path: Path) -> None:
        assert opened(path) == opened(path) == FROM_FIRST

    @pytest.mark.parametrize("version", range(1, VERSION + 1))
    def test_it_does_not_matter_which_versions_came_between(
        self, path: Path, raw: sqlite3.Connection, version: int
    ) -> None:
        migrate(raw, version)
        assert raw.execute("PRAGMA user_version").fetchone() == (version,)
        assert opened(path) == FROM_FIRST


SECOND_VERSION = """
CREATE TABLE note (id TEXT PRIMARY KEY, document TEXT NOT NULL, measure TEXT NOT NULL, quote TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, body TEXT NOT NULL,
    created TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '',
    reach TEXT NOT NULL DEFAULT 'measure', last TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '一般',
    tags TEXT NOT NULL DEFAULT '[]', pinned INTEGER NOT NULL DEFAULT 0, author TEXT NOT NULL DEFAULT '',
    digest INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE bookmark (id TEXT PRIMARY KEY, document TEXT NOT NULL, measure TEXT NOT NULL, quote TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    created TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '', reach TEXT NOT NULL DEFAULT 'measure',
    last TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '',
    folder TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0, author TEXT NOT NULL DEFAULT '',
    digest INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE highlight (id TEXT PRIMARY KEY, document TEXT NOT NULL, measure TEXT NOT NULL, quote TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, reach TEXT NOT NULL,
    last TEXT NOT NULL, color TEXT NOT NULL, author TEXT NOT NULL DEFAULT '', created TEXT NOT NULL,
    changed TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '', digest INTEGER NOT NULL) STRICT;
CREATE INDEX note_document ON note (document);
CREATE INDEX bookmark_document ON bookmark (document);
CREATE INDEX highlight_document ON highlight (document);
PRAGMA user_version = 2;
"""
"""What the program of version 2 made, written down."""
_SPOT = (ANCHOR.document, ANCHOR.measure, ANCHOR.quote, ANCHOR.before, ANCHOR.after, 0, 2)
_REACH = ("measure", ANCHOR.last)
SECOND_ROWS: dict[str, list[tuple[object, ...]]] = {
    "note": [
        ("n1", *_SPOT, "先写的", TIME, LATER, "", *_REACH, "问题", '["张江", "待办"]', 1, "", 2665041390),
        ("n2", *_SPOT, "收起来的", TIME, TIME, LATER, *_REACH, "一般", "[]", 0, "李四", 319156762),
    ],
    "bookmark": [("b1", *_SPOT, TIME, "", *_REACH, LATER, "报装", "会前", 7, "", 3422391497)],
    "highlight": [("h1", *_SPOT, *_REACH, "粉", "", TIME, LATER, "", 1564201019)],
}
"""Rows as that program wrote them, with their digests."""
FROM_SECOND: list[Entry] = [
    a_note("先写的", id="n1", changed=LATER, kind=NoteKind.QUESTION, tags=("张江", "待办"), pinned=True),
    a_note("收起来的", id="n2", deleted=LATER, author="李四"),
    a_bookmark(id="b1", changed=LATER, label="报装", folder="会前", position=7),
    a_highlight(id="h1", changed=LATER, color=Color.PINK),
]


class TestFromSecond:
    @pytest.fixture
    def second(self, tmp_path: Path) -> Path:
        """A file of version 2 with entries of all its kinds."""
        path = tmp_path / "second" / FILE_NAME
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SECOND_VERSION)
            for table, values in SECOND_ROWS.items():
                _insert(connection, table, values)
            connection.commit()
        return path

    def test_everything_is_as_it_was_and_confirmed_by_its_own_digest(self, second: Path) -> None:
        assert opened(second) == opened(second) == FROM_SECOND
        with closing(sqlite3.connect(second)) as connection:
            for table, values in SECOND_ROWS.items():
                assert connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() == values

    def test_meetings_and_the_ledger_can_be_kept_in_it_from_then_on(self, second: Path) -> None:
        notebook = Notebook.open(second.parent)
        notebook.add(ONE_OF_EACH)
        notebook.close()
        assert [one for one in opened(second) if one not in FROM_SECOND] == ONE_OF_EACH

    def test_a_row_that_was_garbled_before_is_not_made_right(self, second: Path) -> None:
        with closing(sqlite3.connect(second, isolation_level=None)) as connection:
            connection.execute("UPDATE note SET body = '别的话' WHERE id = 'n1'")
        with pytest.raises(Garbled):
            opened(second)

    def test_page_by_page_it_is_read_just_as_well(self, second: Path) -> None:
        found = salvage(second)
        assert all(one.is_certain for one in found)
        assert {one.entry.id: one.entry for one in found} == {one.id: one for one in FROM_SECOND}

    def test_the_second_migration_makes_what_the_second_program_made(self, second: Path) -> None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
            migrate(made, 2)
            with closing(sqlite3.connect(second)) as found:
                assert tables_in(made) == tables_in(found) == tables(2)
                assert set(shape(made)) == set(shape(found))


class TestShape:
    def test_a_row_fits_one_table_only(self) -> None:
        """Else what is read page by page could be taken for something else."""
        kinds = {
            (table, tuple(columns.values()))
            for version in range(1, VERSION + 1)
            for table, columns in tables(version).items()
        }
        assert len({types for _, types in kinds}) == len(kinds)

    def test_an_upgraded_file_is_made_like_a_new_one(self, path: Path, tmp_path: Path) -> None:
        opened(path)
        with closing(sqlite3.connect(path)) as upgraded, closing(connect(tmp_path / "new")) as new:
            assert shape(upgraded) == shape(new)
            assert upgraded.execute("PRAGMA user_version").fetchone() == (VERSION,)
            assert upgraded.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def test_the_first_migration_makes_what_the_first_program_made(self, raw: sqlite3.Connection) -> None:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
            migrate(made, 1)
            assert list(shape(made)) == list(shape(raw))
            for table in ("note", "bookmark"):
                info = f"PRAGMA table_info({table})"
                assert made.execute(info).fetchall() == raw.execute(info).fetchall()

    @pytest.mark.parametrize(("kind", "table"), rows.TABLES.items())
    def test_every_value_of_an_entry_has_its_column(self, path: Path, kind: type, table: str) -> None:
        with closing(connect(path.parent)) as connection:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        assert columns == {*rows.columns(kind), rows.DIGEST}

    def test_questions_about_a_document_use_an_index(self, path: Path) -> None:
        with closing(connect(path.parent)) as connection:
            for table in rows.TABLES.values():
                question = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE document = 'x'"
                assert f"USING INDEX {table}_document" in connection.execute(question).fetchone()[3]

    def test_a_column_takes_nothing_of_another_type(self, path: Path) -> None:
        with closing(connect(path.parent)) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE note SET pinned = 'ja'")


class TestStart:
    def test_a_migration_that_fails_leaves_the_file_as_it_was(
        self, path: Path, raw: sqlite3.Connection
    ) -> None:
        raw.execute("CREATE TABLE highlight (in_the_way)")
        before = list(raw.iterdump())
        with pytest.raises(CannotOpen):
            Notebook.open(path.parent)
        assert list(raw.iterdump()) == before
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)

    def test_the_connection_can_be_used_afterwards(self, raw: sqlite3.Connection) -> None:
        raw.execute("CREATE TABLE highlight (in_the_way)")
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(raw)
        assert not raw.in_transaction
        raw.execute("DROP TABLE highlight")
        migrate(raw)
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)

    def test_once_what_was_in_the_way_is_gone_it_succeeds(self, path: Path, raw: sqlite3.Connection) -> None:
        raw.execute("CREATE TABLE highlight (in_the_way)")
        with pytest.raises(CannotOpen):
            Notebook.open(path.parent)
        raw.execute("DROP TABLE highlight")
        assert opened(path) == FROM_FIRST

    @pytest.mark.parametrize("version", range(VERSION + 1))
    def test_the_newest_version_is_reached_from_each(self, tmp_path: Path, version: int) -> None:
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
            migrate(connection, version)
        assert opened(tmp_path / FILE_NAME) == []

    @pytest.mark.parametrize("old", [True, False])
    def test_programs_that_start_at_the_same_time_do_it_once(self, path: Path, old: bool) -> None:
        if not old:
            path.unlink()
        with ThreadPoolExecutor(4) as programs:
            found = list(programs.map(opened, [path] * 4))
        assert found == [FROM_FIRST if old else []] * 4


@pytest.mark.parametrize("version", range(2, VERSION + 1))
def test_a_file_said_to_be_newer_than_its_tables_is_damaged(
    path: Path, raw: sqlite3.Connection, version: int
) -> None:
    raw.execute(f"PRAGMA user_version = {version}")
    before = list(raw.iterdump())
    with pytest.raises(Damaged):
        Notebook.open(path.parent)
    assert list(raw.iterdump()) == before


def test_an_entry_of_each_kind_survives_being_closed_and_opened(path: Path) -> None:
    notebook = Notebook.open(path.parent)
    note = Note("n4", ANCHOR, "全", TIME, LATER, tags=("甲",), pinned=True, author="李四")
    added: list[Entry] = [note, *(replace(one, author="李四") for one in ONE_OF_EACH[1:])]
    notebook.add(added)
    notebook.close()
    assert [one for one in opened(path) if one not in FROM_FIRST] == added
