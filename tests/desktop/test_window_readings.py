"""Words that were perhaps meant, found where those typed are not: told apart, and given up with one key."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from desktop.theme import LIGHT
from index.readings import Reading
from index.search import Searcher, SearchResult
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, colors_in, current_line, row_of

MEANT: Mapping[str, tuple[Reading, ...]] = {
    "yijianshi": (Reading("一件事", "一件事", "拼音"),),
    "yijianshi 员工": (Reading("一件事", "一件事 员工", "拼音"),),
    "shichangzhunru": (Reading("市场准入", "市场准入", "拼音"), Reading("市场准人", "市场准人", "同音")),
    "fuwu": (
        Reading("服务", "服务", "拼音"),
        Reading("父屋", "父屋", "同音"),
        Reading("政务", "政务", "一字之差"),
    ),
    "QFLP": (Reading("一件事", "一件事", "首字母"),),
}


class Knowing(Searcher):
    """A searcher that knows what some letters mean."""

    def search(self, text: str, scope: str = "") -> SearchResult:
        return replace(super().search(text, scope), readings=MEANT.get(text, ()))


class KnowingLate(Knowing):
    """One that knows it only when there has been time to load."""

    def search(self, text: str, scope: str = "") -> SearchResult:
        result = super().search(text, scope)
        return replace(result, readings=()) if self._related is None else result


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch, sit_down: Sitting) -> Reader:
    monkeypatch.setattr("desktop.search.finder.Searcher", Knowing)
    return sit_down()


@pytest.fixture
def meant(knowing: Reader) -> Reader:
    """After typing the letters of 一件事."""
    knowing.search("yijianshi")
    return knowing


def kinds(reader: Reader) -> list[str]:
    """The kinds of the rows but what is related."""
    return [row.kind for row in reader.rows if row.kind not in ("related", "head")]


class TestInstead:
    def test_they_stand_under_a_line_of_their_own_and_are_no_hits(self, meant: Reader) -> None:
        assert meant.count == "原文命中 0"
        assert kinds(meant) == ["reading", "literal", *["read"] * 4]
        assert meant.rows[0].place == "按“一件事”搜索（拼音）"
        assert meant.rows[0].aside == "4 条"
        assert meant.rows[1].place == "仍按“yijianshi”搜索"
        assert meant.row_kinds("exact") == []

    def test_one_that_only_headings_have_says_so(self, sit_down: Sitting) -> None:
        reader = sit_down()
        reader.search("laodongjiuye")
        [row] = reader.row_kinds("reading")
        assert (row.place, row.aside) == ("按“劳动就业”搜索（拼音）", "1 个标题")
        assert [title.text for title in reader.row_kinds("read_title")] == ["（四）劳动就业"]

    def test_the_text_goes_there_and_shows_the_words(self, meant: Reader) -> None:
        assert meant.current == "2.1.6"
        assert "按“一件事”找到 1 / 4" in meant.status
        assert "命中" not in meant.status
        here = meant.window.current
        block = meant.window.reading.document().findBlockByNumber(meant.window.reading._blocks[here]).text()
        at = block.index("一件事")
        assert meant.sees(LIGHT.hit_here, meant.place_of(here, at, at + 3))
        assert [count for _, count in meant.window.views.strip.bars if count] == [1, 1, 1, 1]

    def test_the_words_are_marked_in_the_list(self, meant: Reader) -> None:
        results = meant.window.views.results
        row = results.visualRect(results.model().index(2, 0))
        assert LIGHT.hit in colors_in(meant.picture(results.viewport()), row)

    def test_f3_and_enter_go_through_them(self, meant: Reader) -> None:
        meant.press("F3")
        assert meant.current == "2.4.2"
        meant.press("Return", "Shift+F3")
        assert meant.current == "2.4.2"
        assert current_line(meant.window.views.results).startswith("二、（四）第2句")

    def test_keys_lead_through_the_list(self, meant: Reader) -> None:
        meant.press("Down", "Down")
        assert meant.current == "2.4.2"
        meant.press("Up", "Up", "Up")
        assert current_line(meant.window.views.results).startswith("按“一件事”搜索")
        meant.press("Up")
        assert meant.is_at(meant.window.views.header.search_box)

    def test_choosing_the_line_searches_for_the_words(self, meant: Reader) -> None:
        meant.click_line(meant.window.views.results, 0)
        assert meant.window.views.header.search_box.text() == "一件事"
        assert meant.count == "原文命中 4"
        assert kinds(meant) == ["exact"] * 4
        meant.press("Ctrl+K", "Backspace", "Down")
        assert current_line(meant.window.views.dropdown.list) == "一件事"

    def test_the_whole_query_is_taken_over(self, knowing: Reader) -> None:
        knowing.search("yijianshi 员工")
        assert (knowing.rows[0].place, knowing.rows[0].aside) == ("按“一件事”搜索（拼音）", "1 条")
        knowing.click_line(knowing.window.views.results, 0)
        assert knowing.window.views.header.search_box.text() == "一件事 员工"

    def test_order_and_groups_are_those_of_hits(self, meant: Reader) -> None:
        meant.press("Ctrl+Shift+G", "Ctrl+Shift+G")
        assert kinds(meant) == ["reading", "literal", *["group", "read"] * 4]


class TestSeveral:
    def test_each_has_its_line_and_one_that_finds_nothing_has_none(self, knowing: Reader) -> None:
        knowing.search("fuwu")
        places = [row.place for row in knowing.row_kinds("reading")]
        assert places == ["按“服务”搜索（拼音）", "按“政务”搜索（一字之差）"]
        assert len(knowing.row_kinds("literal")) == 1
        assert "按“服务”等找到" in knowing.status

    def test_headings_are_found_too(self, knowing: Reader) -> None:
        knowing.search("shichangzhunru")
        assert kinds(knowing) == ["reading", "literal", "read_title", "read", "read", "read"]
        knowing.click_line(knowing.window.views.results, 2)
        assert knowing.current == "2.1.1"


class TestLiteral:
    def test_a_key_takes_the_words_as_they_are_and_back(self, meant: Reader) -> None:
        meant.press("Alt+Return")
        assert meant.count == "原文命中 0"
        assert kinds(meant) == ["empty", "reading"]
        assert meant.current == "0.0.1"
        assert "找到" not in meant.status
        assert meant.is_at(meant.window.views.header.search_box)
        meant.press("Alt+Return")
        assert kinds(meant) == ["reading", "literal", *["read"] * 4]
        assert meant.current == "2.1.6"

    @pytest.mark.parametrize("way", ["mouse", "keys"])
    def test_choosing_the_line_does_so_too(self, meant: Reader, way: str) -> None:
        if way == "mouse":
            meant.click_line(meant.window.views.results, row_of(meant.window.views.results, "仍按"))
        else:
            meant.press("Down", "Up", "Return")
        assert kinds(meant) == ["empty", "reading"]
        assert meant.is_at(meant.window.views.header.search_box)

    def test_other_words_are_read_anew(self, meant: Reader) -> None:
        meant.press("Alt+Return")
        meant.write(" 员工")
        assert kinds(meant)[0] == "reading"

    def test_where_nothing_else_was_meant_it_says_so(self, knowing: Reader) -> None:
        knowing.search("一件事")
        knowing.press("Alt+Return")
        assert "就是按输入的字搜索" in knowing.status
        assert knowing.count == "原文命中 4"


def test_what_is_found_as_typed_comes_first_and_the_rest_is_offered(knowing: Reader) -> None:
    knowing.search("QFLP")
    assert knowing.count == "原文命中 1"
    assert kinds(knowing) == ["exact", "reading"]
    assert "命中 1 / 1" in knowing.status


def test_what_comes_late_is_shown_when_it_comes(monkeypatch: pytest.MonkeyPatch, sit_down: Sitting) -> None:
    monkeypatch.setattr("desktop.search.finder.Searcher", KnowingLate)
    reader = sit_down()
    reader.search("yijianshi")
    assert kinds(reader)[0] == "empty"
    reader.until(lambda: bool(reader.row_kinds("read")))
    assert reader.current == "2.1.6"
    assert reader.is_at(reader.window.views.header.search_box)


def test_what_comes_late_does_not_move_a_reader_who_has_gone_on(
    monkeypatch: pytest.MonkeyPatch, sit_down: Sitting
) -> None:
    monkeypatch.setattr("desktop.search.finder.Searcher", KnowingLate)
    reader = sit_down()
    reader.search("yijianshi")
    reader.window.reading.setFocus()
    here = reader.window.current
    reader.until(lambda: bool(reader.row_kinds("read")))
    assert reader.window.current == here
