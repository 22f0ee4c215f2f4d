"""Bookmarks in the window: set, named, put into folders, ordered by hand, led to, taken away."""

import pytest

from desktop.theme import LIGHT
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, colors_in

# The offscreen platform has no windows to raise, as opening a menu would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HERE = "shanghai-2023/2.1.4"
KEPT = "SELECT label, folder, measure FROM bookmark WHERE deleted = '' ORDER BY position"
PLACES = ("2.1.1", "2.1.4", "5.1.1")
FIRST, FOURTH, LAST = (
    "完善企业登记数字化服务平台，拓展设立、变更、注销全程电子化登记覆盖范围。",
    "完善企业名称争议处理机制。",
    "坚持“一网通办”改革",
)


@pytest.fixture
def three(reader: Reader) -> Reader:
    """Three bookmarks called 甲, 乙 and 丙, the first of them current in their tree."""
    for place in PLACES:
        reader.window.open_citation(place)
        reader.press("Ctrl+D")
    reader.press("Ctrl+Shift+D")
    for name in ("甲", "乙", "丙"):
        reader.press("F2", "Ctrl+A")
        reader.write(name)
        reader.press("Return", "Down")
    reader.press("Home")
    assert reader.bookmarks == ["甲", "乙", "丙"]
    return reader


def put_into(reader: Reader, text: str, folder: str) -> None:
    """Put a bookmark into a folder that there is not yet, with the mouse."""
    reader.right_click(reader.window.views.desk.bookmarks.viewport(), reader.bookmark_place(text).center())

    def name_it() -> None:
        reader.write(folder)
        reader.press("Return")

    with reader.answering(name_it):
        reader.pick("放入文件夹", "新建文件夹…")


class TestSetting:
    def test_a_key_sets_and_takes_it(self, at: Reader) -> None:
        area = at.gutter(HERE)
        assert LIGHT.star not in colors_in(at.picture(), area)
        at.press("Ctrl+D")
        assert "已加书签" in at.status
        assert "1 个书签" in at.status
        assert LIGHT.star in colors_in(at.picture(), area)
        assert at.tabs[1] == "书签 1"
        assert "1 个书签" in at.outline_text("（一）市场准入退出")
        at.press("Ctrl+D")
        assert "已取消书签" in at.status
        assert LIGHT.star not in colors_in(at.picture(), area)
        assert at.stored(KEPT) == []

    def test_undo_takes_it_and_brings_it_back(self, at: Reader) -> None:
        at.press("Ctrl+D", "Ctrl+Z")
        assert "0 个书签" in at.status
        at.press("Ctrl+Shift+Z")
        assert "1 个书签" in at.status

    def test_selected_words_get_one_of_their_own(self, at: Reader) -> None:
        at.press("Ctrl+D")
        at.select(HERE, "争议处理")
        at.press("Ctrl+D")
        assert at.stored("SELECT quote FROM bookmark ORDER BY position") == [FOURTH, "争议处理"]
        at.click_tab("书签")
        assert at.bookmarks == [FOURTH, "争议处理"]

    def test_an_empty_tree_says_how_it_is_filled(self, reader: Reader) -> None:
        reader.click_tab("书签")
        assert reader.says("Ctrl+D")


class TestGoingThere:
    def test_a_click_leads_to_the_words(self, three: Reader) -> None:
        three.click_bookmark("丙")
        assert three.current == "5.1.1"
        three.click_bookmark("乙")
        assert three.current == "2.1.4"
        assert three.sees(LIGHT.accent, three.place_of(HERE, 0, 4).adjusted(-3, -2, 3, 2))

    def test_the_keys_lead_there_too(self, three: Reader) -> None:
        assert three.current == "2.1.1"
        three.press("Down", "Down")
        assert three.current == "5.1.1"
        three.press("Esc")
        assert three.is_at(three.window.reading)


class TestNaming:
    def test_a_name_is_saved_and_undone(self, three: Reader) -> None:
        assert [label for label, _, _ in three.stored(KEPT)] == ["甲", "乙", "丙"]
        three.press("Ctrl+Z")
        assert three.bookmarks[:2] == ["甲", "乙"]
        assert [label for label, _, _ in three.stored(KEPT)] == ["甲", "乙", ""]

    def test_an_emptied_name_gives_way_to_the_words(self, three: Reader) -> None:
        three.press("Down", "F2", "Ctrl+A", "Backspace", "Return")
        assert three.bookmarks == ["甲", FOURTH, "丙"]
        three.press("F2", "Ctrl+A", "Backspace", "Return")
        assert three.bookmarks == ["甲", FOURTH, "丙"]
        assert [label for label, _, _ in three.stored(KEPT)] == ["甲", "", "丙"]

    def test_the_words_that_stand_there_are_no_name(self, at: Reader) -> None:
        at.press("Ctrl+D", "Ctrl+Shift+D", "F2", "Return")
        assert at.stored(KEPT) == [("", "", HERE)]

    def test_escape_keeps_the_old_one(self, three: Reader) -> None:
        three.press("F2", "Ctrl+A")
        three.write("不要")
        three.press("Esc")
        assert three.bookmarks == ["甲", "乙", "丙"]
        assert three.is_at(three.window.views.desk.bookmarks)


class TestFolders:
    def test_a_new_folder_is_asked_for_and_stands_where_its_bookmark_does(self, three: Reader) -> None:
        put_into(three, "乙", "会前")
        assert three.bookmarks == ["甲", "会前", "  乙", "丙"]
        assert [folder for _, folder, _ in three.stored(KEPT)] == ["", "会前", ""]

    def test_a_folder_that_is_there_is_offered(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        three.right_click(three.window.views.desk.bookmarks.viewport(), three.bookmark_place("丙").center())
        three.pick("放入文件夹", "会前")
        assert three.bookmarks == ["会前", "  甲", "  丙", "乙"]

    def test_out_of_it_again(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        three.right_click(three.window.views.desk.bookmarks.viewport(), three.bookmark_place("甲").center())
        three.pick("移出文件夹")
        assert three.bookmarks == ["甲", "乙", "丙"]

    def test_a_folder_is_renamed_with_all_that_is_in_it(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        three.press("Up", "F2", "Ctrl+A")
        three.write("周例会")
        three.press("Return")
        assert three.bookmarks == ["周例会", "  甲", "乙", "丙"]
        assert three.stored(KEPT)[0][1] == "周例会"

    def test_a_folder_keeps_its_name_where_none_is_given(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        three.press("Up", "F2", "Ctrl+A", "Backspace", "Return")
        assert three.bookmarks == ["会前", "  甲", "乙", "丙"]

    def test_a_folded_one_stays_folded(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        tree = three.window.views.desk.bookmarks
        three.press("Up", "Left")
        folder = tree.currentItem()
        assert folder.text(0) == "会前"
        assert not folder.isExpanded()
        three.window.open_citation("3.1.1")
        three.press("Ctrl+D")
        assert len(three.bookmarks) == 5
        assert tree.currentItem().text(0) == "会前"
        assert not tree.currentItem().isExpanded()


class TestOrder:
    @pytest.mark.parametrize(
        ("start", "keys", "order"),
        [
            (0, ["Alt+Down"], ["乙", "甲", "丙"]),
            (0, ["Alt+Down", "Alt+Down"], ["乙", "丙", "甲"]),
            (2, ["Alt+Up"], ["甲", "丙", "乙"]),
            (0, ["Alt+Up"], ["甲", "乙", "丙"]),
            (2, ["Alt+Down"], ["甲", "乙", "丙"]),
        ],
    )
    def test_keys_move_it(self, three: Reader, start: int, keys: list[str], order: list[str]) -> None:
        three.press(*["Down"] * start, *keys)
        assert three.bookmarks == order
        assert [label for label, _, _ in three.stored(KEPT)] == order

    def test_keys_move_it_into_and_out_of_a_folder(self, three: Reader) -> None:
        put_into(three, "丙", "会前")
        three.click_bookmark("乙")
        seen = []
        for key in ("Alt+Down", "Alt+Down", "Alt+Down"):
            three.press(key)
            seen.append(three.bookmarks)
        assert seen == [
            ["甲", "会前", "  乙", "  丙"],
            ["甲", "会前", "  丙", "  乙"],
            ["甲", "会前", "  丙", "乙"],
        ]
        three.press("Alt+Up", "Alt+Up", "Alt+Up")
        assert three.bookmarks == ["甲", "乙", "会前", "  丙"]

    def test_the_mouse_moves_it_by_the_menu(self, three: Reader) -> None:
        three.right_click(three.window.views.desk.bookmarks.viewport(), three.bookmark_place("丙").center())
        three.pick("上移（Alt+↑）")
        assert three.bookmarks == ["甲", "丙", "乙"]

    def test_it_is_the_same_in_the_next_sitting_and_undone_in_this(
        self, three: Reader, sit_down: Sitting
    ) -> None:
        three.press("Alt+Down", "Alt+Down", "Ctrl+Z")
        assert three.bookmarks == ["乙", "甲", "丙"]
        three.leave()
        again = sit_down()
        again.click_tab("书签")
        assert again.bookmarks == ["乙", "甲", "丙"]


class TestTakingAway:
    def test_the_key_takes_one_and_the_next_is_current(self, three: Reader) -> None:
        three.press("Delete")
        assert three.bookmarks == ["乙", "丙"]
        three.press("Delete", "Delete")
        assert three.stored(KEPT) == []
        assert three.is_at(three.window.reading)
        three.press("Ctrl+Z")
        assert three.bookmarks == ["丙"]

    def test_a_folder_takes_all_that_is_in_it(self, three: Reader) -> None:
        put_into(three, "甲", "会前")
        three.press("Up", "Delete")
        assert three.bookmarks == ["乙", "丙"]
        assert three.tabs[-1] == "回收 1"


def test_the_star_goes_with_the_last_bookmark_on_a_measure(at: Reader) -> None:
    at.press("Ctrl+D")
    at.select(HERE, "争议处理")
    at.press("Ctrl+D", "Ctrl+Shift+D", "Delete")
    assert LIGHT.star in colors_in(at.picture(), at.gutter(HERE))
    at.press("Delete")
    assert LIGHT.star not in colors_in(at.picture(), at.gutter(HERE))
