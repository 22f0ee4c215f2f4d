"""相关条目 and 引号术语 in the window: what is like the current measure, and where the quoted terms stand."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.terms_dialog import TermsDialog
from tests.desktop.reader import Reader, lines_of

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def beside(reader: Reader) -> Reader:
    """At 二、（一）第6句, with what is like it listed and the keyboard on the list."""
    reader.window.open_citation("2.1.6")
    reader.press("Ctrl+Shift+L")
    reader.until(lambda: bool(lines_of(reader.window.views.desk.related.list)))
    return reader


class TestRelated:
    def test_what_is_like_the_current_measure_says_where_and_why(self, beside: Reader) -> None:
        page = beside.window.views.desk.related
        assert page.head.text() == "与二、（一）第6句最相近的条目"
        assert "四、（二）第2句" in lines_of(page.list)[0]
        assert "联办" in lines_of(page.list)[0]
        assert beside.is_at(page.list)

    def test_going_along_the_list_shows_each_in_the_text_and_keeps_the_list(self, beside: Reader) -> None:
        before = lines_of(beside.window.views.desk.related.list)
        beside.press("Down", "Up")
        assert beside.current == "4.2.2"
        assert beside.is_in_sight("shanghai-2023/4.2.2")
        assert lines_of(beside.window.views.desk.related.list) == before
        beside.press("Alt+Left")
        assert beside.current != "4.2.2"

    def test_another_measure_chosen_in_the_text_has_its_own(self, beside: Reader) -> None:
        beside.press("Esc")
        beside.window.open_citation("2.3.3")
        beside.until(lambda: "二、（三）第3句" in beside.window.views.desk.related.head.text())
        assert "报装" in lines_of(beside.window.views.desk.related.list)[0]

    def test_by_mouse(self, reader: Reader) -> None:
        reader.window.open_citation("2.1.6")
        reader.click_tab("相关")
        page = reader.window.views.desk.related
        reader.until(lambda: bool(lines_of(page.list)))
        reader.click_line(page.list, 0)
        assert reader.current == "4.2.2"

    def test_a_measure_like_no_other_says_so(self, reader: Reader) -> None:
        reader.window.open_citation("2.3.10")
        reader.press("Ctrl+Shift+L")
        page = reader.window.views.desk.related
        reader.until(lambda: "没有" in page.head.text())
        assert lines_of(page.list) == []

    def test_before_a_measure_is_chosen_it_says_what_would_be_here(self, reader: Reader) -> None:
        reader.click_tab("相关")
        assert reader.window.views.desk.related.head.text().startswith("先在原文中点选一句")


class TestTerms:
    @pytest.fixture
    def dialog(self, reader: Reader) -> TermsDialog:
        reader.press("Ctrl+Shift+T")
        found = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, TermsDialog) and one.isVisible()
        ]
        [dialog] = found
        dialog.activateWindow()
        reader.until(dialog.isActiveWindow)
        return dialog

    def test_all_are_listed_with_their_places(self, dialog: TermsDialog) -> None:
        lines = lines_of(dialog.list)
        assert dialog.count.text().startswith(f"{len(lines)} 个术语")
        assert any(line.startswith("“一件事”，二、（一）第6句 等 4 处") for line in lines)
        dialog.close()

    def test_typing_narrows_and_enter_leads_from_place_to_place(
        self, reader: Reader, dialog: TermsDialog
    ) -> None:
        dialog.words.setFocus()
        reader.write("一件事")
        assert len(lines_of(dialog.list)) == 1
        reader.press("Return", "Return")
        places = [reader.current]
        for _ in range(4):
            reader.press("Return")
            places.append(reader.current)
        assert places[0] == places[-1] == "2.1.6"
        assert len(set(places)) == 4
        dialog.close()
