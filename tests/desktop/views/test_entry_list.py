"""A plain list of entries: led through by keys and mouse, several chosen, its place kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.theme import DARK, LIGHT
from desktop.views.entry_list import EntryList, EntryRow
from tests.desktop.reader import colors_in

ROWS = [EntryRow(name, f"{name}的话", "二、（一）第4句", "highlight_blue") for name in "甲乙丙"]
# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def entries(qtbot: QtBot) -> EntryList:
    made = EntryList("标记", LIGHT)
    qtbot.addWidget(made)
    made.resize(280, 200)
    made.show_rows(ROWS)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def click(entries: EntryList, row: int, held: Qt.KeyboardModifier = NONE) -> None:
    place = entries.visualRect(entries.model().index(row, 0)).center()
    QTest.mouseClick(entries.viewport(), LEFT, held, place)


def press(entries: EntryList, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(entries, key, held)


def test_coming_with_the_keyboard_the_first_is_chosen(entries: EntryList) -> None:
    assert entries.chosen == ["甲"]


def test_a_click_and_the_keys_tell_where_one_is(entries: EntryList) -> None:
    told: list[str] = []
    entries.entry_chosen.connect(told.append)
    click(entries, 1)
    press(entries, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert told == ["乙", "丙", "乙", "乙"]


def test_several_are_deleted_at_once(entries: EntryList, qtbot: QtBot) -> None:
    click(entries, 0)
    click(entries, 2, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(entries.delete_requested) as told:
        press(entries, Qt.Key.Key_Delete)
    assert told.args == [["甲", "丙"]]


def test_escape_leads_out(entries: EntryList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(entries.left):
        press(entries, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("row", "left", "chosen"), [(0, ROWS[1:], "乙"), (2, ROWS[:2], "乙"), (1, ROWS[1:], "丙")]
)
def test_after_a_deletion_one_stays_in_the_line(
    entries: EntryList, row: int, left: list[EntryRow], chosen: str
) -> None:
    click(entries, row)
    entries.show_rows(left)
    assert entries.chosen == [chosen]


def test_the_same_rows_again_change_nothing(entries: EntryList, qtbot: QtBot) -> None:
    click(entries, 1)
    with qtbot.assertNotEmitted(entries.model().modelReset):
        entries.show_rows(list(ROWS))
    assert entries.chosen == ["乙"]


def test_a_screen_reader_hears_words_and_place(entries: EntryList) -> None:
    index = entries.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "甲的话，二、（一）第4句"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "甲的话"


def test_the_bar_has_the_colour_of_the_entry_in_every_theme(entries: EntryList) -> None:
    row = entries.visualRect(entries.model().index(1, 0))
    for theme in (LIGHT, DARK):
        entries.set_theme(theme)
        assert theme.highlight_blue in colors_in(entries.viewport().grab().toImage(), row)
