"""Papers from what is on the shelf: a meeting as the exporters understand it."""

from collections.abc import Iterable
from datetime import date

from content import citation
from content.model import Document
from desktop.export import gathering
from desktop.export.brief import Brief, Facts
from desktop.export.ledger import LedgerRow, Step, due
from desktop.notebook.attaching import Fit
from desktop.notebook.meetings import time_words
from desktop.notebook.model import Action, AgendaItem, Meeting, Reach
from desktop.shelf import Shelf

SETTLED, UNSETTLED, LEFT_OVER = "已结", "未结", "上次未结"
_LOST = "原文中已找不到：“{}”"


def meeting_brief(document: Document, shelf: Shelf, meeting: Meeting, day: date) -> Brief:
    """会议材料 of a meeting as it stands now."""
    return gathering.meeting_brief(document, gathered(document, shelf, meeting), shelf.notes, day)


def gathered(document: Document, shelf: Shelf, meeting: Meeting) -> gathering.Meeting:
    """A meeting and its agenda as plain values."""
    agenda = tuple(_item(document, shelf, one) for one in shelf.agenda(meeting.id))
    facts = Facts(time_words(meeting.time), meeting.place, meeting.participants)
    return gathering.Meeting(meeting.title or "会议", agenda, facts)


def measures(document: Document, shelf: Shelf, item: AgendaItem) -> tuple[str, ...]:
    """The measures an item is about, whole; none for the whole document and for what is lost."""
    found = shelf.attachment(item)
    if item.anchor.reach is Reach.SECTION and found.measure:
        section = document.places[found.measure].section
        return tuple(one.id for one in section.measures)
    return tuple(dict.fromkeys(span.measure for span in found.spans))


def is_lost(shelf: Shelf, item: AgendaItem) -> bool:
    """Whether the words of an item are in this document no more."""
    return shelf.attachment(item).fit is Fit.LOST


def state(item: AgendaItem) -> str:
    """已结, 未结; 上次未结 for one taken over from an earlier meeting."""
    if not item.is_open:
        return SETTLED
    return LEFT_OVER if item.carried_from else UNSETTLED


def _item(document: Document, shelf: Shelf, item: AgendaItem) -> gathering.AgendaItem:
    ids = measures(document, shelf, item)
    heading = ""
    if not ids:
        words = " ".join(item.anchor.quote.split())
        heading = _LOST.format(words) if is_lost(shelf, item) else "全文"
    return gathering.AgendaItem(
        ids, heading, item.points, item.decision, item.notes, tuple(_rows(document, shelf, item, ids))
    )


def _rows(document: Document, shelf: Shelf, item: AgendaItem, ids: Iterable[str]) -> Iterable[LedgerRow]:
    """What the agenda says of who and by when, then what the ledger does."""
    if item.unit or item.due:
        yield LedgerRow(item.id, lead=item.unit, due=due(item.due), state=state(item))
    for measure in ids:
        for action in shelf.actions_on(measure):
            yield ledger_row(document, shelf, action, measure)


def ledger_row(document: Document, shelf: Shelf, action: Action, measure: str) -> LedgerRow:
    """A row of the ledger as it leaves the desk."""
    place = document.places[measure]
    return LedgerRow(
        action.id,
        measure,
        str(citation.cite(document, measure)),
        place.section.title,
        place.measure.text,
        action.lead,
        action.support,
        due(action.due),
        due(action.first_due),
        action.status.value,
        tuple(Step(one.day, one.text) for one in shelf.progress_of(action.id)),
        action.problem,
        action.next_step,
        action.person,
    )
