"""The notebook's commands: what they change, that it is on the disk at once, and that it can be taken back."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given

from desktop.notebook import connection as module
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.errors import CannotRead, CannotSave, ChangedElsewhere, Garbled, NeverOverwritten
from desktop.notebook.model import (
    Action,
    AgendaItem,
    Anchor,
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
    Status,
)
from desktop.notebook.rows import held
from desktop.notebook.schema import migrate
from desktop.notebook.store import Notebook, new_id
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.entries import (
    ANCHOR,
    ENTRIES,
    LATER,
    ONE_OF_EACH,
    PLAN,
    TIME,
    TYPED,
    WHOLE,
    a_bookmark,
    a_highlight,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)

Opener = Callable[..., Notebook]
NOW_HERE = NOW.astimezone().isoformat(timespec="seconds")
Command = Callable[[Notebook, list[Entry]], Change]


def column(folder: Path, question: str) -> list[object]:
    """The first column of an answer, asked over a connection of its own."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [row[0] for row in connection.execute(question)]


def bodies(notebook: Notebook) -> list[str]:
    return [note.body for note in notebook.notes(PLAN)]


def by_id(notebook: Notebook) -> dict[str, Entry]:
    return {entry.id: entry for entry in notebook.everything()}


@pytest.fixture
def filled(notebook: Notebook, anchor: Anchor) -> list[Entry]:
    """A note, a bookmark and a highlight in use and one of each deleted, as they are in the notebook."""
    for _ in range(2):
        notebook.add_note(anchor, "张江先试", NoteKind.QUESTION, ("待办",))
        notebook.add_bookmark(anchor, "报装", "会前")
        notebook.add_highlight(anchor, Color.GREEN)
    notebook.delete(notebook.entries(PLAN)[1::2])
    return notebook.entries(PLAN)


class TestAdding:
    def test_a_new_note_is_there_with_all_that_was_said(self, notebook: Notebook, anchor: Anchor) -> None:
        change = notebook.add_note(anchor, "张江先试", NoteKind.QUESTION, ("张江", "待办"))
        [note] = notebook.notes(PLAN)
        assert change == Change((Edit(None, note),))
        assert (note.anchor, note.body, note.kind, note.tags) == (
            anchor,
            "张江先试",
            NoteKind.QUESTION,
            ("张江", "待办"),
        )
        assert (note.pinned, note.author, note.deleted) == (False, "", "")

    def test_a_new_bookmark_comes_after_all_others_also_deleted_ones(
        self, notebook: Notebook, anchor: Anchor
    ) -> None:
        first = notebook.add_bookmark(anchor, "甲", "会前").entry
        notebook.delete([notebook.add_bookmark(anchor, "乙").entry])
        third = notebook.add_bookmark(anchor, "丙").entry
        assert notebook.bookmarks(PLAN) == [first, third]
        assert [(one.label, one.folder, one.position) for one in notebook.bookmarks(PLAN)] == [
            ("甲", "会前", 1),
            ("丙", "", 3),
        ]

    @pytest.mark.parametrize("color", Color)
    def test_a_new_highlight_has_its_colour(self, notebook: Notebook, anchor: Anchor, color: Color) -> None:
        change = notebook.add_highlight(anchor, color)
        assert notebook.highlights(PLAN) == [change.entry]
        assert [one.color for one in notebook.highlights(PLAN)] == [color]

    def test_what_was_made_elsewhere_is_taken_as_it_is(self, notebook: Notebook) -> None:
        entries: list[Entry] = [a_note(author="李四"), a_bookmark(position=7), a_highlight(deleted=LATER)]
        notebook.add(entries)
        assert notebook.everything() == entries

    def test_a_time_carries_its_offset(self, notebook: Notebook, anchor: Anchor) -> None:
        note = notebook.add_note(anchor, "何时").entry
        assert note.created == note.changed
        assert datetime.fromisoformat(note.created) == NOW

    def test_ids_are_never_the_same(self) -> None:
        assert len({new_id() for _ in range(1000)}) == 1000

    @given(body=TYPED, tag=TYPED)
    def test_any_words_come_back_as_the_change_says(self, body: str, tag: str) -> None:
        notebook = in_memory()
        change = notebook.add_note(a_note().anchor, body, tags=(tag,))
        assert notebook.notes(PLAN) == [change.entry]
        wanted = a_note(body, id=change.entry.id, tags=(tag,), created=NOW_HERE, changed=NOW_HERE)
        assert change.entry == held(wanted)
        notebook.close()

    @given(entry=ENTRIES)
    def test_any_entry_comes_back_from_the_file(self, entry: Entry) -> None:
        notebook = in_memory()
        notebook.add([entry])
        assert notebook.everything() == [entry]
        notebook.close()


class TestRevising:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (a_note(), a_note("新")),
            (a_note(), a_note(kind=NoteKind.PROGRESS, tags=("甲", "乙"), pinned=True)),
            (a_note(tags=("甲",)), a_note(tags=())),
            (a_bookmark(), a_bookmark(label="报装", folder="会前", position=9)),
            (a_highlight(), a_highlight(color=Color.PINK)),
            (a_note(), a_note(anchor=replace(a_note().anchor, start=1, quote="文"))),
            (a_note(deleted=LATER), a_note("收起来的也能改", deleted=LATER)),
            (a_meeting(), a_meeting(title="协调会", place="3 号会议室", series="例会", archived=True)),
            (
                an_item(),
                an_item(points="**请**说明", notes=("note",), decision="同意", is_open=False, position=9),
            ),
            (an_action(), an_action(status=Status.DONE, support="", problem="口径", person="王")),
            (an_action(), an_action(due="2023-09", first_due="2023-06")),
            (a_progress(), a_progress(anchor=WHOLE, author="我")),
        ],
    )
    def test_it_changes_what_was_asked_and_the_time(self, notebook: Notebook, old: Entry, new: Entry) -> None:
        notebook.add([old])
        change = notebook.revise([(old, new)])
        revised = replace(new, changed=NOW_HERE)
        assert notebook.everything() == [revised]
        assert change == Change((Edit(old, revised),))

    def test_what_stays_as_it_is_is_no_change(self, notebook: Notebook) -> None:
        notebook.add([a_note(), a_highlight()])
        change = notebook.revise([(a_note(), a_note()), (a_highlight(), a_highlight(color=Color.BLUE))])
        assert [edit.before for edit in change.edits] == [a_highlight()]
        assert notebook.revise([(a_note(), a_note())]) == Change(())
        assert notebook.notes(PLAN) == [a_note()]

    def test_half_a_character_stops_neither_this_revision_nor_the_next(self, notebook: Notebook) -> None:
        notebook.add([a_note("")])
        half = notebook.revise([(a_note(""), a_note("半个\ud83d"))]).entry
        assert isinstance(half, Note)
        assert bodies(notebook) == ["半个?"]
        notebook.revise([(half, replace(half, body="整个😀", tags=("\udc00",)))])
        assert [(note.body, note.tags) for note in notebook.notes(PLAN)] == [("整个😀", ("?",))]


class TestMeetings:
    def test_a_new_meeting_has_all_that_was_said_and_an_empty_agenda(self, notebook: Notebook) -> None:
        change = notebook.add_meeting(WHOLE, "专题会", "2026-11-25T14:00", "3 号会议室", "发改、经信")
        [meeting] = notebook.meetings()
        assert change == Change((Edit(None, meeting),))
        assert meeting == a_meeting(
            id=meeting.id,
            created=NOW_HERE,
            changed=NOW_HERE,
            place="3 号会议室",
            participants="发改、经信",
        )

    def test_one_of_a_series_starts_with_the_open_items_of_the_last(self, notebook: Notebook) -> None:
        first = notebook.add_meeting(WHOLE, "例会", "2026-11-04", series="例会").entry
        change = notebook.add_agenda_items(first.id, [ANCHOR, WHOLE, ANCHOR], notes={ANCHOR: ("note",)})
        items = [edit.after for edit in change.edits if isinstance(edit.after, AgendaItem)]
        settled = replace(items[1], is_open=False, decision="照办")
        notebook.revise(
            [(items[1], settled), (items[2], replace(items[2], points="何时上线", due="2026-12"))]
        )
        meeting, *carried = [edit.after for edit in notebook.add_meeting(WHOLE, "例会", series="例会").edits]
        assert isinstance(meeting, Meeting)
        assert carried == [
            AgendaItem(
                one.id,
                ANCHOR,
                NOW_HERE,
                NOW_HERE,
                meeting.id,
                at,
                points,
                ("note",),
                "",
                "",
                due,
                True,
                old.id,
            )
            for one, at, points, due, old in (
                (carried[0], 1, "", "", items[0]),
                (carried[1], 2, "何时上线", "2026-12", items[2]),
            )
            if one is not None
        ]
        assert [one.id for one in notebook.agenda_items()] == [one.id for one in (*items, *carried) if one]
        assert len(notebook.add_meeting(WHOLE, "另一个", series="").edits) == 1

    @pytest.mark.parametrize(("at", "order"), [(None, "abxy"), (2, "abxy"), (0, "xyab"), (1, "axyb")])
    def test_items_are_put_where_they_are_dropped(
        self, notebook: Notebook, at: int | None, order: str
    ) -> None:
        notebook.add([an_item(id="a", position=1), an_item(id="b", position=2), an_item(id="c", meeting="x")])
        change = notebook.add_agenda_items("meeting", [ANCHOR, WHOLE], at)
        names = {edit.entry.id: name for edit, name in zip(change.edits, "xy", strict=False)}
        own = [one for one in notebook.agenda_items() if one.meeting == "meeting"]
        own.sort(key=lambda one: one.position)
        assert "".join(names.get(one.id, one.id) for one in own) == order
        assert [one.position for one in own] == [1, 2, 3, 4]

    def test_a_copy_has_the_whole_agenda(self, notebook: Notebook) -> None:
        notebook.add([a_meeting(archived=True), an_item(), an_item(id="two", position=2, is_open=False)])
        copy, *items = [edit.entry for edit in notebook.duplicate_meeting(a_meeting(archived=True)).edits]
        assert copy == a_meeting(id=copy.id, title="专题会（副本）", created=NOW_HERE, changed=NOW_HERE)
        assert [(one.meeting, one.is_open) for one in items if isinstance(one, AgendaItem)] == [
            (copy.id, True),
            (copy.id, False),
        ]


class TestLedger:
    def test_a_new_row_comes_after_all_others_also_deleted_ones(self, notebook: Notebook) -> None:
        notebook.delete([notebook.add_action(ANCHOR).entry])
        row = notebook.add_action(ANCHOR, lead="市商务委", due="2023年6月底前").entry
        assert notebook.actions() == [row]
        assert row == Action(row.id, ANCHOR, NOW_HERE, NOW_HERE, 2, "市商务委", due="2023年6月底前")

    def test_whatever_becomes_of_the_due_date_the_very_first_is_kept(self, notebook: Notebook) -> None:
        row = notebook.add_action(ANCHOR, due="2023-06").entry
        for due in ("2023-09", "2023-12", "", "长期"):
            assert isinstance(row, Action)
            row = notebook.revise([(row, replace(row, due=due, first_due="x"))]).entry
            assert isinstance(row, Action)
            assert (row.due, row.first_due) == (due, "2023-06")
        assert notebook.actions() == [row]

    def test_progress_stands_where_its_row_does(self, notebook: Notebook) -> None:
        notebook.add([an_action()])
        change = notebook.add_progress(an_action(), "2026-11-24", "已上线")
        [one] = notebook.progress()
        assert change.entry == one
        assert one == Progress(one.id, ANCHOR, NOW_HERE, NOW_HERE, "action", "2026-11-24", "已上线")

    @pytest.mark.parametrize("values", [{"text": "别的"}, {"day": "2026-11-21"}, {"action": "another"}])
    def test_progress_is_never_overwritten(self, notebook: Notebook, values: dict[str, str]) -> None:
        notebook.add([a_progress(), a_note()])
        with pytest.raises(NeverOverwritten, match=r"只增不改.*都在.*请"):
            notebook.revise([(a_note(), a_note("新")), (a_progress(), a_progress(**values))])
        assert notebook.everything() == [a_note(), a_progress()]

    def test_a_wrong_one_goes_into_the_bin_and_another_stands_in_its_place(self, notebook: Notebook) -> None:
        notebook.add([a_progress(author="李四")])
        change = notebook.correct_progress(a_progress(author="李四"), "2026-11-21", "口径待定")
        [new] = notebook.progress()
        assert new == a_progress(
            id=new.id, created=NOW_HERE, changed=NOW_HERE, day="2026-11-21", text="口径待定"
        )
        assert notebook.deleted(PLAN) == [a_progress(author="李四", deleted=NOW_HERE)]
        notebook.apply(change.inverse)
        assert notebook.everything() == [a_progress(author="李四")]


class TestDeleting:
    @pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda one: one.id)
    def test_it_goes_into_the_bin_and_comes_back_as_it_was(self, notebook: Notebook, entry: Entry) -> None:
        notebook.add([entry])
        [deleted] = [edit.after for edit in notebook.delete([entry]).edits]
        assert deleted is not None
        assert notebook.deleted(PLAN) == [deleted]
        assert [*notebook.notes(PLAN), *notebook.bookmarks(PLAN), *notebook.highlights(PLAN)] == []
        assert [
            *notebook.meetings(),
            *notebook.agenda_items(),
            *notebook.actions(),
            *notebook.progress(),
        ] == []
        notebook.restore([deleted])
        assert notebook.deleted(PLAN) == []
        assert notebook.everything() == [entry]

    def test_the_bin_shows_last_what_was_deleted_first(self, tmp_path: Path, anchor: Anchor) -> None:
        hours = count()
        notebook = Notebook.open(
            tmp_path, lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=next(hours))
        )
        entries = [notebook.add_note(anchor, body).entry for body in "甲乙丙"]
        for entry in (entries[1], entries[2], entries[0]):
            notebook.delete([entry])
        assert [one.body for one in notebook.deleted(PLAN) if isinstance(one, Note)] == ["甲", "丙", "乙"]
        assert notebook.deleted("beijing-2023") == []
        notebook.close()

    def test_what_is_purged_is_gone_from_the_file(
        self, notebook: Notebook, filled: list[Entry], tmp_path: Path
    ) -> None:
        change = notebook.purge(filled[:3])
        assert [edit.after for edit in change.edits] == [None] * 3
        assert notebook.everything() == filled[3:]
        assert column(tmp_path, "SELECT id FROM note") == []


class TestReading:
    def test_each_question_is_answered_with_what_it_asks_for(
        self, notebook: Notebook, filled: list[Entry]
    ) -> None:
        in_use = [one for one in filled if not one.deleted]
        assert [*notebook.notes(PLAN), *notebook.bookmarks(PLAN), *notebook.highlights(PLAN)] == in_use
        assert {one.id for one in notebook.deleted(PLAN)} == {one.id for one in filled if one.deleted}
        assert [type(one) for one in filled] == [Note] * 2 + [Bookmark] * 2 + [Highlight] * 2

    def test_entries_belong_to_their_document(self, notebook: Notebook, filled: list[Entry]) -> None:
        other = a_note(anchor=replace(a_note().anchor, document="beijing-2023"))
        notebook.add([other])
        assert notebook.entries("beijing-2023") == notebook.notes("beijing-2023") == [other]
        assert notebook.entries(PLAN) == filled
        assert set(by_id(notebook)) == {other.id, *(one.id for one in filled)}

    def test_meetings_and_the_ledger_are_at_hand_whatever_text_is_open(self, notebook: Notebook) -> None:
        elsewhere = [
            replace(one, id=f"{one.id} there", anchor=replace(one.anchor, document="beijing-2023"))
            for one in ONE_OF_EACH
        ]
        notebook.add([*ONE_OF_EACH, *elsewhere])
        assert [one.id for one in notebook.on_desk("beijing-2023")] == [
            *(one.id for one in elsewhere[:3]),
            *(id for one in ONE_OF_EACH[3:] for id in (one.id, f"{one.id} there")),
        ]
        assert notebook.entries(PLAN) == ONE_OF_EACH

    def test_an_entry_of_each_kind_is_made_again_as_ones_own(self, notebook: Notebook) -> None:
        for one in ONE_OF_EACH:
            theirs = replace(one, author="李四", deleted=LATER)
            again = notebook.add_again(theirs).entry
            assert again == replace(one, id=again.id, created=NOW_HERE, changed=NOW_HERE)
        pinned = notebook.add_again(a_note(pinned=True)).entry
        assert isinstance(pinned, Note)
        assert not pinned.pinned

    def test_they_come_in_the_order_they_were_written_whatever_the_clock_says(
        self, notebook: Notebook
    ) -> None:
        notebook.add([a_note("甲", id="z", created=LATER), a_note("乙", id="a", created=TIME)])
        notebook.add([a_note("丙", id="m", created="2020-01-01T00:00:00+08:00")])
        notebook.revise([(notebook.notes(PLAN)[0], a_note("甲二", id="z"))])
        assert bodies(notebook) == ["甲二", "乙", "丙"]

    def test_bookmarks_come_in_the_order_made_by_hand(self, notebook: Notebook) -> None:
        notebook.add(
            [a_bookmark(id=name, position=at) for name, at in [("a", 2), ("b", 3), ("c", 1), ("d", 2)]]
        )
        assert "".join(one.id for one in notebook.bookmarks(PLAN)) == "cadb"

    def test_an_entry_is_found_as_it_stands_now(self, notebook: Notebook) -> None:
        notebook.add([a_note()])
        assert notebook.find(a_note("从前")) == a_note()
        assert notebook.find(a_note(id="0")) is None
        assert notebook.find(a_highlight(id="note")) is None

    @pytest.mark.parametrize(
        "damage", ["kind = '胡来'", "tags = '[张'", "reach = ''", "body = '别的话'", "start = start + 1"]
    )
    def test_a_row_that_is_not_as_it_was_written_is_told(
        self, notebook: Notebook, filled: list[Entry], damage: str
    ) -> None:
        notebook.connection.execute(f"UPDATE note SET {damage}")
        questions: list[Callable[[], object]] = [
            lambda: notebook.notes(PLAN),
            notebook.everything,
            lambda: notebook.find(filled[0]),
            lambda: notebook.delete(filled[:1]),
        ]
        for ask in questions:
            with pytest.raises(Garbled, match=r"请"):
                ask()
        assert len(notebook.highlights(PLAN)) == 1


class TestElsewhere:
    """Two windows on one notebook."""

    @pytest.fixture
    def other(self, notebook: Notebook, open_notebook: Opener) -> Notebook:
        return open_notebook()

    def test_what_one_writes_the_other_reads(
        self, notebook: Notebook, other: Notebook, filled: list[Entry]
    ) -> None:
        assert other.everything() == filled

    def test_both_can_write(self, notebook: Notebook, other: Notebook, anchor: Anchor) -> None:
        for number in range(5):
            (notebook, other)[number % 2].add_note(anchor, str(number))
        assert bodies(notebook) == bodies(other) == list("01234")

    def test_both_can_write_at_the_very_same_time(
        self, tmp_path: Path, anchor: Anchor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BUSY_SECONDS", 60.0)

        def write(name: str) -> list[str]:
            with closing(Notebook.open(tmp_path)) as notebook:
                return [notebook.add_note(anchor, f"{name}{number}").entry.id for number in range(60)]

        with ThreadPoolExecutor(2) as windows:
            [first, second] = windows.map(write, "甲乙")
        with closing(Notebook.open(tmp_path)) as notebook:
            assert {note.id for note in notebook.notes(PLAN)} == {*first, *second}

    def test_nobody_can_write_between_the_look_at_an_entry_and_its_change(
        self, tmp_path: Path, notebook: Notebook, anchor: Anchor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "BUSY_SECONDS", 0.01)
        other, refused = Notebook.open(tmp_path), []
        notebook.add([a_note()])

        def interfere(statement: str) -> None:
            if statement.startswith("SELECT"):
                with pytest.raises(CannotSave):
                    other.add_note(anchor, "插进来")
                refused.append(statement)

        notebook.connection.set_trace_callback(interfere)
        notebook.delete([a_note()])
        notebook.connection.set_trace_callback(None)
        assert len(refused) == 1
        assert len(other.deleted(PLAN)) == 1
        other.close()

    def test_only_what_another_wrote_counts_as_changed_elsewhere(
        self, notebook: Notebook, other: Notebook, anchor: Anchor
    ) -> None:
        assert not notebook.was_changed_elsewhere()
        notebook.add_note(anchor, "自己的")
        assert not notebook.was_changed_elsewhere()
        other.add_note(anchor, "别人的")
        assert notebook.was_changed_elsewhere()
        assert not notebook.was_changed_elsewhere()

    @pytest.mark.parametrize(
        "command",
        [
            lambda book, entry: book.revise([(entry, replace(entry, author="我"))]),
            lambda book, entry: book.delete([entry]),
            lambda book, entry: book.restore([entry]),
            lambda book, entry: book.purge([entry]),
            lambda book, entry: book.add([entry]),
        ],
        ids=["revise", "delete", "restore", "purge", "add"],
    )
    @pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda one: one.id)
    def test_no_command_writes_over_what_another_has_changed(
        self,
        notebook: Notebook,
        other: Notebook,
        entry: Entry,
        command: Callable[[Notebook, Entry], Change],
    ) -> None:
        notebook.add([entry])
        theirs = other.revise([(entry, replace(entry, author="别人"))]).entry
        with pytest.raises(ChangedElsewhere, match=r"另一个窗口.*都在"):
            command(notebook, entry)
        assert notebook.everything() == [theirs]

    def test_nor_what_another_has_purged(self, notebook: Notebook, other: Notebook) -> None:
        notebook.add([a_note()])
        other.purge([a_note()])
        for command in (notebook.delete, notebook.purge, notebook.restore):
            with pytest.raises(ChangedElsewhere, match="这条批注"):
                command([a_note()])
        assert notebook.everything() == []

    def test_of_several_edits_none_is_made_if_one_cannot_be(
        self, notebook: Notebook, other: Notebook, filled: list[Entry]
    ) -> None:
        other.purge(filled[-1:])
        before = notebook.everything()
        with pytest.raises(ChangedElsewhere, match="这条标记"):
            notebook.purge(filled)
        assert notebook.everything() == other.everything() == before


class TestDurability:
    def test_every_command_is_seen_from_outside_at_once(
        self, notebook: Notebook, anchor: Anchor, tmp_path: Path
    ) -> None:
        note = notebook.add_note(anchor, "一").entry
        assert column(tmp_path, "SELECT body FROM note") == ["一"]
        note = notebook.revise([(note, replace(note, author="我"))]).entry
        assert column(tmp_path, "SELECT author FROM note") == ["我"]
        note = notebook.delete([note]).entry
        assert column(tmp_path, "SELECT deleted FROM note") == [note.deleted]
        note = notebook.restore([note]).entry
        assert column(tmp_path, "SELECT deleted FROM note") == [""]
        notebook.purge([note])
        assert column(tmp_path, "SELECT count(*) FROM note") == [0]

    def test_the_file_is_safe_against_power_cuts(self, notebook: Notebook, tmp_path: Path) -> None:
        ask = notebook.connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)
        assert column(tmp_path, "PRAGMA integrity_check") == ["ok"]

    def test_after_closing_nothing_is_answered(self, notebook: Notebook, anchor: Anchor) -> None:
        notebook.close()
        with pytest.raises(CannotRead):
            notebook.notes(PLAN)
        with pytest.raises(CannotRead):
            notebook.was_changed_elsewhere()

    def test_the_folder_is_made(self, tmp_path: Path, open_notebook: Opener) -> None:
        open_notebook(tmp_path / "数 据" / "深处")
        assert (tmp_path / "数 据" / "深处" / FILE_NAME).is_file()


COMMANDS: dict[str, Command] = {
    "add_note": lambda book, have: book.add_note(have[0].anchor, "乙", NoteKind.PROGRESS, ("甲",)),
    "add_bookmark": lambda book, have: book.add_bookmark(have[0].anchor, "标", "夹"),
    "add_highlight": lambda book, have: book.add_highlight(have[0].anchor, Color.PINK),
    "add": lambda book, have: book.add(ONE_OF_EACH),
    "add_meeting": lambda book, have: book.add_meeting(have[0].anchor, "专题会", series="例会"),
    "add_agenda_items": lambda book, have: book.add_agenda_items("any", [have[0].anchor] * 2),
    "add_action": lambda book, have: book.add_action(have[0].anchor, lead="市商务委", due="2023-06"),
    "add_progress": lambda book, have: book.add_progress(an_action(), "2026-11-24", "已上线"),
    "revise": lambda book, have: book.revise([(one, replace(one, author="我")) for one in have]),
    "delete": lambda book, have: book.delete(one for one in have if not one.deleted),
    "restore": lambda book, have: book.restore(one for one in have if one.deleted),
    "purge": lambda book, have: book.purge(have),
}


class TestInverse:
    @pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
    def test_each_change_can_be_taken_back_and_made_again(
        self, notebook: Notebook, filled: list[Entry], command: Command
    ) -> None:
        before = by_id(notebook)
        change = command(notebook, filled)
        after = by_id(notebook)
        assert before != after
        for _ in range(2):
            notebook.apply(change.inverse)
            assert by_id(notebook) == before
            assert notebook.apply(change) == change
            assert by_id(notebook) == after

    @pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
    def test_a_change_tells_exactly_what_became_of_each_entry(
        self, notebook: Notebook, filled: list[Entry], command: Command
    ) -> None:
        before = by_id(notebook)
        change = command(notebook, filled)
        for edit in change.edits:
            assert before.pop(edit.entry.id, None) == edit.before
            if edit.after is not None:
                before[edit.entry.id] = edit.after
        assert before == by_id(notebook)


def in_memory() -> Notebook:
    """A notebook without a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    return Notebook(connection, lambda: NOW)
