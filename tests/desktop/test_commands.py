"""What the reader does to his notebook: refused without one, saved before it is told, undone in reverse order."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from content.model import Document
from desktop import commands as module
from desktop.commands import Commands
from desktop.notebook.errors import CannotRead, NotebookError
from desktop.notebook.store import FILE_NAME, Notebook

MEASURE = "shanghai-2023/2.3.4"
OTHER = "shanghai-2023/2.3.5"


@pytest.fixture
def commands(qapp: QApplication, plan: Document, tmp_path: Path) -> Iterator[Commands]:
    made = Commands(plan)
    made.use_notebook(Notebook.open(tmp_path))
    yield made
    made.close()


@pytest.fixture
def failures(commands: Commands) -> list[Exception]:
    heard: list[Exception] = []
    commands.failed.connect(heard.append)
    return heard


def bodies(commands: Commands) -> list[str]:
    """The words of all notes."""
    return [note.body for note in commands.notes()]


class TestWithoutNotebook:
    def test_everything_is_refused_and_said(self, qapp: QApplication, plan: Document) -> None:
        refused = Commands(plan)
        heard: list[Exception] = []
        refused.failed.connect(heard.append)
        assert not refused.is_writable
        assert refused.write_note(MEASURE, "x") == ""
        refused.edit_note("1", "x")
        refused.delete_note("1")
        assert refused.toggle_bookmark(MEASURE) is False
        refused.delete_bookmark("1")
        assert len(heard) == 5
        assert all("没有打开" in str(error) and "请" in str(error) for error in heard)
        assert not refused.undo_stack.canUndo()
        assert (list(refused.notes()), list(refused.bookmarks())) == ([], [])

    def test_after_closing_too(self, commands: Commands, failures: list[Exception]) -> None:
        commands.close()
        assert commands.write_note(MEASURE, "晚了") == ""
        assert len(failures) == 1
        commands.close()


class TestSaving:
    def test_it_is_in_the_file_when_it_is_told(self, commands: Commands, tmp_path: Path) -> None:
        seen: list[list[str]] = []

        def look(change: object) -> None:
            connection = sqlite3.connect(tmp_path / FILE_NAME)
            seen.append([row[0] for row in connection.execute("SELECT body FROM note")])
            connection.close()

        commands.changed.connect(look)
        commands.edit_note(commands.write_note(MEASURE, "甲"), "乙")
        assert seen == [["甲"], ["乙"]]

    def test_a_bookmark_goes_on_and_off(self, commands: Commands) -> None:
        assert commands.toggle_bookmark(MEASURE) is True
        assert [one.anchor.measure for one in commands.bookmarks()] == [MEASURE]
        assert commands.toggle_bookmark(OTHER) is True
        assert commands.toggle_bookmark(MEASURE) is False
        assert [one.anchor.measure for one in commands.bookmarks()] == [OTHER]

    def test_what_is_gone_is_said_and_leaves_no_step(
        self, commands: Commands, failures: list[Exception]
    ) -> None:
        commands.edit_note("unknown", "x")
        assert [str(error) for error in failures] == ["这条批注已不在笔记本里，可能已在另一个窗口中删除。"]
        assert commands.undo_stack.count() == 0

    def test_notes_that_cannot_be_read_are_told_as_such(
        self, commands: Commands, failures: list[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(notebook: Notebook, document: str) -> None:
            raise CannotRead("读不出来。")

        monkeypatch.setattr(Notebook, "notes", refuse)
        assert list(commands.notes()) == []
        assert [str(error) for error in failures] == ["读不出来。"]


class TestUndo:
    def test_steps_come_back_in_reverse_and_again_in_order(self, commands: Commands) -> None:
        commands.write_note(MEASURE, "甲")
        commands.toggle_bookmark(MEASURE)
        commands.write_note(OTHER, "乙")
        stack = commands.undo_stack
        assert [stack.text(number) for number in range(stack.count())] == ["写批注", "加书签", "写批注"]
        stack.undo()
        assert (bodies(commands), len(commands.bookmarks())) == (["甲"], 1)
        stack.undo()
        assert (bodies(commands), len(commands.bookmarks())) == (["甲"], 0)
        stack.undo()
        assert bodies(commands) == []
        for _ in range(3):
            stack.redo()
        assert (bodies(commands), len(commands.bookmarks())) == (["甲", "乙"], 1)

    def test_typing_is_one_step(self, commands: Commands) -> None:
        note = commands.write_note(MEASURE, "零")
        for body in ("零负", "零负担", "零负担！"):
            commands.edit_note(note, body)
        assert commands.undo_stack.count() == 1
        commands.undo_stack.undo()
        assert bodies(commands) == []
        commands.undo_stack.redo()
        assert bodies(commands) == ["零负担！"]

    def test_after_a_pause_a_new_step_begins(
        self, commands: Commands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = iter([0.0, 5.0, 100.0, 101.0])
        monkeypatch.setattr(module, "monotonic", lambda: next(clock))
        note = commands.write_note(MEASURE, "甲")
        for body in ("甲乙", "甲乙丙", "甲乙丙丁"):
            commands.edit_note(note, body)
        assert commands.undo_stack.count() == 2
        commands.undo_stack.undo()
        assert bodies(commands) == ["甲乙"]

    def test_typing_in_two_notes_stays_apart(self, commands: Commands) -> None:
        first, second = commands.write_note(MEASURE, "甲"), commands.write_note(OTHER, "乙")
        commands.edit_note(second, "乙二")
        commands.edit_note(first, "甲二")
        assert commands.undo_stack.count() == 3
        commands.undo_stack.undo()
        assert bodies(commands) == ["甲", "乙二"]

    def test_a_deletion_is_a_step_of_its_own_and_comes_back(self, commands: Commands) -> None:
        note = commands.write_note(MEASURE, "要紧的话")
        commands.delete_note(note)
        assert bodies(commands) == []
        commands.undo_stack.undo()
        assert bodies(commands) == ["要紧的话"]
        assert commands.notes()[0].id == note
        commands.undo_stack.redo()
        assert bodies(commands) == []

    def test_a_deleted_bookmark_comes_back(self, commands: Commands) -> None:
        commands.toggle_bookmark(MEASURE)
        commands.toggle_bookmark(MEASURE)
        commands.undo_stack.undo()
        assert len(commands.bookmarks()) == 1

    def test_a_new_step_ends_what_could_be_redone(self, commands: Commands) -> None:
        commands.write_note(MEASURE, "甲")
        commands.undo_stack.undo()
        commands.write_note(MEASURE, "乙")
        assert not commands.undo_stack.canRedo()
        assert bodies(commands) == ["乙"]

    def test_every_step_is_told(self, commands: Commands) -> None:
        heard: list[object] = []
        commands.write_note(MEASURE, "甲")
        commands.changed.connect(heard.append)
        commands.undo_stack.undo()
        commands.undo_stack.redo()
        assert len(heard) == 2

    def test_a_step_that_cannot_be_taken_back_is_said(
        self, commands: Commands, failures: list[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commands.write_note(MEASURE, "甲")

        def refuse(notebook: Notebook, change: object) -> None:
            raise NotebookError("不行。")

        monkeypatch.setattr(Notebook, "apply", refuse)
        commands.undo_stack.undo()
        assert [str(error) for error in failures] == ["不行。"]
        assert bodies(commands) == ["甲"]
