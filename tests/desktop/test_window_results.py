"""The list of results: its order and its groups, where the hits stand, how often the words come."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolButton

from content.model import Document
from desktop.theme import LIGHT
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, colors_in, current_line

HITS = ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]


@pytest.fixture
def searching(reader: Reader) -> Reader:
    """In the middle of a search with four hits."""
    reader.search("一件事")
    return reader


def listed(reader: Reader) -> list[str]:
    """The hits from top to bottom."""
    return [row.measure_id.partition("/")[2] for row in reader.row_kinds("exact")]


def headings(reader: Reader) -> list[tuple[str, str]]:
    """The group headings and what they count."""
    return [(row.text, row.aside) for row in reader.row_kinds("group")]


class TestOrder:
    def test_it_is_picked_from_the_menu_over_the_list(self, searching: Reader) -> None:
        searching.search("知识产权")
        printed = listed(searching)
        button = searching.window.views.hits_bar.order
        searching.window.views.hits_bar.order_chosen.emit("按相关度")
        assert button.text() == "按相关度"
        assert sorted(listed(searching)) == sorted(printed)
        assert listed(searching) != printed
        assert listed(searching)[0].startswith("3.5.")

    def test_a_key_switches_it_and_says_so(self, searching: Reader) -> None:
        searching.press("Ctrl+Shift+O")
        assert "按相关度" in searching.status
        searching.press("Ctrl+Shift+O")
        assert "按原文" in searching.status
        assert listed(searching) == HITS

    def test_the_hit_one_is_at_stays_marked_and_the_text_stays(self, searching: Reader) -> None:
        searching.search("知识产权")
        searching.press("F3", "F3")
        here, top = searching.window.current, searching.window.reading.verticalScrollBar().value()
        searching.press("Ctrl+Shift+O")
        assert searching.window.current == here
        assert searching.window.reading.verticalScrollBar().value() == top
        row = searching.window.views.results.current_row
        assert row is not None
        assert row.measure_id == here

    def test_f3_goes_down_the_list_whatever_its_order(self, searching: Reader) -> None:
        searching.press("Ctrl+Shift+O", "Esc")
        searching.search("知识产权")
        seen = [searching.current]
        for number in range(1, len(listed(searching))):
            searching.press("F3")
            seen.append(searching.current)
            assert f"命中 {number + 1} / {len(listed(searching))}" in searching.status
        assert seen == listed(searching)
        searching.press("F3")
        assert searching.current == seen[0]
        searching.press("Shift+F3")
        assert searching.current == seen[-1]

    def test_number_and_choices_stay_over_the_list(self, searching: Reader) -> None:
        bar = searching.window.views.hits_bar
        searching.search("服务")
        searching.press("Down", *["Down"] * 30)
        assert searching.window.views.results.verticalScrollBar().value() > 0
        assert bar.isVisible()
        assert searching.count == "原文命中 55"
        searching.search("没有这样的字")
        assert searching.count == "原文命中 0"
        assert not bar.order.isVisible()

    def test_the_number_is_whole_in_the_narrowest_column(self, reader: Reader) -> None:
        reader.window.resize(880, 480)
        reader.window.open_citation("二（四）1")
        reader.search("服务")
        reader.window._frame.columns.setSizes([220, 440, 220])
        reader.press("Ctrl+Shift+O")
        label = reader.window.views.hits_bar.count
        assert label.fontMetrics().horizontalAdvance("原文命中 55") <= label.width()
        chips: Iterable[QToolButton] = reader.window.views.left.findChildren(QToolButton, "chip")
        reader.click(next(chip for chip in chips if chip.text() == "本编"))
        reader.wait(30)
        assert label.text().startswith("原文命中 20")
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()

    def test_the_best_are_seen_when_they_are_asked_for(self, reader: Reader) -> None:
        reader.search("服务")
        reader.press("Ctrl+Shift+O")
        assert reader.window.views.results.verticalScrollBar().value() == 0


class TestGroups:
    def test_a_key_gathers_hits_by_part_and_by_section(self, searching: Reader) -> None:
        searching.press("Ctrl+Shift+G")
        assert [count for _, count in headings(searching)] == ["3", "1"]
        searching.press("Ctrl+Shift+G")
        assert headings(searching)[0] == ("二、（一）市场准入退出", "1")
        assert len(headings(searching)) == 4
        searching.press("Ctrl+Shift+G")
        assert headings(searching) == []

    def test_the_menu_does_so_too(self, searching: Reader) -> None:
        button = searching.window.views.hits_bar.grouping
        assert [action.text() for action in button.menu().actions()] == ["不分组", "按编", "按节"]
        button.menu().actions()[2].trigger()
        assert button.text() == "按节"
        assert len(headings(searching)) == 4

    def test_keys_pass_over_headings(self, searching: Reader) -> None:
        searching.press("Ctrl+Shift+G", "Ctrl+Shift+G", "Down")
        assert searching.is_at(searching.window.views.results)
        seen = [searching.current]
        for _ in HITS[1:]:
            searching.press("Down")
            seen.append(searching.current)
        assert seen == HITS
        searching.press(*["Up"] * 3)
        assert searching.current == HITS[0]
        searching.press("Up")
        assert searching.is_at(searching.window.views.header.search_box)

    def test_the_first_heading_is_seen_over_the_first_hit(self, reader: Reader) -> None:
        reader.search("服务")
        reader.press("Ctrl+Shift+G", "Ctrl+Shift+G")
        results = reader.window.views.results
        reader.press("Down", *["Down"] * 20, *["Up"] * 30)
        assert reader.is_at(reader.window.views.header.search_box)
        assert results.verticalScrollBar().value() == 0

    def test_a_click_on_a_heading_goes_nowhere(self, searching: Reader) -> None:
        searching.press("Ctrl+Shift+G", "Ctrl+Shift+G")
        searching.click_line(searching.window.views.results, 2)
        assert searching.rows[2].kind == "group"
        assert searching.current == HITS[0]

    def test_the_choice_is_kept_for_the_next_sitting(self, sit_down: Sitting) -> None:
        first = sit_down()
        first.search("一件事")
        first.press("Ctrl+Shift+O", "Ctrl+Shift+G", "Ctrl+Shift+G")
        order = listed(first)
        first.leave()
        again = sit_down()
        again.search("一件事")
        assert listed(again) == order
        assert len(headings(again)) == 4
        assert (again.window.views.hits_bar.order.text(), again.window.views.hits_bar.grouping.text()) == (
            "按相关度",
            "按节",
        )


class TestStrip:
    def test_it_shows_where_the_hits_stand(self, searching: Reader) -> None:
        strip = searching.window.views.strip
        assert strip.isVisible()
        assert [(name, count) for name, count in strip.bars if count] == [
            ("二、（一）市场准入退出", 1),
            ("二、（四）劳动就业", 1),
            ("二、（八）解决商业纠纷", 1),
            ("三、（五）知识产权保护和运用", 1),
        ]

    def test_a_click_goes_to_the_first_hit_there(self, searching: Reader) -> None:
        searching.search("服务")
        strip = searching.window.views.strip
        number = [name for name, _ in strip.bars].index("三、（一）政务服务")
        searching.click(strip, strip.bar_rect(number).center().toPoint())
        first = next(one for one in listed(searching) if one.startswith("3.1."))
        assert searching.current == first
        assert searching.is_in_sight(searching.window.current)
        assert current_line(searching.window.views.results).startswith("三、（一）")
        assert searching.is_at(searching.window.views.header.search_box)

    def test_arrow_keys_go_from_section_to_section(self, searching: Reader) -> None:
        searching.tab_to(searching.window.views.strip)
        searching.press("Right")
        assert searching.current == HITS[1]
        searching.press("Right", "Right", "Right", "Left")
        assert searching.current == HITS[2]
        searching.press("Esc")
        assert not searching.sees_results

    def test_the_section_that_is_read_has_the_colour_of_the_current_place(self, searching: Reader) -> None:
        strip = searching.window.views.strip
        column = strip.bar_rect(2).toRect()
        assert LIGHT.accent in colors_in(searching.picture(strip), column)
        searching.press("F3")
        assert LIGHT.accent not in colors_in(searching.picture(strip), column)

    def test_it_says_which_section_a_bar_is(self, searching: Reader) -> None:
        strip = searching.window.views.strip
        assert strip.words_at(strip.bar_rect(2).center().toPoint()) == "二、（一）市场准入退出　命中 1"
        assert strip.words_at(strip.bar_rect(3).center().toPoint()) == "二、（二）获取经营场所　无命中"
        assert strip.words_at(QPoint(2, 2)) == ""

    def test_notes_alone_have_none(self, searching: Reader) -> None:
        chips: Iterable[QToolButton] = searching.window.views.left.findChildren(QToolButton, "chip")
        searching.click(next(chip for chip in chips if chip.text() == "批注"))
        assert not searching.window.views.strip.isVisible()
        assert searching.count == ""
        assert searching.rows[0].text == "批注 0"

    def test_tab_leads_from_the_box_over_all_of_it_into_the_list(self, searching: Reader) -> None:
        window = searching.window
        for widget in (
            window.views.strip,
            window.views.hits_bar.order,
            window.views.hits_bar.grouping,
            window.views.results,
        ):
            searching.tab_to(widget)


class TestRows:
    def test_how_often_the_words_come_is_said_where_they_come_again(
        self, reader: Reader, plan: Document
    ) -> None:
        reader.search("服务")
        for words, again in (("服务", True), ("98%", False)):
            reader.search(words)
            number = next(at for at, row in enumerate(reader.rows) if row.measure_id == f"{plan.id}/2.3.3")
            assert (len(reader.rows[number].spans) > 1) is again
            results = reader.window.views.results
            index = results.model().index(number, 0)
            results.scrollTo(index)
            line = results.visualRect(index)
            corner = QRect(line.right() - 24, line.top() + 6, 12, 18)
            seen = colors_in(reader.picture(results.viewport()), corner)
            assert bool(seen - {LIGHT.desk, LIGHT.accent_soft}) is again

    def test_long_titles_keep_to_their_line_and_show_the_words(self, reader: Reader) -> None:
        reader.search("服务")
        results = reader.window.views.results
        number = next(at for at, row in enumerate(reader.rows) if row.text.startswith("三、优化"))
        below = results.visualRect(results.model().index(number + 1, 0))
        assert LIGHT.hit in colors_in(
            reader.picture(results.viewport()), results.visualRect(results.model().index(number, 0))
        )
        assert below.height() == 34

    def test_more_titles_are_shown_on_demand(self, reader: Reader) -> None:
        reader.search("服务")
        more = next(at for at, row in enumerate(reader.rows) if row.kind == "more")
        reader.press("Down", "Up")
        assert reader.window.views.results.current_row is reader.rows[more]
        reader.press("Return")
        assert len(reader.row_kinds("title")) == 6
        assert reader.window.views.results.current_row is reader.rows[more]
        assert reader.rows[more].kind == "title"
        reader.press("Return")
        assert reader.is_at(reader.window.reading)

    def test_one_can_step_from_title_to_title(self, reader: Reader) -> None:
        reader.search("服务")
        reader.press("Down", *["Up"] * 4)
        assert reader.window.views.results.current_row is reader.rows[1]
        reader.press("Down")
        assert reader.window.views.results.current_row is reader.rows[2]
        assert reader.current == "3.1.1"


class TestScopes:
    def test_begun_before_all_parts_the_scope_is_where_the_reader_is_then(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("F3")
        chips: Iterable[QToolButton] = reader.window.views.left.findChildren(QToolButton, "chip")
        section = next(chip for chip in chips if chip.text() == "本节")
        assert section.toolTip() == "（四）劳动就业"
        reader.click(section)
        assert reader.count == "原文命中 1（本节）"
        assert reader.current == "2.4.2"

    def test_chips_say_what_they_mean_while_the_reader_goes_on(self, reader: Reader) -> None:
        reader.window.open_citation("二（四）1")
        reader.search("一件事")
        reader.press("F3", "F3")
        chips: Iterable[QToolButton] = reader.window.views.left.findChildren(QToolButton, "chip")
        assert next(chip for chip in chips if chip.text() == "本节").toolTip() == "（四）劳动就业"
        reader.press("Esc")
        assert next(chip for chip in chips if chip.text() == "本节").toolTip() == "（五）知识产权保护和运用"
