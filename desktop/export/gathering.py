"""Making a brief from a document and what the reader has written on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from content import citation, standing
from content.headings import chinese_numeral
from content.model import Document, Part, Section
from desktop.export.brief import Brief, Facts, Item, Kind, Mark, Passage, Remark, Source
from desktop.export.ledger import LedgerRow
from desktop.notebook import citing
from desktop.notebook.arranging import Placed, in_text_order
from desktop.notebook.attaching import Fit
from desktop.notebook.model import Bookmark, Entry, Highlight, Note, Reach

_NO_FACTS = Facts()
_ON_ALL, _LOST = "写在全文上的批注", "在原文中找不到位置的批注"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of a meeting as the notebook keeps it. ``notes`` are the ids of those chosen to be shown.

    An empty ``heading`` is filled in with the title of the section.
    """

    measures: tuple[str, ...]
    heading: str = ""
    points: str = ""
    decision: str = ""
    notes: tuple[str, ...] = ()
    rows: tuple[LedgerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the notebook keeps it."""

    title: str
    agenda: tuple[AgendaItem, ...]
    facts: Facts = _NO_FACTS


def meeting_brief(document: Document, meeting: Meeting, entries: Iterable[Entry], day: date) -> Brief:
    """会议材料: the agenda's items with the notes chosen for each. Raises KeyError for an unknown measure."""
    desk = _Desk.of(document, entries)
    items = []
    for number, item in enumerate(meeting.agenda, 1):
        chosen = [placed for placed in desk.placed if placed.entry.id in item.notes]
        made = desk.item(item.measures, chosen)
        items.append(
            replace(
                made,
                heading=item.heading or made.heading,
                label=_ordinal(number),
                number=number,
                points=item.points,
                decision=item.decision,
                rows=item.rows,
            )
        )
    return _brief(document, Kind.MEETING, items, day, title=meeting.title, facts=meeting.facts)


def extract_brief(
    document: Document,
    measures: Sequence[str],
    entries: Iterable[Entry],
    day: date,
    rows: Iterable[LedgerRow] = (),
) -> Brief:
    """条目摘录: chosen measures in the order given, those of one section together, with the notes on them.

    Raises KeyError for an unknown measure.
    """
    desk = _Desk.of(document, entries)
    written = tuple(rows)
    items = []
    groups = groupby(dict.fromkeys(measures), lambda one: _section_name(document, one))
    for number, (_, ids) in enumerate(groups, 1):
        chosen = tuple(ids)
        item = desk.item(chosen, [placed for placed in desk.placed if _reach(placed) in _ON_WORDS])
        own = tuple(row for row in written if row.measure in chosen)
        items.append(replace(item, notes=_inside(item, chosen), label=_ordinal(number), rows=own))
    return _brief(document, Kind.EXTRACT, items, day)


def section_brief(
    document: Document,
    part: int,
    section: int,
    entries: Iterable[Entry],
    day: date,
    rows: Iterable[LedgerRow] = (),
) -> Brief:
    """节选: one section under its part's heading, with the notes on it. Raises KeyError if there is none."""
    owner, wanted = document.part(part), document.section(part, section)
    if owner is None or wanted is None:
        raise KeyError(f"{document.id}/{part}.{section}")
    desk = _Desk.of(document, entries)
    written = tuple(rows)
    items = [_with_rows(item, written) for item in desk.printed_section(owner, wanted)]
    if section and owner.heading:
        items.insert(0, Item(owner.heading, owner.label))
    name = citation.section_name(owner, wanted)
    return _brief(document, Kind.SECTION, items, day, subtitle=f"{Kind.SECTION.value}：{name}{wanted.title}")


def annotated_brief(
    document: Document, entries: Iterable[Entry], day: date, rows: Iterable[LedgerRow] = ()
) -> Brief:
    """全文批注本: every word of the document, from the notice to the imprint, with every entry that is in use."""
    desk = _Desk.of(document, entries)
    written = tuple(rows)
    items: list[Item] = []
    for part in document.parts:
        sections = list(part.sections)
        if part.heading and (not sections or sections[0].number):
            items.append(Item(part.heading, part.label))
        for section in sections:
            items += desk.printed_section(part, section)
    if document.imprint:
        items.append(replace(desk.item_with_all([one.id for one in document.imprint]), heading=""))
    items = [_with_rows(item, written) for item in items]
    on_all = [placed for placed in desk.placed if _reach(placed) is Reach.DOCUMENT]
    if on_all:
        items.insert(0, Item(_ON_ALL, notes=desk.remarks(on_all, ())))
    lost = [placed for placed in desk.placed if placed.found.fit is Fit.LOST]
    if lost:
        items.append(Item(_LOST, notes=desk.remarks(lost, ())))
    return _brief(document, Kind.ANNOTATED, items, day)


def source(document: Document) -> Source:
    """The document as every paper names it."""
    front = document.front
    return Source(
        document.title,
        f"《{standing.kind_name(document)}》",
        front.number,
        standing.edition_name(document),
        front.issuer,
        standing.superseded_notice(document),
    )


def _brief(
    document: Document,
    kind: Kind,
    items: Iterable[Item],
    day: date,
    *,
    title: str = "",
    subtitle: str = "",
    facts: Facts = _NO_FACTS,
) -> Brief:
    name = title or document.title
    return Brief(kind, name, subtitle or kind.value, day, source(document), tuple(items), facts)


_ON_WORDS = (Reach.RANGE, Reach.MEASURE)


@dataclass(frozen=True)
class _Desk:
    """A document with everything that was written on it, each in its place."""

    document: Document
    placed: tuple[Placed, ...]
    positions: dict[str, int]

    @classmethod
    def of(cls, document: Document, entries: Iterable[Entry]) -> "_Desk":
        used = [entry for entry in entries if not entry.deleted and entry.anchor.document == document.id]
        positions = {one: number for number, one in enumerate(document.places)}
        return cls(document, tuple(in_text_order(document, used)), positions)

    def item(self, measures: Sequence[str], placed: Sequence[Placed]) -> Item:
        """These measures under the title of the section of the first, with those notes that are given."""
        passages = tuple(self._passage(measure) for measure in measures)
        return Item(
            _heading(self.document, measures[0]) if measures else "",
            passages=passages,
            notes=self.remarks(placed, measures),
        )

    def item_with_all(self, measures: Sequence[str]) -> Item:
        """These measures with everything that was written on them and on the whole they make."""
        around = [one for one in self.placed if _last(one) in measures and one.found.fit is not Fit.LOST]
        return self.item(measures, around)

    def printed_section(self, part: Part, section: Section) -> list[Item]:
        """A section as printed, with the notes on its words and on all of it."""
        made = self.item_with_all([measure.id for measure in section.measures])
        if section.number:
            return [replace(made, heading=section.title, label=section.label, level=2)]
        return [replace(made, heading=part.heading, label=part.label)]

    def remarks(self, placed: Iterable[Placed], measures: Sequence[str]) -> tuple[Remark, ...]:
        """The notes and bookmarks among these; highlights are colours of the passages, unless they are lost."""
        return tuple(
            _remark(self.document, one, measures)
            for one in placed
            if not isinstance(one.entry, Highlight) or one.found.fit is Fit.LOST
        )

    def _passage(self, measure: str) -> Passage:
        text = self.document.places[measure].measure.text
        cited = citation.cite(self.document, measure)
        marks = tuple(
            Mark(span.start, span.end, placed.entry.color)
            for placed in self.placed
            if isinstance(placed.entry, Highlight)
            for span in placed.found.spans
            if span.measure == measure
        )
        return Passage(measure, text, str(cited), cited.place, self.positions[measure], marks)


def _remark(document: Document, placed: Placed, measures: Sequence[str]) -> Remark:
    entry, found = placed.entry, placed.found
    is_on_words = _reach(placed) in _ON_WORDS
    measure = _last(placed)
    return Remark(
        citing.name(entry),
        entry.body if isinstance(entry, Note) else entry.label if isinstance(entry, Bookmark) else "",
        measure if is_on_words and measure in measures else "",
        entry.author,
        entry.tags if isinstance(entry, Note) else (),
        _quote(document, placed),
        citing.place(document, entry, found),
        "" if found.fit is Fit.IN_PLACE else found.fit.value,
    )


def _quote(document: Document, placed: Placed) -> str:
    """The words a note is on; none where they are a whole measure, which stands right above it."""
    anchor = placed.entry.anchor
    if placed.found.fit is Fit.LOST:
        return anchor.quote
    return "" if anchor.reach is not Reach.RANGE else anchor.quote.replace("\n", "")


def _inside(item: Item, measures: Sequence[str]) -> tuple[Remark, ...]:
    return tuple(note for note in item.notes if note.measure in measures)


def _with_rows(item: Item, rows: Sequence[LedgerRow]) -> Item:
    ids = {passage.id for passage in item.passages}
    return replace(item, rows=tuple(row for row in rows if row.measure in ids))


def _last(placed: Placed) -> str:
    """The last measure that an entry touches: what is said of words stands behind all of them."""
    return placed.found.spans[-1].measure if placed.found.spans else placed.found.measure


def _reach(placed: Placed) -> Reach | None:
    return None if placed.found.fit is Fit.LOST else placed.entry.anchor.reach


def _heading(document: Document, measure: str) -> str:
    place = document.places[measure]
    return place.section.title or place.part.heading or _section_name(document, measure)


def _section_name(document: Document, measure: str) -> str:
    """二、（三）; 文首; 文末."""
    return citation.short(document, measure).rpartition("第")[0]


def _ordinal(number: int) -> str:
    """一、 as the first level is numbered (GB/T 9704—2012, 7.3.3)."""
    return f"{chinese_numeral(number) if number < 100 else number}、"
