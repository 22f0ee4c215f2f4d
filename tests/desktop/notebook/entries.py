"""Entries as a reader might have made them, for tests that need no notebook."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from desktop.notebook.model import (
    Action,
    AgendaItem,
    Anchor,
    Bookmark,
    Color,
    Entry,
    Highlight,
    Meeting,
    Note,
    NoteKind,
    Progress,
    Reach,
    Status,
)

PLAN = "shanghai-2023"
TIME = "2026-11-24T09:12:00+08:00"
LATER = "2026-11-25T10:00:00+08:00"
WHOLE = Anchor(PLAN, Reach.DOCUMENT, "", "", 0, 0, "行动方案", "", "")
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
    st.builds(Meeting, WORDS, ANCHORS, *[WORDS] * 7, st.booleans(), WORDS, WORDS),
    st.builds(
        AgendaItem,
        *(WORDS, ANCHORS, WORDS, WORDS, WORDS, _NUMBERS, WORDS, _TAGS, WORDS, WORDS, WORDS),
        *(st.booleans(), WORDS, WORDS, WORDS),
    ),
    st.builds(
        Action,
        *(WORDS, ANCHORS, WORDS, WORDS, _NUMBERS, WORDS, WORDS, WORDS, WORDS),
        *(st.sampled_from(Status), WORDS, WORDS, WORDS, WORDS, WORDS),
    ),
    st.builds(Progress, WORDS, ANCHORS, *[WORDS] * 7),
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


def a_meeting(**values: Any) -> Meeting:
    """A meeting with some values of its own."""
    return replace(Meeting("meeting", WHOLE, TIME, TIME, "专题会", "2026-11-25T14:00"), **values)


def an_item(**values: Any) -> AgendaItem:
    """What is on that meeting's agenda, with some values of its own."""
    return replace(AgendaItem("item", ANCHOR, TIME, TIME, "meeting", 1, "先问电力公司"), **values)


def an_action(**values: Any) -> Action:
    """A row of the ledger with some values of its own."""
    return replace(Action("action", ANCHOR, TIME, TIME, 1, "市经济信息化委", "各区政府", "2023-06"), **values)


def a_progress(**values: Any) -> Progress:
    """What has come of that row, with some values of its own."""
    return replace(
        Progress("progress", ANCHOR, TIME, TIME, "action", "2026-11-20", "已完成口径统一"), **values
    )


ONE_OF_EACH: list[Entry] = [
    a_note(),
    a_bookmark(),
    a_highlight(),
    a_meeting(),
    an_item(),
    an_action(),
    a_progress(),
]
"""An entry of every kind, in the order in which a notebook gives them."""
