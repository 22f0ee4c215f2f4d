"""Searching, as a reader does it: with the keyboard, the mouse and an input method."""

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from content.model import Document
from desktop.search.scope import Scope
from desktop.theme import LIGHT
from tests.desktop.reader import Reader, colors_in, current_line, row_of

HITS = ["2.1.6", "2.4.2", "2.8.6", "3.5.1"]


@pytest.fixture
def searching(reader: Reader) -> Reader:
    """In the middle of a search with four hits."""
    reader.search("一件事")
    return reader


def chip(reader: Reader, scope: Scope) -> QToolButton:
    """The button of a scope."""
    chips: Iterable[QToolButton] = reader.window.views.left.findChildren(QToolButton, "chip")
    [found] = [one for one in chips if one.text() == scope.value]
    return found


class TestTyping:
    @pytest.mark.parametrize("key", ["Ctrl+K", "Ctrl+F"])
    def test_a_key_leads_to_the_box_and_selects_what_is_in_it(self, searching: Reader, key: str) -> None:
        searching.press("F3", "Esc")
        searching.search("旧的")
        searching.window.reading.setFocus()
        searching.press(key)
        box = searching.window.views.header.search_box
        assert searching.is_at(box)
        assert box.selectedText() == "旧的"

    def test_hits_are_listed_in_printed_order_with_their_number(self, searching: Reader) -> None:
        assert searching.sees_results
        assert searching.count == "原文命中 4"
        assert [row.measure_id.partition("/")[2] for row in searching.row_kinds("exact")] == HITS

    def test_the_text_goes_to_the_first_hit_and_the_status_says_so(self, searching: Reader) -> None:
        assert searching.current == HITS[0]
        assert searching.is_in_sight(searching.window.current)
        assert "命中 1 / 4" in searching.status
        assert current_line(searching.window.views.results).startswith("二、（一）第6句")

    def test_the_text_goes_on_from_where_one_was(self, reader: Reader) -> None:
        reader.window.open_citation("二（五）1")
        reader.search("一件事")
        assert reader.current == "2.8.6"

    def test_words_that_are_not_there_lead_back_to_where_one_was(self, reader: Reader) -> None:
        reader.window.navigation.go_to("shanghai-2023/2.3.3")
        reader.search("核")
        assert reader.window.current != "shanghai-2023/2.3.3"
        reader.write("对")
        assert reader.window.current == "shanghai-2023/2.3.3"

    def test_letters_typed_one_by_one_search_each_time(self, reader: Reader) -> None:
        reader.press("Ctrl+K")
        seen = []
        for letter in "98%":
            QTest.keyClicks(reader.focus, letter)
            seen.append(len(reader.row_kinds("exact")))
        assert seen[0] > seen[-1] == 1

    def test_escape_clears_and_shows_the_outline_again(self, searching: Reader) -> None:
        searching.press("Esc")
        assert searching.window.views.header.search_box.text() == ""
        assert not searching.sees_results
        assert searching.window.views.outline.isVisible()
        assert searching.is_at(searching.window.reading)
        assert "命中" not in searching.status

    def test_taking_all_letters_away_ends_the_search_too(self, searching: Reader) -> None:
        searching.press("Ctrl+A", "Backspace")
        assert not searching.sees_results
        assert searching.is_at(searching.window.views.header.search_box)

    def test_after_clearing_one_stays_at_the_hit_and_can_go_back(self, reader: Reader) -> None:
        reader.window.open_citation("五（一）1")
        reader.search("QFLP")
        reader.press("Esc")
        assert reader.current == "4.2.10"
        reader.press("Alt+Left")
        assert reader.current == "5.1.1"


class TestInputMethod:
    def test_spelling_searches_for_nothing(self, reader: Reader) -> None:
        reader.press("Ctrl+K")
        for spelling in ("y", "yi", "yi'j", "yi'jian'shi"):
            reader.compose(spelling)
            assert not reader.sees_results
        reader.write("一件事")
        assert reader.count == "原文命中 4"

    def test_spelling_over_selected_words_does_not_clear_the_search(self, searching: Reader) -> None:
        heard: list[str] = []
        searching.window.views.header.search_box.query_changed.connect(heard.append)
        searching.press("Ctrl+K")
        searching.compose("y")
        searching.compose("yin")
        assert heard == []
        assert searching.count == "原文命中 4"
        searching.write("银行")
        assert heard == ["银行"]
        assert searching.window.views.header.search_box.text() == "银行"

    def test_spelling_that_is_given_up_leaves_what_is_really_there(self, searching: Reader) -> None:
        searching.press("Ctrl+K")
        searching.compose("yi")
        searching.compose("")
        assert searching.window.views.header.search_box.text() == ""
        assert not searching.sees_results

    def test_words_are_added_to_words(self, searching: Reader) -> None:
        searching.press("End")
        searching.write(" 员工", "yuan", "yuan'gong")
        assert searching.count == "原文命中 1"


class TestMarks:
    def test_words_found_are_marked_in_the_text(self, searching: Reader, plan: Document) -> None:
        here = f"{plan.id}/2.1.6"
        at = plan.places[here].measure.text.index("一件事")
        assert searching.sees(LIGHT.hit_here, searching.place_of(here, at, at + 3))
        assert not searching.sees(LIGHT.hit_here, searching.place_of(here, 0, 5))

    def test_other_hits_in_sight_have_another_colour(self, reader: Reader, plan: Document) -> None:
        reader.search("企业名称")
        first, second = (f"{plan.id}/2.1.{number}" for number in (3, 4))
        assert reader.window.current == first
        at = plan.places[second].measure.text.index("企业名称")
        assert reader.sees(LIGHT.hit, reader.place_of(second, at, at + 4))
        assert not reader.sees(LIGHT.hit_here, reader.place_of(second, at, at + 4))

    def test_words_found_are_marked_in_the_list(self, searching: Reader) -> None:
        results = searching.window.views.results
        row = results.visualRect(results.model().index(1, 0))
        assert LIGHT.hit in colors_in(searching.picture(results.viewport()), row)

    def test_after_clearing_nothing_is_marked(self, searching: Reader) -> None:
        searching.press("Esc")
        assert not {LIGHT.hit, LIGHT.hit_here} & colors_in(searching.picture(), searching.page.rect())


class TestWalking:
    def test_f3_goes_round(self, searching: Reader) -> None:
        seen = []
        for _ in range(5):
            seen.append(searching.current)
            assert f"命中 {HITS.index(searching.current) + 1} / 4" in searching.status
            assert searching.is_in_sight(searching.window.current)
            searching.press("F3")
        assert seen == [*HITS, HITS[0]]

    def test_shift_f3_goes_round_backwards(self, searching: Reader) -> None:
        seen = []
        for _ in range(4):
            searching.press("Shift+F3")
            seen.append(searching.current)
        assert seen == list(reversed(HITS))

    def test_between_hits_it_goes_to_the_next(self, searching: Reader) -> None:
        searching.window.open_citation("二（五）1")
        assert "命中 4" in searching.status
        searching.press("F3")
        assert searching.current == "2.8.6"

    def test_without_a_search_it_says_what_to_do(self, reader: Reader) -> None:
        reader.press("F3")
        assert "Ctrl+K" in reader.status
        reader.search("没有这样的字")
        reader.press("F3")
        assert "没有命中" in reader.status

    def test_enter_in_the_box_goes_to_the_next_hit(self, searching: Reader) -> None:
        searching.press("Return")
        assert searching.current == HITS[1]
        assert searching.is_at(searching.window.views.header.search_box)

    def test_down_into_the_list_and_enter_to_the_text(self, searching: Reader) -> None:
        searching.press("Down")
        assert searching.is_at(searching.window.views.results)
        searching.press("Down", "Down")
        assert searching.current == HITS[2]
        assert "命中 3 / 4" in searching.status
        assert searching.is_in_sight(searching.window.current)
        searching.press("Return")
        assert searching.is_at(searching.window.reading)
        assert searching.current == HITS[2]
        assert searching.sees_results

    def test_up_leads_back_to_the_box(self, searching: Reader) -> None:
        searching.press("Down", "Up")
        assert searching.is_at(searching.window.views.header.search_box)

    def test_a_click_in_the_list_goes_there(self, searching: Reader) -> None:
        searching.click_line(searching.window.views.results, 2)
        assert searching.current == "2.8.6"
        assert "命中 3 / 4" in searching.status

    def test_a_click_on_a_head_goes_nowhere(self, searching: Reader) -> None:
        searching.search("服务")
        here = searching.current
        searching.click_line(searching.window.views.results, 0)
        assert searching.rows[0].kind == "head"
        assert searching.current == here

    def test_escape_in_the_list_clears(self, searching: Reader) -> None:
        searching.press("Down", "Esc")
        assert not searching.sees_results
        assert searching.is_at(searching.window.reading)


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "head"), [(Scope.PART, "原文命中 3（本编）"), (Scope.SECTION, "原文命中 1（本节）")]
    )
    def test_a_chip_narrows_and_all_widens_again(self, reader: Reader, scope: Scope, head: str) -> None:
        reader.window.open_citation("二（四）1")
        reader.search("一件事")
        reader.click(chip(reader, scope))
        assert reader.count == head
        assert reader.is_at(reader.window.views.header.search_box)
        reader.click(chip(reader, Scope.ALL))
        assert reader.count == "原文命中 4"

    def test_the_scope_stays_where_the_search_began(self, reader: Reader) -> None:
        reader.window.open_citation("二（四）1")
        reader.search("一件事")
        reader.press("F3", "F3")
        reader.click(chip(reader, Scope.SECTION))
        assert [row.measure_id for row in reader.row_kinds("exact")] == ["shanghai-2023/2.4.2"]

    def test_a_new_search_begins_in_the_whole_text(self, searching: Reader) -> None:
        searching.click(chip(searching, Scope.PART))
        searching.press("Esc")
        searching.search("一件事")
        assert searching.count == "原文命中 4"
        assert chip(searching, Scope.ALL).isChecked()

    def test_chips_say_which_part_and_section_they_mean(self, reader: Reader) -> None:
        reader.window.open_citation("二（四）1")
        assert chip(reader, Scope.PART).toolTip().startswith("二、深化重点领域")
        assert chip(reader, Scope.SECTION).toolTip().startswith("（四）劳动就业")

    def test_before_all_parts_there_is_none_to_choose(self, reader: Reader) -> None:
        assert not chip(reader, Scope.PART).isEnabled()
        assert not chip(reader, Scope.SECTION).isEnabled()


class TestPlaces:
    @pytest.mark.parametrize(
        "typed", ["二（三）3", "二(三)3", "2.3.3", "shanghai-2023/2.3.3", "二、（三）第3句", " 2.3.3 "]
    )
    def test_enter_goes_to_the_place_that_is_typed(self, reader: Reader, typed: str) -> None:
        reader.search(typed)
        assert reader.rows[0].kind == "goto"
        assert reader.current == ""
        reader.press("Return")
        assert reader.current == "2.3.3"
        assert reader.is_in_sight("shanghai-2023/2.3.3")
        assert reader.is_at(reader.window.reading)

    def test_a_click_on_the_place_goes_there(self, reader: Reader) -> None:
        reader.search("三（五）")
        assert reader.rows[0].text == "三、（五）知识产权保护和运用"
        reader.click_line(reader.window.views.results, 0)
        assert reader.current == "3.5.1"

    def test_a_heading_alone_is_found_and_leads_to_its_section(self, reader: Reader) -> None:
        reader.search("市场准入退出")
        assert [row.kind for row in reader.rows[:4]] == ["head", "title", "head", "empty"]
        assert [reader.rows[0].text, reader.rows[2].text] == ["标题 1", "条目 0"]
        assert reader.count == "原文命中 0"
        reader.press("Return", "Return")
        assert reader.current == "2.1.1"
        assert reader.is_at(reader.window.reading)


class TestNothingFound:
    def test_a_suggestion_leads_to_hits(self, reader: Reader) -> None:
        reader.search("代办服务")
        row = row_of(reader.window.views.results, "帮办服务")
        assert reader.rows[row].kind == "suggestion"
        reader.click_line(reader.window.views.results, row)
        assert reader.window.views.header.search_box.text() == "帮办服务"
        assert reader.row_kinds("exact")
        assert reader.is_at(reader.window.views.header.search_box)

    def test_enter_leads_to_the_suggestions(self, reader: Reader) -> None:
        reader.search("代办服务")
        reader.press("Return")
        assert reader.is_at(reader.window.views.results)
        reader.press("Return")
        assert reader.window.views.header.search_box.text() == "帮办服务"

    def test_the_text_stays_where_it_is(self, reader: Reader) -> None:
        reader.window.open_citation("二（三）3")
        reader.search("没有这样的字")
        assert reader.current == "2.3.3"


class TestRelated:
    def test_it_comes_later_under_its_own_head_and_is_not_counted(self, reader: Reader) -> None:
        reader.search("营商环境")
        assert reader.row_kinds("related") == []
        heads = reader.row_kinds("head")
        reader.until(lambda: bool(reader.row_kinds("related")))
        kinds = [row.kind for row in reader.rows]
        assert kinds.index("related") > max(at for at, kind in enumerate(kinds) if kind == "exact")
        assert [row.text.partition(" ")[0] for row in heads] == ["标题", "条目"]
        assert reader.row_kinds("head")[:2] == heads
        assert reader.row_kinds("head")[2].text == f"相关 {kinds.count('related')}"
        assert reader.count == f"原文命中 {kinds.count('exact')}"
        exact = {row.measure_id for row in reader.row_kinds("exact")}
        assert not exact & {row.measure_id for row in reader.row_kinds("related")}
        assert all(row.aside for row in reader.row_kinds("related"))

    def test_its_coming_moves_nothing(self, reader: Reader) -> None:
        reader.search("营商环境")
        reader.press("F3")
        current, scrolled = reader.current, reader.window.views.results.verticalScrollBar().value()
        top = reader.window.reading.verticalScrollBar().value()
        reader.until(lambda: bool(reader.row_kinds("related")))
        assert reader.current == current
        assert reader.window.views.results.verticalScrollBar().value() == scrolled
        assert reader.window.reading.verticalScrollBar().value() == top
        assert reader.is_at(reader.window.views.header.search_box)

    def test_f3_passes_it_over(self, reader: Reader) -> None:
        reader.search("零负担")
        reader.until(lambda: bool(reader.row_kinds("related")))
        reader.press("F3", "F3")
        assert [row.measure_id for row in reader.row_kinds("exact")] == [reader.window.current]

    def test_a_related_measure_can_be_chosen(self, reader: Reader) -> None:
        reader.search("外资")
        reader.until(lambda: bool(reader.row_kinds("related")))
        row = next(at for at, one in enumerate(reader.rows) if one.kind == "related")
        reader.click_line(reader.window.views.results, row)
        assert reader.window.current == reader.rows[row].measure_id


class TestAnything:
    @pytest.mark.parametrize(
        "text",
        [
            "|",
            "-",
            '"',
            '""',
            "- -",
            "|||",
            "a" * 10_000,
            "一" * 10_000,
            "👩‍👩‍👧 🇨🇳",
            "\u200d\ufeff",
            "\0",
            "(((",
        ],
    )
    def test_odd_words_do_no_harm(self, reader: Reader, text: str) -> None:
        reader.search(text)
        reader.wait(150)
        reader.press("F3", "Return", "Esc")
        assert reader.told == ""

    @given(text=st.text() | st.text('一件事 的|-"“”（）%+.3\n\t', max_size=12))
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_nothing_typed_is_a_fault(self, reader: Reader, text: str) -> None:
        box = reader.window.views.header.search_box
        box.setText(text)
        shown = bool(box.text().strip())
        assert reader.sees_results is shown
        if shown:
            assert reader.picture(reader.window.views.results.viewport()).width() > 0
        reader.press("F3")

    def test_blanks_are_no_search(self, reader: Reader) -> None:
        reader.search("   ")
        assert not reader.sees_results


def test_the_box_says_how_to_reach_and_to_leave_it(reader: Reader) -> None:
    box = reader.window.views.header.search_box
    hint = QRect(box.width() - 60, 0, 60, box.height())
    before = reader.picture(box).copy(hint)
    reader.press(QKeySequence("Ctrl+K").toString())
    reader.write("字")
    assert reader.picture(box).copy(hint) != before
