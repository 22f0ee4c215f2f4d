"""What hangs under the search box: how to type, what was searched before, and searches that are kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from desktop.search import recall
from desktop.views.offer_list import Offer
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, current_line, lines_of


@pytest.fixture
def used(reader: Reader) -> Reader:
    """After three searches, the box empty and the keyboard in it."""
    for words in ("一件事", "小微 贷款", "承诺 -告知"):
        reader.search(words)
        reader.press("F3")
    reader.press("Ctrl+K", "Backspace")
    return reader


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second is a rest."""
    monkeypatch.setattr(recall, "REST_SECONDS", 0.1)


def box(reader: Reader) -> QWidget:
    """The search box."""
    return reader.window.views.header.search_box


def offered(reader: Reader, *kinds: str) -> list[str]:
    """What is offered of some kinds, or nothing if nothing is open."""
    rows = reader.window.views.dropdown.list.rows if reader.window.views.dropdown.isVisible() else ()
    return [row.text for row in rows if row.kind in kinds]


def recent(reader: Reader) -> list[str]:
    """The recent searches, looked at with the keyboard and put away again."""
    reader.press("Ctrl+K", "Backspace", "Down")
    texts = offered(reader, "recent")
    reader.press("Esc")
    return texts


def click_offer(reader: Reader, words: str) -> None:
    """Click on the line that begins with these words."""
    view = reader.window.views.dropdown.list
    reader.click_line(view, next(at for at, line in enumerate(lines_of(view)) if line.startswith(words)))


class TestGuide:
    @pytest.mark.parametrize("way", ["key in the box", "key in the text", "mouse"])
    def test_it_opens_on_the_first_example(self, reader: Reader, way: str) -> None:
        if way == "mouse":
            reader.click(reader.window.views.header.search_box.guide)
        elif way == "key in the box":
            reader.press("Ctrl+K", "Ctrl+/")
        else:
            reader.press("Ctrl+/")
        assert reader.is_at(reader.window.views.dropdown.list)
        assert current_line(reader.window.views.dropdown.list) == "小微 贷款，空格：同一句里都有，2 条"

    def test_every_number_is_what_a_search_finds(self, reader: Reader) -> None:
        reader.press("Ctrl+/")
        rows: list[Offer] = [row for row in reader.window.views.dropdown.list.rows if row.kind == "example"]
        assert len(rows) == 6
        for row in rows:
            reader.search(row.query)
            assert row.found in (f"{reader.count.removeprefix('原文命中 ')} 条", "转到二、（三）第3句")

    def test_enter_puts_an_example_into_the_box(self, reader: Reader) -> None:
        reader.press("Ctrl+/", "Down", "Down", "Return")
        assert reader.window.views.header.search_box.text() == "承诺 -告知"
        assert reader.is_at(box(reader))
        assert reader.count == "原文命中 6"
        assert not reader.window.views.dropdown.isVisible()

    def test_a_click_does_so_too(self, reader: Reader) -> None:
        reader.press("Ctrl+/")
        click_offer(reader, "水電氣")
        assert reader.window.views.header.search_box.text() == "水電氣"
        assert reader.count == "原文命中 4"

    @pytest.mark.parametrize("key", ["Esc", "Ctrl+/"])
    def test_a_key_closes_it_and_leaves_the_search_alone(self, reader: Reader, key: str) -> None:
        reader.search("一件事")
        reader.press("Ctrl+/", key)
        assert not reader.window.views.dropdown.isVisible()
        assert reader.is_at(box(reader))
        assert reader.count == "原文命中 4"
        reader.press("Esc")
        assert not reader.sees_results

    def test_up_leads_back_into_the_box_and_typing_closes_it(self, reader: Reader) -> None:
        reader.press("Ctrl+/", "Up")
        assert reader.is_at(box(reader))
        assert reader.window.views.dropdown.isVisible()
        reader.write("一件事")
        assert not reader.window.views.dropdown.isVisible()

    @pytest.mark.parametrize("where", ["text", "panel", "another window"])
    def test_it_goes_away_when_the_reader_does(self, reader: Reader, where: str) -> None:
        reader.press("Ctrl+/")
        if where == "text":
            reader.click(reader.page, QPoint(200, 300))
        elif where == "panel":
            reader.press("Ctrl+Shift+F")
        else:
            QApplication.sendEvent(reader.window, QEvent(QEvent.Type.WindowDeactivate))
        reader.until(lambda: not reader.window.views.dropdown.isVisible())

    def test_scopes_count_the_present_search_and_can_be_chosen(self, reader: Reader) -> None:
        reader.window.open_citation("二（四）1")
        reader.search("一件事")
        reader.press("Ctrl+/")
        rows = [row for row in reader.window.views.dropdown.list.rows if row.kind == "scope"]
        assert [(row.text, row.found) for row in rows] == [
            ("全文", "4 条"),
            ("本编", "3 条"),
            ("本节", "1 条"),
            ("批注", "0 条"),
        ]
        assert rows[2].meaning == "二、（四）劳动就业"
        click_offer(reader, "本编")
        assert reader.count == "原文命中 3（本编）"
        assert reader.is_at(box(reader))

    def test_before_all_parts_there_is_no_part_to_choose(self, reader: Reader) -> None:
        reader.press("Ctrl+/")
        rows = [row for row in reader.window.views.dropdown.list.rows if row.kind == "scope"]
        assert [row.text for row in rows if row.leads_somewhere] == ["全文", "批注"]

    def test_it_hangs_under_the_box_and_keeps_within_the_window(self, reader: Reader) -> None:
        for size in ((1280, 720), (880, 480)):
            reader.window.resize(*size)
            reader.wait(30)
            reader.press("Ctrl+/")
            place = reader.window.views.dropdown.geometry()
            assert reader.window.rect().contains(place)
            assert place.top() >= box(reader).mapTo(reader.window, QPoint(0, box(reader).height())).y()
            reader.window.resize(size[0] + 40, size[1])
            reader.wait(30)
            assert reader.window.views.dropdown.geometry().left() > place.left() - 1
            reader.press("Esc")


class TestRecent:
    def test_down_in_the_empty_box_offers_them_newest_first(self, used: Reader) -> None:
        used.press("Down")
        assert used.is_at(used.window.views.dropdown.list)
        assert offered(used, "recent") == ["承诺 -告知", "小微 贷款", "一件事"]
        assert current_line(used.window.views.dropdown.list) == "承诺 -告知"

    def test_a_click_offers_them_and_leaves_the_keyboard_in_the_box(self, used: Reader) -> None:
        used.click(box(used))
        assert len(offered(used, "recent")) == 3
        assert used.is_at(box(used))
        used.press("Down", "Down", "Return")
        assert used.window.views.header.search_box.text() == "小微 贷款"
        assert used.count == "原文命中 2"
        assert used.is_at(box(used))
        assert recent(used)[0] == "小微 贷款"

    def test_with_words_in_the_box_down_leads_into_the_results(self, used: Reader) -> None:
        used.write("一件事")
        used.press("Down")
        assert used.is_at(used.window.views.results)
        used.click(box(used))
        assert not used.window.views.dropdown.isVisible()

    def test_up_leads_back_and_escape_closes(self, used: Reader) -> None:
        used.press("Down", "Up")
        assert used.is_at(box(used))
        assert used.window.views.dropdown.isVisible()
        used.press("Esc")
        assert not used.window.views.dropdown.isVisible()
        assert used.is_at(box(used))

    def test_composing_closes_it(self, used: Reader) -> None:
        used.click(box(used))
        used.compose("yi")
        assert not used.window.views.dropdown.isVisible()
        used.write("一件事", "yi'jian'shi")
        assert used.count == "原文命中 4"

    def test_delete_takes_one_away_and_goes_on(self, used: Reader) -> None:
        used.press("Down", "Down", "Delete")
        assert offered(used, "recent") == ["承诺 -告知", "一件事"]
        assert current_line(used.window.views.dropdown.list) == "一件事"
        used.press("Delete")
        assert offered(used, "recent") == ["承诺 -告知"]

    def test_the_cross_does_so_too(self, used: Reader) -> None:
        used.click(box(used))
        view = used.window.views.dropdown.list
        row = lines_of(view).index("小微 贷款")
        used.click(view.viewport(), view.cross_rect(row).center().toPoint())
        assert offered(used, "recent") == ["承诺 -告知", "一件事"]
        assert used.window.views.header.search_box.text() == ""
        assert used.window.views.dropdown.isVisible()

    def test_all_can_be_cleared(self, used: Reader) -> None:
        used.press("Down")
        click_offer(used, "清除全部")
        assert offered(used, "recent") == []
        assert "已清除 3 条" in used.status
        assert offered(used, "empty") != []
        used.press("Esc")
        assert recent(used) == []

    def test_without_any_it_says_what_would_be_here(self, reader: Reader) -> None:
        reader.press("Ctrl+K", "Down")
        [line] = offered(reader, "empty")
        assert "Ctrl+/" in line
        reader.press("Up")
        assert reader.is_at(box(reader))

    def test_they_are_there_in_the_next_sitting(self, sit_down: Sitting, tmp_path: Path) -> None:
        first = sit_down(data=tmp_path / "one")
        first.search("一件事")
        first.press("Return")
        first.leave()
        again = sit_down(data=tmp_path / "one")
        assert recent(again) == ["一件事"]
        again.leave()
        assert recent(sit_down(data=tmp_path / "other")) == []


class TestWhatIsRemembered:
    @pytest.mark.parametrize(
        "keys", [("F3",), ("Shift+F3",), ("Return",), ("Down", "Down"), ("Down", "Return")]
    )
    def test_acting_on_a_search_makes_it_recent(self, reader: Reader, keys: tuple[str, ...]) -> None:
        reader.search("一件事")
        reader.press(*keys)
        assert recent(reader) == ["一件事"]

    def test_choosing_a_row_or_a_bar_does(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.click_line(reader.window.views.results, 1)
        reader.search("服务")
        strip = reader.window.views.strip
        reader.click(strip, strip.bar_rect(4).center().toPoint())
        assert recent(reader) == ["服务", "一件事"]

    def test_typing_in_passing_does_not(self, reader: Reader) -> None:
        reader.press("Ctrl+K")
        for letter in "一件事 员工":
            reader.write(letter)
        reader.press("Esc")
        assert recent(reader) == []

    @pytest.mark.usefixtures("impatient")
    def test_resting_on_it_and_ending_it_does(self, reader: Reader) -> None:
        reader.search("一件")
        reader.wait(150)
        reader.write("事")
        reader.wait(150)
        reader.press("Esc")
        assert recent(reader) == ["一件事"]

    @pytest.mark.usefixtures("impatient")
    def test_composing_is_no_search_however_long_it_takes(self, reader: Reader) -> None:
        reader.press("Ctrl+K")
        reader.compose("yi'jian")
        reader.wait(150)
        reader.compose("")
        assert recent(reader) == []

    @pytest.mark.usefixtures("impatient")
    def test_closing_the_window_ends_it_too(self, sit_down: Sitting) -> None:
        first = sit_down()
        first.search("一件事")
        first.wait(150)
        first.leave()
        assert recent(sit_down()) == ["一件事"]

    @pytest.mark.usefixtures("impatient")
    def test_a_slip_that_was_put_right_is_not(self, reader: Reader) -> None:
        reader.search("代办服务")
        reader.wait(150)
        reader.press("Return", "Return")
        assert reader.window.views.header.search_box.text() == "帮办服务"
        assert recent(reader) == ["帮办服务"]


class TestSaved:
    def test_a_search_is_kept_under_a_name(self, reader: Reader) -> None:
        reader.search("小微 贷款")
        reader.press("Ctrl+Shift+S")
        assert reader.window.views.dropdown.shows_form
        reader.write("周三专题会")
        reader.press("Return")
        assert not reader.window.views.dropdown.isVisible()
        assert reader.is_at(box(reader))
        assert reader.window.views.header.search_box.star.text() == "★"
        assert "已收藏“周三专题会”" in reader.status
        reader.press("Ctrl+K", "Backspace", "Down")
        assert reader.window.views.dropdown.list.rows[0].text == "收藏的搜索"
        assert current_line(reader.window.views.dropdown.list) == "周三专题会，小微 贷款"
        reader.press("Return")
        assert reader.window.views.header.search_box.text() == "小微 贷款"
        assert reader.window.views.header.search_box.star.text() == "★"

    def test_the_star_does_so_too_and_the_name_may_be_left(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.click(reader.window.views.header.search_box.star)
        reader.click(reader.window.views.dropdown.form.keep)
        assert reader.window.views.header.search_box.star.text() == "★"
        reader.press("Esc")
        reader.click(box(reader))
        assert offered(reader, "saved") == ["一件事"]

    def test_it_is_renamed_and_given_up_in_the_same_form(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("Ctrl+Shift+S", "Return", "Ctrl+Shift+S")
        assert reader.window.views.dropdown.form.name.text() == "一件事"
        reader.write("联办")
        reader.press("Return", "Ctrl+Shift+S")
        assert reader.window.views.dropdown.form.name.selectedText() == "联办"
        reader.press("Tab", "Tab", "Return")
        assert reader.window.views.header.search_box.star.text() == "☆"
        reader.press("Ctrl+K", "Backspace", "Down")
        assert offered(reader, "saved") == []

    def test_escape_keeps_nothing_and_the_search_goes_on(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("Ctrl+Shift+S", "Esc")
        assert reader.is_at(box(reader))
        assert reader.window.views.header.search_box.star.text() == "☆"
        assert reader.count == "原文命中 4"

    def test_delete_takes_it_away(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("Ctrl+Shift+S", "Return", "Ctrl+K", "Backspace", "Down", "Delete")
        assert offered(reader, "saved") == []
        assert "已取消收藏“一件事”" in reader.status
        reader.press("Esc")
        reader.write("一件事")
        assert reader.window.views.header.search_box.star.text() == "☆"

    def test_clearing_the_recent_ones_leaves_it(self, used: Reader) -> None:
        used.write("一件事")
        used.press("Ctrl+Shift+S", "Return", "Ctrl+K", "Backspace", "Down")
        click_offer(used, "清除全部")
        assert (offered(used, "saved"), offered(used, "recent")) == (["一件事"], [])

    def test_nothing_can_be_kept_of_an_empty_box(self, reader: Reader) -> None:
        reader.press("Ctrl+Shift+S")
        assert not reader.window.views.dropdown.isVisible()
        assert "搜索框是空的" in reader.status
        assert not reader.window.views.header.search_box.star.isVisible()

    def test_it_is_there_in_the_next_sitting(self, sit_down: Sitting) -> None:
        first = sit_down()
        first.search("小额|简易")
        first.press("Ctrl+Shift+S")
        first.write("“逗号”, 分号;")
        first.press("Return")
        first.leave()
        again = sit_down()
        again.press("Ctrl+K", "Down")
        assert offered(again, "saved") == ["“逗号”, 分号;"]
