"""The reader's entries as the views show them: words, places and times in the reader's own terms."""

from collections.abc import Iterable, Sequence

from content import citation
from content.model import Document
from content.terms import quoted_terms
from desktop.notebook import citing
from desktop.notebook.attaching import Fit
from desktop.notebook.model import NAMES, Bookmark, Color, Entry, Highlight, Note, NoteKind, Reach
from desktop.shelf import Shelf
from desktop.views.bookmark_tree import BookmarkRow
from desktop.views.entry_list import EntryRow
from desktop.views.marks import Stroke
from desktop.views.note_card import CardContent

STROKES = {
    Color.YELLOW: "highlight_yellow",
    Color.GREEN: "highlight_green",
    Color.BLUE: "highlight_blue",
    Color.PINK: "highlight_pink",
}
"""The theme's role for each highlighter."""


class Describing:
    """Describes what is on a shelf."""

    def __init__(self, document: Document, shelf: Shelf) -> None:
        self._document = document
        self._shelf = shelf
        self._strokes: dict[str, list[Stroke]] = {}
        self._strokes_version = -1

    def card(self, note: Note) -> CardContent:
        """What a note's card shows."""
        fit = self._shelf.attachment(note).fit
        return CardContent(
            note.id,
            note.anchor.quote,
            self.place(note),
            short_time(note.changed),
            note.body,
            "" if note.kind is NoteKind.GENERAL else note.kind.value,
            note.tags,
            note.pinned,
            note.author,
            "" if fit in (Fit.IN_PLACE, Fit.MOVED) else fit.value,
            self._stroke(note),
        )

    def place(self, entry: Entry) -> str:
        """Where an entry stands, as it is cited."""
        if entry.anchor.document != self._document.id:
            return "在另一份文件"
        if entry.anchor.reach is Reach.DOCUMENT:
            return "全文"
        measure_id = self._shelf.measure_of(entry)
        place = self._document.places.get(measure_id)
        if place is None:
            return "原文中已找不到"
        if entry.anchor.reach is Reach.SECTION:
            return f"{citation.section_name(place.part, place.section)}全节"
        return citation.short(self._document, measure_id)

    def bookmark_text(self, bookmark: Bookmark) -> str:
        """A bookmark's label, or else the words it stands on."""
        return bookmark.label or " ".join(bookmark.anchor.quote.split())

    def bookmark_rows(self) -> list[BookmarkRow]:
        """All bookmarks, in their order."""
        return [
            BookmarkRow(one.id, self.bookmark_text(one), self.place(one), one.folder)
            for one in self._shelf.bookmarks
        ]

    def highlight_rows(self) -> list[EntryRow]:
        """All highlights, in the order of the text."""
        return [
            EntryRow(
                one.id,
                one.anchor.quote,
                " · ".join(filter(None, (one.author, self.place(one), short_time(one.changed)))),
                STROKES[one.color],
            )
            for one in sorted(self._shelf.highlights, key=self._shelf.position)
        ]

    def deleted_rows(self, deleted: Sequence[Entry]) -> list[EntryRow]:
        """What lies in the 回收."""
        return [
            EntryRow(
                one.id,
                citing.words(one),
                f"{NAMES[type(one)]} · {self.place(one)} · {short_time(one.deleted)}删除",
                STROKES[one.color] if isinstance(one, Highlight) else "line",
            )
            for one in deleted
        ]

    def term_rows(self) -> list[EntryRow]:
        """The document's quoted terms; the id of each row are the measures, with spaces between them."""
        return [
            EntryRow(" ".join(one.measures), f"“{one.text}”", self._places(one.measures))
            for one in quoted_terms(self._document)
        ]

    def _places(self, measures: Sequence[str]) -> str:
        first = citation.short(self._document, measures[0])
        return first if len(measures) == 1 else f"{first} 等 {len(measures)} 处"

    def strokes(self) -> dict[str, list[Stroke]]:
        """The highlights of each measure, oldest first."""
        if self._strokes_version != self._shelf.version:
            self._strokes_version = self._shelf.version
            found: dict[str, list[Stroke]] = {}
            for one, span in self._shelf.spans(self._shelf.highlights):
                stroke = Stroke(span.start, span.end, STROKES[one.color], one.id)
                found.setdefault(span.measure, []).append(stroke)
            self._strokes = found
        return self._strokes

    def note_ranges(self) -> dict[str, list[tuple[int, int]]]:
        """The words of each measure that notes are about, where that is not all of it."""
        found: dict[str, list[tuple[int, int]]] = {}
        on_ranges: Iterable[Note] = (note for note in self._shelf.notes if note.anchor.reach is Reach.RANGE)
        for _, span in self._shelf.spans(on_ranges):
            found.setdefault(span.measure, []).append((span.start, span.end))
        return found

    def _stroke(self, note: Note) -> str:
        """The colour beside a note's quote: that of the first highlight on its words."""
        spans = self._shelf.attachment(note).spans
        for stroke in self.strokes().get(spans[0].measure, ()) if spans else ():
            if stroke.start < spans[0].end and spans[0].start < stroke.end:
                return stroke.color
        return "line"


def short_time(time: str) -> str:
    """2026-11-24T09:12:00+08:00 as 11-24 09:12."""
    return f"{time[5:10]} {time[11:16]}"
