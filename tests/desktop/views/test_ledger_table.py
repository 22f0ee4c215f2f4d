"""The table of the ledger by itself: what is drawn, what is said, where the keyboard goes, what is asked for."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.fonts import Fonts
from desktop.theme import DARK, LIGHT
from desktop.views.ledger_line import KEYS, Item, LedgerHeading, LedgerLine
from desktop.views.ledger_table import LedgerTable
from tests.desktop.reader import colors_in

# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def line(name: str, **cells: str) -> LedgerLine:
    words = dict.fromkeys(KEYS, "") | {"place": name, "status": "推进中"} | cells
    return LedgerLine(name, words, words["due"])


LATE = replace(line("甲", due="2023-03"), alert="逾期")
MOVED = replace(line("乙", due="2023-09"), first_due="2023-04")
ITEMS: list[Item] = [LedgerHeading("上", 2), LATE, MOVED, LedgerHeading("下", 1), line("丙")]


@pytest.fixture
def table(qtbot: QtBot, chosen_fonts: Fonts) -> Iterator[LedgerTable]:
    made = LedgerTable(LIGHT, chosen_fonts.serif)
    qtbot.addWidget(made)
    made.resize(1240, 320)
    made.show_items(ITEMS)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    QApplication.clipboard().clear()


def cell(table: LedgerTable, row: int, key: str) -> QRect:
    return table.visualRect(table.lines.index(row, KEYS.index(key)))


def press(
    table: LedgerTable, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(table, key, held)


def test_the_keyboard_begins_below_the_first_heading_and_steps_over_the_next(table: LedgerTable) -> None:
    seen = [table.current_id]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(table, key)
        seen.append(table.current_id)
    assert seen == ["甲", "乙", "丙", "乙", "甲", "甲"]


def test_a_late_row_is_drawn_so_and_said_so(table: LedgerTable) -> None:
    picture = table.viewport().grab().toImage()
    assert LIGHT.overdue in colors_in(picture, cell(table, 1, "due"))
    assert LIGHT.overdue not in colors_in(picture, cell(table, 2, "due"))
    assert LIGHT.band in colors_in(picture, cell(table, 1, "person"))
    assert table.lines.index(1, KEYS.index("status")).data() == "推进中（逾期）"


def test_the_first_date_is_struck_through_above_the_one_that_holds(table: LedgerTable) -> None:
    assert table.lines.index(2, KEYS.index("due")).data() == "2023-09（原定 2023-04）"
    place = cell(table, 2, "due")
    upper = place.adjusted(0, 2, 0, -place.height() // 2)
    assert LIGHT.muted in colors_in(table.viewport().grab().toImage(), upper)


def test_other_colours(table: LedgerTable) -> None:
    table.set_theme(DARK)
    assert DARK.overdue in colors_in(table.viewport().grab().toImage(), cell(table, 1, "due"))


def test_other_words_leave_the_keyboard_where_it_is(table: LedgerTable) -> None:
    press(table, Qt.Key.Key_Down)
    table.show_items([*ITEMS[:2], replace(MOVED, cells={**MOVED.cells, "lead": "市商务委"}), *ITEMS[3:]])
    assert table.current_id == "乙"
    assert table.lines.index(2, KEYS.index("lead")).data() == "市商务委"


def test_other_lines_take_the_keyboard_along(table: LedgerTable) -> None:
    press(table, Qt.Key.Key_Down)
    table.show_items([MOVED, line("丁"), LATE])
    assert (table.current_id, table.currentIndex().row()) == ("乙", 0)
    table.show_items([line("丁"), LATE])
    assert table.current_id == "丁"


def test_what_is_wanted_of_each_column(table: LedgerTable, qtbot: QtBot) -> None:
    for key, signal in (
        ("place", table.place_opened),
        ("text", table.place_opened),
        ("latest", table.progress_requested),
    ):
        table.go_to("乙", key)
        with qtbot.waitSignal(signal) as asked:
            press(table, Qt.Key.Key_Return)
        assert asked.args == ["乙"]
    table.go_to("乙", "status")
    with qtbot.waitSignal(table.status_requested) as asked:
        press(table, Qt.Key.Key_F2)
    assert asked.args is not None
    assert asked.args[0] == ["乙"]


def test_a_single_cell_is_filled_from_above_over_a_heading(table: LedgerTable, qtbot: QtBot) -> None:
    table.go_to("丙", "lead")
    with qtbot.waitSignal(table.filled) as asked:
        table.fill()
    assert asked.args == [["乙", "丙"], ["lead"]]


def test_what_cannot_be_filled_is_not(table: LedgerTable, qtbot: QtBot) -> None:
    table.go_to("丙", "text")
    with qtbot.assertNotEmitted(table.filled):
        table.fill()


def test_the_plans_own_words_are_never_written_in(table: LedgerTable) -> None:
    for key in ("place", "text", "status", "latest"):
        index = table.lines.index(1, KEYS.index(key))
        assert not table.lines.flags(index) & Qt.ItemFlag.ItemIsEditable
