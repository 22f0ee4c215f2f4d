"""The reader's notes and bookmarks on one document, arranged as the views show them."""

from collections import Counter
from collections.abc import Sequence

from content import citation
from content.model import Document
from desktop.commands import Commands
from desktop.notebook.model import Bookmark, Note
from desktop.views.card import CardContent
from desktop.views.outline import Tally

SectionKey = tuple[int, int]


class Shelf:
    """A copy of what the notebook holds, taken by ``refresh``."""

    def __init__(self, document: Document, commands: Commands) -> None:
        self._document = document
        self._commands = commands
        self.notes: Sequence[Note] = ()
        self.bookmarks: Sequence[Bookmark] = ()
        self.measure_count = sum(
            len(section.measures)
            for part in document.parts
            if part.number
            for section in part.sections
            if section.number
        )

    def refresh(self) -> None:
        """Take what the notebook holds now."""
        self.notes = self._commands.notes()
        self.bookmarks = self._commands.bookmarks()

    @property
    def noted(self) -> frozenset[str]:
        """The measures with notes."""
        return frozenset(note.anchor.measure for note in self.notes)

    @property
    def bookmarked(self) -> frozenset[str]:
        """The measures with bookmarks."""
        return frozenset(bookmark.anchor.measure for bookmark in self.bookmarks)

    def tallies(self) -> dict[SectionKey, Tally]:
        """Counts of notes and bookmarks for each section that has some."""
        notes = Counter(self._key(note.anchor.measure) for note in self.notes)
        bookmarks = Counter(self._key(bookmark.anchor.measure) for bookmark in self.bookmarks)
        return {key: Tally(notes[key], bookmarks[key]) for key in {*notes, *bookmarks} if key is not None}

    def note_cards(self, section: SectionKey) -> list[CardContent]:
        """The notes of a section, in the order of the text; notes whose measure is gone are shown everywhere."""
        order = list(self._document.places)
        found = [note for note in self.notes if self._key(note.anchor.measure) in (section, None)]
        found.sort(key=lambda note: order.index(note.anchor.measure) if note.anchor.measure in order else -1)
        return [self._card(note, note.changed, note.body) for note in found]

    def bookmark_cards(self) -> list[CardContent]:
        """All bookmarks, in the order of the text."""
        order = list(self._document.places)
        found = sorted(
            self.bookmarks,
            key=lambda one: order.index(one.anchor.measure) if one.anchor.measure in order else -1,
        )
        return [self._card(bookmark, bookmark.created) for bookmark in found]

    def _key(self, measure_id: str) -> SectionKey | None:
        place = self._document.places.get(measure_id)
        return place.section_key if place else None

    def _card(self, entry: Note | Bookmark, time: str, body: str = "") -> CardContent:
        anchor = entry.anchor
        known = anchor.measure in self._document.places
        place = citation.short(self._document, anchor.measure) if known else "原文中已无此条"
        return CardContent(entry.id, anchor.measure, anchor.quote, place, _short_time(time), body)


def _short_time(time: str) -> str:
    """2026-11-24T09:12:00+08:00 as 11-24 09:12."""
    return f"{time[5:10]} {time[11:16]}"
