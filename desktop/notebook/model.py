"""What the reader adds to a text: notes, bookmarks and highlights, each held in place by an anchor."""

from dataclasses import dataclass
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


Entry = Note | Bookmark | Highlight


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
