"""The tree of bookmarks: told what is renamed, moved, deleted; it shows what it is given and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.bookmark_tree import BookmarkRow, BookmarkTree
from tests.desktop.reader import type_into

ROWS = [
    BookmarkRow("1", "甲", "二、（一）第1句"),
    BookmarkRow("2", "乙", "二、（一）第2句", "会前"),
    BookmarkRow("3", "丙", "二、（一）第3句", "会前"),
    BookmarkRow("4", "丁", "二、（一）第4句"),
]
# The offscreen platform cannot do all that a window of its own asks for.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Arranged = list[tuple[str, str]]
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def tree(qtbot: QtBot) -> BookmarkTree:
    made = BookmarkTree()
    qtbot.addWidget(made)
    made.resize(280, 300)
    made.show_rows(ROWS)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def lines(tree: BookmarkTree) -> list[str]:
    """What is shown; what is in a folder is set in."""
    return [("  " if item.parent() else "") + item.text(0) for item in tree._lines()]


def choose(tree: BookmarkTree, text: str) -> None:
    [item] = tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    tree.setCurrentItem(item)


def press(tree: BookmarkTree, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(tree, key, held)


def retype(tree: BookmarkTree, text: str, words: str) -> None:
    """Give a line another text with F2."""
    choose(tree, text)
    press(tree, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    type_into(editor, words)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_folder_stands_where_its_first_bookmark_does(tree: BookmarkTree) -> None:
    assert lines(tree) == ["甲", "会前", "  乙", "  丙", "丁"]


def test_walking_tells_where_one_is_but_not_at_a_folder(tree: BookmarkTree) -> None:
    told: list[str] = []
    tree.bookmark_chosen.connect(told.append)
    press(tree, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Return)
    assert told == ["2", "3", "4", "4"]


@pytest.mark.parametrize(
    ("text", "key", "order"),
    [
        ("甲", Qt.Key.Key_Up, None),
        ("甲", Qt.Key.Key_Down, [("1", "会前"), ("2", "会前"), ("3", "会前"), ("4", "")]),
        ("乙", Qt.Key.Key_Up, [("1", ""), ("2", ""), ("3", "会前"), ("4", "")]),
        ("乙", Qt.Key.Key_Down, [("1", ""), ("3", "会前"), ("2", "会前"), ("4", "")]),
        ("丙", Qt.Key.Key_Down, [("1", ""), ("2", "会前"), ("3", ""), ("4", "")]),
        ("丁", Qt.Key.Key_Up, [("1", ""), ("2", "会前"), ("3", "会前"), ("4", "会前")]),
        ("丁", Qt.Key.Key_Down, None),
        ("会前", Qt.Key.Key_Down, None),
    ],
)
def test_keys_arrange(tree: BookmarkTree, text: str, key: Qt.Key, order: Arranged | None) -> None:
    told: list[Arranged] = []
    tree.arranged.connect(told.append)
    choose(tree, text)
    press(tree, key, held=ALT)
    assert told == ([order] if order else [])


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Up, "乙"), (Qt.Key.Key_Down, "丙")])
def test_at_the_ends_a_key_leads_out_of_a_folder(tree: BookmarkTree, key: Qt.Key, text: str) -> None:
    told: list[Arranged] = []
    tree.arranged.connect(told.append)
    tree.show_rows(ROWS[1:3])
    choose(tree, text)
    press(tree, key, held=ALT)
    assert dict(told[0]) == {"2": "会前", "3": "会前"} | {{"乙": "2", "丙": "3"}[text]: ""}


@pytest.mark.parametrize(("words", "told"), [("新名", "新名"), ("  新名 ", "新名"), ("", "")])
def test_another_name_is_told(tree: BookmarkTree, qtbot: QtBot, words: str, told: str) -> None:
    with qtbot.waitSignal(tree.renamed) as renamed:
        retype(tree, "乙", words)
    assert renamed.args == ["2", told]


@pytest.mark.parametrize(("words", "told"), [("周例会", "周例会"), ("", "会前")])
def test_a_folder_is_renamed_or_keeps_its_name(
    tree: BookmarkTree, qtbot: QtBot, words: str, told: str
) -> None:
    with qtbot.waitSignal(tree.folder_renamed) as renamed:
        retype(tree, "会前", words)
    assert renamed.args == ["会前", told]


def test_what_was_not_taken_over_is_not_shown(tree: BookmarkTree) -> None:
    retype(tree, "乙", "没存下")
    tree.show_rows(list(ROWS))
    assert lines(tree) == ["甲", "会前", "  乙", "  丙", "丁"]


@pytest.mark.parametrize(("text", "ids"), [("乙", ["2"]), ("会前", ["2", "3"])])
def test_the_key_deletes_a_folder_with_all_that_is_in_it(
    tree: BookmarkTree, qtbot: QtBot, text: str, ids: list[str]
) -> None:
    choose(tree, text)
    with qtbot.waitSignal(tree.delete_requested) as told:
        press(tree, Qt.Key.Key_Delete)
    assert told.args == [ids]


@pytest.mark.parametrize(
    ("text", "left", "current"),
    [
        ("甲", ROWS[1:], "会前"),
        ("丁", ROWS[:3], "丙"),
        ("乙", [ROWS[0], *ROWS[2:]], "丙"),
        ("丙", ROWS, "丙"),
    ],
)
def test_one_stays_in_the_line_when_others_are_shown(
    tree: BookmarkTree, text: str, left: list[BookmarkRow], current: str
) -> None:
    choose(tree, text)
    tree.show_rows(left)
    assert tree.currentItem().text(0) == current


def test_escape_leads_out(tree: BookmarkTree, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tree.left):
        press(tree, Qt.Key.Key_Escape)


def test_a_screen_reader_hears_the_place_too(tree: BookmarkTree) -> None:
    assert tree._lines()[0].data(0, Qt.ItemDataRole.AccessibleTextRole) == "甲，二、（一）第1句"
