"""The notes in the panel: found again, gone through with keys, changed several at once."""

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Anchor, Note
from desktop.views.note_list import NoteList
from tests.desktop.reader import Reader

# The offscreen platform has no windows to raise, as opening a menu or a box would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class TestFinding:
    def test_the_chips_say_whose_notes_are_listed(self, filled: Reader) -> None:
        listed = {}
        for name in ("本条", "本节", "全部"):
            filled.click_chip(name)
            listed[name] = [body[:3] for body in filled.bodies]
        assert listed == {
            "本条": ["谁来裁"],
            "本节": ["问市场", "谁来裁", "窗口已"],
            "全部": ["问市场", "谁来裁", "窗口已", "市场主"],
        }

    def test_a_measure_without_notes_says_so(self, filled: Reader) -> None:
        filled.click_chip("本条")
        filled.click_measure("shanghai-2023/2.1.5")
        assert filled.bodies == []
        assert filled.window.views.desk.notes.empty.text().startswith("本条还没有批注")

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("市场", ["问市场监管局", "市场主体怎么看"]),
            ("市场 监管", ["问市场监管局"]),
            ("争议处理", ["谁来裁决？"]),
            ("市場", ["问市场监管局", "市场主体怎么看"]),
            ("没有的字", []),
        ],
    )
    def test_words_narrow_what_is_listed(self, filled: Reader, typed: str, found: list[str]) -> None:
        filled.press("Ctrl+Shift+F")
        filled.write(typed)
        assert filled.bodies == found
        assert filled.window.views.desk.notes.filter.count.text() == f"{len(found)} / 4"
        assert filled.window.views.desk.notes.empty.isVisible() is not bool(found)

    def test_half_composed_words_ask_for_nothing(self, filled: Reader) -> None:
        filled.press("Ctrl+Shift+F")
        filled.compose("shi'chang")
        assert len(filled.bodies) == 4

    def test_kind_and_tag_can_be_asked_for(self, filled: Reader) -> None:
        asked = filled.window.views.desk.notes.filter
        filled.click_card("谁来裁", "编辑")
        filled.choose_in(filled.form.kind_box, "问题")
        filled.click(filled.form.tags_line)
        filled.write("张江")
        filled.press("Esc")
        filled.click_chip("全部")
        filled.click_chip("筛选")
        filled.choose_in(asked.kinds, "问题")
        assert filled.bodies == ["谁来裁决？"]
        filled.choose_in(asked.kinds, "全部类别")
        filled.choose_in(asked.tags, "张江")
        assert filled.bodies == ["谁来裁决？"]
        filled.choose_in(asked.periods, "今天")
        assert filled.bodies == ["谁来裁决？"]

    def test_folding_the_filter_asks_nothing_any_more(self, filled: Reader) -> None:
        filled.press("Ctrl+Shift+F")
        filled.write("市场")
        assert len(filled.bodies) == 2
        filled.click_chip("筛选")
        assert len(filled.bodies) == 4
        assert filled.window.views.desk.notes.filter.words.text() == ""

    def test_a_tag_that_nobody_has_any_more_is_not_asked_for(self, filled: Reader) -> None:
        asked = filled.window.views.desk.notes.filter
        filled.click_card("谁来裁", "编辑")
        filled.click(filled.form.tags_line)
        filled.write("张江")
        filled.press("Esc")
        filled.click_chip("筛选")
        filled.choose_in(asked.tags, "张江")
        assert len(filled.bodies) == 1
        filled.click_card("谁来裁", "删除")
        assert asked.tags.currentText() == "全部标签"
        assert len(filled.bodies) == 2


class TestByKeyboard:
    def test_f6_leads_to_the_notes_of_the_measure_and_back(self, filled: Reader) -> None:
        filled.press("F6")
        assert filled.is_at(filled.notes)
        assert filled.notes.current == filled.notes.chosen[0]
        assert filled.window.work.desk.writing.shelf.note(filled.notes.current).body == "谁来裁决？"  # type: ignore[union-attr]
        filled.press("F6")
        assert filled.is_at(filled.window.reading)

    def test_f6_says_where_there_is_none(self, filled: Reader) -> None:
        filled.press("Down", "F6")
        assert "还没有批注" in filled.status

    def test_walking_through_the_list_the_text_follows(self, filled: Reader) -> None:
        filled.press("F6", "Down")
        assert filled.current == "2.1.6"
        filled.press("Up", "Up")
        assert filled.current == "2.1.1"
        assert filled.is_at(filled.notes)

    def test_up_over_the_first_leads_to_where_a_note_is_written(self, filled: Reader) -> None:
        filled.press("F6", "Up", "Up")
        assert filled.is_at(filled.window.views.desk.notes.new_note.editor)

    def test_down_from_the_words_leads_into_the_list_and_up_back(self, filled: Reader) -> None:
        filled.press("Ctrl+Shift+F")
        filled.write("主体")
        filled.press("Down")
        assert filled.is_at(filled.notes)
        assert filled.current == "4.1.1"
        filled.press("Up")
        assert filled.is_at(filled.window.views.desk.notes.filter.words)

    def test_escape_in_the_words_clears_them_first(self, filled: Reader) -> None:
        words = filled.window.views.desk.notes.filter.words
        filled.press("Ctrl+Shift+F")
        filled.write("市场")
        filled.press("Esc")
        assert filled.is_at(words)
        assert words.text() == ""
        filled.press("Esc")
        assert filled.is_at(filled.window.reading)

    def test_escape_in_a_note_leads_to_its_card_then_to_the_text(self, filled: Reader) -> None:
        filled.press("F6", "Return")
        assert filled.is_at(filled.form.editor)
        filled.press("Esc")
        assert filled.is_at(filled.notes)
        filled.press("Esc")
        assert filled.is_at(filled.window.reading)

    def test_escape_keeps_the_search_that_is_going_on(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("Ctrl+M")
        reader.write("搜索还在")
        reader.press("Esc")
        assert reader.is_at(reader.window.reading)
        assert reader.sees_results
        reader.press("Esc")
        assert not reader.sees_results

    def test_the_menu_key_offers_what_can_be_done(self, filled: Reader) -> None:
        filled.press("F6")
        filled.press_menu_key()
        filled.pick_by_key("置顶")
        assert filled.stored("SELECT body FROM note WHERE pinned = 1") == ["谁来裁决？"]


class TestSeveralAtOnce:
    @pytest.fixture
    def two(self, filled: Reader) -> Reader:
        """The first and the third note of the section chosen."""
        filled.click_card("问市场")
        filled.click_card("窗口", held=Qt.KeyboardModifier.ControlModifier)
        return filled

    def test_how_many_are_chosen_is_said(self, two: Reader) -> None:
        batch = two.window.views.desk.notes.batch
        assert batch.isVisible()
        assert batch.count.text() == "已选 2 条"
        two.click_card("谁来裁")
        assert not batch.isVisible()

    def test_a_tag_is_added_to_all_and_taken_back_in_one_step(self, two: Reader) -> None:
        two.click(two.window.views.desk.notes.batch.tags_line)
        two.write("会前")
        two.press("Return")
        tagged = "SELECT body FROM note WHERE tags = '[\"会前\"]' ORDER BY rowid"
        assert two.stored(tagged) == ["问市场监管局", "窗口已开，待核对"]
        assert "已给 2 条批注加上标签" in two.status
        two.press("Esc", "Esc", "Ctrl+Z")
        assert two.stored(tagged) == []

    def test_a_tag_chosen_from_those_offered_is_added_and_not_what_was_begun(self, two: Reader) -> None:
        two.click_card("谁来裁", "编辑")
        two.click(two.form.tags_line)
        two.write("张江科学城")
        two.click_card("问市场")
        two.click_card("窗口", held=Qt.KeyboardModifier.ControlModifier)
        two.click(two.window.views.desk.notes.batch.tags_line)
        two.write("张")
        two.press("Down", "Return")
        assert two.window.views.desk.notes.batch.tags_line.tags == ("张江科学城",)
        two.press("Return")
        tags = two.stored("SELECT tags FROM note ORDER BY rowid")
        assert tags == ['["张江科学城"]'] * 3 + ["[]"]

    def test_they_are_deleted_and_come_back_together(self, two: Reader) -> None:
        two.press("Delete")
        assert two.stored() == ["谁来裁决？", "市场主体怎么看"]
        assert two.bodies == ["谁来裁决？"]
        assert not two.window.views.desk.notes.batch.isVisible()
        two.press("Esc", "Ctrl+Z")
        assert len(two.bodies) == 3

    def test_the_menu_gives_all_a_kind(self, two: Reader) -> None:
        two.right_click(two.notes.viewport(), two.card_place("窗口").center())
        two.pick("类别", "进展")
        assert two.stored("SELECT body FROM note WHERE kind = '进展' ORDER BY rowid") == [
            "问市场监管局",
            "窗口已开，待核对",
        ]

    def test_ctrl_a_chooses_all_that_are_listed(self, filled: Reader) -> None:
        filled.press("F6", "Ctrl+A", "Delete")
        assert filled.stored() == ["市场主体怎么看"]


class TestMargin:
    def test_a_click_on_the_dot_leads_to_the_notes_there(self, filled: Reader) -> None:
        filled.press("F9", "Ctrl+Shift+D")
        number = filled.window.reading.number_rect("shanghai-2023/2.1.6").center().toPoint()
        filled.click(filled.page, number + QPoint(15, 0))
        assert filled.is_at(filled.notes)
        assert filled.current == "2.1.6"
        assert filled.notes.chosen == [card.entry_id for card in filled.cards if "窗口" in card.body]


def anchor(reader: Reader, number: int) -> Anchor:
    """A place in the text; measures are taken in turn."""
    document = reader.desk._document
    return anchor_measure(document, list(document.places)[number % len(document.places)])


def test_what_does_not_fit_is_shown_as_it_is_scrolled_to(reader: Reader) -> None:
    count = 450
    for number in range(count):
        reader.desk._commands.write_note(anchor(reader, number), f"第{number}条")  # type: ignore[union-attr]
    reader.click_chip("全部")
    notes: NoteList = reader.notes
    assert len(notes.cards.notes) == count
    assert notes.cards.rowCount() < count
    notes.setFocus()
    reader.press("End")
    assert notes.cards.rowCount() == count
    last: Note = notes.cards.notes[-1]
    assert notes.current == last.id
    assert notes.viewport().rect().intersects(notes.visualRect(notes.currentIndex()))
