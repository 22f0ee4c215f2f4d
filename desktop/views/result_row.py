"""One line of the result list."""

from collections.abc import Sequence
from dataclasses import dataclass

HITS = frozenset({"exact", "read", "note", "related"})
"""Rows that show a measure or a note, of two lines or three."""
_HEADS = frozenset({"head", "group", "empty"})
ACTIVATED_BY_CLICK = frozenset({"suggestion", "goto", "title", "read_title", "more", "reading", "literal"})
READ_OTHERWISE = frozenset({"reading", "literal", "read", "read_title"})
"""Rows of what is read otherwise than it was typed."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line that says something or leads somewhere.

    ``kind``: head, group (a heading over some hits), goto, title, more (the other titles), exact, reading (words that
    were perhaps meant), literal (the words as typed after all), read and read_title (what a reading finds), note,
    related, suggestion or empty. ``measure_id`` is where choosing it leads; a reading or a suggestion leads to the query
    ``text``. ``spans`` are marked ranges of ``text``.
    """

    kind: str
    text: str
    measure_id: str = ""
    place: str = ""
    aside: str = ""
    spans: Sequence[tuple[int, int]] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this row from the others of one search."""
        return self.kind, self.measure_id, self.text

    @property
    def leads_somewhere(self) -> bool:
        """Whether the reader can choose it."""
        return self.kind not in _HEADS

    @property
    def words(self) -> str:
        """What it says, for those who hear it."""
        name = "标题" if self.kind in ("title", "read_title") else ""
        return "，".join(filter(None, (name, self.place, self.text, self.aside)))
