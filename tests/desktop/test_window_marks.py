"""Highlighters in the window: words are marked with mouse and keys, recoloured, taken away, listed, undone."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.theme import LIGHT
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, lines_of

HERE = "shanghai-2023/2.1.4"
FIFTH = "shanghai-2023/2.1.5"
COLORS = {
    "黄": LIGHT.highlight_yellow,
    "绿": LIGHT.highlight_green,
    "蓝": LIGHT.highlight_blue,
    "粉": LIGHT.highlight_pink,
}
MARKED = "SELECT color, quote FROM highlight WHERE deleted = '' ORDER BY rowid"


@pytest.fixture
def marked(at: Reader) -> Reader:
    """争议处理 marked yellow."""
    at.select(HERE, "争议处理")
    at.press("Alt+1")
    return at


def is_marked(reader: Reader, color: str, start: int = 6, end: int = 10, measure_id: str = HERE) -> bool:
    """Whether characters of a measure lie on a colour."""
    return reader.sees(COLORS[color], reader.place_of(measure_id, start, end).adjusted(2, 0, -2, 0))


def click_mark(reader: Reader) -> None:
    """Click on the highlight, apart from any click before."""
    QTest.qWait(QApplication.doubleClickInterval())
    reader.click(reader.page, reader.place_of(HERE, 7, 8).center())


class TestMarking:
    @pytest.mark.parametrize(("key", "color"), [(f"Alt+{at}", name) for at, name in enumerate(COLORS, 1)])
    def test_a_key_marks_the_selected_words(self, at: Reader, key: str, color: str) -> None:
        at.select(HERE, "争议处理")
        at.press(key)
        assert at.stored(MARKED) == [(color, "争议处理")]
        assert is_marked(at, color)
        assert not is_marked(at, color, 0, 5)
        assert at.window.reading.selected() == []
        assert not at.window.views.bar.isVisible()
        assert f"已标记（{color}）" in at.status

    @pytest.mark.parametrize(("number", "color"), [*enumerate(COLORS)])
    def test_so_does_a_click_in_the_bar(self, at: Reader, number: int, color: str) -> None:
        at.select(HERE, "争议处理")
        at.click(at.window.views.bar.colors[number])
        assert at.stored(MARKED) == [(color, "争议处理")]
        assert is_marked(at, color)
        assert at.is_at(at.window.reading)

    def test_the_bar_by_keyboard(self, at: Reader) -> None:
        at.press("Shift+Right", "Shift+Right", "F10", "Right", "Return")
        assert at.stored(MARKED) == [("绿", "完善")]
        assert at.is_at(at.window.reading)

    def test_without_a_selection_the_whole_measure_is_marked(self, at: Reader) -> None:
        at.press("Alt+3")
        assert at.stored("SELECT color, reach, measure FROM highlight") == [("蓝", "measure", HERE)]
        assert is_marked(at, "蓝", 0, 5)

    def test_words_of_several_measures(self, at: Reader) -> None:
        at.press("Shift+End", "Shift+Right", "Shift+Right", "Shift+Right", "Alt+2")
        assert at.stored("SELECT measure, last FROM highlight") == [(HERE, FIFTH)]
        assert is_marked(at, "绿")
        assert is_marked(at, "绿", 0, 2, FIFTH)

    def test_the_same_words_again_take_the_other_colour(self, marked: Reader) -> None:
        marked.select(HERE, "争议处理")
        marked.press("Alt+4")
        assert marked.stored(MARKED) == [("粉", "争议处理")]
        assert is_marked(marked, "粉")
        assert not is_marked(marked, "黄")

    def test_overlapping_ones_are_both_seen(self, marked: Reader) -> None:
        marked.select(HERE, "处理机制")
        marked.press("Alt+3")
        assert len(marked.stored(MARKED)) == 2
        assert is_marked(marked, "黄", 8, 10)
        assert is_marked(marked, "蓝", 8, 10)

    def test_it_is_there_in_the_next_sitting(self, marked: Reader, sit_down: Sitting) -> None:
        marked.leave()
        assert is_marked(sit_down(), "黄")

    def test_undo_and_redo(self, marked: Reader) -> None:
        marked.press("Ctrl+Z")
        assert (marked.stored(MARKED), is_marked(marked, "黄")) == ([], False)
        marked.press("Ctrl+Y")
        assert (marked.stored(MARKED), is_marked(marked, "黄")) == ([("黄", "争议处理")], True)


class TestClickingAMark:
    def test_the_bar_comes_with_its_colour_ringed(self, marked: Reader) -> None:
        click_mark(marked)
        assert marked.window.views.bar.isVisible()
        assert [one.name for one in marked.window.views.bar.colors if one.is_used] == ["黄"]

    def test_another_colour_is_given(self, marked: Reader) -> None:
        click_mark(marked)
        marked.click(marked.window.views.bar.colors[1])
        assert marked.stored(MARKED) == [("绿", "争议处理")]
        assert is_marked(marked, "绿")

    def test_it_is_taken_away_and_brought_back(self, marked: Reader) -> None:
        click_mark(marked)
        marked.click(marked.window.views.bar.remove)
        assert (marked.stored(MARKED), is_marked(marked, "黄")) == ([], False)
        assert marked.tabs[-1] == "回收 1"
        marked.press("Ctrl+Z")
        assert is_marked(marked, "黄")

    def test_a_note_is_written_on_its_words(self, marked: Reader) -> None:
        click_mark(marked)
        marked.click(marked.window.views.bar.note)
        assert marked.is_at(marked.window.views.desk.notes.new_note.editor)
        marked.write("谁来裁？")
        marked.press("Esc")
        assert marked.stored("SELECT quote, body FROM note") == [("争议处理", "谁来裁？")]
        place = marked.card_place("谁来裁？")
        assert marked.sees(LIGHT.highlight_yellow, place, marked.notes.viewport())


class TestTakingAway:
    def test_a_key_takes_those_on_the_measure(self, marked: Reader) -> None:
        marked.press("Alt+0")
        assert marked.stored(MARKED) == []

    def test_only_those_that_the_selection_touches(self, marked: Reader) -> None:
        marked.select(HERE, "完善")
        marked.press("Alt+2")
        marked.select(HERE, "议处")
        marked.press("Alt+0")
        assert marked.stored(MARKED) == [("绿", "完善")]

    def test_where_there_is_none_that_is_said(self, at: Reader) -> None:
        at.press("Alt+0")
        assert "这里没有标记" in at.status


class TestTheList:
    @pytest.fixture
    def two(self, marked: Reader) -> Reader:
        """A second one later in the text, in green, and the list open."""
        marked.window.open_citation("5.1.1")
        marked.press("Alt+2")
        marked.click_tab("标记")
        return marked

    def test_it_lists_all_in_the_order_of_the_text(self, two: Reader) -> None:
        first, second = lines_of(two.window.views.desk.highlights)
        assert first.startswith("争议处理，二、（一）第4句")
        assert "，五、（一）第1句" in second
        assert two.tabs[2] == "标记 2"

    def test_a_click_leads_to_the_words(self, two: Reader) -> None:
        two.click_line(two.window.views.desk.highlights, 0)
        assert two.current == "2.1.4"
        assert two.sees(LIGHT.accent, two.place_of(HERE, 6, 10).adjusted(-3, -2, 3, 2))

    def test_the_keyboard_leads_deletes_and_comes_back(self, two: Reader) -> None:
        two.press("Ctrl+Shift+H", "Down")
        assert two.current == "5.1.1"
        two.press("Up")
        assert two.current == "2.1.4"
        two.press("Delete", "Delete")
        assert two.stored(MARKED) == []
        assert two.is_at(two.window.reading)
        two.press("Ctrl+Z", "Ctrl+Z")
        assert len(lines_of(two.window.views.desk.highlights)) == 2

    def test_an_empty_list_says_how_it_is_filled(self, at: Reader) -> None:
        at.click_tab("标记")
        assert at.says("Alt+1")


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform has no windows to raise
def test_the_menu_marks_what_is_selected(at: Reader) -> None:
    at.select(HERE, "争议处理")
    at.right_click(at.page, at.place_of(HERE, 7, 8).center())
    at.pick("标粉")
    assert at.stored(MARKED) == [("粉", "争议处理")]
