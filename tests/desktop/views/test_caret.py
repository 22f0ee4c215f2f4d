"""Where keys lead in the text: over headings, by phrases, never anywhere but in a measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.views.caret import moved, widened
from desktop.views.page import Row, Typography, lay_out

ROWS = [
    Row("part", "一、总则", (1, 0)),
    Row("measure", "甲（乙丙），丁。", (1, 0), "m/1.0.1", 1),
    Row("section", "（一）丑", (1, 1)),
    Row("measure", "𠮷林𠮷，寅。", (1, 1), "m/1.1.1", 1),
    Row("measure", "卯：“辰”。", (1, 1), "m/1.1.2", 2),
    Row("part", "二、附则", (2, 0)),
]
"""𠮷 is one character and two units."""
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    "left": Qt.Key.Key_Left,
    "right": Qt.Key.Key_Right,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "home": Qt.Key.Key_Home,
    "end": Qt.Key.Key_End,
}


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> QTextDocument:
    return lay_out(ROWS, Typography("serif", 17))


def cursor_at(page: QTextDocument, row: int, words_before: str = "") -> QTextCursor:
    """A cursor in a row after its first words."""
    cursor = QTextCursor(page)
    cursor.setPosition(page.findBlockByNumber(row).position() + len(words_before.encode("utf-16-le")) // 2)
    return cursor


def go(cursor: QTextCursor, key: str, held: Qt.KeyboardModifier) -> QTextCursor:
    after = moved(cursor, ROWS, KEYS[key], held)
    assert after is not None
    return after


def stops(cursor: QTextCursor, key: str, times: int) -> list[str]:
    """What stands before the cursor in its row after each of some phrases."""
    found = []
    for _ in range(times):
        cursor = go(cursor, key, CONTROL)
        found.append(
            cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le")
        )
    return found


def test_forward_it_goes_to_the_ends_of_phrases(page: QTextDocument) -> None:
    assert stops(cursor_at(page, 1), "right", 7) == [
        "甲", "甲（乙丙", "甲（乙丙），丁", "甲（乙丙），丁。", "𠮷林𠮷", "𠮷林𠮷，寅", "𠮷林𠮷，寅。",
    ]  # fmt: skip


def test_back_it_goes_to_the_beginnings_of_phrases(page: QTextDocument) -> None:
    assert stops(cursor_at(page, 4), "left", 5) == ["𠮷林𠮷，", "", "甲（乙丙），", "甲（", ""]


def test_a_phrase_selected_has_no_punctuation_at_its_ends(page: QTextDocument) -> None:
    assert go(cursor_at(page, 1, "甲（"), "right", CONTROL | SHIFT).selectedText() == "乙丙"
    assert go(cursor_at(page, 4, "卯：“辰"), "left", CONTROL | SHIFT).selectedText() == "辰"


@pytest.mark.parametrize(
    ("row", "before", "key", "held", "selected"),
    [
        (1, "甲", "right", SHIFT, "（"),
        (3, "", "right", SHIFT, "𠮷"),
        (3, "𠮷林", "left", SHIFT, "林"),
        (3, "𠮷林", "home", SHIFT, "𠮷林"),
        (3, "𠮷林", "end", SHIFT, "𠮷，寅。"),
        (3, "", "down", SHIFT | CONTROL, "𠮷林𠮷，寅。\u2029"),
        (1, "甲（乙丙），丁。", "right", SHIFT, "\u2029（一）丑\u2029"),
        (3, "", "left", SHIFT, "\u2029（一）丑\u2029"),
    ],
)
def test_shift_selects(
    page: QTextDocument, row: int, before: str, key: str, held: Qt.KeyboardModifier, selected: str
) -> None:
    assert go(cursor_at(page, row, before), key, held).selectedText() == selected


@given(
    keys=st.lists(
        st.tuples(st.sampled_from(sorted(KEYS)), st.sampled_from([NONE, SHIFT, CONTROL, SHIFT | CONTROL])),
        max_size=30,
    )
)
def test_whatever_is_pressed_the_cursor_stays_in_measures(
    page: QTextDocument, keys: list[tuple[str, Qt.KeyboardModifier]]
) -> None:
    cursor = cursor_at(page, 1)
    for key, held in keys:
        cursor = moved(cursor, ROWS, KEYS[key], held) or cursor
        assert ROWS[cursor.block().blockNumber()].measure_id


def test_keys_that_are_for_others_are_left_to_them(page: QTextDocument) -> None:
    cursor = cursor_at(page, 1)
    assert moved(cursor, ROWS, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier) is None
    assert moved(cursor, ROWS, Qt.Key.Key_PageDown, SHIFT) is None
    assert moved(cursor, ROWS, Qt.Key.Key_Home, CONTROL) is None


def test_it_widens_from_the_measure_to_the_section_to_everything(page: QTextDocument) -> None:
    cursor = cursor_at(page, 3, "𠮷")
    rows_selected = []
    for _ in range(4):
        cursor = widened(cursor, ROWS)
        rows_selected.append(cursor.selectedText().split("\u2029"))
    texts = [row.text for row in ROWS]
    assert rows_selected == [texts[3:4], texts[3:5], texts, texts]


def test_a_heading_without_measures_widens_to_everything(page: QTextDocument) -> None:
    once = widened(cursor_at(page, 5), ROWS)
    assert once.selectedText() == "二、附则"
    assert widened(once, ROWS).selectedText().count("\u2029") == len(ROWS) - 1
