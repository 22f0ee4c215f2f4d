"""Any commands in any order, undone and redone, against a plain dictionary; after each step the file is asked."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.notebook.model import Anchor, Bookmark, Change, Entry, Note
from desktop.notebook.store import Notebook

DOCUMENT = "shanghai-2023"
MEASURES = st.sampled_from(["2.1.1", "2.1.2", "3.4.5"])
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
CHOICE = st.integers(0, 99)


class Sitting(RuleBasedStateMachine):
    """What a reader may do to a notebook, and what must be in it afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="desk-sitting-", ignore_cleanup_errors=True)
        self.notebook = Notebook.open(Path(self.folder.name))
        self.witness = Notebook.open(Path(self.folder.name))
        self.entries: dict[str, Entry] = {}
        self.past: list[Change] = []
        self.future: list[Change] = []

    @rule(measure=MEASURES, body=WORDS)
    def write(self, measure: str, body: str) -> None:
        self.did(self.notebook.add_note(Anchor(DOCUMENT, measure, "引文", "前", "后", 0, 2), body))

    @rule(measure=MEASURES)
    def mark(self, measure: str) -> None:
        self.did(self.notebook.add_bookmark(Anchor(DOCUMENT, measure, "引文", "前", "后", 0, 2)))

    @precondition(lambda self: self.in_use(Note))
    @rule(choice=CHOICE, body=WORDS)
    def edit(self, choice: int, body: str) -> None:
        self.did(self.notebook.edit_note(self.pick(Note, choice), body))

    @precondition(lambda self: self.in_use(Note))
    @rule(choice=CHOICE)
    def delete(self, choice: int) -> None:
        self.did(self.notebook.delete_note(self.pick(Note, choice)))

    @precondition(lambda self: self.in_use(Bookmark))
    @rule(choice=CHOICE)
    def unmark(self, choice: int) -> None:
        self.did(self.notebook.delete_bookmark(self.pick(Bookmark, choice)))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        change = self.past.pop()
        self.future.append(change)
        self.notebook.apply(change.inverse)
        self.become(change.entry.id, change.before)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        change = self.future.pop()
        self.past.append(change)
        self.notebook.apply(change)
        self.become(change.entry.id, change.after)

    @rule()
    def reopen(self) -> None:
        self.notebook.close()
        self.notebook = Notebook.open(Path(self.folder.name))

    @invariant()
    def the_file_says_the_same(self) -> None:
        for book in (self.notebook, self.witness):
            found: list[Entry] = [*book.notes(DOCUMENT), *book.bookmarks(DOCUMENT)]
            assert {one.id: one for one in found} == {
                one.id: one for one in self.entries.values() if not one.deleted
            }

    def teardown(self) -> None:
        while self.past:
            self.undo()
        self.the_file_says_the_same()
        assert self.entries == {}
        self.notebook.close()
        self.witness.close()
        self.folder.cleanup()

    def did(self, change: Change) -> None:
        self.past.append(change)
        self.future.clear()
        self.become(change.entry.id, change.after)

    def become(self, entry_id: str, state: Entry | None) -> None:
        self.entries.pop(entry_id, None)
        if state is not None:
            self.entries[entry_id] = state

    def in_use(self, kind: type[Entry]) -> list[str]:
        return [one.id for one in self.entries.values() if isinstance(one, kind) and not one.deleted]

    def pick(self, kind: type[Entry], choice: int) -> str:
        ids = self.in_use(kind)
        return ids[choice % len(ids)]


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
