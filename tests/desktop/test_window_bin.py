"""回收 in the window: what was deleted is brought back whole, or removed for good once that has been confirmed."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from tests.desktop.conftest import Sitting
from tests.desktop.reader import LEFT, Reader, lines_of

# The offscreen platform has no windows to raise, as asking a question would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HERE = "shanghai-2023/2.1.4"
ALL_BODIES = "SELECT body FROM note ORDER BY rowid"


@pytest.fixture
def thrown(noted: Reader) -> Reader:
    """A note, a bookmark and a highlight deleted, in this order, and the bin open."""
    noted.press("Ctrl+D", "Alt+3")
    noted.click_card("问市场", "删除")
    noted.press("Ctrl+D")
    noted.click_tab("标记")
    noted.click_line(noted.window.views.desk.highlights, 0)
    noted.press("Delete")
    noted.click_tab("回收")
    return noted


def in_bin(reader: Reader) -> list[str]:
    """The lines of the bin: the words and what they are."""
    lines = (
        lines_of(reader.window.views.desk.bin.list) if reader.window.views.desk.bin.list.isVisible() else []
    )
    return [line.rpartition(" · ")[0] for line in lines]


def answer(reader: Reader, text: str) -> None:
    """Click on a button of the question that is asked."""
    question = reader.window.findChild(QMessageBox, "purgeQuestion")
    assert isinstance(question, QMessageBox)
    buttons: list[QAbstractButton] = question.buttons()
    [button] = [one for one in buttons if one.text().replace("&", "") == text]
    QTest.mouseClick(button, LEFT)
    reader.until(lambda: reader.window.findChild(QMessageBox, "purgeQuestion") is None)
    # As a desktop does by itself when a dialog has gone.
    reader.window.activateWindow()
    reader.until(reader.window.isActiveWindow)


def test_everything_deleted_lies_there(thrown: Reader) -> None:
    assert thrown.tabs == ["批注", "书签", "标记", "相关", "回收 3"]
    assert sorted(in_bin(thrown)) == sorted(
        [
            "问市场监管局，批注 · 二、（一）第4句",
            "完善企业名称争议处理机制。，书签 · 二、（一）第4句",
            "完善企业名称争议处理机制。，标记 · 二、（一）第4句",
        ]
    )


def test_what_is_chosen_comes_back_as_it_was(thrown: Reader) -> None:
    before = thrown.stored("SELECT id, body, created, changed, kind, tags FROM note")
    page = thrown.window.views.desk.bin
    row = next(at for at, line in enumerate(in_bin(thrown)) if "批注 · " in line)
    assert not page.restore.isEnabled()
    thrown.click_line(page.list, row)
    thrown.click(page.restore)
    assert thrown.stored() == ["问市场监管局"]
    assert thrown.stored("SELECT id, body, created, changed, kind, tags FROM note") == before
    assert "已还原 1 条" in thrown.status
    assert thrown.tabs == ["批注 1", "书签", "标记", "相关", "回收 2"]
    thrown.click_tab("批注")
    assert thrown.bodies == ["问市场监管局"]


def test_by_keyboard_all_of_it(thrown: Reader) -> None:
    thrown.press("Esc", "Ctrl+Shift+R", "Ctrl+A")
    thrown.tab_to(thrown.window.views.desk.bin.restore)
    thrown.press("Space")
    assert thrown.tabs == ["批注 1", "书签 1", "标记 1", "相关", "回收"]
    assert thrown.is_at(thrown.window.reading)
    assert thrown.says("回收里没有东西")


def test_restoring_can_be_undone(thrown: Reader) -> None:
    thrown.press("Ctrl+Shift+R", "Ctrl+A")
    thrown.click(thrown.window.views.desk.bin.restore)
    thrown.press("Ctrl+Z")
    assert "已撤销：还原" in thrown.status
    assert len(in_bin(thrown)) == 3


@pytest.mark.parametrize(("button", "left"), [("彻底删除", 0), ("不删", 3)])
def test_emptying_asks_first(thrown: Reader, button: str, left: int) -> None:
    thrown.click(thrown.window.views.desk.bin.purge_all)
    answer(thrown, button)
    assert len(in_bin(thrown)) == left
    tables = ("note", "bookmark", "highlight")
    assert sum(len(thrown.stored(f"SELECT id FROM {table}")) for table in tables) == left


def test_what_was_removed_for_good_comes_back_by_undo_in_this_sitting(
    thrown: Reader, sit_down: Sitting
) -> None:
    thrown.press("Ctrl+Shift+R", "Ctrl+A", "Delete")
    answer(thrown, "彻底删除")
    assert thrown.stored(ALL_BODIES) == []
    thrown.press("Ctrl+Z")
    assert thrown.stored(ALL_BODIES) == ["问市场监管局"]
    assert len(in_bin(thrown)) == 3
    thrown.leave()
    assert sit_down().tabs[-1] == "回收 3"


def test_the_key_there_asks_too_and_escape_keeps_it(thrown: Reader) -> None:
    thrown.press("Ctrl+Shift+R", "Delete")
    question = thrown.window.findChild(QMessageBox, "purgeQuestion")
    assert isinstance(question, QMessageBox)
    assert "1 条" in question.text()
    QTest.keyClick(question, "\x1b")
    assert len(in_bin(thrown)) == 3
