"""Rows of the tables: every entry comes back from its row, and what is no entry is told."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.notebook import rows
from desktop.notebook.model import KINDS, Anchor, Bookmark, Entry, Note, NoteKind, Reach
from tests.desktop.notebook.entries import (
    ENTRIES,
    ONE_OF_EACH,
    TYPED,
    a_bookmark,
    a_highlight,
    a_meeting,
    a_note,
    a_progress,
    an_action,
    an_item,
)


@given(entry=ENTRIES)
def test_any_entry_comes_back_from_its_row(entry: Entry) -> None:
    assert rows.entry(type(entry), rows.values(entry)) == entry


@pytest.mark.parametrize("kind", KINDS)
def test_each_value_stands_in_a_column_of_its_own_name(kind: type[Entry]) -> None:
    columns = rows.columns(kind)
    assert columns[0] == "id"
    assert len(set(columns)) == len(columns)
    values = {field.name for field in fields(kind)} - {"anchor"} | {field.name for field in fields(Anchor)}
    assert set(columns) == values


def test_a_column_holds_what_it_is_named_after() -> None:
    anchor = replace(a_note().anchor, start=3, end=5, reach=Reach.RANGE, before="前文", after="后文")
    note = a_note("话", anchor=anchor, kind=NoteKind.QUESTION, tags=("甲", "乙"), pinned=True, author="李四")
    row = dict(zip(rows.columns(Note), rows.values(note), strict=True))
    assert (row["body"], row["author"], row["before"], row["after"]) == ("话", "李四", "前文", "后文")
    assert (row["reach"], row["kind"], row["pinned"], row["tags"]) == ("range", "问题", 1, '["甲", "乙"]')
    assert (row["start"], row["end"]) == (3, 5)


@pytest.mark.parametrize(
    ("entry", "column", "value"),
    [
        (a_note(), "reach", "paragraph"),
        (a_note(), "kind", "胡来"),
        (a_note(), "tags", "[张江"),
        (a_note(), "tags", ""),
        (a_bookmark(), "reach", ""),
        (a_highlight(), "color", "紫"),
        (an_item(), "notes", "[甲"),
        (an_action(), "status", "逾期"),
        (a_meeting(), "reach", ""),
        (a_progress(), "reach", "x"),
    ],
)
def test_a_column_that_holds_what_no_entry_has_is_told(entry: Entry, column: str, value: str) -> None:
    row = list(rows.values(entry))
    row[rows.columns(type(entry)).index(column)] = value
    with pytest.raises(ValueError, match=r"is not a valid|Expecting"):
        rows.entry(type(entry), tuple(row))


@pytest.mark.parametrize(
    ("stored", "tags"),
    [
        ("[]", ()),
        ('["一", "二"]', ("一", "二")),
        ("[1, null]", ("1", "None")),
        ('{"a": 1}', ()),
        ("null", ()),
    ],
)
def test_tags_are_words_whatever_json_stands_there(stored: str, tags: tuple[str, ...]) -> None:
    row = list(rows.values(a_note()))
    row[rows.columns(Note).index("tags")] = stored
    found = rows.entry(Note, tuple(row))
    assert isinstance(found, Note)
    assert found.tags == tags


class TestHeld:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("", ""),
            ("市场主体", "市场主体"),
            ("😀", "😀"),
            ("零\0字", "零\0字"),
            ("半\ud83d个", "半?个"),
            ("\udc00", "?"),
        ],
    )
    def test_only_half_a_character_is_replaced(self, typed: str, kept: str) -> None:
        assert rows.storable(typed) == kept

    @given(words=TYPED, entry=ENTRIES)
    def test_what_is_held_is_what_comes_back(self, words: str, entry: Entry) -> None:
        typed: Entry
        match entry:
            case Note():
                typed = replace(entry, body=words, tags=(words, *entry.tags))
            case Bookmark():
                typed = replace(entry, label=words, folder=words)
            case _:
                typed = replace(entry, author=words)
        assert rows.entry(type(typed), rows.values(typed)) == rows.held(typed)

    @pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda one: one.id)
    def test_what_can_be_held_stays_the_very_same(self, entry: Entry) -> None:
        assert rows.held(entry) is entry


class TestDigest:
    @given(entry=ENTRIES)
    def test_it_is_the_same_for_what_was_written_and_what_is_read(self, entry: Entry) -> None:
        read = rows.entry(type(entry), rows.values(entry))
        assert rows.digest(rows.values(read)) == rows.digest(rows.values(entry))

    @given(entry=ENTRIES, data=st.data())
    def test_one_character_more_anywhere_is_noticed(self, entry: Entry, data: st.DataObject) -> None:
        values = list(rows.values(entry))
        at = data.draw(st.sampled_from(range(len(values))))
        before = rows.digest(values)
        values[at] = f"{values[at]}字"
        assert rows.digest(values) != before

    def test_words_that_change_columns_are_noticed(self) -> None:
        assert rows.digest(["甲", "乙"]) != rows.digest(["甲乙", ""]) != rows.digest(["", "甲乙"])
        assert rows.digest(["甲", "乙"]) != rows.digest(["乙", "甲"])

    def test_it_does_not_change_with_the_program(self) -> None:
        """The number stands in files: another way to count would take every row for damaged."""
        assert rows.digest(rows.values(a_note("张江先试", tags=("待办",), pinned=True))) == 3085290013
        later = [rows.digest(rows.values(one)) for one in ONE_OF_EACH[3:]]
        assert later == [2029504893, 412093564, 1189176639, 815045364]
