"""The piece of a measure that a result shows: never too long, and its marks still mark the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.snippet import snippet

Marked = tuple[str, list[tuple[int, int]]]


@st.composite
def marked(draw: st.DrawFn) -> Marked:
    """A text in which no character comes twice, and ascending ranges in it that do not overlap."""
    length = draw(st.integers(1, 150))
    edges = draw(st.lists(st.integers(0, length), unique=True, max_size=8).map(sorted))
    return "".join(chr(0x4E00 + at) for at in range(length)), list(zip(edges[::2], edges[1::2], strict=False))


@given(marked(), st.integers(14, 80))
def test_it_is_a_piece_of_the_text_and_keeps_to_the_limit(given_text: Marked, limit: int) -> None:
    text, spans = given_text
    piece = snippet(text, spans, limit).text
    assert len(piece) == min(len(text), limit)
    assert piece.strip("…") in text


@given(marked(), st.integers(14, 80))
def test_exactly_the_same_characters_are_marked(given_text: Marked, limit: int) -> None:
    text, spans = given_text
    piece = snippet(text, spans, limit)
    marked_before = {character for start, end in spans for character in text[start:end]}
    marked_now = [character for start, end in piece.spans for character in piece.text[start:end]]
    assert marked_now == [character for character in piece.text if character in marked_before]
    assert all(start < end for start, end in piece.spans)


@given(marked(), st.integers(14, 80))
def test_the_first_mark_is_seen(given_text: Marked, limit: int) -> None:
    text, spans = given_text
    if spans:
        piece = snippet(text, spans, limit)
        start, end = spans[0]
        shown = piece.text[slice(*piece.spans[0])]
        assert text[start:end].startswith(shown)
        assert len(shown) >= min(end - start, limit - 10)


@pytest.mark.parametrize(
    ("text", "spans", "limit", "shown"),
    [
        ("短句。", [], 20, "短句。"),
        ("一二三四五六七八九十", [], 6, "一二三四五…"),
        ("一二三四五六七八九十", [(0, 2)], 6, "一二三四五…"),
        ("一二三四五六七八九十一二三四五六七八九十", [(18, 20)], 14, "…八九十一二三四五六七八九十"),
        ("一二三四五六七八九十一二三四五六七八九十", [(11, 12)], 10, "…四五六七八九十一…"),
        ("", [], 6, ""),
    ],
)
def test_what_is_cut_is_dotted(text: str, spans: list[tuple[int, int]], limit: int, shown: str) -> None:
    assert snippet(text, spans, limit).text == shown
