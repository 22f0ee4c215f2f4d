"""The reader's notes, bookmarks and highlights on one document, and all meetings and the ledger: a copy in memory of what
the notebook holds.

The views are shown this copy; it follows every change, so that nothing that is typed or scrolled waits for the disk.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from content.model import Document
from desktop.notebook.attaching import LOST, Attacher, Attachment, Span
from desktop.notebook.belonging import by_action, strays, went_with
from desktop.notebook.meetings import agenda
from desktop.notebook.model import (
    KINDS,
    SHARED,
    Action,
    AgendaItem,
    Anchor,
    Bookmark,
    Change,
    Entry,
    Highlight,
    Meeting,
    Note,
    Progress,
)

SectionKey = tuple[int, int]
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where an entry stands, worked out once for each anchor."""

    attachment: Attachment = LOST
    section: SectionKey | None = None
    position: tuple[int, int] = (-1, 0)


_NOWHERE = _Standing()


class Shelf:
    """Entries in the order they were written, and where each stands in the text now."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._attacher = Attacher(document)
        self._entries: dict[str, Entry] = {}
        self._standings: dict[str, _Standing] = {}
        self._order = {measure_id: number for number, measure_id in enumerate(document.places)}
        self.version = 0
        self._read()
        self.measure_count = sum(
            len(section.measures)
            for part in document.parts
            if part.number
            for section in part.sections
            if section.number
        )

    def load(self, entries: Iterable[Entry]) -> None:
        """Hold these entries instead of all before, those of them that belong here."""
        self._entries = {entry.id: entry for entry in entries if self._belongs(entry)}
        # Progress has the anchor of its row of the ledger: what stands alike is sought once.
        known: dict[Anchor, _Standing] = {}
        for entry in self._entries.values():
            if entry.anchor not in known:
                known[entry.anchor] = self._find(entry)
        self._standings = {entry.id: known[entry.anchor] for entry in self._entries.values()}
        self._read()

    def apply(self, change: Change) -> None:
        """Follow a change that the notebook has made."""
        for edit in change.edits:
            entry = edit.entry
            if not self._belongs(entry):
                continue
            known = self._entries.get(entry.id)
            if edit.after is None:
                self._entries.pop(entry.id, None)
                self._standings.pop(entry.id, None)
                continue
            if known is None or known.anchor != entry.anchor:
                self._standings[entry.id] = self._find(entry)
            self._entries[entry.id] = entry
        self._read()

    def _belongs(self, entry: Entry) -> bool:
        return entry.anchor.document == self._document.id or isinstance(entry, SHARED)

    def _find(self, entry: Entry) -> _Standing:
        found = self._attacher.attach(entry.anchor)
        place = self._document.places.get(found.measure)
        start = found.spans[0].start if found.spans else 0
        position = self._order.get(found.measure, -1), start
        return _Standing(found, place.section_key if place else None, position)

    def _read(self) -> None:
        self.version += 1
        self.in_use = [entry for entry in self._entries.values() if not entry.deleted]
        by_kind: dict[type, list[Any]] = {kind: [] for kind in KINDS}
        for entry in self.in_use:
            by_kind[type(entry)].append(entry)
        self.notes: list[Note] = by_kind[Note]
        self.bookmarks: list[Bookmark] = sorted(by_kind[Bookmark], key=lambda one: one.position)
        self.highlights: list[Highlight] = by_kind[Highlight]
        self.meetings: list[Meeting] = by_kind[Meeting]
        self.agenda_items: list[AgendaItem] = by_kind[AgendaItem]
        self.actions: list[Action] = sorted(by_kind[Action], key=lambda one: one.position)
        self.progress = by_action(by_kind[Progress])
        self.note_counts = Counter(self.measure_of(note) for note in self.notes)
        self.action_counts = Counter(self.measure_of(action) for action in self.actions)

    @property
    def deleted(self) -> list[Entry]:
        """What lies in the 回收, last deleted first; parts that went there with their whole are not listed apart."""
        found = [one for one in self._entries.values() if one.deleted and not went_with(one, self._entries)]
        return sorted(found, key=lambda entry: entry.deleted, reverse=True)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id, in use or deleted."""
        return self._entries.get(entry_id)

    def note(self, note_id: str) -> Note | None:
        """The note with this id, in use or deleted."""
        entry = self._entries.get(note_id)
        return entry if isinstance(entry, Note) else None

    def chosen(self, ids: Iterable[str]) -> list[Entry]:
        """The entries with these ids that are there."""
        return [self._entries[one] for one in ids if one in self._entries]

    @property
    def everything(self) -> list[Entry]:
        """All entries, in use or deleted."""
        return list(self._entries.values())

    @property
    def strays(self) -> list[Entry]:
        """Agenda items without their meeting and progress without its row, which are to be shown as well."""
        return strays(self._entries.values())

    def agenda(self, meeting_id: str) -> list[AgendaItem]:
        """What is on the agenda of a meeting, in its order."""
        return agenda(self.agenda_items, meeting_id)

    def actions_on(self, measure_id: str) -> list[Action]:
        """The rows of the ledger that begin at a measure, in their order."""
        return [one for one in self.actions if self.measure_of(one) == measure_id]

    def progress_of(self, action_id: str) -> list[Progress]:
        """What has come of a row of the ledger, the latest day last."""
        return self.progress.get(action_id, [])

    def attachment(self, entry: Entry) -> Attachment:
        """Where an entry stands now."""
        return self._standings.get(entry.id, _NOWHERE).attachment

    def measure_of(self, entry: Entry) -> str:
        """The first measure an entry touches; empty for the whole document and for what is lost."""
        return self.attachment(entry).measure

    def section_of(self, entry: Entry) -> SectionKey | None:
        """The section an entry stands in; None for the whole document and for what is lost."""
        return self._standings.get(entry.id, _NOWHERE).section

    def position(self, entry: Entry) -> tuple[int, int]:
        """What sorts entries as the text goes; lost ones and those on the whole document come first."""
        return self._standings.get(entry.id, _NOWHERE).position

    @property
    def bookmarked(self) -> frozenset[str]:
        """The measures with bookmarks."""
        return frozenset(self.measure_of(bookmark) for bookmark in self.bookmarks)

    def bookmarks_on(self, measure_id: str) -> list[Bookmark]:
        """The bookmarks that begin at a measure."""
        return [one for one in self.bookmarks if self.measure_of(one) == measure_id]

    def spans(self, entries: Iterable[_E]) -> Iterator[tuple[_E, Span]]:
        """Each entry with each span of the text that it takes in."""
        for entry in entries:
            for span in self.attachment(entry).spans:
                yield entry, span

    def section_counts(self) -> tuple[Counter[SectionKey], Counter[SectionKey]]:
        """How many notes and how many bookmarks stand in each section."""
        notes = Counter(self.section_of(note) for note in self.notes)
        bookmarks = Counter(self.section_of(bookmark) for bookmark in self.bookmarks)
        return (
            Counter({key: count for key, count in notes.items() if key is not None}),
            Counter({key: count for key, count in bookmarks.items() if key is not None}),
        )
