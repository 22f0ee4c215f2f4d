"""What is marked is seen: every colour where highlights overlap, hits on them, the words of notes, all in their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from desktop.theme import LIGHT, THEMES
from desktop.views.marks import Stroke, layers
from tests.desktop.reader import colors_in
from tests.desktop.views.conftest import Hand

STROKES = st.builds(
    lambda start, length, color, name: Stroke(start, start + length, color, name),
    st.integers(0, 20), st.integers(1, 9), st.sampled_from("abcd"), st.text(max_size=2),
)  # fmt: skip


@given(strokes=st.lists(STROKES, max_size=6))
def test_every_character_has_the_colours_of_the_strokes_on_it_oldest_first(strokes: list[Stroke]) -> None:
    found = {at: colors for start, end, colors in layers(strokes) for at in range(start, end)}
    for at in range(30):
        on_it = [one.color for one in strokes if one.start <= at < one.end]
        assert found.get(at, ()) == tuple(dict.fromkeys(on_it))


def grounds(hand: Hand, measure: str, words: str) -> list[str]:
    """The colours of highlighters and hits behind words, from top to bottom, seen at their left edge."""
    box = hand.place(measure, words)
    image = hand.picture
    roles = [*(f"highlight_{color}" for color in ("yellow", "green", "blue", "pink")), "hit", "hit_here"]
    names = {getattr(LIGHT, role): role.removeprefix("highlight_") for role in roles}
    column = [image.pixelColor(box.left() + 1, y).name() for y in range(box.top() + 1, box.bottom())]
    return list(dict.fromkeys(names[color] for color in column if color in names))


def test_a_highlight_lies_behind_its_words_only(hand: Hand) -> None:
    hand.mark(highlights={"2.3.3": [hand.stroke("2.3.3", "98%以上", "green")]})
    assert grounds(hand, "2.3.3", "98%以上") == ["green"]
    assert grounds(hand, "2.3.3", "服务满意率") == []


def test_a_highlight_over_two_lines_lies_behind_both(hand: Hand) -> None:
    text = hand.text("2.3.1")
    hand.mark(highlights={"2.3.1": [hand.stroke("2.3.1", text, "blue")]})
    assert grounds(hand, "2.3.1", text[:4]) == grounds(hand, "2.3.1", text[-4:]) == ["blue"]


def test_where_highlights_overlap_each_keeps_a_band_in_order_of_creation(hand: Hand) -> None:
    strokes = [
        hand.stroke("2.3.5", "市政公用基础设施", "pink"),
        hand.stroke("2.3.5", "公用基础设施供应质量", "yellow"),
        hand.stroke("2.3.5", "基础设施", "blue"),
    ]
    hand.mark(highlights={"2.3.5": strokes})
    assert grounds(hand, "2.3.5", "市政") == ["pink"]
    assert grounds(hand, "2.3.5", "公用") == ["pink", "yellow"]
    assert grounds(hand, "2.3.5", "基础") == ["pink", "yellow", "blue"]
    assert grounds(hand, "2.3.5", "供应") == ["yellow"]


def test_a_hit_on_a_highlight_leaves_both_to_be_seen(hand: Hand) -> None:
    hits = {"2.3.3": [hand.span("2.3.3", "全程服务")]}
    hand.mark(hits={"2.3.3": hits["2.3.3"]}, highlights={"2.3.3": [hand.stroke("2.3.3", "服务时限", "pink")]})
    seen = colors_in(hand.picture, hand.place("2.3.3", "服务"))
    assert {LIGHT.hit, LIGHT.highlight_pink, LIGHT.star} <= seen


def test_a_hit_without_a_highlight_has_no_frame(hand: Hand) -> None:
    hand.mark(hits={"2.3.3": [hand.span("2.3.3", "全程")]})
    seen = colors_in(hand.picture, hand.place("2.3.3", "全程"))
    assert LIGHT.hit in seen
    assert LIGHT.star not in seen


def test_the_words_of_a_note_are_underlined_and_no_others(hand: Hand) -> None:
    hand.mark(note_ranges={"2.3.8": [hand.span("2.3.8", "适用范围")]})
    below = [hand.place("2.3.8", words).translated(0, 2) for words in ("适用范围", "标准化")]
    assert [LIGHT.note_line in colors_in(hand.picture, box) for box in below] == [True, False]


def test_the_dot_stands_where_notes_are_counted(hand: Hand) -> None:
    hand.mark(note_counts={"2.3.2": 1, "2.3.3": 0})
    seen = [LIGHT.accent in colors_in(hand.picture, margin(hand, measure)) for measure in ("2.3.2", "2.3.3")]
    assert seen == [True, False]


def margin(hand: Hand, measure: str) -> QRect:
    """The part of the margin left of a number."""
    return hand.view.number_rect(hand.id(measure)).toRect().adjusted(0, 0, -8, 0)


@pytest.mark.parametrize("name", THEMES)
def test_other_themes_have_other_highlighters(hand: Hand, name: str) -> None:
    hand.mark(highlights={"2.3.3": [hand.stroke("2.3.3", "98%以上", "green")]})
    hand.view.set_theme(THEMES[name])
    assert THEMES[name].highlight_green in colors_in(hand.picture, hand.place("2.3.3", "98%以上"))
