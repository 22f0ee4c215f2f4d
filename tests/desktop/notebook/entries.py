"""Entries as a reader might have made them, for tests that need no notebook."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from desktop.notebook.model import Anchor, Bookmark, Color, Entry, Highlight, Note, NoteKind, Reach

PLAN = "shanghai-2023"
TIME = "2026-11-24T09:12:00+08:00"
LATER = "2026-11-25T10:00:00+08:00"
ANCHOR = Anchor(PLAN, Reach.MEASURE, f"{PLAN}/2.3.4", f"{PLAN}/2.3.4", 0, 2, "引文", "前", "后")

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
"""Words that a file can hold as they are."""
TYPED = WORDS | st.sampled_from(["半个\ud83d字", "\udc00", "零\0字节", "回\r\n车", "😀"])
"""Words as they may be typed, among them half a surrogate pair."""

_TAGS = st.lists(WORDS, max_size=3).map(tuple)
_NUMBERS = st.integers(0, 2**31 - 1)
ANCHORS = st.builds(
    Anchor, WORDS, st.sampled_from(Reach), WORDS, WORDS, _NUMBERS, _NUMBERS, WORDS, WORDS, WORDS
)
ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    st.builds(
        Note,
        WORDS,
        ANCHORS,
        WORDS,
        WORDS,
        WORDS,
        st.sampled_from(NoteKind),
        _TAGS,
        st.booleans(),
        WORDS,
        WORDS,
    ),
    st.builds(Bookmark, WORDS, ANCHORS, WORDS, WORDS, WORDS, WORDS, _NUMBERS, WORDS, WORDS),
    st.builds(Highlight, WORDS, ANCHORS, WORDS, WORDS, st.sampled_from(Color), WORDS, WORDS),
)
"""Any entries whatever, as long as a file can hold them."""


def a_note(body: str = "批注", **values: Any) -> Note:
    """A note with some values of its own."""
    return replace(Note("note", ANCHOR, body, TIME, TIME), **values)


def a_bookmark(**values: Any) -> Bookmark:
    """A bookmark with some values of its own."""
    return replace(Bookmark("bookmark", ANCHOR, TIME, TIME), **values)


def a_highlight(**values: Any) -> Highlight:
    """A highlight with some values of its own."""
    return replace(Highlight("highlight", ANCHOR, TIME, TIME), **values)
