"""Any commands in any order, undone and redone, against a plain dictionary; after each step the file is asked."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

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
    Status,
)
from desktop.notebook.rows import held
from desktop.notebook.store import Notebook, new_id
from tests.desktop.notebook.conftest import NOW
from tests.desktop.notebook.entries import (
    ANCHOR,
    PLAN,
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

States = dict[str, Entry]
_Rule = TypeVar("_Rule", bound=Callable[..., Any])
ANCHORS = st.sampled_from([replace(ANCHOR, measure=f"{PLAN}/{place}") for place in ("2.1.1", "3.4.5")])
CHOICES = st.lists(st.integers(0, 99), min_size=1, max_size=4)
TAGS = st.lists(TYPED, max_size=2).map(tuple)


def some(*kinds: type[Entry], deleted: bool | None = False) -> Callable[[_Rule], _Rule]:
    """A precondition: there is an entry of one of these kinds."""
    return precondition(lambda self: bool(self.there(kinds or KINDS, deleted)))


class Sitting(RuleBasedStateMachine):
    """What a reader may do to a notebook, and what must be in it afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="desk-sitting-", ignore_cleanup_errors=True)
        self.minute = 0
        self.notebook, self.witness = self.open(), self.open()
        self.states: States = {}
        self.past: list[tuple[Change, States]] = []
        self.future: list[tuple[Change, States]] = []

    @rule(anchor=ANCHORS, body=TYPED, kind=st.sampled_from(NoteKind), tags=TAGS)
    def write(self, anchor: Any, body: str, kind: NoteKind, tags: tuple[str, ...]) -> None:
        change = self.notebook.add_note(anchor, body, kind, tags)
        self.made(change, a_note(body, anchor=anchor, kind=kind, tags=tags))

    @rule(anchor=ANCHORS, label=TYPED, folder=st.sampled_from(["", "会前"]))
    def bookmark(self, anchor: Any, label: str, folder: str) -> None:
        last = max((one.position for one in self.states.values() if isinstance(one, Bookmark)), default=0)
        change = self.notebook.add_bookmark(anchor, label, folder)
        self.made(change, a_bookmark(anchor=anchor, label=label, folder=folder, position=last + 1))

    @rule(anchor=ANCHORS, color=st.sampled_from(Color))
    def highlight(self, anchor: Any, color: Color) -> None:
        self.made(self.notebook.add_highlight(anchor, color), a_highlight(anchor=anchor, color=color))

    @rule(title=TYPED, series=st.sampled_from(["", "例会"]))
    def meet(self, title: str, series: str) -> None:
        meetings = [one for one in self.in_order(Meeting) if one.series == series and series]
        change = self.notebook.add_meeting(WHOLE, title, place="会议室", series=series)
        new, *carried = [edit.entry for edit in change.edits]
        wanted: list[Entry] = [
            a_meeting(title=title, time="", place="会议室", series=series, participants="")
        ]
        if meetings:
            # They have no time of their own, so that the one written last is the last.
            last = max(enumerate(meetings), key=lambda one: (one[1].created, one[0]))[1]
            own = [one for one in self.in_order(AgendaItem) if one.meeting == last.id and one.is_open]
            own.sort(key=lambda one: one.position)
            wanted += [
                replace(one, meeting=new.id, position=at, decision="", carried_from=one.id, author="")
                for at, one in enumerate(own, 1)
            ]
        assert len(wanted) == 1 + len(carried)
        self.did(change, self.new_ones([new, *carried], wanted))

    @some(Meeting)
    @rule(choices=CHOICES, count=st.integers(1, 3), at=st.none() | st.integers(0, 3))
    def put_on_agenda(self, choices: list[int], count: int, at: int | None) -> None:
        [meeting] = self.chosen(choices[:1], Meeting)
        before = [one for one in self.in_order(AgendaItem) if one.meeting == meeting.id]
        before.sort(key=lambda one: one.position)
        change = self.notebook.add_agenda_items(meeting.id, [ANCHOR] * count, at, {ANCHOR: ("note",)})
        new = [edit.entry for edit in change.edits if edit.before is None]
        at = len(before) if at is None else at
        ids = [one.id for one in before[:at]] + [one.id for one in new] + [one.id for one in before[at:]]
        places = {one: place for place, one in enumerate(ids, 1)}
        wanted: list[Entry] = [
            an_item(meeting=meeting.id, position=places[one.id], points="", notes=("note",)) for one in new
        ]
        moved = [one for one in before if one.position != places[one.id]]
        after = {one.id: replace(one, position=places[one.id], changed=self.now()) for one in moved}
        self.did(change, self.new_ones(new, wanted) | after)

    @some(AgendaItem)
    @rule(choices=CHOICES, points=TYPED, decision=TYPED, is_open=st.booleans(), position=st.integers(0, 9))
    def discuss(self, choices: list[int], points: str, decision: str, is_open: bool, position: int) -> None:
        items = self.chosen(choices, AgendaItem)
        self.revised(items, points=points, decision=decision, is_open=is_open, position=position)

    @rule(anchor=ANCHORS, lead=TYPED, due=st.sampled_from(["", "2023-06"]))
    def assign(self, anchor: Any, lead: str, due: str) -> None:
        last = max((one.position for one in self.states.values() if isinstance(one, Action)), default=0)
        change = self.notebook.add_action(anchor, lead=lead, due=due)
        self.made(change, an_action(anchor=anchor, lead=lead, support="", due=due, position=last + 1))

    @some(Action)
    @rule(choices=CHOICES, due=st.sampled_from(["", "2023-09", "长期"]), status=st.sampled_from(Status))
    def postpone(self, choices: list[int], due: str, status: Status) -> None:
        rows = [one for one in self.chosen(choices, Action) if isinstance(one, Action)]
        change = self.notebook.revise([(one, replace(one, due=due, status=status)) for one in rows])
        after: dict[str, Entry | None] = {}
        for one in rows:
            if (one.due, one.status) != (due, status):
                first = one.first_due or (one.due if one.due != due else "")
                after[one.id] = replace(one, due=due, status=status, first_due=first, changed=self.now())
        self.did(change, after)

    @some(Action)
    @rule(choices=CHOICES, text=TYPED)
    def report(self, choices: list[int], text: str) -> None:
        [row] = self.chosen(choices[:1], Action)
        assert isinstance(row, Action)
        change = self.notebook.add_progress(row, "2026-11-20", text)
        self.made(change, a_progress(anchor=row.anchor, action=row.id, text=text))

    @some(Progress)
    @rule(choices=CHOICES, text=TYPED)
    def correct(self, choices: list[int], text: str) -> None:
        [old] = self.chosen(choices[:1], Progress)
        assert isinstance(old, Progress)
        change = self.notebook.correct_progress(old, "2026-11-21", text)
        [new] = [edit.entry for edit in change.edits if edit.before is None]
        wanted: list[Entry] = [replace(old, day="2026-11-21", text=text, author="")]
        self.did(change, self.new_ones([new], wanted) | {old.id: replace(old, deleted=self.now())})

    @some(Note)
    @rule(choices=CHOICES, body=TYPED)
    def reword(self, choices: list[int], body: str) -> None:
        self.revised(self.chosen(choices[:1], Note), body=body)

    @some(Note)
    @rule(choices=CHOICES, kind=st.sampled_from(NoteKind), tags=TAGS, pinned=st.booleans())
    def classify(self, choices: list[int], kind: NoteKind, tags: tuple[str, ...], pinned: bool) -> None:
        self.revised(self.chosen(choices, Note), kind=kind, tags=tags, pinned=pinned)

    @some(Bookmark)
    @rule(choices=CHOICES, label=TYPED, folder=TYPED, position=st.integers(0, 9))
    def arrange(self, choices: list[int], label: str, folder: str, position: int) -> None:
        self.revised(self.chosen(choices, Bookmark), label=label, folder=folder, position=position)

    @some(Highlight)
    @rule(choices=CHOICES, color=st.sampled_from(Color))
    def recolor(self, choices: list[int], color: Color) -> None:
        self.revised(self.chosen(choices, Highlight), color=color)

    @some()
    @rule(choices=CHOICES)
    def delete(self, choices: list[int]) -> None:
        entries = self.chosen(choices)
        change = self.notebook.delete(entries)
        self.did(change, {one.id: replace(one, deleted=self.now()) for one in entries})

    @some(deleted=True)
    @rule(choices=CHOICES)
    def restore(self, choices: list[int]) -> None:
        entries = self.chosen(choices, deleted=True)
        self.did(self.notebook.restore(entries), {one.id: replace(one, deleted="") for one in entries})

    @some(deleted=None)
    @rule(choices=CHOICES)
    def purge(self, choices: list[int]) -> None:
        entries = self.chosen(choices, deleted=None)
        self.did(self.notebook.purge(entries), dict.fromkeys(one.id for one in entries))

    @some(deleted=None)
    @rule(choices=CHOICES, body=TYPED)
    def batch(self, choices: list[int], body: str) -> None:
        old, *gone = self.chosen(choices, deleted=None)
        new, added = replace(old, author="李四"), a_note(body, id=new_id())
        edits = [Edit(None, added), Edit(old, new), *(Edit(one, None) for one in gone)]
        after: dict[str, Entry | None] = {added.id: held(added), old.id: new}
        self.did(self.notebook.apply(Change(tuple(edits))), after | dict.fromkeys(one.id for one in gone))

    @precondition(lambda self: self.past)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.past))):
            change, before = self.past.pop()
            self.future.append((change, dict(self.states)))
            self.notebook.apply(change.inverse)
            self.states = before

    @precondition(lambda self: self.future)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.future))):
            change, after = self.future.pop()
            self.past.append((change, dict(self.states)))
            self.notebook.apply(change)
            self.states = after

    @rule()
    def reopen(self) -> None:
        self.notebook.close()
        self.notebook = self.open()

    @rule()
    def wait(self) -> None:
        self.minute += 1

    @invariant()
    def the_file_says_the_same(self) -> None:
        for book in (self.notebook, self.witness):
            found = book.everything()
            assert {one.id: one for one in found} == self.states
            assert len(found) == len(self.states)

    def teardown(self) -> None:
        try:
            self.undo(len(self.past))
            self.the_file_says_the_same()
            assert self.states == {}
            self.redo(len(self.future))
            self.the_file_says_the_same()
        finally:
            self.notebook.close()
            self.witness.close()
            self.folder.cleanup()

    def open(self) -> Notebook:
        return Notebook.open(Path(self.folder.name), self.clock)

    def clock(self) -> datetime:
        return NOW + timedelta(minutes=self.minute)

    def now(self) -> str:
        return self.clock().astimezone().isoformat(timespec="seconds")

    def made(self, change: Change, wanted: Entry) -> None:
        """A new entry: only its id is the notebook's to choose."""
        entry_id = change.entry.id
        assert entry_id not in self.states
        self.did(
            change, {entry_id: held(replace(wanted, id=entry_id, created=self.now(), changed=self.now()))}
        )

    def new_ones(self, found: list[Entry], wanted: list[Entry]) -> dict[str, Entry | None]:
        """New entries: only their ids are the notebook's to choose."""
        assert not self.states.keys() & {one.id for one in found}
        made = self.now()
        return {
            one.id: held(replace(like, id=one.id, created=made, changed=made))
            for one, like in zip(found, wanted, strict=True)
        }

    def revised(self, entries: list[Any], **values: Any) -> None:
        revisions = [(one, replace(one, **values)) for one in entries]
        change = self.notebook.revise(revisions)
        self.did(
            change, {old.id: held(replace(new, changed=self.now())) for old, new in revisions if old != new}
        )

    def did(self, change: Change, after: Mapping[str, Entry | None]) -> None:
        """The notebook has changed exactly these entries to these states."""
        assert {edit.entry.id: edit.after for edit in change.edits} == after
        self.past.append((change, dict(self.states)))
        self.future.clear()
        for entry_id, state in after.items():
            self.states.pop(entry_id, None)
            if state is not None:
                self.states[entry_id] = state

    def in_order(self, kind: type[Any]) -> list[Any]:
        """The entries in use of a kind, as the file has them: in the order in which they came into it."""
        return [one for one in self.witness.everything() if isinstance(one, kind) and not one.deleted]

    def there(self, kinds: Iterable[type[Entry]], deleted: bool | None) -> list[Entry]:
        """The entries of some kinds in use, deleted, or both (None)."""
        return [
            one
            for one in self.states.values()
            if isinstance(one, tuple(kinds)) and deleted in (None, bool(one.deleted))
        ]

    def chosen(self, choices: list[int], *kinds: type[Entry], deleted: bool | None = False) -> list[Entry]:
        found = self.there(kinds or KINDS, deleted)
        return list({found[one % len(found)].id: found[one % len(found)] for one in choices}.values())


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
