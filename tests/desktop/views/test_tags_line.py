"""Tags as they are typed: split, told once they are finished, completed from those in use."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.views.tags_line import TagsLine, tags_of
from tests.desktop.reader import type_into

# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def line(qtbot: QtBot) -> TagsLine:
    made = TagsLine()
    qtbot.addWidget(made)
    made.know(["张江", "张江科学城", "园区"])
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        ("  ", ()),
        ("张江", ("张江",)),
        ("张江 园区", ("张江", "园区")),
        ("#张江，园区、会前;下周；＃急", ("张江", "园区", "会前", "下周", "急")),
        ("张江 张江 园区 张江", ("张江", "园区")),
        ("AI+ 98%", ("AI+", "98%")),
    ],
)
def test_what_stands_between_tags_is_none_of_them(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_of(typed) == tags


def test_return_tells_the_tags(line: TagsLine, qtbot: QtBot) -> None:
    line.setText("张江，园区")
    with qtbot.waitSignal(line.tags_settled) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [("张江", "园区")]


def test_so_does_leaving(line: TagsLine, qtbot: QtBot) -> None:
    line.setText("张江")
    with qtbot.waitSignal(line.tags_settled) as told:
        line.clearFocus()
    assert told.args == [("张江",)]


def test_escape_is_passed_on_and_changes_nothing(line: TagsLine, qtbot: QtBot) -> None:
    line.setText("张江")
    with qtbot.waitSignal(line.escaped), qtbot.assertNotEmitted(line.tags_settled):
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "张江"


@pytest.mark.parametrize(("typed", "offered"), [("张", ["张江", "张江科学城"]), ("区", ["园区"]), ("没", [])])
def test_tags_in_use_are_offered(line: TagsLine, typed: str, offered: list[str]) -> None:
    type_into(line, typed)
    popup = line._completer.popup()
    model = popup.model()
    assert popup.isVisible() is bool(offered)
    assert [model.index(row, 0).data() for row in range(model.rowCount() if offered else 0)] == offered


def test_the_one_chosen_takes_the_place_of_what_was_begun(line: TagsLine, qtbot: QtBot) -> None:
    type_into(line, "会前 科")
    with qtbot.waitSignal(line.tags_settled) as told:
        QTest.keyClick(line._completer.popup(), Qt.Key.Key_Down)
        QTest.keyClick(line._completer.popup(), Qt.Key.Key_Return)
    assert told.args == [("会前", "张江科学城")]
    assert line.text() == "会前 张江科学城 "


def test_escape_closes_the_offer_first(line: TagsLine, qtbot: QtBot) -> None:
    type_into(line, "张")
    with qtbot.assertNotEmitted(line.escaped):
        QTest.keyClick(line._completer.popup(), Qt.Key.Key_Escape)
    assert not line._completer.popup().isVisible()
    assert line.text() == "张"


def test_saved_tags_do_not_overwrite_the_same_in_another_spelling(line: TagsLine) -> None:
    line.setText("张江，园区")
    line.show_tags(["张江", "园区"])
    assert line.text() == "张江，园区"
    line.show_tags(["会前"])
    assert line.text() == "会前"
