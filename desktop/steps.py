"""The steps that undo and redo go back and forth by."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Any

from PySide6.QtGui import QUndoCommand

from desktop.notebook.model import Action, AgendaItem, Change, Entry, Meeting, Note

_TYPING_SECONDS = 20.0
"""Edits of the same words that follow each other faster than this are undone in one step."""
_TYPED: dict[type, tuple[str, ...]] = {
    Note: ("body",),
    Meeting: ("title", "time", "place", "participants", "series"),
    AgendaItem: ("points", "decision", "unit", "due"),
    Action: ("problem", "next_step"),
}
"""The fields that are saved while they are being typed. The due date of a row of the ledger is none: half of one must not become
the first."""


class Step(QUndoCommand):
    """One undoable step: a change that has already been made when it is pushed."""

    def __init__(self, name: str, change: Change, replay: Callable[[Change], bool]) -> None:
        super().__init__(name)
        self._change = change
        self._replay = replay
        self._made = True
        self._time = monotonic()

    def undo(self) -> None:
        self._make(self._change.inverse)

    def redo(self) -> None:
        if self._made:
            self._made = False
            return
        self._make(self._change)

    def _make(self, change: Change) -> None:
        # What another window has changed meanwhile can never be undone here: the stack forgets the step.
        self.setObsolete(not self._replay(change))

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Step) or not self._goes_on_in(other):
            return False
        self._change = self._change.followed_by(other._change)
        self._time = other._time
        return True

    @property
    def _is_new_note(self) -> bool:
        """Whether a note was begun, by writing its first words."""
        edit = self._change.edits[0]
        return edit.before is None and isinstance(edit.after, Note)

    def _goes_on_in(self, other: "Step") -> bool:
        return (
            len(self._change.edits) == len(other._change.edits) == 1
            and bool(_typed_in(other._change))
            and self._change.entry.id == other._change.entry.id
            and not self._change.entry.deleted
            and (self._is_new_note or _typed_in(self._change) == _typed_in(other._change))
            and other._time - self._time < _TYPING_SECONDS
        )


def _typed_in(change: Change) -> str:
    """The field in which a change is what typing makes; empty for any other change."""
    edit = change.edits[0]
    if edit.before is None or edit.after is None:
        return ""
    before, after = edit.before, edit.after
    for name in _TYPED.get(type(before), ()):
        if _with(before, name, after) == after:
            return name
    return ""


def _with(before: Entry, name: str, after: Entry) -> Entry:
    values: dict[str, Any] = {name: getattr(after, name), "changed": after.changed}
    return replace(before, **values)
