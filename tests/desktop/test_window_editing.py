"""Notes edited where they stand in the list: saved as one types, left open whatever happens around them, undone."""

import pytest

from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

# The offscreen platform has no windows to raise, as opening a box would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def edit(reader: Reader, words: str, added: str) -> None:
    """Add words at the end of a note, with the keyboard left in it."""
    reader.click_card(words, "编辑")
    reader.write(added)


class TestEditingInPlace:
    def test_words_are_added_and_saved_while_the_note_stays_open(self, filled: Reader) -> None:
        edit(filled, "谁来裁", "周五前")
        filled.until(lambda: "谁来裁决？周五前" in filled.stored())
        assert filled.is_at(filled.form.editor)
        filled.press("Esc")
        assert "谁来裁决？周五前" in filled.bodies

    def test_a_double_click_opens_it_too(self, filled: Reader) -> None:
        filled.double_click_card("谁来裁")
        assert filled.is_at(filled.form.editor)
        assert filled.form.body == "谁来裁决？"

    def test_closing_right_after_it_loses_nothing(self, filled: Reader) -> None:
        edit(filled, "谁来裁", "周五前")
        filled.window.close()
        assert "谁来裁决？周五前" in filled.stored()

    def test_jumping_elsewhere_right_after_it_loses_nothing(self, filled: Reader) -> None:
        edit(filled, "谁来裁", "周五前")
        filled.search("QFLP")
        filled.press("Return", "Esc")
        assert "谁来裁决？周五前" in filled.stored()

    def test_opening_another_saves_and_closes_the_first(self, filled: Reader) -> None:
        edit(filled, "谁来裁", "周五前")
        filled.click_card("窗口", "编辑")
        assert "谁来裁决？周五前" in filled.bodies
        assert filled.form.body == "窗口已开，待核对"
        assert filled.is_at(filled.form.editor)

    def test_a_draft_is_finished_first(self, filled: Reader) -> None:
        filled.press("Ctrl+M")
        filled.write("草稿")
        filled.click_card("窗口", "编辑")
        filled.write("了")
        filled.press("Esc")
        assert filled.stored()[-2:] == ["市场主体怎么看", "草稿"]
        assert "窗口已开，待核对了" in filled.stored()
        assert "草稿" in filled.bodies

    def test_it_stays_open_where_saving_moves_it_in_the_list(self, filled: Reader) -> None:
        filled.click_chip("筛选")
        filled.choose_in(filled.window.views.desk.notes.filter.orders, "最近改过的在前")
        filled.wait(1100)  # times are kept in seconds
        edit(filled, "窗口", "了")
        filled.until(lambda: "窗口已开，待核对了" in filled.stored())
        assert filled.is_at(filled.form.editor)
        filled.write("吗")
        filled.press("Esc")
        assert filled.bodies[0] == "窗口已开，待核对了吗"
        assert filled.stored("SELECT count(*) FROM note") == [4]

    def test_it_stays_open_where_it_is_no_longer_asked_for(self, filled: Reader) -> None:
        filled.press("Ctrl+Shift+F")
        filled.write("监管")
        filled.press("Down", "Return", "Ctrl+A")
        filled.write("别的")
        filled.until(lambda: "别的" in filled.stored())
        assert filled.is_at(filled.form.editor)
        filled.press("Esc")
        assert filled.bodies == []

    def test_another_window_may_write_meanwhile(self, filled: Reader, sit_down: Sitting) -> None:
        edit(filled, "谁来裁", "周五")
        other = sit_down()
        other.window.open_citation("2.1.2")
        other.press("Ctrl+M")
        other.write("另一个窗口写的")
        other.press("Esc")
        filled.window.activateWindow()
        filled.desk._commands.follow_others()  # type: ignore[union-attr]
        assert "另一个窗口写的" in filled.bodies
        assert filled.form.body == "谁来裁决？周五"

    def test_an_emptied_note_goes_to_the_bin_once(self, filled: Reader) -> None:
        filled.click_card("谁来裁", "编辑")
        filled.press("Ctrl+A", "Backspace", "Esc")
        assert len(filled.stored()) == 3
        assert len(filled.bodies) == 2
        filled.press("Esc", "Ctrl+Z")
        assert "谁来裁决？" in filled.stored()
        assert "谁来裁决？" in filled.bodies

    def test_undo_and_redo_take_typing_back_as_one(self, noted: Reader) -> None:
        edit(noted, "问市场", "，周五前")
        noted.press("Esc", "Esc", "Ctrl+Z")
        assert "已撤销：写批注" in noted.status
        assert (noted.stored(), noted.bodies) == ([], [])
        noted.press("Ctrl+Y")
        assert noted.bodies == ["问市场监管局，周五前"]

    def test_undo_by_the_menu_while_it_is_being_written(self, at: Reader) -> None:
        at.press("Ctrl+M")
        at.write("写着写着")
        at.until(lambda: at.stored() == ["写着写着"])
        at.window.actions_by_id["undo"].trigger()
        assert at.stored() == []
        assert at.window.views.desk.notes.new_note.body == ""
        at.window.actions_by_id["redo"].trigger()
        assert at.stored() == ["写着写着"]
        at.press("Ctrl+M")
        at.write("又一条")
        at.press("Esc")
        assert at.stored() == ["写着写着", "又一条"]
        assert at.told == ""
