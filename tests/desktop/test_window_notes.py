"""Notes in the window: saved as they are typed, seen where they belong, changed, deleted, undone, never lost."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest

from desktop.notebook.model import NoteKind
from desktop.theme import LIGHT
from desktop.views.note_editor import AUTOSAVE_MS
from tests.desktop.conftest import Sitting
from tests.desktop.reader import LEFT, Reader, colors_in

HERE = "shanghai-2023/2.1.4"
# The offscreen platform has no windows to raise, as opening a box would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def placeholder(reader: Reader) -> str:
    """What the empty writing place says that a note would be about."""
    return reader.window.views.desk.notes.new_note.editor.placeholderText().partition("\n")[0]


class TestWriting:
    def test_it_is_saved_without_any_saving(self, at: Reader) -> None:
        editor = at.window.views.desk.notes.new_note.editor
        at.press("Ctrl+M")
        assert at.is_at(editor)
        at.write("问市场监管局", "wen", "wen'shi'chang")
        assert at.stored() == []
        at.until(lambda: at.stored() == ["问市场监管局"])
        assert at.stored("SELECT measure FROM note") == [HERE]
        assert at.is_at(editor)
        assert editor.toPlainText() == "问市场监管局"
        assert at.cards == []
        assert "已保存" in at.status

    def test_going_on_typing_goes_on_in_the_same_note(self, at: Reader) -> None:
        at.press("Ctrl+M")
        written = ""
        for words in ("问市场", "监管局", "：谁牵头？"):
            at.write(words)
            written += words
            at.until(lambda written=written: at.stored() == [written])  # type: ignore[misc]

    def test_leaving_the_editor_saves_at_once_and_shows_a_card(self, noted: Reader) -> None:
        assert noted.stored() == ["问市场监管局"]
        [card] = noted.cards
        assert (card.body, card.place) == ("问市场监管局", "二、（一）第4句")
        assert card.quote == "完善企业名称争议处理机制。"
        assert noted.window.views.desk.notes.new_note.body == ""
        assert noted.is_at(noted.window.reading)

    def test_closing_right_after_typing_loses_nothing(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("来不及等")
        at.window.close()
        assert at.stored() == ["来不及等"]

    def test_another_measure_gets_a_note_of_its_own(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("第四句的")
        at.click_measure("shanghai-2023/2.1.5")
        at.press("Ctrl+M")
        at.write("第五句的")
        at.press("Esc")
        found = at.stored("SELECT measure, body FROM note ORDER BY rowid")
        assert found == [(HERE, "第四句的"), ("shanghai-2023/2.1.5", "第五句的")]
        assert at.bodies == ["第四句的", "第五句的"]

    def test_blanks_are_no_note(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("  \n ")
        at.press("Esc")
        assert at.stored("SELECT count(*) FROM note") == [0]
        assert at.cards == []

    def test_a_draft_that_is_emptied_again_goes_away(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("算了")
        at.until(lambda: at.stored() == ["算了"])
        at.press("Backspace", "Backspace", "Esc")
        assert (at.stored(), at.cards) == ([], [])

    def test_without_a_chosen_measure_the_one_at_the_top_is_taken(self, reader: Reader) -> None:
        reader.press("Ctrl+M")
        reader.write("开头")
        reader.press("Esc")
        assert reader.stored("SELECT measure FROM note") == ["shanghai-2023/0.0.1"]

    def test_a_folded_panel_opens_for_it(self, at: Reader) -> None:
        at.press("F9")
        assert not at.window.views.desk.isVisible()
        at.press("Ctrl+M")
        assert at.is_at(at.window.views.desk.notes.new_note.editor)
        assert at.window.views.desk.isVisible()

    def test_line_breaks_and_length_are_kept(self, at: Reader) -> None:
        words = "一、\n二、\n" + "长" * 3000
        at.press("Ctrl+M")
        at.write(words)
        at.press("Esc")
        assert at.stored() == [words]
        assert at.bodies == [words]

    def test_a_menu_that_opens_meanwhile_does_not_end_it(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("写到一半")
        editor = at.window.views.desk.notes.new_note.editor
        editor.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
        assert at.stored() == ["写到一半"]
        assert editor.toPlainText() == "写到一半"


class TestWhatANoteIsAbout:
    def test_the_selected_words(self, at: Reader) -> None:
        at.select(HERE, "争议处理")
        at.press("Ctrl+M")
        assert placeholder(at) == "批注 “争议处理”"
        at.write("谁来裁？")
        at.press("Esc")
        assert at.stored("SELECT reach, quote, start, end FROM note") == [("range", "争议处理", 6, 10)]
        assert [card.quote for card in at.cards] == ["争议处理"]
        words = at.place_of(HERE, 6, 10)
        assert at.sees(LIGHT.note_line, words.translated(0, 3))

    def test_words_of_several_measures(self, at: Reader) -> None:
        fourth, fifth = HERE, "shanghai-2023/2.1.5"
        at.press("Shift+End", "Shift+Right", "Shift+Right", "Shift+Right", "Ctrl+M")
        at.write("两句一起")
        at.press("Esc")
        [(first, last, quote)] = at.stored("SELECT measure, last, quote FROM note")
        assert (first, last) == (fourth, fifth)
        assert quote.startswith("完善企业名称争议处理机制。\n")

    @pytest.mark.parametrize(
        ("action", "place", "reach"),
        [("note_section", "二、（一）全节", "section"), ("note_document", "全文", "document")],
    )
    def test_the_section_or_the_whole_text(self, at: Reader, action: str, place: str, reach: str) -> None:
        at.window.actions_by_id[action].trigger()
        assert placeholder(at) == f"批注 {place}"
        at.write("总的看")
        at.press("Esc")
        assert at.stored("SELECT reach FROM note") == [reach]
        assert [card.place for card in at.cards] == [place]

    def test_a_note_on_the_whole_text_is_listed_everywhere(self, at: Reader) -> None:
        at.window.actions_by_id["note_document"].trigger()
        at.write("总的看")
        at.press("Esc")
        at.window.open_citation("4.1.1")
        assert at.bodies == ["总的看"]

    def test_the_next_note_is_about_the_measure_again(self, at: Reader) -> None:
        at.press("Ctrl+Shift+M")
        at.write("总的看")
        at.press("Esc")
        assert placeholder(at) == "批注 二、（一）第4句"
        at.click(at.window.views.desk.notes.new_note.editor.viewport())
        at.write("单说这句")
        at.press("Esc")
        assert at.stored("SELECT reach FROM note ORDER BY rowid") == ["section", "measure"]


class TestKindTagsAndPin:
    def test_a_new_note_has_what_was_chosen_before_it_was_written(self, at: Reader) -> None:
        form = at.window.views.desk.notes.new_note
        at.choose_in(form.kind_box, "待核实")
        at.press("Tab")
        at.write("张江，园区 #张江")
        at.click(form.editor.viewport())
        at.write("核对数字")
        at.press("Esc")
        assert at.stored("SELECT kind, tags FROM note") == [("待核实", '["张江", "园区"]')]
        [card] = at.cards
        assert (card.kind, card.tags) == ("待核实", ("张江", "园区"))
        assert (form.kind, form.tags) == (NoteKind.GENERAL, ())

    def test_the_words_can_be_written_first(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("核对数字")
        at.choose_in(at.window.views.desk.notes.new_note.kind_box, "问题")
        assert at.stored("SELECT body, kind FROM note") == [("核对数字", "问题")]
        at.press("Tab")
        at.write("张江")
        at.press("Esc")
        assert at.stored("SELECT body, kind, tags FROM note") == [("核对数字", "问题", '["张江"]')]
        assert len(at.cards) == 1

    def test_they_are_changed_where_the_note_is_edited(self, noted: Reader) -> None:
        noted.click_card("问市场", "编辑")
        noted.choose_in(noted.form.kind_box, "下一步")
        noted.click(noted.form.pin)
        noted.click(noted.form.tags_line)
        noted.write("周五")
        noted.press("Esc")
        assert noted.stored("SELECT body, kind, tags, pinned FROM note") == [
            ("问市场监管局", "下一步", '["周五"]', 1)
        ]
        [card] = noted.cards
        assert (card.kind, card.tags, card.pinned) == ("下一步", ("周五",), True)

    def test_each_is_taken_back_alone(self, noted: Reader) -> None:
        noted.click_card("问市场", "编辑")
        noted.choose_in(noted.form.kind_box, "下一步")
        noted.click(noted.form.pin)
        noted.press("Esc", "Esc", "Ctrl+Z")
        assert "已撤销：置顶" in noted.status
        assert noted.stored("SELECT kind, pinned FROM note") == [("下一步", 0)]
        noted.press("Ctrl+Z")
        assert noted.stored("SELECT kind, pinned FROM note") == [("一般", 0)]

    def test_pinned_notes_come_first(self, noted: Reader) -> None:
        noted.window.open_citation("2.1.6")
        noted.press("Ctrl+M")
        noted.write("更要紧")
        noted.press("Esc")
        assert noted.bodies == ["问市场监管局", "更要紧"]
        noted.click_card("更要紧", "编辑")
        noted.click(noted.form.pin)
        noted.press("Esc")
        assert noted.bodies == ["更要紧", "问市场监管局"]


class TestSeeing:
    def test_a_dot_stands_beside_the_measure(self, at: Reader) -> None:
        area = at.gutter(HERE)
        assert LIGHT.accent not in colors_in(at.picture(), area)
        at.press("Ctrl+M")
        at.write("点")
        at.press("Esc")
        assert LIGHT.accent in colors_in(at.picture(), area)
        assert LIGHT.accent not in colors_in(at.picture(), at.gutter("shanghai-2023/2.1.5"))

    def test_it_is_counted_everywhere(self, noted: Reader) -> None:
        assert "1 条批注" in noted.status
        assert noted.tabs == ["批注 1", "书签", "标记", "相关", "回收"]
        assert "1 条批注" in noted.outline_text("（一）市场准入退出")
        assert "0 条批注" in noted.outline_text("（二）获取经营场所")

    def test_the_count_is_drawn_in_the_outline(self, noted: Reader) -> None:
        outline = noted.window.views.outline
        row = next(
            row
            for row in range(outline.model().rowCount())
            if outline.model().index(row, 0).data().startswith("（一）市场")
        )
        noted.window.open_citation("5.1.1")
        outline.scrollTo(outline.model().index(row, 0))
        line = outline.visualRect(outline.model().index(row, 0))
        assert LIGHT.accent in colors_in(noted.picture(outline.viewport()), line)

    def test_other_sections_do_not_show_it(self, noted: Reader) -> None:
        noted.window.open_citation("3.1.1")
        assert noted.cards == []
        noted.window.open_citation("2.1.1")
        assert noted.bodies == ["问市场监管局"]

    def test_a_click_on_the_card_leads_to_the_words_and_back_again(self, noted: Reader) -> None:
        noted.click_chip("全部")
        noted.window.open_citation("4.1.1")
        noted.click_card("问市场")
        assert noted.current == "2.1.4"
        assert noted.sees(LIGHT.accent, noted.place_of(HERE, 0, 4).adjusted(-3, -2, 3, 2))
        noted.window.reading.setFocus()
        noted.press("Alt+Left")
        assert noted.current == "4.1.1"

    def test_the_search_finds_it(self, noted: Reader) -> None:
        noted.search("市场监管局")
        assert [row.text for row in noted.row_kinds("note")] == ["问市场监管局"]
        assert noted.row_kinds("note")[0].place.startswith("二、（一）第4句")

    def test_it_is_there_in_the_next_sitting(self, noted: Reader, sit_down: Sitting) -> None:
        noted.leave()
        again = sit_down()
        assert again.bodies == ["问市场监管局"]
        assert "1 条批注" in again.status

    def test_a_card_says_in_words_what_it_shows(self, noted: Reader) -> None:
        read = noted.notes.cards.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert read.startswith("问市场监管局，原文：完善企业名称争议处理机制。，二、（一）第4句，")


class TestDeleting:
    def test_the_card_deletes_and_the_key_brings_it_back(self, noted: Reader) -> None:
        noted.click_card("问市场", "删除")
        assert (noted.stored(), noted.cards) == ([], [])
        assert "已放入回收，Ctrl+Z 可撤销" in noted.status
        assert noted.tabs == ["批注", "书签", "标记", "相关", "回收 1"]
        assert LIGHT.accent not in colors_in(noted.picture(), noted.gutter(HERE))
        assert noted.is_at(noted.window.reading)
        noted.press("Ctrl+Z")
        assert noted.stored() == ["问市场监管局"]
        assert noted.bodies == ["问市场监管局"]

    def test_nothing_is_ever_really_thrown_away(self, noted: Reader) -> None:
        noted.click_card("问市场", "删除")
        assert noted.stored("SELECT body FROM note") == ["问市场监管局"]

    def test_the_key_deletes_one_after_another(self, at: Reader) -> None:
        for number in (1, 2, 3):
            at.window.open_citation(f"2.1.{number}")
            at.press("Ctrl+M")
            at.write(f"第{number}条")
            at.press("Esc")
        at.window.open_citation("2.1.1")
        at.press("F6", "Delete", "Delete")
        assert at.stored() == ["第3条"]
        assert at.is_at(at.notes)
        at.press("Delete")
        assert at.stored() == []
        assert at.is_at(at.window.reading)

    def test_while_another_is_open_it_takes_the_one_under_the_mouse(self, noted: Reader) -> None:
        for words in ("第二条", "第三条"):
            noted.press("Ctrl+M")
            noted.write(words)
            noted.press("Esc")
        noted.click_card("问市场", "编辑")
        noted.write("，" + "长" * 300)
        [_, third] = noted.cards
        place = noted.notes.action_rect(third.entry_id, "删除").center()
        QTest.mouseClick(noted.notes.viewport(), LEFT, pos=place)
        assert [body[:3] for body in noted.stored()] == ["问市场", "第二条"]


@pytest.mark.parametrize("keys", [("Esc",), ("Esc", "Esc")])
def test_a_note_that_has_settled_is_saved_only_once(at: Reader, keys: tuple[str, ...]) -> None:
    at.press("Ctrl+M")
    at.write("一次")
    at.press(*keys)
    at.wait(AUTOSAVE_MS + 50)
    assert at.stored("SELECT count(*) FROM note") == [1]
    at.press("Ctrl+Z")
    assert at.stored() == []
