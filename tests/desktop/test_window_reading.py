"""Reading: choosing measures, walking, scrolling, jumping back and forth, copying, the size of the text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from content.model import Document
from desktop.arrangement import TEXT_SIZES
from desktop.theme import LIGHT
from tests.desktop.reader import Reader, colors_in, current_line, row_of

TITLE = "《上海市加强集成创新持续优化营商环境行动方案》"
FOURTH = "完善企业名称争议处理机制。"


@pytest.fixture
def at(reader: Reader) -> Reader:
    """At 二、（一）第3句."""
    reader.window.open_citation("2.1.3")
    return reader


def block_top(reader: Reader, words: str) -> int:
    """Where in the page's pixels a block with exactly these words begins."""
    reading = reader.window.reading
    block = reading.document().begin()
    while block.text() != words:
        block = block.next()
        assert block.isValid(), words
    return round(
        reading.document().documentLayout().blockBoundingRect(block).top()
        - reading.verticalScrollBar().value()
    )


def wheel(reader: Reader, notches: int) -> None:
    """Turn the wheel over the page; towards the end of the text if positive."""
    middle = QPointF(reader.page.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(reader.page.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(reader.page, event)


class TestChoosing:
    def test_nothing_is_chosen_at_first(self, reader: Reader) -> None:
        assert reader.current == ""
        assert LIGHT.band not in colors_in(reader.picture(), reader.page.rect())

    def test_a_click_chooses_the_measure(self, at: Reader) -> None:
        at.click_measure("shanghai-2023/2.1.5")
        assert at.current == "2.1.5"
        assert "二、（一）第5句" in at.status

    def test_a_click_on_the_number_chooses_too(self, at: Reader) -> None:
        number = at.window.reading.number_rect("shanghai-2023/2.1.5").toRect()
        at.click(at.page, number.center())
        assert at.current == "2.1.5"

    def test_a_click_on_a_heading_chooses_nothing(self, at: Reader) -> None:
        at.click(at.page, QPoint(200, block_top(at, "（一）市场准入退出") + 15))
        assert at.current == "2.1.3"

    def test_a_band_lies_behind_the_chosen_one_only(self, at: Reader) -> None:
        here = at.place_of("shanghai-2023/2.1.3")
        margin = QRect(at.page.width() - 20, here.top(), 10, here.height())
        there = margin.translated(0, at.place_of("shanghai-2023/2.1.5").top() - here.top())
        assert colors_in(at.picture(), margin) == {LIGHT.band}
        assert LIGHT.band not in colors_in(at.picture(), there)

    def test_down_and_up_walk_from_measure_to_measure(self, at: Reader) -> None:
        at.press("Down", "Down")
        assert at.current == "2.1.5"
        at.press("Up")
        assert at.current == "2.1.4"

    def test_walking_goes_over_headings_and_stays_in_sight(self, at: Reader) -> None:
        for _ in range(30):
            at.press("Down")
            assert at.is_in_sight(at.window.current)
        assert at.current == "2.4.3"

    def test_the_first_step_takes_what_is_at_the_top(self, reader: Reader) -> None:
        reader.press("Down")
        assert reader.current == "0.0.1"

    def test_walking_ends_at_both_ends(self, reader: Reader, plan: Document) -> None:
        order = list(plan.places)
        reader.window.navigation.go_to(order[-1])
        reader.press("Down")
        assert reader.window.current == order[-1]
        reader.window.navigation.go_to(order[0])
        reader.press("Up")
        assert reader.window.current == order[0]


class TestOutline:
    @pytest.mark.parametrize(
        ("words", "measure"),
        [
            ("印发通知与引言", "0.0.1"),
            ("一、明确总体要求", "1.0.1"),
            ("（三）市政公共基础设施报装", "2.3.1"),
            ("（五）知识产权保护和运用", "3.5.1"),
            ("五、", "5.1.1"),
        ],
    )
    def test_a_click_scrolls_there_and_marks_the_line(self, reader: Reader, words: str, measure: str) -> None:
        reader.click_line(reader.window.views.outline, row_of(reader.window.views.outline, words))
        assert reader.current == measure
        assert reader.is_in_sight(reader.window.current)
        assert reader.window.reading.top_measure() == reader.window.current

    def test_the_heading_stands_at_the_top(self, reader: Reader) -> None:
        reader.click_line(reader.window.views.outline, row_of(reader.window.views.outline, "（三）市政公共"))
        assert 0 <= block_top(reader, "（三）市政公共基础设施报装") <= 60
        assert current_line(reader.window.views.outline).startswith("（三）市政公共")

    def test_scrolling_moves_the_marked_line(self, at: Reader) -> None:
        seen = [current_line(at.window.views.outline)]
        for _ in range(60):
            wheel(at, 3)
            line = current_line(at.window.views.outline)
            if line != seen[-1]:
                seen.append(line)
        assert seen[:3] == ["（一）市场准入退出", "（二）获取经营场所", "（三）市政公共基础设施报装"]
        assert at.current == "2.1.3"

    def test_paging_moves_it_too_and_back(self, at: Reader) -> None:
        at.press("PgDown", "PgDown", "PgDown")
        assert current_line(at.window.views.outline) != "（一）市场准入退出"
        at.press("Home")
        assert current_line(at.window.views.outline).startswith("印发通知")
        at.press("End")
        assert (
            at.window.reading.verticalScrollBar().value() == at.window.reading.verticalScrollBar().maximum()
        )

    def test_section_by_section(self, at: Reader) -> None:
        at.press("Ctrl+PgDown")
        assert at.current == "2.2.1"
        at.press("Ctrl+PgDown")
        assert at.current == "2.3.1"
        at.press("Ctrl+PgUp")
        assert at.current == "2.2.1"

    def test_enter_on_a_line_goes_there(self, reader: Reader) -> None:
        outline = reader.window.views.outline
        outline.setCurrentIndex(outline.model().index(row_of(outline, "（三）市政公共"), 0))
        outline.setFocus()
        reader.press("Return")
        assert reader.current == "2.3.1"

    def test_the_part_one_reads_is_named_over_the_text(self, at: Reader) -> None:
        breadcrumb = at.window.findChild(QLabel, "breadcrumb")
        assert isinstance(breadcrumb, QLabel)
        assert breadcrumb.text().startswith("二、深化重点领域")
        at.window.open_citation("3.1.1")
        assert breadcrumb.text().startswith("三、")


class TestTravelling:
    def test_back_and_forward_over_jumps(self, at: Reader) -> None:
        at.window.open_citation("4.1.2")
        at.press("Alt+Left")
        assert at.current == "2.1.3"
        assert at.is_in_sight(at.window.current)
        at.press("Alt+Right")
        assert at.current == "4.1.2"
        assert at.is_in_sight(at.window.current)

    def test_the_actions_say_whether_there_is_a_way(self, reader: Reader) -> None:
        back, forward = (reader.window.actions_by_id[name] for name in ("back", "forward"))
        assert (back.isEnabled(), forward.isEnabled()) == (False, False)
        reader.window.open_citation("4.1.2")
        assert (back.isEnabled(), forward.isEnabled()) == (True, False)
        reader.press("Alt+Left")
        assert (back.isEnabled(), forward.isEnabled()) == (False, True)

    def test_walking_leaves_no_trace(self, at: Reader) -> None:
        at.press("Down", "Down", "Down")
        at.window.open_citation("4.1.2")
        at.press("Alt+Left")
        assert at.current == "2.1.6"

    def test_a_place_that_is_none_is_refused(self, at: Reader) -> None:
        assert not at.window.open_citation("九（九）9")
        assert at.current == "2.1.3"


class TestCopying:
    def test_the_chosen_measure_with_its_citation(self, at: Reader) -> None:
        at.press("Down", "Ctrl+C")
        assert at.clipboard == f"{FOURTH}（{TITLE}二、（一）第4句）"
        assert "已复制" in at.status

    def test_the_words_alone(self, at: Reader) -> None:
        at.press("Down", "Ctrl+Shift+C")
        assert at.clipboard == FOURTH

    def test_the_citation_alone(self, at: Reader) -> None:
        at.press("Down", "Ctrl+Alt+C")
        assert at.clipboard == f"{TITLE}二、（一）第4句"

    def test_nothing_chosen_is_said(self, reader: Reader) -> None:
        QApplication.clipboard().setText("旧")
        reader.press("Ctrl+C")
        assert reader.clipboard == "旧"
        assert "请先点选" in reader.status

    def test_words_selected_with_the_mouse(self, at: Reader) -> None:
        fourth = "shanghai-2023/2.1.4"
        at.drag(
            at.place_of(fourth, 2, 3).center() - QPoint(8, 0),
            at.place_of(fourth, 6, 7).center() - QPoint(8, 0),
        )
        at.press("Ctrl+Shift+C")
        assert at.clipboard == FOURTH[2:6]
        at.press("Ctrl+C")
        assert at.clipboard == f"{FOURTH[2:6]}（{TITLE}二、（一）第4句）"

    def test_words_selected_across_two_measures(self, at: Reader, plan: Document) -> None:
        third, fourth = "shanghai-2023/2.1.3", "shanghai-2023/2.1.4"
        at.drag(
            at.place_of(third, 5, 6).center() - QPoint(8, 0),
            at.place_of(fourth, 6, 7).center() - QPoint(8, 0),
        )
        at.press("Ctrl+C")
        words = plan.places[third].measure.text[5:] + FOURTH[:6]
        assert at.clipboard == f"{words}（{TITLE}二、（一）第3—4句）"

    def test_headings_between_are_left_out(self, at: Reader, plan: Document) -> None:
        last, first = "shanghai-2023/2.1.9", "shanghai-2023/2.2.1"
        at.window.navigation.go_to(last)
        at.window.reading.verticalScrollBar().setValue(at.window.reading.verticalScrollBar().value() + 250)
        at.drag(
            at.place_of(last, 0, 1).topLeft() + QPoint(1, 9), at.place_of(first, 2, 3).center() - QPoint(8, 0)
        )
        at.press("Ctrl+Shift+C")
        words = [plan.places[one].measure.text for one in (last, first)]
        assert at.clipboard == f"{words[0]}\n{words[1][:2]}"

    def test_what_is_dragged_out_carries_its_citation(self, at: Reader) -> None:
        fourth = "shanghai-2023/2.1.4"
        at.drag(
            at.place_of(fourth, 2, 3).center() - QPoint(8, 0),
            at.place_of(fourth, 6, 7).center() - QPoint(8, 0),
        )
        assert at.window.reading.createMimeDataFromSelection().text().endswith("二、（一）第4句）")

    def test_a_click_ends_the_selection(self, at: Reader) -> None:
        fourth = "shanghai-2023/2.1.4"
        at.drag(at.place_of(fourth, 2, 3).center(), at.place_of(fourth, 6, 7).center())
        QTest.qWait(QApplication.doubleClickInterval())
        at.click_measure("shanghai-2023/2.1.5")
        at.press("Ctrl+Alt+C")
        assert at.clipboard.endswith("第5句")


class TestTextSize:
    def test_keys_make_it_larger_smaller_and_normal(self, at: Reader) -> None:
        at.press("Ctrl++")
        assert "文字大小 18" in at.status
        at.press("Ctrl+-", "Ctrl+-")
        assert "文字大小 16" in at.status
        at.press("Ctrl+0", "Ctrl++")
        assert "文字大小 18" in at.status

    def test_it_ends_at_both_ends(self, at: Reader) -> None:
        at.press(*["Ctrl++"] * 20)
        assert f"文字大小 {TEXT_SIZES[-1]}" in at.status
        at.press(*["Ctrl+-"] * 20)
        assert f"文字大小 {TEXT_SIZES[0]}" in at.status

    def test_characters_really_grow(self, at: Reader) -> None:
        before = at.place_of("shanghai-2023/2.1.3", 0, 4).width()
        at.press("Ctrl++", "Ctrl++", "Ctrl++")
        assert at.place_of("shanghai-2023/2.1.3", 0, 4).width() / before == pytest.approx(22 / 17, rel=0.05)

    def test_what_one_reads_stays_where_it_is(self, at: Reader) -> None:
        at.click_line(at.window.views.outline, row_of(at.window.views.outline, "（三）市政公共"))
        for key in ("Ctrl++", "Ctrl++", "Ctrl+-", "Ctrl+0"):
            at.press(key)
            assert 0 <= at.place_of("shanghai-2023/2.3.1").top() <= 120

    def test_hits_stay_marked(self, at: Reader, plan: Document) -> None:
        at.search("企业名称")
        at.press("Ctrl++", "Ctrl++")
        here = f"{plan.id}/2.1.3"
        start = plan.places[here].measure.text.index("企业名称")
        assert at.window.current == here
        assert at.sees(LIGHT.hit_here, at.place_of(here, start, start + 4))


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform has no windows to raise
class TestContextMenu:
    @pytest.fixture
    def menu(self, at: Reader) -> QMenu:
        """The menu over 二、（一）第4句."""
        at.right_click(at.page, at.place_of("shanghai-2023/2.1.4", 1, 2).center())
        return at.menu

    def test_it_lists_what_can_be_done_with_the_measure_under_it(self, at: Reader, menu: QMenu) -> None:
        assert at.current == "2.1.4"
        names = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert names == [
            "复制并附出处", "只复制原文", "只复制出处",
            "标黄", "标绿", "标蓝", "标粉", "去除标记",
            "批注选中文字或当前条目", "加上或取消书签", "加入会议", "列入台账",
        ]  # fmt: skip
        menu.close()

    def test_choosing_does_it(self, at: Reader, menu: QMenu) -> None:
        at.pick("只复制出处")
        assert at.clipboard == f"{TITLE}二、（一）第4句"

    def test_over_selected_words_it_is_about_them(self, at: Reader) -> None:
        fourth = "shanghai-2023/2.1.4"
        at.select(fourth, "企业名称")
        at.right_click(at.page, at.place_of(fourth, 3, 4).center())
        at.pick("只复制原文")
        assert at.clipboard == "企业名称"

    def test_the_menu_key_opens_it_for_the_chosen_measure(self, at: Reader) -> None:
        at.press_menu_key()
        assert at.current == "2.1.3"
        at.pick_by_key("只复制出处")
        assert at.clipboard == f"{TITLE}二、（一）第3句"
