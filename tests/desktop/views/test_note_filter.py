"""What the filter asks for, and that it says so once it is something else."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.notebook.listing import Order, Wanted
from desktop.notebook.model import NoteKind
from desktop.views.note_filter import NoteFilter, Where
from tests.desktop.reader import type_into

# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def asked(qtbot: QtBot) -> NoteFilter:
    made = NoteFilter()
    qtbot.addWidget(made)
    made.know(["张江", "会前"])
    made.show()
    return made


@pytest.fixture
def opened(asked: NoteFilter) -> NoteFilter:
    click(asked, "筛选")
    return asked


def click(asked: NoteFilter, text: str) -> None:
    chips: Iterable[QToolButton] = asked.findChildren(QToolButton, "chip")
    [chip] = [one for one in chips if one.text() == text]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_at_first_the_section_is_listed_and_nothing_asked(asked: NoteFilter) -> None:
    assert asked.where is Where.SECTION
    assert asked.wanted == Wanted()
    assert asked.order is Order.TEXT
    assert not asked.words.isVisible()


@pytest.mark.parametrize("where", [Where.MEASURE, Where.ALL])
def test_a_chip_asks_for_others(asked: NoteFilter, qtbot: QtBot, where: Where) -> None:
    with qtbot.waitSignal(asked.changed):
        click(asked, where.value)
    assert asked.where is where


def test_words_are_asked_for_as_they_are_typed_but_not_while_they_are_spelt(opened: NoteFilter) -> None:
    told: list[Wanted] = []
    opened.changed.connect(lambda: told.append(opened.wanted))
    QApplication.sendEvent(opened.words, QInputMethodEvent("shi", []))
    assert told == []
    for word in ("市", "场"):
        type_into(opened.words, word)
    assert told == [Wanted("市"), Wanted("市场")]


@pytest.mark.parametrize(
    ("box", "text", "wanted"),
    [
        ("kinds", "待核实", Wanted(kind=NoteKind.TO_VERIFY)),
        ("tags", "会前", Wanted(tag="会前")),
        ("periods", "今天", Wanted(since=date.today().isoformat())),
        ("periods", "近 7 天", Wanted(since=(date.today() - timedelta(6)).isoformat())),
    ],
)
def test_a_box_narrows(opened: NoteFilter, qtbot: QtBot, box: str, text: str, wanted: Wanted) -> None:
    with qtbot.waitSignal(opened.changed):
        getattr(opened, box).setCurrentText(text)
    assert opened.wanted == wanted


def test_the_order_is_asked_for(opened: NoteFilter, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.changed):
        opened.orders.setCurrentText(Order.KIND.value)
    assert opened.order is Order.KIND


def test_folded_away_it_forgets_everything_and_says_so_once(opened: NoteFilter) -> None:
    opened.words.setText("市场")
    opened.kinds.setCurrentText("问题")
    opened.orders.setCurrentText(Order.KIND.value)
    told: list[None] = []
    opened.changed.connect(lambda: told.append(None))
    opened.drop()
    assert (opened.wanted, opened.order) == (Wanted(), Order.TEXT)
    assert len(told) == 1


def test_the_keyboard_is_taken_for_all_notes(asked: NoteFilter) -> None:
    asked.take_keyboard()
    assert asked.where is Where.ALL
    assert asked.words.isVisible()


def test_a_chosen_tag_stays_chosen_when_others_come(opened: NoteFilter, qtbot: QtBot) -> None:
    opened.tags.setCurrentText("会前")
    with qtbot.assertNotEmitted(opened.changed):
        opened.know(["急", "会前", "张江"])
    assert opened.wanted.tag == "会前"


def test_a_chosen_tag_that_is_gone_is_asked_for_no_more(opened: NoteFilter, qtbot: QtBot) -> None:
    opened.tags.setCurrentText("会前")
    with qtbot.waitSignal(opened.changed):
        opened.know(["张江"])
    assert opened.wanted.tag == ""


@pytest.mark.parametrize(("shown", "total", "said"), [(3, 3, ""), (1, 3, "1 / 3"), (0, 3, "0 / 3")])
def test_the_count_is_said_where_some_are_missing(
    asked: NoteFilter, shown: int, total: int, said: str
) -> None:
    asked.show_count(shown, total)
    assert asked.count.text() == said


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_keys_lead_on_into_the_list(opened: NoteFilter, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(opened.down_pressed):
        QTest.keyClick(opened.words, key)


def test_escape_clears_first_then_leads_out(opened: NoteFilter, qtbot: QtBot) -> None:
    opened.words.setText("市场")
    with qtbot.assertNotEmitted(opened.escaped):
        QTest.keyClick(opened.words, Qt.Key.Key_Escape)
    assert opened.words.text() == ""
    with qtbot.waitSignal(opened.escaped):
        QTest.keyClick(opened.words, Qt.Key.Key_Escape)
