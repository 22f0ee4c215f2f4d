"""What the reader adds to a text: notes and bookmarks, each held in place by an anchor."""

from dataclasses import dataclass, replace

from content.model import Document

CONTEXT = 32
"""Characters of context that an anchor keeps on each side of its quote."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an entry sits: the measure, its quoted words and the words around them.

    ``start`` and ``end`` are character offsets in the measure, half open. Quote and context follow the
    TextQuoteSelector, the offsets the TextPositionSelector of the W3C Web Annotation Data Model.
    """

    document: str
    measure: str
    quote: str
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the reader on a place. Times are ISO 8601 with offset; ``deleted`` is empty while it is in use."""

    id: str
    anchor: Anchor
    body: str
    created: str
    changed: str
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place the reader wants to find again."""

    id: str
    anchor: Anchor
    created: str
    deleted: str = ""


Entry = Note | Bookmark


@dataclass(frozen=True, slots=True)
class Change:
    """What one command did to one entry. ``before`` is None for a new entry, ``after`` for one that is gone."""

    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry the change is about, in its newest known state."""
        entry = self.after or self.before
        assert entry is not None
        return entry

    @property
    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before)

    def followed_by(self, later: "Change") -> "Change":
        """Both changes of the same entry as one, so that typing is undone in one step."""
        return replace(self, after=later.after)


def anchor_measure(document: Document, measure_id: str) -> Anchor:
    """An anchor on a whole measure. Raises KeyError for an unknown id."""
    order = list(document.places)
    at = order.index(measure_id) if measure_id in document.places else -1
    if at < 0:
        raise KeyError(measure_id)
    text = document.places[measure_id].measure.text
    before = document.places[order[at - 1]].measure.text if at else ""
    after = document.places[order[at + 1]].measure.text if at + 1 < len(order) else ""
    return Anchor(document.id, measure_id, text, before[-CONTEXT:], after[:CONTEXT], 0, len(text))
