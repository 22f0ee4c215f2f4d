"""Two readers do all that can be done with marks, notes and bookmarks: one without the mouse, one without the keyboard.

After every step what is shown and what is in the notebook's file must agree.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton

from desktop.theme import LIGHT
from tests.desktop.reader import Reader, lines_of

# The offscreen platform has no windows to raise, as opening a menu would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FOURTH, FIFTH = "shanghai-2023/2.1.4", "shanghai-2023/2.1.5"
WORDS = "争议处理"
STORED = {
    "notes": "SELECT body, kind, tags, quote FROM note WHERE deleted = ''",
    "deleted": "SELECT body FROM note WHERE deleted <> ''",
    "marks": "SELECT color, quote FROM highlight WHERE deleted = ''",
    "bookmarks": "SELECT label, folder, measure FROM bookmark WHERE deleted = '' ORDER BY position",
}


def is_marked(reader: Reader) -> bool:
    """Whether the words are seen on yellow."""
    return reader.sees(LIGHT.highlight_yellow, reader.place_of(FOURTH, 6, 10).adjusted(2, 0, -2, 0))


def has_dot(reader: Reader) -> bool:
    """Whether the margin says that there is a note."""
    return reader.sees(LIGHT.accent, reader.gutter(FOURTH))


def holds(reader: Reader, **wanted: list[object]) -> bool:
    """Whether the file holds just this; said in full where it does not."""
    found = {name: reader.stored(STORED[name]) for name in wanted}
    assert found == wanted
    return True


def card(reader: Reader) -> tuple[str, str, tuple[str, ...], str, str]:
    """What the only card shows."""
    [shown] = reader.cards
    return shown.body, shown.kind, shown.tags, shown.quote, shown.stroke


def as_typed(words: str) -> list[object]:
    """The note as it is in the file, with kind and tag, on the marked words."""
    return [(words, "问题", '["张江"]', WORDS)]


def as_shown(words: str) -> tuple[str, str, tuple[str, ...], str, str]:
    """The same note on its card."""
    return words, "问题", ("张江",), WORDS, "highlight_yellow"


def test_a_reader_without_a_mouse(reader: Reader) -> None:
    press, write = reader.press, reader.write
    form = reader.window.views.desk.notes.new_note

    press("Ctrl+K")
    write("二（一）4", "er yi")
    press("Return")
    assert reader.current == "2.1.4"

    # Mark
    press(*["Right"] * 6, *["Shift+Right"] * 4, "Alt+1")
    assert is_marked(reader)
    assert holds(reader, marks=[("黄", WORDS)])

    # Annotate, with kind and tag
    press(*["Shift+Left"] * 4, "Ctrl+M")
    write("谁来裁？", "shui lai cai")
    press("Tab")
    assert reader.is_at(form.kind_box)
    press("Down")
    assert form.kind_box.currentText() == "问题"
    assert holds(reader, notes=[("谁来裁？", "问题", "[]", WORDS)])
    press("Tab")
    write("张江", "zhang jiang")
    press("Esc")
    assert reader.is_at(reader.window.reading)
    assert card(reader) == as_shown("谁来裁？")
    assert has_dot(reader)
    assert holds(reader, notes=as_typed("谁来裁？"))

    # Edit
    press("F6", "Return")
    write("周五前答复。")
    press("Esc")
    assert reader.is_at(reader.notes)
    press("Esc")
    assert reader.is_at(reader.window.reading)
    assert card(reader) == as_shown("谁来裁？周五前答复。")
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"))

    # Undo, redo
    press("Ctrl+Z")
    assert card(reader) == as_shown("谁来裁？")
    assert holds(reader, notes=as_typed("谁来裁？"))
    press("Ctrl+Y")
    assert card(reader) == as_shown("谁来裁？周五前答复。")
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"))

    # Find, from elsewhere in the text
    press("Ctrl+K")
    write("5.1.1")
    press("Return", "Ctrl+Shift+F")
    write("没有", "mei you")
    reader.until(lambda: reader.cards == [])
    assert reader.says("没有符合条件的批注")
    press("Esc")
    write("答复", "da fu")
    reader.until(lambda: len(reader.cards) == 1)
    press("Down")
    assert reader.is_at(reader.notes)
    assert reader.current == "2.1.4"

    # Delete and restore
    press("Delete")
    assert reader.cards == []
    assert not has_dot(reader)
    assert holds(reader, notes=[], deleted=["谁来裁？周五前答复。"])
    press("Ctrl+Shift+R")
    assert lines_of(reader.window.views.desk.bin.list)[0].startswith(
        "谁来裁？周五前答复。，批注 · 二、（一）第4句"
    )
    reader.tab_to(reader.window.views.desk.bin.restore)
    press("Space")
    assert reader.says("回收里没有东西")
    assert reader.is_at(reader.window.reading)
    assert has_dot(reader)
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"), deleted=[])

    # Bookmark, name, folder, order
    press("Ctrl+D", "Down", "Ctrl+D", "Ctrl+Shift+D")
    assert reader.is_at(reader.window.views.desk.bookmarks)
    press("F2", "Ctrl+A")
    write("裁决", "cai jue")
    press("Return", "Down", "F2", "Ctrl+A")
    write("身份码")
    press("Return")
    assert reader.bookmarks == ["裁决", "身份码"]
    assert holds(reader, bookmarks=[("裁决", "", FOURTH), ("身份码", "", FIFTH)])
    press("Alt+Up")
    assert reader.bookmarks == ["身份码", "裁决"]
    assert holds(reader, bookmarks=[("身份码", "", FIFTH), ("裁决", "", FOURTH)])
    reader.press_menu_key()
    reader.pick_by_key("放入文件夹")

    def name_folder() -> None:
        write("周例会")
        press("Return")

    with reader.answering(name_folder):
        reader.pick_by_key("新建文件夹…")
    assert reader.bookmarks == ["周例会", "  身份码", "裁决"]
    assert holds(reader, bookmarks=[("身份码", "周例会", FIFTH), ("裁决", "", FOURTH)])
    press("Down", "Alt+Up", "Alt+Up")
    assert reader.bookmarks == ["周例会", "  裁决", "  身份码"]
    assert holds(reader, bookmarks=[("裁决", "周例会", FOURTH), ("身份码", "周例会", FIFTH)])
    assert reader.told == ""


def test_a_reader_without_a_keyboard_but_for_words(reader: Reader) -> None:
    desk, click, write = reader.window.views.desk, reader.click, reader.write
    page = desk.notes

    def leave() -> None:
        """Click on a measure without marks, as one does when one has done with writing."""
        reader.click_measure(FIFTH)

    def by_menu(*texts: str) -> None:
        """Choose from the menu of the window, as it stands under its button."""
        menu = reader.window.views.header.menu
        button = reader.window.views.header.findChild(QToolButton)
        assert isinstance(button, QToolButton)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        reader.pick(*texts)

    outline = reader.window.views.outline
    [row] = [row for row, line in enumerate(lines_of(outline)) if line.startswith("（一）市场")]
    reader.click_line(outline, row)
    assert reader.is_in_sight(FOURTH)

    # Mark
    reader.select(FOURTH, WORDS)
    click(reader.window.views.bar.colors[0])
    assert is_marked(reader)
    assert holds(reader, marks=[("黄", WORDS)])

    # Annotate, with kind and tag
    reader.pause()
    click(reader.page, reader.place_of(FOURTH, 7, 8).center())
    click(reader.window.views.bar.note)
    write("谁来裁？", "shui lai cai")
    reader.choose_in(page.new_note.kind_box, "问题")
    assert holds(reader, notes=[("谁来裁？", "问题", "[]", WORDS)])
    click(page.new_note.tags_line)
    write("张江", "zhang jiang")
    leave()
    assert card(reader) == as_shown("谁来裁？")
    assert has_dot(reader)
    assert holds(reader, notes=as_typed("谁来裁？"))

    # Edit
    reader.click_card("谁来裁", "编辑")
    write("周五前答复。")
    leave()
    assert card(reader) == as_shown("谁来裁？周五前答复。")
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"))

    # Undo, redo
    by_menu("摘录与批注", "撤销")
    assert card(reader) == as_shown("谁来裁？")
    assert holds(reader, notes=as_typed("谁来裁？"))
    by_menu("摘录与批注", "重做")
    assert card(reader) == as_shown("谁来裁？周五前答复。")
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"))

    # Find, from elsewhere in the text
    reader.click_line(outline, len(lines_of(outline)) - 1)
    assert reader.cards == []
    reader.click_chip("全部")
    reader.click_chip("筛选")
    click(page.filter.words)
    write("没有", "mei you")
    reader.until(lambda: reader.says("没有符合条件的批注"))
    reader.click_chip("筛选")
    reader.click_chip("筛选")
    write("答复", "da fu")
    reader.until(lambda: page.filter.words.text() == "答复" and len(reader.cards) == 1)
    reader.click_card("谁来裁")
    assert reader.current == "2.1.4"

    # Delete and restore
    reader.click_card("谁来裁", "删除")
    assert reader.cards == []
    assert not has_dot(reader)
    assert holds(reader, notes=[], deleted=["谁来裁？周五前答复。"])
    reader.click_tab("回收")
    reader.click_line(desk.bin.list, 0)
    click(desk.bin.restore)
    assert reader.says("回收里没有东西")
    assert has_dot(reader)
    assert holds(reader, notes=as_typed("谁来裁？周五前答复。"), deleted=[])

    # Bookmark, name, folder, order
    for measure_id in (FOURTH, FIFTH):
        reader.right_click(reader.page, reader.place_of(measure_id, 1, 2).center())
        reader.pick("加上或取消书签")
    reader.click_tab("书签")
    tree = desk.bookmarks

    def by_tree_menu(text: str, *texts: str) -> None:
        reader.right_click(tree.viewport(), reader.bookmark_place(text).center())
        reader.pick(*texts)

    def rename(old: str, new: str, leave_it: Callable[[], None]) -> None:
        by_tree_menu(old, "改名（F2）")
        write(new)
        leave_it()

    first, second = reader.bookmarks
    rename(first, "裁决", lambda: reader.click_tab("书签"))
    reader.click_bookmark(second)
    rename(second, "身份码", lambda: click(reader.page, reader.place_of(FIFTH, 1, 2).center()))
    assert reader.bookmarks == ["裁决", "身份码"]
    assert holds(reader, bookmarks=[("裁决", "", FOURTH), ("身份码", "", FIFTH)])
    by_tree_menu("身份码", "上移（Alt+↑）")
    assert reader.bookmarks == ["身份码", "裁决"]
    assert holds(reader, bookmarks=[("身份码", "", FIFTH), ("裁决", "", FOURTH)])

    def name_folder() -> None:
        write("周例会")
        reader.confirm()

    with reader.answering(name_folder):
        by_tree_menu("身份码", "放入文件夹", "新建文件夹…")
    assert reader.bookmarks == ["周例会", "  身份码", "裁决"]
    by_tree_menu("裁决", "放入文件夹", "周例会")
    by_tree_menu("裁决", "上移（Alt+↑）")
    assert reader.bookmarks == ["周例会", "  裁决", "  身份码"]
    assert holds(reader, bookmarks=[("裁决", "周例会", FOURTH), ("身份码", "周例会", FIFTH)])
    assert reader.told == ""
