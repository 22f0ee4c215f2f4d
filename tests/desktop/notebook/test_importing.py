"""Importing a colleague's notes: what is new, what differs, what comes back, and that doing it twice does nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import Library
from content.model import Document
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.belonging import going
from desktop.notebook.exchange import export, read
from desktop.notebook.importing import Choice, Preview, Standing, copy_id, essence, preview
from desktop.notebook.meetings import agenda
from desktop.notebook.model import Action, Anchor, Bookmark, Change, Color, Entry, Note, NoteKind, Progress
from desktop.notebook.packet import Packet, as_bytes, parse
from desktop.notebook.store import Notebook
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.entries import a_meeting, a_progress, an_action, an_item

PLAN = Library().document("shanghai-2023")
TIME = "2026-11-24T09:12:00+08:00"
SPOTS = [anchor_measure(PLAN, f"shanghai-2023/2.3.{at}") for at in (1, 4, 9)]


@dataclass
class Person:
    """Somebody with a notebook of their own who sends and receives files."""

    name: str
    notebook: Notebook

    def send(self) -> Packet:
        """What an import reads of an export."""
        used = (one for one in self.notebook.everything() if not one.deleted)
        named = tuple(replace(one, author=one.author or self.name) for one in used)
        return parse(as_bytes(Packet(self.name, TIME, {PLAN.id: PLAN.title}, named)))

    def look(self, packet: Packet) -> Preview:
        return preview(self.notebook.everything(), packet, [PLAN])

    def receive(self, packet: Packet, choice: Choice = Choice.BOTH) -> Change:
        return self.notebook.apply(self.look(packet).change(choice))

    @property
    def words(self) -> list[tuple[str, str]]:
        """Who wrote what, of the notes in use."""
        return sorted((one.author, one.body) for one in self.notebook.notes(PLAN.id))


@pytest.fixture
def people(open_notebook: Callable[..., Notebook], tmp_path: Path) -> tuple[Person, Person]:
    return (
        Person("张三", open_notebook(tmp_path / "zhang")),
        Person("李四", open_notebook(tmp_path / "li")),
    )


@pytest.fixture
def zhang(people: tuple[Person, Person]) -> Person:
    return people[0]


@pytest.fixture
def li(people: tuple[Person, Person]) -> Person:
    return people[1]


def only(entries: list[Note]) -> Note:
    [one] = entries
    return one


def revise(person: Person, body: str) -> None:
    """Change the words of the person's first note."""
    first = person.notebook.notes(PLAN.id)[0]
    person.notebook.revise([(first, replace(first, body=body))])


class TestStandings:
    def test_all_is_new_to_who_has_nothing(self, zhang: Person, li: Person) -> None:
        zhang.notebook.add_note(SPOTS[0], "一", NoteKind.QUESTION, ("张江",))
        zhang.notebook.add_bookmark(SPOTS[1], "名", "夹")
        zhang.notebook.add_highlight(SPOTS[1], Color.PINK)
        assert li.look(zhang.send()).counts == {Standing.NEW: 3}
        li.receive(zhang.send())
        mine = [replace(one, author="张三") for one in zhang.notebook.everything()]
        assert li.notebook.everything() == mine

    def test_what_comes_back_is_ones_own(self, zhang: Person, li: Person) -> None:
        zhang.notebook.add_note(SPOTS[0], "一")
        li.receive(zhang.send())
        assert zhang.look(li.send()).counts == {Standing.SAME: 1}
        assert zhang.receive(li.send()).edits == ()
        assert zhang.words == [("", "一")]

    def test_times_pins_and_order_are_no_difference(self, zhang: Person, li: Person) -> None:
        zhang.notebook.add_note(SPOTS[0], "一")
        zhang.notebook.add_bookmark(SPOTS[0])
        li.receive(zhang.send())
        note = li.notebook.notes(PLAN.id)[0]
        mark = li.notebook.bookmarks(PLAN.id)[0]
        li.notebook.revise([(note, replace(note, pinned=True)), (mark, replace(mark, position=9))])
        assert zhang.look(li.send()).counts == {Standing.SAME: 2}

    @pytest.mark.parametrize(
        "change",
        [
            {"quote": "原文里没有的一句话", "measure": "x", "before": "", "after": ""},
            {"document": "another"},
        ],
    )
    def test_what_has_no_place_here_is_listed_apart_and_imported(
        self, li: Person, change: dict[str, str]
    ) -> None:
        stray = Note("0" * 32, replace(SPOTS[0], **change), "一", TIME, TIME, author="张三")  # type: ignore[arg-type]
        packet = Packet("张三", TIME, {}, (stray,))
        assert li.look(packet).counts == {Standing.LOST: 1}
        li.receive(packet)
        assert li.notebook.everything() == [stray]

    def test_what_was_deleted_here_stays_deleted_unless_it_is_asked_for(
        self, zhang: Person, li: Person
    ) -> None:
        zhang.notebook.add_note(SPOTS[0], "一")
        li.receive(zhang.send())
        li.notebook.delete(li.notebook.notes(PLAN.id))
        revise(zhang, "二")
        for choice in Choice:
            assert li.receive(zhang.send(), choice).edits == ()
        found = li.look(zhang.send())
        assert found.counts == {Standing.BINNED: 1}
        for choice in (Choice.TAKE, Choice.BOTH):
            change = li.notebook.apply(found.change(chosen={found.incoming[0].theirs.id: choice}))
            assert li.words == [("张三", "二")]
            li.notebook.apply(change.inverse)
        assert li.words == []

    def test_another_kind_under_the_same_id_lives_beside_it(self, li: Person) -> None:
        li.notebook.add([Bookmark("0" * 32, SPOTS[0], TIME, TIME)])
        packet = Packet("张三", TIME, {}, (Note("0" * 32, SPOTS[0], "一", TIME, TIME, author="张三"),))
        li.receive(packet)
        assert li.words == [("张三", "一")]
        assert len(li.notebook.bookmarks(PLAN.id)) == 1
        assert li.look(packet).counts == {Standing.SAME: 1}

    def test_bookmarks_come_after_ones_own_in_their_order(self, zhang: Person, li: Person) -> None:
        for label in "甲乙":
            zhang.notebook.add_bookmark(SPOTS[0], label)
            li.notebook.add_bookmark(SPOTS[1], label + "己")
        li.receive(zhang.send())
        assert [one.label for one in li.notebook.bookmarks(PLAN.id)] == ["甲己", "乙己", "甲", "乙"]


class TestConflicts:
    @pytest.fixture
    def sent(self, zhang: Person, li: Person) -> Packet:
        """What 李四 sends when both have changed a note that 张三 wrote."""
        zhang.notebook.add_note(SPOTS[0], "原先")
        li.receive(zhang.send())
        revise(zhang, "我改的")
        revise(li, "他改的")
        return li.send()

    @pytest.mark.parametrize(
        ("choice", "words"),
        [
            (Choice.KEEP, [("", "我改的")]),
            (Choice.TAKE, [("", "他改的")]),
            (Choice.BOTH, [("", "我改的"), ("李四", "他改的")]),
        ],
    )
    def test_each_way_of_settling_it(
        self, zhang: Person, sent: Packet, choice: Choice, words: list[tuple[str, str]]
    ) -> None:
        assert zhang.look(sent).counts == {Standing.CONFLICT: 1}
        change = zhang.receive(sent, choice)
        assert zhang.words == words
        assert zhang.receive(sent, choice).edits == ()
        zhang.notebook.apply(change.inverse)
        assert zhang.words == [("", "我改的")]

    def test_one_of_many_can_be_settled_otherwise(self, zhang: Person, sent: Packet) -> None:
        found = zhang.look(sent)
        change = found.change(Choice.BOTH, {found.incoming[0].theirs.id: Choice.KEEP})
        assert change.edits == ()

    def test_keeping_both_on_both_sides_comes_to_rest(self, zhang: Person, li: Person, sent: Packet) -> None:
        zhang.receive(sent)
        li.receive(zhang.send())
        assert li.words == [("张三", "他改的"), ("张三", "我改的")]
        for _ in range(2):
            assert zhang.receive(li.send()).edits == ()
            assert li.receive(zhang.send()).edits == ()

    def test_a_copy_that_was_deleted_does_not_come_again(self, zhang: Person, sent: Packet) -> None:
        [edit] = zhang.receive(sent).edits
        zhang.notebook.delete([edit.entry])
        assert zhang.look(sent).counts == {Standing.BINNED: 1}
        assert zhang.receive(sent).edits == ()

    def test_a_copy_that_the_file_brings_along_is_made_once(self, zhang: Person, sent: Packet) -> None:
        [theirs] = sent.entries
        both = replace(sent, entries=(theirs, replace(theirs, id=copy_id(theirs))))
        zhang.receive(both)
        assert zhang.words == [("", "我改的"), ("李四", "他改的")]

    def test_a_new_note_of_ones_own_name_is_ones_own(self, zhang: Person, sent: Packet) -> None:
        fresh = preview([], sent, [PLAN], me="张三").change()
        assert [edit.entry.author for edit in fresh.edits] == [""]
        nameless = replace(sent, entries=tuple(replace(one, author="未署名") for one in sent.entries))
        assert preview([], nameless, [PLAN], me="未署名").change().edits[0].entry.author == "未署名"


class TestMeetingsAndLedger:
    def test_a_meeting_comes_with_its_agenda_and_a_row_with_its_progress(
        self, zhang: Person, li: Person
    ) -> None:
        meeting = zhang.notebook.add_meeting(SPOTS[0], "专题会").entry
        zhang.notebook.add_agenda_items(meeting.id, SPOTS)
        row = zhang.notebook.add_action(SPOTS[0], due="2023-06").entry
        assert isinstance(row, Action)
        zhang.notebook.add_progress(row, "2026-11-20", "已办")
        li.receive(zhang.send())
        assert len(agenda(li.notebook.agenda_items(), meeting.id)) == 3
        assert [one.action for one in li.notebook.progress()] == [row.id]
        assert zhang.look(li.send()).counts == {Standing.SAME: 6}

    def test_progress_of_both_is_gathered_under_the_row(self, zhang: Person, li: Person) -> None:
        row = zhang.notebook.add_action(SPOTS[0]).entry
        assert isinstance(row, Action)
        li.receive(zhang.send())
        zhang.notebook.add_progress(row, "2026-11-20", "甲")
        li.notebook.add_progress(row, "2026-11-21", "乙")
        for choice in Choice:
            zhang.receive(li.send(), choice)
            li.receive(zhang.send(), choice)
        for one in (zhang, li):
            assert sorted(entry.text for entry in one.notebook.progress()) == ["乙", "甲"]

    @pytest.mark.parametrize("choice", [Choice.TAKE, Choice.BOTH])
    def test_progress_that_somebody_has_changed_stands_beside(self, zhang: Person, choice: Choice) -> None:
        zhang.notebook.add([a_progress(anchor=SPOTS[0])])
        theirs = a_progress(anchor=SPOTS[0], text="别的", author="李四")
        packet = Packet("李四", TIME, {}, (theirs,))
        zhang.receive(packet, choice)
        assert [one.text for one in zhang.notebook.progress()] == ["已完成口径统一", "别的"]
        assert zhang.receive(packet, choice).edits == ()

    @pytest.mark.parametrize(
        ("mine", "theirs", "first"),
        [
            ({"due": "2023-06"}, {"due": "2023-09", "first_due": "2023-06"}, "2023-06"),
            ({"due": "2023-06"}, {"due": "2023-09"}, "2023-06"),
            (
                {"due": "2023-07", "first_due": "2023-05"},
                {"due": "2023-09", "first_due": "2023-04"},
                "2023-05",
            ),
            ({"due": ""}, {"due": "2023-09", "first_due": "2023-06"}, "2023-06"),
            ({"due": "2023-09", "lead": "甲"}, {"due": "2023-09", "first_due": "2023-06"}, "2023-06"),
        ],
    )
    def test_taking_their_due_date_keeps_the_first_of_mine(
        self, zhang: Person, mine: dict[str, str], theirs: dict[str, str], first: str
    ) -> None:
        zhang.notebook.add([an_action(anchor=SPOTS[0], **mine)])
        packet = Packet("李四", TIME, {}, (an_action(anchor=SPOTS[0], author="李四", **theirs),))
        zhang.receive(packet, Choice.TAKE)
        [row] = zhang.notebook.actions()
        assert (row.due, row.first_due) == (theirs["due"], first)
        assert zhang.receive(packet, Choice.TAKE).edits == ()

    def test_what_is_put_away_and_the_order_by_hand_stay_as_they_are_here(
        self, zhang: Person, li: Person
    ) -> None:
        zhang.notebook.add([a_meeting(), an_item(), an_action(), an_action(id="two", position=2)])
        li.receive(zhang.send())
        li.notebook.revise([(one, replace(one, archived=True)) for one in li.notebook.meetings()])
        li.notebook.revise([(one, replace(one, position=9)) for one in li.notebook.actions()])
        assert zhang.look(li.send()).counts == {Standing.SAME: 4}

    def test_a_new_part_of_what_was_deleted_here_stays_out_with_it(self, zhang: Person, li: Person) -> None:
        zhang.notebook.add([a_meeting(), an_item()])
        li.receive(zhang.send())
        li.notebook.delete([*li.notebook.meetings(), *li.notebook.agenda_items()])
        zhang.notebook.add([an_item(id="new", position=2)])
        found = li.look(zhang.send())
        assert found.counts == {Standing.BINNED: 3}
        assert found.change().edits == ()
        li.notebook.apply(found.change(chosen={"meeting": Choice.TAKE}))
        assert [one.id for one in li.notebook.meetings()] == ["meeting"]
        assert [one.id for one in agenda(li.notebook.agenda_items(), "meeting")] == ["item", "new"]


class TestLines:
    def test_each_entry_that_is_not_the_same_has_one(self, zhang: Person, li: Person) -> None:
        for spot, body in zip(SPOTS, ("**一**", "二", "三"), strict=True):
            zhang.notebook.add_note(spot, body)
        li.receive(replace(zhang.send(), entries=zhang.send().entries[1:]))
        revise(zhang, "一\n又一")
        revise(li, "贰")
        packet = replace(zhang.send(), warnings=("有一条。",))
        assert li.look(packet).lines() == [
            "有一条。",
            "新增 1 · 失配 0 · 冲突 1 · 在回收 0 · 相同 1",
            "新增　批注　二、（三）第1句　张三　“一 又一”",
            "冲突　批注　二、（三）第4句　张三　“二”（这里是 “贰”）",
        ]


SPOT, WORDS = st.integers(0, 2), st.sampled_from("甲乙丙丁")
WHO = st.sampled_from([0, 1])
STEP = st.one_of(
    st.tuples(st.just("add"), WHO, SPOT, WORDS),
    st.tuples(st.just("mark"), WHO, SPOT, WORDS),
    st.tuples(st.just("meet"), WHO, SPOT, WORDS),
    st.tuples(st.just("plan"), WHO, SPOT, WORDS),
    st.tuples(st.just("report"), WHO, SPOT, WORDS),
    st.tuples(st.just("cancel"), WHO, SPOT, WORDS),
    st.tuples(st.just("revise"), WHO, SPOT, WORDS),
    st.tuples(st.just("delete"), WHO, SPOT, WORDS),
    st.tuples(st.just("send"), WHO, st.sampled_from(list(Choice)), WORDS),
)


def take_step(people: tuple[Person, Person], step: tuple[str, int, object, str]) -> None:
    """Somebody does something."""
    what, who, where, words = step
    one, other = people[who], people[1 - who]
    notes = one.notebook.notes(PLAN.id)
    match what, where:
        case "add", int():
            one.notebook.add_note(SPOTS[where], words)
        case "mark", int():
            one.notebook.add_bookmark(SPOTS[where], words)
        case "meet", int():
            meeting = one.notebook.add_meeting(SPOTS[where], words, series="例会").entry
            one.notebook.add_agenda_items(meeting.id, SPOTS[:where])
        case "plan", int():
            rows = one.notebook.actions()
            revisions = [(row, replace(row, due=words)) for row in rows[where : where + 1]]
            one.notebook.revise(revisions) if revisions else one.notebook.add_action(SPOTS[where], due=words)
        case "report", int():
            for row in one.notebook.actions()[:1]:
                one.notebook.add_progress(row, "2026-11-20", words)
        case "cancel", int():
            entries = one.notebook.everything()
            one.notebook.delete(going(entries[where : where + 1], entries))
        case "revise", int() if notes:
            chosen = notes[where % len(notes)]
            one.notebook.revise([(chosen, replace(chosen, body=chosen.body + words))])
        case "delete", int() if notes:
            one.notebook.delete([notes[where % len(notes)]])
        case "send", Choice():
            exchange(one, other, where)


def exchange(sender: Person, receiver: Person, choice: Choice) -> None:
    """Send a file; what must hold of every import is held against it."""
    packet = sender.send()
    before = {one.id: one for one in receiver.notebook.everything()}
    receiver.receive(packet, choice)
    after = {one.id: one for one in receiver.notebook.everything()}
    assert before.keys() <= after.keys(), "nothing is lost"
    assert all(after[one].author == before[one].author for one in before), "nobody's notes become another's"
    assert all(_written(after[one]) == _written(before[one]) for one in before), (
        "progress is never overwritten"
    )
    if choice is not Choice.TAKE:
        assert all(after[one] == before[one] for one in before), "what is here stays"
    if choice is Choice.BOTH:
        kept = {essence(one) for one in after.values()}
        gone = {one.theirs.id for one in receiver.look(packet).of(Standing.BINNED)}
        assert all(essence(one) in kept for one in packet.entries if one.id not in gone), (
            "their words are all here"
        )
    assert receiver.receive(packet, choice).edits == (), "a second time changes nothing"
    assert {one.author for one in after.values()} <= {"", sender.name, receiver.name}


def _written(entry: Entry) -> tuple[str, ...]:
    return (entry.action, entry.day, entry.text) if isinstance(entry, Progress) else ()


@settings(max_examples=60, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_whatever_two_colleagues_send_each_other(steps: list[tuple[str, int, object, str]]) -> None:
    with TemporaryDirectory() as folder:
        people = (
            Person("张三", Notebook.open(Path(folder, "a"), lambda: NOW)),
            Person("李四", Notebook.open(Path(folder, "b"), lambda: NOW)),
        )
        try:
            for step in [*steps, ("send", 0, Choice.BOTH, ""), ("send", 1, Choice.BOTH, "")]:
                take_step(people, step)
        finally:
            for person in people:
                person.notebook.close()


def test_through_a_real_file(
    zhang: Person, li: Person, plan: Document, anchor: Anchor, tmp_path: Path
) -> None:
    zhang.notebook.add_note(anchor, "一")
    export([plan], zhang.notebook.everything(), tmp_path / "x.zip", "张三", NOW)
    li.receive(read(tmp_path / "x.zip"))
    entries: list[Entry] = li.notebook.everything()
    assert [(one.author, one.anchor) for one in entries] == [("张三", anchor)]
