"""The bin's page: what is chosen comes back; what is to go for good is asked about first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.theme import LIGHT
from desktop.views.bin_page import BinPage
from desktop.views.entry_list import EntryRow

# The offscreen platform has no windows to raise, as asking a question would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROWS = [EntryRow(name, f"{name}的话", "批注 · 全文 · 11-25 09:00删除") for name in "甲乙丙"]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot) -> BinPage:
    made = BinPage(LIGHT)
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_rows(ROWS)
    made.show()
    return made


def choose(page: BinPage, row: int) -> None:
    place = page.list.visualRect(page.list.model().index(row, 0)).center()
    QTest.mouseClick(page.list.viewport(), LEFT, pos=place)


def question(page: BinPage) -> QMessageBox:
    found = page.findChild(QMessageBox)
    assert isinstance(found, QMessageBox)
    return found


def test_an_empty_bin_says_what_it_is_for(page: BinPage) -> None:
    page.show_rows([])
    assert "可以随时还原" in page.empty.text()
    shown = [one.isVisible() for one in (page.empty, page.list, page.restore, page.purge, page.purge_all)]
    assert shown == [True, False, False, False, False]


def test_nothing_can_be_done_with_nothing(page: BinPage) -> None:
    page.list.clearSelection()
    assert not page.restore.isEnabled()
    assert not page.purge.isEnabled()
    assert page.purge_all.isEnabled()
    choose(page, 1)
    assert page.restore.isEnabled()
    assert page.purge.isEnabled()


def test_enter_brings_back_what_is_chosen(page: BinPage, qtbot: QtBot) -> None:
    choose(page, 2)
    with qtbot.waitSignal(page.restore_requested) as told:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args == [["丙"]]


def test_what_is_chosen_is_brought_back(page: BinPage, qtbot: QtBot) -> None:
    choose(page, 1)
    with qtbot.waitSignal(page.restore_requested) as told:
        QTest.mouseClick(page.restore, LEFT)
    assert told.args == [["乙"]]


@pytest.mark.parametrize(("button", "ids"), [("purge", ["丙"]), ("purge_all", ["甲", "乙", "丙"])])
def test_removing_for_good_asks_how_many_and_says_what_can_still_be_done(
    page: BinPage, qtbot: QtBot, button: str, ids: list[str]
) -> None:
    choose(page, 2)
    QTest.mouseClick(getattr(page, button), LEFT)
    assert f"{len(ids)} 条" in question(page).text()
    assert "Ctrl+Z" in question(page).informativeText()
    [yes] = [one for one in question(page).buttons() if "彻底删除" in one.text()]
    with qtbot.waitSignal(page.purge_requested) as told:
        QTest.mouseClick(yes, LEFT)
    assert told.args == [ids]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_easy_answer_keeps_everything(page: BinPage, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.mouseClick(page.purge_all, LEFT)
    asked = question(page)
    with qtbot.assertNotEmitted(page.purge_requested), qtbot.waitSignal(asked.finished):
        QTest.keyClick(asked.defaultButton() if key == Qt.Key.Key_Return else asked, key)
