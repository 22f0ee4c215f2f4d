"""Meetings and their agendas as the views show them."""

from collections.abc import Sequence

from content import citation
from content.model import Document
from desktop.describing import Describing
from desktop.meetings import briefing
from desktop.notebook import citing, meetings
from desktop.notebook.attaching import Fit
from desktop.notebook.model import AgendaItem, Meeting, Note, Reach
from desktop.shelf import Shelf
from desktop.views.agenda_card import AgendaRow, NoteChoice
from desktop.views.entry_list import EntryRow
from desktop.views.meeting_page import SectionChoice

_QUOTED = 12
"""Characters of selected words that are shown beside a place."""
_NOTE_WORDS = 44


class Dockets:
    """Describes the meetings on a shelf."""

    def __init__(self, document: Document, shelf: Shelf, describing: Describing) -> None:
        self._document = document
        self._shelf = shelf
        self._describing = describing

    def summary(self, meeting: Meeting) -> str:
        """A meeting in a line: its title and how far it is."""
        return f"{title(meeting)}　·　{meetings.tally(meeting.id, self._shelf.agenda_items).words}"

    def meeting_row(self, meeting: Meeting) -> EntryRow:
        """A meeting as the list shows it."""
        words = meetings.tally(meeting.id, self._shelf.agenda_items).words
        pieces = (meeting.author, _short_time(meeting.time), words, "已归档" if meeting.archived else "")
        stroke = "line" if meeting.archived else "accent"
        return EntryRow(meeting.id, title(meeting), " · ".join(filter(None, pieces)), stroke)

    def card(self, number: int, item: AgendaItem) -> AgendaRow:
        """An item of an agenda, of that number, as its card shows it."""
        ids = briefing.measures(self._document, self._shelf, item)
        places = self._document.places
        words = "\n".join(places[one].measure.text for one in ids) or item.anchor.quote
        return AgendaRow(
            item.id,
            number,
            self._place(item, ids),
            words,
            item.points,
            item.decision,
            item.unit,
            item.due,
            item.is_open,
            briefing.state(item),
            self._choices(item, ids),
        )

    def _place(self, item: AgendaItem, ids: Sequence[str]) -> str:
        pieces = [self._describing.place(item)]
        if len(ids) > 1 and item.anchor.reach is Reach.RANGE:
            pieces[0] += f"至{citation.short(self._document, ids[-1])}"
        if ids:
            place = self._document.places[ids[0]]
            pieces.append(place.section.title or place.part.heading)
        if item.anchor.reach is Reach.RANGE:
            quote = " ".join(item.anchor.quote.split())
            pieces.append(f"选中“{quote[:_QUOTED]}{'…' if len(quote) > _QUOTED else ''}”")
        if self._shelf.attachment(item).fit is Fit.CHANGED:
            pieces.append(Fit.CHANGED.value)
        return "　".join(filter(None, pieces))

    def _choices(self, item: AgendaItem, ids: Sequence[str]) -> tuple[NoteChoice, ...]:
        """The notes on the words of an item, and those that have been chosen from elsewhere."""
        shelf = self._shelf
        near = [one for one in shelf.notes if shelf.measure_of(one) in ids or one.id in item.notes]
        return tuple(NoteChoice(one.id, _note_line(one), one.id in item.notes) for one in near)


def section_choices(document: Document) -> list[SectionChoice]:
    """The sections of a document that have measures, part by part."""
    return [
        SectionChoice(
            f"{part.label}{part.heading}" if part.number else "文首",
            f"{section.label}{section.title}" if section.number else "引言",
            (part.number, section.number),
        )
        for part in document.parts
        for section in part.sections
        if section.measures
    ]


def title(meeting: Meeting) -> str:
    """What a meeting is called."""
    return meeting.title or "（未命名）"


def _short_time(time: str) -> str:
    """11月25日 14:00: the year and the day of the week are said over the agenda."""
    words = meetings.time_words(time)
    if words == time:
        return words
    day, _, hour = words.partition("年")[2].partition("（")
    return f"{day} {hour.partition('）')[2]}".strip()


def _note_line(note: Note) -> str:
    words = f"{citing.name(note)}：{citing.words(note, _NOTE_WORDS)}"
    return f"{note.author}　{words}" if note.author else words
