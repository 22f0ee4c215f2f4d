"""What the reader adds to a text, each entry held in place by an anchor: notes, bookmarks and highlights; the meetings
it is taken to, with their agendas; and the ledger of who does what by when.

Agenda items and progress are entries of their own, not parts of one large row: each is written, undone, checked by its
digest, saved from a damaged file and merged with a colleague's by itself. They name what they belong to by its id, and
carry an anchor of their own, so that one whose meeting or row is gone still says what it was about.
"""

from dataclasses import dataclass, replace
from enum import Enum

CONTEXT = 32
"""Characters of context that an anchor keeps on each side of its quote."""


class Reach(Enum):
    """How much of the text an anchor takes in."""

    RANGE = "range"
    MEASURE = "measure"
    SECTION = "section"
    DOCUMENT = "document"


class NoteKind(Enum):
    """What a note is for."""

    GENERAL = "一般"
    QUESTION = "问题"
    TO_VERIFY = "待核实"
    TALKING_POINT = "发言要点"
    PROGRESS = "进展"
    NEXT_STEP = "下一步"


class Color(Enum):
    """The four highlighters."""

    YELLOW = "黄"
    GREEN = "绿"
    BLUE = "蓝"
    PINK = "粉"


class Status(Enum):
    """How far a row of the ledger is."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "推进中"
    DONE = "已完成"
    PAUSED = "暂缓"
    DROPPED = "已取消"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an entry sits: the place, the quoted words and the words around them.

    ``measure`` and ``last`` are the ids of the first and the last measure touched (empty for a whole document),
    ``start`` a character offset in the first, ``end`` one in the last, half open; both are 0 for a section or a
    document. ``quote`` has a line for each measure touched; of a section it is the heading, of a document the title.
    Quote and context follow the TextQuoteSelector, the offsets the TextPositionSelector of the W3C Web Annotation Data
    Model. An anchor is never changed by what happens to the text: ``desktop.notebook.anchors`` finds its place anew.
    """

    document: str
    reach: Reach
    measure: str
    last: str
    start: int
    end: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the reader, in Markdown, on a place.

    Times are ISO 8601 with offset; ``deleted`` is empty while it is in use. ``author`` is empty for the owner of the
    notebook.
    """

    id: str
    anchor: Anchor
    body: str
    created: str
    changed: str
    kind: NoteKind = NoteKind.GENERAL
    tags: tuple[str, ...] = ()
    pinned: bool = False
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place the reader wants to find again. ``position`` orders those of a folder by hand."""

    id: str
    anchor: Anchor
    created: str
    changed: str
    label: str = ""
    folder: str = ""
    position: int = 0
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words of the text that the reader has marked with a colour."""

    id: str
    anchor: Anchor
    created: str
    changed: str
    color: Color = Color.YELLOW
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, anchored on the document it is prepared in; what is on its agenda says so itself.

    ``time`` is an ISO 8601 date, a local date and time to the minute, or whatever the reader writes. Meetings of the
    same ``series`` take up each other's open items; it is empty for one that stands alone.
    """

    id: str
    anchor: Anchor
    created: str
    changed: str
    title: str = ""
    time: str = ""
    place: str = ""
    participants: str = ""
    series: str = ""
    archived: bool = False
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What a meeting is to talk about: a measure, a range, a section, or the whole document.

    ``meeting`` is the id of its meeting, ``position`` orders the agenda, ``points`` are the talking points in Markdown,
    ``notes`` the ids of the notes chosen to be shown with it, ``due`` is read by ``desktop.notebook.due``, and
    ``carried_from`` is the id of the item of an earlier meeting that it goes on with.
    """

    id: str
    anchor: Anchor
    created: str
    changed: str
    meeting: str = ""
    position: int = 0
    points: str = ""
    notes: tuple[str, ...] = ()
    decision: str = ""
    unit: str = ""
    due: str = ""
    is_open: bool = True
    carried_from: str = ""
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A row of the ledger: who does what by when for a measure, which may have several. ``position`` orders those.

    All of it is the unit's own, nothing of the plan. ``due`` is read by ``desktop.notebook.due``; once it has been
    changed ``first_due`` is what it was at the very first: see ``with_first_due``.
    """

    id: str
    anchor: Anchor
    created: str
    changed: str
    position: int = 0
    lead: str = ""
    support: str = ""
    due: str = ""
    first_due: str = ""
    status: Status = Status.NOT_STARTED
    problem: str = ""
    next_step: str = ""
    person: str = ""
    author: str = ""
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What has come of a row of the ledger by a day: ``action`` is the row's id, ``day`` an ISO 8601 date.

    Progress is added to, never overwritten; a wrong one is put into the 回收 and another written in its place.
    """

    id: str
    anchor: Anchor
    created: str
    changed: str
    action: str = ""
    day: str = ""
    text: str = ""
    author: str = ""
    deleted: str = ""


Entry = Note | Bookmark | Highlight | Meeting | AgendaItem | Action | Progress
KINDS: tuple[type[Entry], ...] = (Note, Bookmark, Highlight, Meeting, AgendaItem, Action, Progress)
SHARED: tuple[type[Entry], ...] = (Meeting, AgendaItem, Action, Progress)
"""Kinds that belong to the reader's work rather than to one document: whatever text is open, they are at hand."""
NAMES: dict[type, str] = {
    Note: "批注",
    Bookmark: "书签",
    Highlight: "标记",
    Meeting: "会议",
    AgendaItem: "议题",
    Action: "台账",
    Progress: "台账进展",
}
"""What each kind of entry is called."""


_THIS_ONE: dict[type, str] = {
    Note: "这条批注",
    Bookmark: "这条书签",
    Highlight: "这条标记",
    Meeting: "这次会议",
    AgendaItem: "这个议题",
    Action: "这行台账",
    Progress: "这条进展",
}


def this_one(entry: Entry) -> str:
    """An entry as a sentence speaks of it: 这条批注."""
    return _THIS_ONE[type(entry)]


def with_first_due(old: Action, new: Action) -> Action:
    """The new state of a row with the first due date of the old one kept beside another."""
    first = old.first_due or (old.due if new.due != old.due else "")
    return new if new.first_due == first else replace(new, first_due=first)


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of one entry. ``before`` is None for a new entry, ``after`` for one that is gone for good."""

    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry in its newest known state."""
        entry = self.after or self.before
        assert entry is not None
        return entry


@dataclass(frozen=True, slots=True)
class Change:
    """What one command did: one edit for each entry it touched, all made in one transaction."""

    edits: tuple[Edit, ...]

    @property
    def entry(self) -> Entry:
        """The first entry the change is about, in its newest known state."""
        return self.edits[0].entry

    @property
    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(tuple(Edit(edit.after, edit.before) for edit in reversed(self.edits)))

    def followed_by(self, later: "Change") -> "Change":
        """Both changes of the same single entry as one, so that typing is undone in one step."""
        [first], [second] = self.edits, later.edits
        return Change((Edit(first.before, second.after),))
