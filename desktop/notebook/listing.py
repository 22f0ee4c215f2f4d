"""Which notes a reader wants to see, and in what order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from content.folding import fold
from desktop.notebook.model import Note, NoteKind
from desktop.notebook.own_words import FoldedWords, all_words


class Order(Enum):
    """The orders of a list of notes; pinned ones come first in all of them."""

    TEXT = "按原文顺序"
    CHANGED = "最近改过的在前"
    CREATED = "先写的在前"
    KIND = "按类别"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a note has to be to be listed. Empty values ask for nothing.

    ``words`` are sought as in the search of the text: folded, all of them, in what was written, quoted, tagged.
    ``since`` is an ISO 8601 date: changed on that day or later.
    """

    words: str = ""
    kind: NoteKind | None = None
    tag: str = ""
    since: str = ""

    @property
    def asks_nothing(self) -> bool:
        """Whether every note is wanted."""
        return self == Wanted()


class Listing:
    """Selects and orders notes; each note is folded once, however often it is asked for."""

    def __init__(self) -> None:
        self._words = FoldedWords(all_words)

    def select(
        self, notes: Sequence[Note], wanted: Wanted, order: Order, position: Callable[[Note], Any]
    ) -> list[Note]:
        """The wanted notes in an order; ``position`` gives where in the text a note stands."""
        terms = [fold(word) for word in wanted.words.split()]
        found = list(notes) if wanted.asks_nothing else [note for note in notes if _fits(note, wanted)]
        if terms:
            found = [note for note in found if all(term in self._words.of(note) for term in terms)]
        keys: dict[Order, Callable[[Note], Any]] = {
            Order.TEXT: lambda note: (not note.pinned, position(note)),
            Order.CREATED: lambda note: not note.pinned,
            Order.KIND: lambda note: (not note.pinned, _KINDS[note.kind], position(note)),
        }
        if order is Order.CHANGED:
            found.sort(key=lambda note: (note.pinned, note.changed), reverse=True)
        else:
            found.sort(key=keys[order])
        return found


_KINDS = {kind: number for number, kind in enumerate(NoteKind)}


def _fits(note: Note, wanted: Wanted) -> bool:
    return (
        (wanted.kind is None or note.kind is wanted.kind)
        and (not wanted.tag or wanted.tag in note.tags)
        and note.changed >= wanted.since
    )


def tags_in_use(notes: Sequence[Note]) -> list[str]:
    """All tags of these notes, the most used first."""
    counts: dict[str, int] = {}
    for note in notes:
        for tag in note.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))
