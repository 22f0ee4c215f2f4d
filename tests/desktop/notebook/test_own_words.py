"""The reader's own words: what counts as such, found whole pieces at a time, folded anew when they change."""

from dataclasses import replace

import pytest

from desktop.notebook.model import Anchor, Bookmark, Entry, Highlight, Note
from desktop.notebook.own_words import FoldedWords, all_words, own_words

TIME = "2026-11-25T09:00:00+08:00"


@pytest.fixture
def note(anchor: Anchor) -> Note:
    return Note("n", anchor, "问市场监管局", TIME, TIME, tags=("周三会", "电力"), author="李四")


def test_what_the_reader_wrote_is_his_and_the_quote_is_not(anchor: Anchor, note: Note) -> None:
    entries: list[Entry] = [
        note,
        Bookmark("b", anchor, TIME, TIME, "报装", "会议"),
        Highlight("h", anchor, TIME, TIME),
    ]
    assert [list(own_words(one)) for one in entries] == [
        ["问市场监管局", "周三会", "电力"],
        ["报装", "会议"],
        [],
    ]
    assert list(all_words(note)) == ["问市场监管局", "周三会", "电力", anchor.quote, "李四"]


@pytest.mark.parametrize(
    ("term", "found"),
    [("市场监管", True), ("電力", False), ("电力", True), ("会电", False), ("局周三", False)],
)
def test_a_term_is_found_within_one_piece(note: Note, term: str, found: bool) -> None:
    assert bool(FoldedWords(own_words).find([note], lambda words: term in words)) is found


def test_a_changed_entry_is_read_anew(note: Note) -> None:
    words = FoldedWords(own_words)
    assert "问" in words.of(note)
    assert words.of(replace(note, body="答")).startswith("答")
