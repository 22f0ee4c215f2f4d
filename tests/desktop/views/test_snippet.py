"""The piece of a measure that a result shows: never too long, and its marks still mark the same words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.snippet import snippet


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and ascending ranges in it that do not overlap."""
    text = draw(st.text("零一二三四五六七八九…", min_size=1, max_size=120))
    edges = draw(st.lists(st.integers(0, len(text)), unique=True, max_size=8).map(sorted))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@given(marked(), st.integers(8, 80))
def test_it_keeps_to_the_limit(given_text: tuple[str, list[tuple[int, int]]], limit: int) -> None:
    text, spans = given_text
    assert len(snippet(text, spans, limit).text) == min(len(text), limit)


@given(marked(), st.integers(14, 80))
def test_marks_stay_on_the_same_characters(given_text: tuple[str, list[tuple[int, int]]], limit: int) -> None:
    text, spans = given_text
    piece = snippet(text, spans, limit)
    wanted = [text[start:end] for start, end in spans]
    found = [piece.text[start:end] for start, end in piece.spans]
    assert all(0 <= start < end <= len(piece.text) for start, end in piece.spans)
    assert all(first[1] <= second[0] for first, second in pairwise(piece.spans))
    assert all(any(shown in whole for whole in wanted) for shown in found)


@given(marked(), st.integers(14, 80))
def test_a_mark_in_the_middle_is_whole(given_text: tuple[str, list[tuple[int, int]]], limit: int) -> None:
    text, spans = given_text
    piece = snippet(text, spans, limit)
    shown = [piece.text[start:end] for start, end in piece.spans]
    if len(shown) > 2:
        whole = [text[start:end] for start, end in spans]
        assert shown[1:-1] == whole[whole.index(shown[1]) :][: len(shown) - 2]


@given(marked(), st.integers(20, 80))
def test_the_first_mark_is_seen(given_text: tuple[str, list[tuple[int, int]]], limit: int) -> None:
    text, spans = given_text
    piece = snippet(text, spans, limit)
    if spans:
        start, end = spans[0]
        assert piece.spans
        shown = piece.text[slice(*piece.spans[0])]
        assert text[start:end].startswith(shown)
        assert len(shown) == end - start or end - start > limit - 10


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
