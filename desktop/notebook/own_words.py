"""The reader's own words, folded once however often they are searched."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from content.folding import fold
from desktop.notebook.model import (
    Action,
    AgendaItem,
    Bookmark,
    Entry,
    Highlight,
    Meeting,
    Note,
    Progress,
)

_E = TypeVar("_E", bound=Entry)


class FoldedWords:
    """What entries are searched by: the pieces that ``words`` gives for one, none of which runs on into another."""

    def __init__(self, words: Callable[[Entry], Sequence[str]]) -> None:
        self._words = words
        self._folded: dict[str, tuple[Entry, str]] = {}

    def of(self, entry: Entry) -> str:
        """The folded words of an entry, its pieces apart."""
        known = self._folded.get(entry.id)
        if known is None or known[0] is not entry:
            # No term can reach over a NUL: what is found stands in one of the pieces.
            known = self._folded[entry.id] = (entry, fold("\0".join(self._words(entry))))
        return known[1]

    def find(self, entries: Iterable[_E], accepts: Callable[[str], bool]) -> tuple[_E, ...]:
        """The entries whose folded words are accepted, in their order."""
        return tuple(entry for entry in entries if accepts(self.of(entry)))


def own_words(entry: Entry) -> Sequence[str]:
    """What the reader has written himself: a note's body and tags, a bookmark's label and folder …; nothing of the text."""
    match entry:
        case Note():
            return entry.body, *entry.tags
        case Bookmark():
            return entry.label, entry.folder
        case Highlight():
            return ()
        case Meeting():
            return entry.title, entry.place, entry.participants, entry.series
        case AgendaItem():
            return entry.points, entry.decision, entry.unit
        case Action():
            return entry.lead, entry.support, entry.problem, entry.next_step, entry.person
        case Progress():
            return (entry.text,)


def all_words(entry: Entry) -> Sequence[str]:
    """What the reader has written, what it is about, and who wrote it."""
    return *own_words(entry), entry.anchor.quote, entry.author
