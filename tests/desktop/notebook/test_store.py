"""The notebook's commands: what they change, that it is on the disk at once, and that it can be taken back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook.errors import UnknownEntry
from desktop.notebook.model import Anchor, Bookmark, Change, Note
from desktop.notebook.schema import MIGRATIONS, VERSION
from desktop.notebook.store import FILE_NAME, Notebook

Opener = Callable[..., Notebook]
PLAN = "shanghai-2023"
TIME = "2026-11-24T"


def column(folder: Path, question: str) -> list[object]:
    """The first column of an answer, asked over a connection of its own."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return [row[0] for row in connection.execute(question)]
    finally:
        connection.close()


class TestNotes:
    def test_a_new_note_is_there(self, notebook: Notebook, anchor: Anchor) -> None:
        change = notebook.add_note(anchor, "张江先试")
        [note] = notebook.notes(PLAN)
        assert change.before is None
        assert note == change.after
        assert (note.anchor, note.body, note.deleted) == (anchor, "张江先试", "")
        assert note.created == note.changed
        assert note.created.startswith(TIME)

    def test_times_carry_their_offset(self, notebook: Notebook, anchor: Anchor) -> None:
        created = notebook.add_note(anchor, "何时").entry.created
        assert created[19] in "+-"

    def test_an_edit_changes_the_words_and_nothing_else(self, notebook: Notebook, anchor: Anchor) -> None:
        before = notebook.add_note(anchor, "旧").after
        after = notebook.edit_note(notebook.notes(PLAN)[0].id, "新").after
        assert isinstance(before, Note)
        assert isinstance(after, Note)
        assert (after.id, after.anchor, after.created) == (before.id, before.anchor, before.created)
        assert [note.body for note in notebook.notes(PLAN)] == ["新"]

    def test_a_deleted_note_is_put_aside_but_stays_in_the_file(
        self, notebook: Notebook, anchor: Anchor, tmp_path: Path
    ) -> None:
        notebook.delete_note(notebook.add_note(anchor, "收起来").entry.id)
        assert notebook.notes(PLAN) == []
        assert column(tmp_path, "SELECT body FROM note WHERE deleted <> ''") == ["收起来"]

    def test_notes_come_oldest_first(self, notebook: Notebook, anchor: Anchor) -> None:
        for body in "甲乙丙":
            notebook.add_note(anchor, body)
        assert [note.body for note in notebook.notes(PLAN)] == ["甲", "乙", "丙"]

    def test_a_note_belongs_to_its_document(self, notebook: Notebook, anchor: Anchor) -> None:
        notebook.add_note(anchor, "上海")
        assert notebook.notes("beijing-2023") == []

    @pytest.mark.parametrize("command", ["edit", "delete", "unmark"])
    def test_an_unknown_id_is_told(self, notebook: Notebook, command: str) -> None:
        act: Callable[[], object] = {
            "edit": lambda: notebook.edit_note("0", "x"),
            "delete": lambda: notebook.delete_note("0"),
            "unmark": lambda: notebook.delete_bookmark("0"),
        }[command]
        with pytest.raises(UnknownEntry, match="已不在笔记本里"):
            act()

    @given(body=st.text(st.characters(codec="utf-8")))
    def test_any_words_come_back_as_they_were_written(self, body: str) -> None:
        notebook = Notebook(_in_memory())
        anchor = Anchor(PLAN, "m", "引", "", "", 0, 1)
        notebook.add_note(anchor, body)
        assert [note.body for note in notebook.notes(PLAN)] == [body]
        notebook.close()

    def test_half_a_character_does_not_stop_the_notebook(self, notebook: Notebook, anchor: Anchor) -> None:
        notebook.add_note(anchor, "半个\ud83d字")
        notebook.add_note(anchor, "后来的")
        assert [note.body[:2] for note in notebook.notes(PLAN)] == ["半个", "后来"]


class TestBookmarks:
    def test_a_new_bookmark_is_there(self, notebook: Notebook, anchor: Anchor) -> None:
        change = notebook.add_bookmark(anchor)
        assert notebook.bookmarks(PLAN) == [change.after]
        assert notebook.notes(PLAN) == []

    def test_a_deleted_bookmark_is_put_aside(
        self, notebook: Notebook, anchor: Anchor, tmp_path: Path
    ) -> None:
        change = notebook.delete_bookmark(notebook.add_bookmark(anchor).entry.id)
        assert isinstance(change.after, Bookmark)
        assert notebook.bookmarks(PLAN) == []
        assert column(tmp_path, "SELECT deleted FROM bookmark") == [change.after.deleted]


class TestDurability:
    def test_every_command_is_seen_from_outside_at_once(
        self, notebook: Notebook, anchor: Anchor, tmp_path: Path
    ) -> None:
        note = notebook.add_note(anchor, "一").entry.id
        assert column(tmp_path, "SELECT body FROM note") == ["一"]
        notebook.edit_note(note, "二")
        assert column(tmp_path, "SELECT body FROM note") == ["二"]
        notebook.delete_note(note)
        assert column(tmp_path, "SELECT deleted = '' FROM note") == [0]
        mark = notebook.add_bookmark(anchor).entry.id
        assert column(tmp_path, "SELECT id FROM bookmark") == [mark]
        notebook.delete_bookmark(mark)
        assert column(tmp_path, "SELECT deleted = '' FROM bookmark") == [0]

    def test_a_second_notebook_reads_what_the_first_wrote(
        self, notebook: Notebook, open_notebook: Opener, anchor: Anchor
    ) -> None:
        notebook.add_note(anchor, "给同事看")
        notebook.add_bookmark(anchor)
        second = open_notebook()
        assert second.notes(PLAN) == notebook.notes(PLAN)
        assert second.bookmarks(PLAN) == notebook.bookmarks(PLAN)

    def test_two_notebooks_on_one_file_can_both_write(
        self, notebook: Notebook, open_notebook: Opener, anchor: Anchor
    ) -> None:
        second = open_notebook()
        for number in range(5):
            (notebook, second)[number % 2].add_note(anchor, str(number))
        assert [note.body for note in notebook.notes(PLAN)] == list("01234")

    def test_what_another_deleted_can_no_longer_be_edited_away(
        self, notebook: Notebook, open_notebook: Opener, anchor: Anchor
    ) -> None:
        note = notebook.add_note(anchor, "两处都开着").entry.id
        open_notebook().delete_note(note)
        notebook.edit_note(note, "改")
        assert notebook.notes(PLAN) == []

    def test_the_file_is_safe_against_power_cuts(self, notebook: Notebook, tmp_path: Path) -> None:
        ask = notebook._connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)
        assert column(tmp_path, "PRAGMA integrity_check") == ["ok"]


class TestInverse:
    def test_each_change_can_be_taken_back_and_made_again(self, notebook: Notebook, anchor: Anchor) -> None:
        note = notebook.add_note(anchor, "甲").entry.id
        mark = notebook.add_bookmark(anchor).entry.id
        commands: list[Callable[[], Change]] = [
            lambda: notebook.add_note(anchor, "乙"),
            lambda: notebook.edit_note(note, "丙"),
            lambda: notebook.delete_note(note),
            lambda: notebook.add_bookmark(anchor),
            lambda: notebook.delete_bookmark(mark),
        ]
        for command in commands:
            before = notebook.notes(PLAN), notebook.bookmarks(PLAN)
            change = command()
            after = notebook.notes(PLAN), notebook.bookmarks(PLAN)
            assert before != after
            notebook.apply(change.inverse)
            assert (notebook.notes(PLAN), notebook.bookmarks(PLAN)) == before
            notebook.apply(change)
            assert (notebook.notes(PLAN), notebook.bookmarks(PLAN)) == after
            notebook.apply(change.inverse)


class TestMigrations:
    def test_they_run_from_an_empty_file(self, tmp_path: Path, open_notebook: Opener) -> None:
        (tmp_path / FILE_NAME).touch()
        open_notebook()
        assert column(tmp_path, "PRAGMA user_version") == [VERSION]
        assert {"note", "bookmark"} <= set(column(tmp_path, "SELECT name FROM sqlite_schema"))

    def test_they_run_once(self, notebook: Notebook, open_notebook: Opener, anchor: Anchor) -> None:
        notebook.add_note(anchor, "还在")
        assert [note.body for note in open_notebook().notes(PLAN)] == ["还在"]

    def test_one_that_breaks_off_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from desktop.notebook import store
        from desktop.notebook.errors import CannotOpen

        monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE odd (id)", "no such words")))
        monkeypatch.setattr(store, "VERSION", VERSION + 1)
        with pytest.raises(CannotOpen):
            Notebook.open(tmp_path)
        assert column(tmp_path, "PRAGMA user_version") == [0]
        assert column(tmp_path, "SELECT name FROM sqlite_schema") == []

    def test_the_folder_is_made(self, tmp_path: Path, open_notebook: Opener) -> None:
        open_notebook(tmp_path / "数 据" / "深处")
        assert (tmp_path / "数 据" / "深处" / FILE_NAME).is_file()


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statements in MIGRATIONS:
        for statement in statements:
            connection.execute(statement)
    return connection
