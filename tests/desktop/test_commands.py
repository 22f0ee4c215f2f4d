"""What the reader does to his notebook: refused without one, saved before it is told, undone in reverse order."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from content.library import Library
from content.model import Document
from desktop import steps as module
from desktop.commands import Commands
from desktop.notebook.anchors import anchor_document, anchor_measure
from desktop.notebook.belonging import whole_of
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotSave, ChangedElsewhere, Garbled, NeverOverwritten
from desktop.notebook.model import (
    KINDS,
    Action,
    AgendaItem,
    Bookmark,
    Change,
    Color,
    Edit,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
)
from desktop.notebook.store import Notebook
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.entries import (
    ANCHOR,
    ONE_OF_EACH,
    PLAN,
    a_bookmark,
    a_highlight,
    a_note,
    a_progress,
    an_action,
    an_item,
)

MEASURE, OTHER = f"{PLAN}/2.3.4", f"{PLAN}/2.3.5"
NOW_HERE = NOW.astimezone().isoformat(timespec="seconds")
PLAN_READ = Library().document(PLAN)
States = dict[str, Entry]
pytestmark = pytest.mark.usefixtures("qapp")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def commands(plan: Document, tmp_path: Path) -> Iterator[Commands]:
    made = Commands(plan)
    made.use_notebook(Notebook.open(tmp_path, lambda: NOW))
    yield made
    made.close()


@pytest.fixture
def failures(commands: Commands) -> list[Exception]:
    heard: list[Exception] = []
    commands.failed.connect(heard.append)
    return heard


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "monotonic", made)
    return made


@pytest.fixture
def elsewhere(commands: Commands, tmp_path: Path) -> Iterator[Notebook]:
    """The same notebook in another window."""
    other = Notebook.open(tmp_path, lambda: NOW)
    yield other
    other.close()


def bodies(commands: Commands) -> list[str]:
    """The words of all notes."""
    return [note.body for note in commands.shelf.notes]


def states(commands: Commands) -> States:
    """All entries on the shelf; the file has to hold the same."""
    assert commands.notebook is not None
    held = commands.notebook.on_desk(commands.document.id)
    assert commands.shelf.chosen(one.id for one in held) == held
    assert len(commands.shelf.everything) == len(held)
    assert [one.id for one in commands.shelf.in_use] == [
        one.id for one in commands.shelf.everything if not one.deleted
    ]
    return {one.id: one for one in held}


def steps(commands: Commands) -> list[str]:
    """The names of all steps that can be undone or redone."""
    return [commands.undo_stack.text(number) for number in range(commands.undo_stack.count())]


def refuse(commands: Commands, refusing: bool = True) -> None:
    """Have SQLite refuse to write."""
    assert commands.notebook is not None
    commands.notebook.connection.execute(f"PRAGMA query_only = {refusing:d}")


COMMANDS: dict[str, Callable[[Commands], object]] = {
    "write_note": lambda do: do.write_note(ANCHOR, "x"),
    "edit_note": lambda do: do.edit_note("note", "x"),
    "revise_notes": lambda do: do.revise_notes(["note"], lambda note: replace(note, pinned=True), "置顶"),
    "add_bookmark": lambda do: do.add_bookmark(ANCHOR),
    "toggle_bookmark": lambda do: do.toggle_bookmark(OTHER),
    "revise_bookmarks": lambda do: do.revise_bookmarks([(a_bookmark(), a_bookmark(label="x"))], "改名"),
    "highlight": lambda do: do.highlight(replace(ANCHOR, start=1), Color.BLUE),
    "recolor": lambda do: do.highlight(ANCHOR, Color.BLUE),
    "delete": lambda do: do.delete(["note", "bookmark"]),
    "restore": lambda do: do.restore(["gone"]),
    "purge": lambda do: do.purge(["note", "gone"]),
    "revise": lambda do: do.revise([(a_note(), a_note("x")), (a_highlight(), a_highlight(author="x"))], "改"),
    "edit": lambda do: do.edit("item", "改发言要点", points="x"),
    "add_meeting": lambda do: do.add_meeting("专题会", "2026-11-25"),
    "duplicate_meeting": lambda do: do.duplicate_meeting("meeting"),
    "add_to_agenda": lambda do: do.add_to_agenda("meeting", [ANCHOR, ANCHOR], 0),
    "add_action": lambda do: do.add_action(ANCHOR, lead="x"),
    "add_progress": lambda do: do.add_progress("action", "2026-11-24", "x"),
    "correct_progress": lambda do: do.correct_progress("progress", "2026-11-24", "x"),
    "delete_meeting": lambda do: do.delete(["meeting"]),
    "restore_action": lambda do: do.restore(["gone row"]),
    "purge_action": lambda do: do.purge(["gone row"]),
    "make": lambda do: do.make("导入", Change((Edit(None, a_note(id="new")),))),
}
"""A call of each command, on a notebook with ``FILLED`` in it."""
FILLED: list[Entry] = [
    *ONE_OF_EACH,
    a_note(id="gone", deleted=NOW_HERE),
    an_action(id="gone row", position=2, deleted=NOW_HERE),
    a_progress(id="its progress", action="gone row", deleted=NOW_HERE),
]
each_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


@pytest.fixture
def filled(commands: Commands) -> Commands:
    """Commands on a notebook with an entry of each kind and a deleted one."""
    assert commands.notebook is not None
    commands.notebook.add(FILLED)
    commands.reload()
    return commands


class TestWithoutNotebook:
    @each_command
    def test_every_command_is_refused_and_said(
        self, plan: Document, command: Callable[[Commands], object]
    ) -> None:
        refused = Commands(plan)
        refused.shelf.load(FILLED)
        heard: list[Exception] = []
        refused.failed.connect(heard.append)
        assert not refused.is_writable
        assert not command(refused)
        assert len(heard) == 1
        assert "没有打开" in str(heard[0])
        assert "请" in str(heard[0])
        assert not refused.undo_stack.canUndo()
        assert refused.shelf.chosen(one.id for one in FILLED) == FILLED

    def test_nothing_happens_when_it_is_told_to_read(self, plan: Document) -> None:
        refused = Commands(plan)
        heard: list[object] = []
        refused.changed.connect(heard.append)
        refused.failed.connect(heard.append)
        refused.reload()
        refused.follow_others()
        refused.close()
        assert heard == []

    def test_after_closing_it_is_as_without(self, commands: Commands, failures: list[Exception]) -> None:
        commands.close()
        assert commands.write_note(ANCHOR, "晚了") == ""
        assert len(failures) == 1
        assert not commands.is_writable
        commands.close()


class TestEachCommand:
    @each_command
    def test_it_answers_yes_and_is_one_step_that_can_be_undone_and_redone(
        self, filled: Commands, failures: list[Exception], command: Callable[[Commands], object]
    ) -> None:
        before = states(filled)
        assert command(filled)
        after = states(filled)
        assert before != after
        assert len(steps(filled)) == 1
        for _ in range(2):
            assert filled.undo()
            assert states(filled) == before
            assert filled.redo()
            assert states(filled) == after
        assert failures == []

    @each_command
    def test_it_is_told_once_and_in_the_file_and_on_the_shelf_by_then(
        self, filled: Commands, tmp_path: Path, command: Callable[[Commands], object]
    ) -> None:
        heard: list[tuple[object, list[str]]] = []
        shown: list[States] = []
        filled.changed.connect(lambda change: heard.append((change, dump(tmp_path))))
        filled.changed.connect(lambda change: shown.append(states(filled)))
        before = dump(tmp_path)
        command(filled)
        filled.undo()
        assert len(shown) == 2
        [(change, saved), (inverse, restored)] = heard
        assert isinstance(change, Change)
        assert inverse == change.inverse
        assert saved == dump_of(filled, filled.redo)
        assert saved != before == restored

    @each_command
    def test_what_cannot_be_saved_is_said_and_not_shown(
        self, filled: Commands, failures: list[Exception], command: Callable[[Commands], object]
    ) -> None:
        before = states(filled)
        refuse(filled)
        assert not command(filled)
        assert [type(error) for error in failures] == [CannotSave]
        assert states(filled) == before
        assert steps(filled) == []

    @each_command
    def test_what_cannot_be_undone_now_can_be_undone_later(
        self, filled: Commands, failures: list[Exception], command: Callable[[Commands], object]
    ) -> None:
        before = states(filled)
        command(filled)
        after = states(filled)
        for move, here, there in ((filled.undo, after, before), (filled.redo, before, after)):
            refuse(filled)
            assert not move()
            assert states(filled) == here
            refuse(filled, False)
            assert move()
            assert states(filled) == there
        assert [type(error) for error in failures] == [CannotSave] * 2
        assert len(steps(filled)) == 1


def dump(folder: Path) -> list[str]:
    """What stands in the file, asked over a connection of its own."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return sorted(connection.iterdump())


def dump_of(commands: Commands, step: Callable[[], object]) -> list[str]:
    """What stands in the file after a step."""
    step()
    assert commands.notebook is not None
    return sorted(commands.notebook.connection.iterdump())


class TestNothingToDo:
    @pytest.mark.parametrize(
        "command",
        [
            lambda do: do.edit_note("note", a_note().body),
            lambda do: do.revise_notes(["note"], lambda note: note, "置顶"),
            lambda do: do.revise_notes(
                ["bookmark", "unknown"], lambda note: replace(note, pinned=True), "置顶"
            ),
            lambda do: do.revise_bookmarks([(a_bookmark(), a_bookmark())], "改名"),
            lambda do: do.highlight(ANCHOR, a_highlight().color),
            lambda do: do.delete(["gone", "unknown"]),
            lambda do: do.restore(["note", "unknown"]),
            lambda do: do.purge(["unknown"]),
            lambda do: do.edit("item", "改", points=an_item().points),
            lambda do: do.delete(["its progress"]),
            lambda do: do.restore(["action"]),
            lambda do: do.make("导入", Change(())),
        ],
    )
    def test_it_is_done_without_a_step(
        self, filled: Commands, failures: list[Exception], command: Callable[[Commands], object]
    ) -> None:
        heard: list[object] = []
        filled.changed.connect(heard.append)
        assert command(filled)
        assert (heard, failures, steps(filled)) == ([], [], [])

    def test_an_unknown_note_cannot_be_edited(self, commands: Commands, failures: list[Exception]) -> None:
        assert commands.edit_note("unknown", "x") == ""
        assert ["已不在笔记本里" in str(error) for error in failures] == [True]
        assert steps(commands) == []


class TestNotesAndMarks:
    def test_a_note_has_its_kind_and_tags_from_the_start(self, commands: Commands) -> None:
        note = commands.write_note(ANCHOR, "问电力公司", NoteKind.QUESTION, ("张江",))
        found = commands.shelf.note(note)
        assert found is not None
        assert (found.body, found.kind, found.tags) == ("问电力公司", NoteKind.QUESTION, ("张江",))

    def test_a_bookmark_goes_on_and_off(self, commands: Commands) -> None:
        assert commands.toggle_bookmark(MEASURE) is True
        assert commands.toggle_bookmark(OTHER) is True
        assert commands.toggle_bookmark(MEASURE) is False
        assert commands.shelf.bookmarked == {OTHER}
        assert steps(commands) == ["加书签", "加书签", "取消书签"]

    def test_a_bookmark_that_cannot_be_taken_away_is_still_there(self, commands: Commands) -> None:
        commands.toggle_bookmark(MEASURE)
        refuse(commands)
        assert commands.toggle_bookmark(MEASURE) is True
        assert commands.shelf.bookmarked == {MEASURE}

    def test_the_same_words_are_marked_once_and_take_the_new_colour(self, commands: Commands) -> None:
        first = commands.highlight(ANCHOR, Color.GREEN)
        assert commands.highlight(ANCHOR, Color.PINK) == first
        other = commands.highlight(replace(ANCHOR, start=1), Color.PINK)
        assert [(one.id, one.color) for one in commands.shelf.highlights] == [
            (first, Color.PINK),
            (other, Color.PINK),
        ]
        assert steps(commands) == ["标记", "换标记颜色", "标记"]

    def test_words_whose_highlight_was_deleted_are_marked_anew(self, commands: Commands) -> None:
        first = commands.highlight(ANCHOR, Color.GREEN)
        commands.delete([first])
        assert commands.highlight(ANCHOR, Color.GREEN) not in ("", first)

    def test_several_notes_are_revised_in_one_step(self, commands: Commands) -> None:
        ids = [commands.write_note(ANCHOR, body) for body in "甲乙丙"]
        commands.revise_notes(ids[1:], lambda note: replace(note, pinned=True), "置顶")
        assert [note.pinned for note in commands.shelf.notes] == [False, True, True]
        commands.undo()
        assert not any(note.pinned for note in commands.shelf.notes)


class TestMeetingsAndLedger:
    def test_a_meeting_of_a_series_starts_with_the_open_items_of_the_last(self, commands: Commands) -> None:
        first = commands.add_meeting("例会", series="例会")
        open_item, settled = commands.add_to_agenda(first, [ANCHOR, ANCHOR])
        commands.revise([(old, replace(old, is_open=False)) for old in items(commands, settled)], "已结")
        second = commands.add_meeting("例会", series="例会")
        assert [one.carried_from for one in commands.shelf.agenda(second)] == [open_item]
        assert steps(commands) == ["新建会议", "加入议程", "已结", "新建会议"]

    def test_a_copy_has_the_agenda(self, filled: Commands) -> None:
        copy = filled.duplicate_meeting("meeting")
        assert [one.points for one in filled.shelf.agenda(copy)] == ["先问电力公司"]
        assert filled.duplicate_meeting("note") == filled.duplicate_meeting("unknown") == ""

    def test_items_dropped_in_the_middle_stand_there(self, filled: Commands) -> None:
        [last] = filled.add_to_agenda("meeting", [ANCHOR])
        [middle] = filled.add_to_agenda("meeting", [ANCHOR], 1, {ANCHOR: ("note",)})
        assert [one.id for one in filled.shelf.agenda("meeting")] == ["item", middle, last]

    def test_a_meeting_goes_and_comes_with_its_agenda(self, filled: Commands) -> None:
        [other] = filled.add_to_agenda("meeting", [ANCHOR])
        filled.delete([other])
        filled.delete(["meeting"])
        assert {"meeting", "item"} <= {one for one, state in states(filled).items() if state.deleted}
        filled.restore(["meeting"])
        # The clock stands still here, so that both are taken for gone with it.
        assert [one.id for one in filled.shelf.agenda("meeting")] == ["item", other]
        filled.undo()
        filled.purge(["meeting"])
        assert not {"meeting", "item", other} & set(states(filled))

    def test_a_row_is_restored_with_its_progress_and_by_it(self, filled: Commands) -> None:
        for name in ("gone row", "its progress"):
            filled.restore([name])
            assert [one.id for one in filled.shelf.progress_of("gone row")] == ["its progress"]
            assert [one.id for one in filled.shelf.actions] == ["action", "gone row"]
            filled.undo()

    def test_the_first_due_date_stays_whatever_is_typed_after_it(self, filled: Commands) -> None:
        for due in ("2023-09", "2023-12"):
            assert filled.edit("action", "改时限", due=due) == "action"
        [row] = filled.shelf.actions
        assert (row.due, row.first_due) == ("2023-12", "2023-06")
        assert steps(filled) == ["改时限", "改时限"]
        filled.undo()
        filled.undo()
        assert filled.shelf.actions == [an_action()]

    def test_progress_is_not_overwritten_but_corrected(
        self, filled: Commands, failures: list[Exception]
    ) -> None:
        assert filled.edit("progress", "改进展", text="别的") == ""
        assert [type(error) for error in failures] == [NeverOverwritten]
        new = filled.correct_progress("progress", "2026-11-24", "别的")
        assert [one.id for one in filled.shelf.progress_of("action")] == [new]
        assert filled.correct_progress("note", "2026-11-24", "别的") == ""

    def test_progress_of_a_row_that_is_gone_is_refused_and_said(
        self, filled: Commands, failures: list[Exception]
    ) -> None:
        assert filled.add_progress("unknown", "2026-11-24", "已办") == ""
        assert ["已不在笔记本里" in str(error) for error in failures] == [True]


def items(commands: Commands, *ids: str) -> list[AgendaItem]:
    """The agenda items with these ids."""
    return [one for one in commands.shelf.chosen(ids) if isinstance(one, AgendaItem)]


class TestTyping:
    def test_it_is_one_step_with_the_note_it_began(self, commands: Commands) -> None:
        note = commands.write_note(ANCHOR, "零")
        for body in ("零负", "零负担", "零负担！"):
            assert commands.edit_note(note, body) == note
        assert steps(commands) == ["写批注"]
        commands.undo()
        assert bodies(commands) == []
        commands.redo()
        assert bodies(commands) == ["零负担！"]

    @pytest.mark.parametrize(("pause", "count"), [(19.9, 1), (20.0, 2)])
    def test_after_a_pause_a_new_step_begins(
        self, commands: Commands, clock: Clock, pause: float, count: int
    ) -> None:
        note = commands.write_note(ANCHOR, "甲")
        clock.seconds += pause
        commands.edit_note(note, "甲乙")
        assert len(steps(commands)) == count

    def test_typing_on_and_on_is_one_step_however_long_it_takes(
        self, commands: Commands, clock: Clock
    ) -> None:
        note = commands.write_note(ANCHOR, "")
        for number in range(1, 11):
            clock.seconds += 15
            commands.edit_note(note, "字" * number)
        assert steps(commands) == ["写批注"]

    @pytest.mark.parametrize(
        "between",
        [
            lambda do, note: do.revise_notes([note], lambda one: replace(one, pinned=True), "置顶"),
            lambda do, note: do.revise_notes(
                [note], lambda one: replace(one, body="改", tags=("甲",)), "标签"
            ),
            lambda do, note: do.toggle_bookmark(MEASURE),
            lambda do, note: do.edit_note(do.write_note(ANCHOR, "另一条"), "另一条批注"),
            lambda do, note: do.delete([note]) and do.restore([note]),
        ],
        ids=["pin", "words and tags", "bookmark", "another note", "away and back"],
    )
    def test_it_is_not_run_together_with_anything_else(
        self, commands: Commands, between: Callable[[Commands, str], object]
    ) -> None:
        note = commands.write_note(ANCHOR, "甲")
        between(commands, note)
        before, count = states(commands), len(steps(commands))
        commands.edit_note(note, "甲乙")
        commands.edit_note(note, "甲乙丙")
        assert len(steps(commands)) == count + 1
        commands.undo()
        assert states(commands) == before

    @pytest.mark.parametrize(
        ("entry_id", "fields", "count"),
        [
            ("item", ["points"] * 3, 1),
            ("item", ["points", "decision", "decision", "points"], 3),
            ("item", ["unit"] * 2, 1),
            ("item", ["due"] * 2, 1),
            ("meeting", ["title"] * 3, 1),
            ("action", ["problem"] * 2, 1),
            ("action", ["due"] * 2, 2),
        ],
    )
    def test_in_one_field_of_anything_it_is_one_step(
        self, filled: Commands, entry_id: str, fields: list[str], count: int
    ) -> None:
        before = states(filled)
        for number, name in enumerate(fields):
            assert filled.edit(entry_id, "改", **{name: "字" * (number + 1)}) == entry_id
        assert len(steps(filled)) == count
        for _ in range(count):
            filled.undo()
        assert states(filled) == before

    def test_it_does_not_go_on_with_the_step_that_put_an_item_on_the_agenda(self, filled: Commands) -> None:
        [item] = filled.add_to_agenda("meeting", [ANCHOR])
        filled.edit(item, "改发言要点", points="一")
        assert steps(filled) == ["加入议程", "改发言要点"]

    def test_half_a_character_does_not_end_it(self, commands: Commands, failures: list[Exception]) -> None:
        note = commands.write_note(ANCHOR, "")
        assert commands.edit_note(note, "半个\ud83d") == note
        assert (
            commands.edit_note(note, "半个\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"))
            == note
        )
        assert bodies(commands) == ["半个😀"]
        assert failures == []


class TestUndo:
    def test_steps_come_back_in_reverse_and_again_in_order(self, commands: Commands) -> None:
        seen = [states(commands)]
        note = commands.write_note(ANCHOR, "甲")
        seen.append(states(commands))
        for command in (
            lambda: commands.toggle_bookmark(MEASURE),
            lambda: commands.highlight(ANCHOR, Color.BLUE),
            lambda: commands.delete([note]),
            lambda: commands.purge([note]),
        ):
            command()
            seen.append(states(commands))
        assert steps(commands) == ["写批注", "加书签", "标记", "删除", "彻底删除"]
        for state in seen[-2::-1]:
            assert commands.undo()
            assert states(commands) == state
        for state in seen[1:]:
            assert commands.redo()
            assert states(commands) == state

    def test_a_new_step_ends_what_could_be_redone(self, commands: Commands) -> None:
        commands.write_note(ANCHOR, "甲")
        commands.undo()
        commands.write_note(ANCHOR, "乙")
        assert not commands.undo_stack.canRedo()
        assert bodies(commands) == ["乙"]

    def test_at_the_ends_nothing_happens(self, commands: Commands, failures: list[Exception]) -> None:
        assert commands.undo()
        assert commands.redo()
        assert failures == []

    def test_after_closing_nothing_is_undone(self, commands: Commands) -> None:
        commands.write_note(ANCHOR, "甲")
        commands.close()
        commands.undo()
        assert bodies(commands) == ["甲"]


class TestElsewhere:
    """Another window has changed what a command is about."""

    def test_it_is_followed_only_if_there_was_a_change(self, filled: Commands, elsewhere: Notebook) -> None:
        heard: list[object] = []
        filled.changed.connect(heard.append)
        filled.follow_others()
        assert heard == []
        elsewhere.add_note(ANCHOR, "别处的")
        filled.follow_others()
        assert heard == [None]
        assert bodies(filled)[-1] == "别处的"

    @pytest.mark.parametrize(
        ("theirs", "present"),
        [
            (lambda other, note: other.revise([(note, replace(note, body="别人的"))]), ["别人的", "我的"]),
            (lambda other, note: other.delete([note]), ["我的"]),
        ],
        ids=["reworded", "deleted"],
    )
    def test_of_words_written_in_two_windows_both_are_kept(
        self,
        filled: Commands,
        elsewhere: Notebook,
        failures: list[Exception],
        theirs: Callable[[Notebook, Note], Change],
        present: list[str],
    ) -> None:
        theirs(elsewhere, a_note())
        kept = filled.edit_note("note", "我的")
        assert kept not in ("", "note")
        assert bodies(filled) == present
        assert ["两边都在" in str(error) for error in failures] == [True]

    def test_what_was_purged_elsewhere_is_written_anew(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception]
    ) -> None:
        elsewhere.purge([a_note()])
        kept = filled.shelf.note(filled.edit_note("note", "我的"))
        assert kept is not None
        assert (kept.anchor, kept.body) == (ANCHOR, "我的")
        assert len(failures) == 1

    @pytest.mark.parametrize(
        ("entry_id", "field"), [("item", "points"), ("meeting", "place"), ("action", "problem")]
    )
    def test_of_anything_written_in_two_windows_both_are_kept(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception], entry_id: str, field: str
    ) -> None:
        [old] = filled.shelf.chosen([entry_id])
        values: dict[str, Any] = {field: "别人的"}
        theirs = elsewhere.revise([(old, replace(old, **values))]).entry
        kept = filled.shelf.entry(filled.edit(entry_id, "改", **{field: "我的"}))
        assert kept is not None
        assert (kept.id != entry_id, getattr(kept, field)) == (True, "我的")
        assert filled.shelf.entry(entry_id) == theirs
        assert ["两边都在" in str(error) for error in failures] == [True]

    def test_what_they_have_changed_in_another_field_stays(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception]
    ) -> None:
        elsewhere.revise([(an_item(), an_item(decision="照办"))])
        assert filled.edit("item", "改发言要点", points="我的") == "item"
        [item] = filled.shelf.agenda_items
        assert (item.points, item.decision, failures) == ("我的", "照办", [])

    def test_a_pin_set_elsewhere_does_not_make_two_of_a_note(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception]
    ) -> None:
        elsewhere.revise([(a_note(), a_note(pinned=True))])
        assert filled.edit_note("note", "我的") == "note"
        assert [(note.body, note.pinned) for note in filled.shelf.notes] == [("我的", True)]
        assert failures == []

    @pytest.mark.parametrize(
        "name", ["revise_notes", "delete", "purge", "revise", "recolor", "revise_bookmarks"]
    )
    def test_other_commands_are_refused_and_what_they_did_is_shown(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception], name: str
    ) -> None:
        elsewhere.purge([a_note(), a_bookmark(), a_highlight()])
        assert not COMMANDS[name](filled)
        assert [type(error) for error in failures] == [ChangedElsewhere]
        assert set(states(filled)) == {one.id for one in FILLED} - {"note", "bookmark", "highlight"}
        assert steps(filled) == []

    def test_a_step_that_can_never_be_undone_is_forgotten_and_the_others_are_not(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception]
    ) -> None:
        mark = filled.add_bookmark(ANCHOR, "我的")
        filled.edit_note("note", "我的")
        elsewhere.delete(elsewhere.notes(PLAN))
        assert not filled.undo()
        assert [type(error) for error in failures] == [ChangedElsewhere]
        assert (steps(filled), bodies(filled)) == (["加书签"], [])
        assert filled.undo()
        assert filled.shelf.entry(mark) is None

    def test_nor_can_a_step_be_redone_on_what_they_have_changed(
        self, filled: Commands, elsewhere: Notebook, failures: list[Exception]
    ) -> None:
        filled.edit_note("note", "我的")
        filled.undo()
        theirs = elsewhere.revise([(a_note(), a_note("别人的"))]).entry
        assert not filled.redo()
        assert filled.shelf.notes == [theirs]
        assert steps(filled) == []

    def test_a_notebook_that_cannot_be_read_leaves_the_shelf_as_it_was(
        self, filled: Commands, failures: list[Exception]
    ) -> None:
        assert filled.notebook is not None
        before = states(filled)
        filled.notebook.connection.execute("ALTER TABLE highlight RENAME TO hidden")
        filled.reload()
        assert [type(error) for error in failures] == [Garbled]
        filled.notebook.connection.execute("ALTER TABLE hidden RENAME TO highlight")
        assert states(filled) == before


@dataclass
class Step:
    """One step of the model; ``note`` is the note whose words it goes on writing, ``time`` when it did so last."""

    before: States
    after: States
    note: str
    time: float


class Sitting(RuleBasedStateMachine):
    """Commands, pauses, undo and redo in any order, against a plain list of states."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="desk-commands-", ignore_cleanup_errors=True)
        self.patch = pytest.MonkeyPatch()
        self.clock = Clock()
        self.patch.setattr(module, "monotonic", self.clock)
        self.failures: list[Exception] = []
        self.past: list[Step] = []
        self.future: list[Step] = []
        self.states: States = {}

    @initialize()
    def open(self) -> None:
        self.commands = Commands(PLAN_READ)
        self.commands.failed.connect(self.failures.append)
        self.commands.use_notebook(Notebook.open(Path(self.folder.name), lambda: NOW))

    @rule(body=st.text("零负担", max_size=3))
    def write(self, body: str) -> None:
        note = self.commands.write_note(ANCHOR, body)
        self.became({note: Note(note, ANCHOR, body, NOW_HERE, NOW_HERE)}, note)

    @precondition(lambda self: self.ids(Note))
    @rule(choice=st.integers(0, 9), body=st.text("零负担", max_size=3))
    def go_on_writing(self, choice: int, body: str) -> None:
        note = self.ids(Note)[choice % len(self.ids(Note))]
        old = self.states[note]
        assert isinstance(old, Note)
        assert self.commands.edit_note(note, body) == note
        if body != old.body:
            self.became({note: replace(old, body=body, changed=NOW_HERE)}, note)

    @precondition(lambda self: self.ids(Note))
    @rule(choice=st.integers(0, 9), pinned=st.booleans())
    def pin(self, choice: int, pinned: bool) -> None:
        note = self.ids(Note)[choice % len(self.ids(Note))]
        old = self.states[note]
        assert isinstance(old, Note)
        assert self.commands.revise_notes([note], lambda one: replace(one, pinned=pinned), "置顶")
        if pinned != old.pinned:
            self.became({note: replace(old, pinned=pinned)})

    @rule()
    def toggle_bookmark(self) -> None:
        present = self.ids(Bookmark)
        position = max((one.position for one in self.states.values() if isinstance(one, Bookmark)), default=0)
        assert self.commands.toggle_bookmark(MEASURE) is not bool(present)
        if present:
            self.became({one: replace(self.states[one], deleted=NOW_HERE) for one in present})
            return
        [new] = {one.id for one in self.commands.shelf.bookmarks}
        anchor = anchor_measure(PLAN_READ, MEASURE)
        self.became({new: Bookmark(new, anchor, NOW_HERE, NOW_HERE, position=position + 1)})

    @rule(color=st.sampled_from(Color))
    def highlight(self, color: Color) -> None:
        marked = self.commands.highlight(ANCHOR, color)
        old = self.states.get(marked)
        assert [marked] == (self.ids(Highlight) or [marked])
        if old is None:
            self.became({marked: Highlight(marked, ANCHOR, NOW_HERE, NOW_HERE, color)})
        elif isinstance(old, Highlight) and old.color is not color:
            self.became({marked: replace(old, color=color)})

    @rule(series=st.sampled_from(["", "例会"]))
    def meet(self, series: str) -> None:
        last = next((one for one in reversed(self.used(Meeting)) if one.series == series and series), None)
        left = [one for one in self.used(AgendaItem) if last and one.meeting == last.id and one.is_open]
        left.sort(key=lambda one: one.position)
        meeting = self.commands.add_meeting("例会", series=series)
        anchor = anchor_document(PLAN_READ)
        made = {meeting: Meeting(meeting, anchor, NOW_HERE, NOW_HERE, "例会", series=series)}
        carried = self.commands.shelf.agenda(meeting)
        assert [one.carried_from for one in carried] == [one.id for one in left]
        self.became({**made, **{one.id: one for one in carried}})

    @precondition(lambda self: self.used(Meeting))
    @rule(choice=st.integers(0, 9), front=st.booleans())
    def put_on_agenda(self, choice: int, front: bool) -> None:
        meeting = self.used(Meeting)[choice % len(self.used(Meeting))]
        before = self.commands.shelf.agenda(meeting.id)
        [item] = self.commands.add_to_agenda(meeting.id, [ANCHOR], 0 if front else None)
        order = [item, *(one.id for one in before)] if front else [*(one.id for one in before), item]
        agenda = self.commands.shelf.agenda(meeting.id)
        assert [one.id for one in agenda] == order
        known = [*before, AgendaItem(item, ANCHOR, NOW_HERE, NOW_HERE, meeting.id)]
        moved = {one.id: replace(one, position=order.index(one.id) + 1) for one in known}
        self.became({one.id: one for one in moved.values() if self.states.get(one.id) != one})

    @precondition(lambda self: self.used(AgendaItem))
    @rule(choice=st.integers(0, 9), points=st.text("零负担", max_size=3), is_open=st.booleans())
    def discuss(self, choice: int, points: str, is_open: bool) -> None:
        old = self.used(AgendaItem)[choice % len(self.used(AgendaItem))]
        self.commands.revise([(old, replace(old, points=points, is_open=is_open))], "议题")
        words = points != old.points and is_open == old.is_open
        if (points, is_open) != (old.points, old.is_open):
            new = replace(old, points=points, is_open=is_open, changed=NOW_HERE)
            self.became({old.id: new}, f"points {old.id}" if words else "")

    @rule(due=st.sampled_from(["", "2023-06", "长期"]))
    def assign(self, due: str) -> None:
        rows = [one for one in self.states.values() if isinstance(one, Action)]
        position = max((one.position for one in rows), default=0) + 1
        row = self.commands.add_action(ANCHOR, due=due)
        self.became({row: Action(row, ANCHOR, NOW_HERE, NOW_HERE, position, due=due)})

    @precondition(lambda self: self.used(Action))
    @rule(choice=st.integers(0, 9), due=st.sampled_from(["", "2023-09", "长期"]))
    def postpone(self, choice: int, due: str) -> None:
        old = self.used(Action)[choice % len(self.used(Action))]
        assert self.commands.edit(old.id, "改时限", due=due) == old.id
        if due != old.due:
            first = old.first_due or old.due
            self.became({old.id: replace(old, due=due, first_due=first, changed=NOW_HERE)})

    @precondition(lambda self: self.used(Action))
    @rule(choice=st.integers(0, 9), text=st.text("零负担", max_size=3))
    def report(self, choice: int, text: str) -> None:
        row = self.used(Action)[choice % len(self.used(Action))]
        new = self.commands.add_progress(row.id, "2026-11-20", text)
        self.became({new: Progress(new, ANCHOR, NOW_HERE, NOW_HERE, row.id, "2026-11-20", text)})

    @rule(every=st.integers(1, 3))
    def delete(self, every: int) -> None:
        used = self.used(*KINDS)
        chosen = {one.id for one in used[::every]}
        assert self.commands.delete(chosen)
        ids = [one.id for one in used if one.id in chosen or whole_of(one) in chosen]
        self.became({one: replace(self.states[one], deleted=NOW_HERE) for one in ids})

    @rule(every=st.integers(1, 3))
    def restore(self, every: int) -> None:
        # Of two highlights on the same words either could be the one that is given another colour.
        ids = [one for one in self.deleted() if not isinstance(self.states[one], Highlight)][::every]
        assert self.commands.restore(ids)
        # All is deleted at one time here, so that all of a whole comes back with it.
        wholes = {*ids, *(whole_of(self.states[one]) for one in ids)} & set(self.deleted())
        parts = [one for one in self.deleted() if whole_of(self.states[one]) in wholes]
        ids = list({*ids, *wholes, *parts})
        self.became({one: replace(self.states[one], deleted="") for one in ids})

    @rule(every=st.integers(1, 3))
    def purge(self, every: int) -> None:
        ids = self.deleted()[::every]
        assert self.commands.purge(ids)
        ids = [one for one in self.deleted() if one in ids or whole_of(self.states[one]) in ids]
        self.became(dict.fromkeys(ids))

    @rule(seconds=st.sampled_from([1.0, 19.0, 21.0]))
    def wait(self, seconds: float) -> None:
        self.clock.seconds += seconds

    @rule()
    def undo(self) -> None:
        assert self.commands.undo()
        if self.past:
            self.future.append(self.past.pop())
            self.states = dict(self.future[-1].before)

    @rule()
    def redo(self) -> None:
        assert self.commands.redo()
        if self.future:
            self.past.append(self.future.pop())
            self.states = dict(self.past[-1].after)

    @invariant()
    def it_is_as_in_the_model(self) -> None:
        assert states(self.commands) == self.states
        assert self.failures == []
        stack = self.commands.undo_stack
        assert (stack.index(), stack.count()) == (len(self.past), len(self.past) + len(self.future))

    def teardown(self) -> None:
        self.commands.close()
        self.folder.cleanup()
        self.patch.undo()

    def became(self, after: Mapping[str, Entry | None], note: str = "") -> None:
        """A step has been made; words of a note that are written on without a pause go on with the step before."""
        if not after:
            return
        before = dict(self.states)
        for entry_id, state in after.items():
            self.states.pop(entry_id, None)
            if state is not None:
                self.states[entry_id] = state
        self.future.clear()
        last = self.past[-1] if self.past else None
        if note and last and last.note == note and self.clock.seconds - last.time < 20:
            before = self.past.pop().before
        self.past.append(Step(before, dict(self.states), note, self.clock.seconds))

    def used(self, *kinds: type[Any]) -> list[Any]:
        """What is in use of some kinds, in the order in which it came into the file."""
        return [one for one in self.commands.shelf.everything if isinstance(one, kinds) and not one.deleted]

    def ids(self, *kinds: type) -> list[str]:
        """What is in use of some kinds."""
        return [one.id for one in self.states.values() if isinstance(one, kinds) and not one.deleted]

    def deleted(self) -> list[str]:
        return [one.id for one in self.states.values() if one.deleted]


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
