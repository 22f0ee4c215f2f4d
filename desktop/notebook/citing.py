"""Entries in a line of words: what they are called, where they stand, what they say."""

from content import citation
from content.model import Document
from desktop.notebook.attaching import Attachment, Fit
from desktop.notebook.meetings import time_words
from desktop.notebook.model import (
    NAMES,
    Action,
    AgendaItem,
    Bookmark,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
    Reach,
)
from desktop.notebook.rendering import plain_text

WHOLE, NOWHERE = "全文", "原文中已找不到"


def name(entry: Entry) -> str:
    """What kind of entry it is: 批注, 批注·问题, 书签, 标记·黄, 会议, 议题, 台账·推进中, 台账进展."""
    kind = NAMES[type(entry)]
    match entry:
        case Note() if entry.kind is not NoteKind.GENERAL:
            return f"{kind}·{entry.kind.value}"
        case Highlight():
            return f"{kind}·{entry.color.value}"
        case Action():
            return f"{kind}·{entry.status.value}"
    return kind


def place(document: Document | None, entry: Entry, found: Attachment) -> str:
    """Where an entry was found: 全文; 二、（三）全节; 二、（三）第4句; 原文中已找不到."""
    if document is None or found.fit is Fit.LOST:
        return NOWHERE
    if entry.anchor.reach is Reach.DOCUMENT:
        return WHOLE
    if entry.anchor.reach is Reach.SECTION:
        return f"{section(document, found)}全节"
    return citation.short(document, found.measure)


def section(document: Document, found: Attachment) -> str:
    """The section an entry was found in: 二、（三）; 文首; 文末. Raises KeyError where it was not."""
    return citation.short(document, found.measure).rpartition("第")[0]


def words(entry: Entry, most: int = 10_000) -> str:
    """What an entry says, in one line of so many characters at most: its own words, or else the quote."""
    match entry:
        case Note():
            said = plain_text(entry.body)
        case Bookmark():
            said = entry.label
        case Highlight():
            said = ""
        case Meeting():
            said = " ".join(filter(None, (entry.title, time_words(entry.time))))
        case AgendaItem():
            said = plain_text(entry.points) or entry.decision
        case Action():
            said = " ".join(filter(None, (entry.lead, entry.due)))
        case Progress():
            said = f"{entry.day} {entry.text}"
    line = " ".join((said or entry.anchor.quote).split())
    return line if len(line) <= most else line[: most - 1] + "…"
