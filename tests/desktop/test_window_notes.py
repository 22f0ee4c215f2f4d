"""Notes and bookmarks in the window: saved as they are typed, seen where they belong, undone, never lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QToolButton

from desktop.notebook import store
from desktop.notebook.store import FILE_NAME
from desktop.theme import LIGHT
from desktop.views.card import Card
from desktop.views.note_editor import AUTOSAVE_MS, NoteEditor
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, colors_in

HERE = "shanghai-2023/2.1.4"
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def at(reader: Reader) -> Reader:
    """At 二、（一）第4句."""
    reader.window.open_citation("2.1.4")
    return reader


@pytest.fixture
def noted(at: Reader) -> Reader:
    """With one note there, the keyboard in the text."""
    at.press("Ctrl+M")
    at.write("问市场监管局", "wen")
    at.press("Esc")
    return at


@pytest.fixture
def hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Callable[[], None]]]:
    """Has another process hold the notebook from now on; gives what makes it let go."""
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.05)
    holders: list[subprocess.Popen[str]] = []

    def take() -> Callable[[], None]:
        command = [sys.executable, "-c", HOLDER, str(tmp_path / FILE_NAME)]
        pipe = subprocess.PIPE
        holder = subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8")
        holders.append(holder)
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        return lambda: (holder.communicate(""), None)[1]

    yield take
    for holder in holders:
        if holder.poll() is None:
            holder.communicate("")


def stored(
    folder: Path, question: str = "SELECT body FROM note WHERE deleted = '' ORDER BY rowid"
) -> list[object]:
    """What is in the file, asked from outside."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return [row[0] for row in connection.execute(question)]
    finally:
        connection.close()


def bodies(reader: Reader) -> list[str]:
    """The words on the cards that are shown."""
    return [card.editor.toPlainText() for card in reader.cards if card.editor]


def editor_of(card: Card) -> NoteEditor:
    """Where a card's words can be changed."""
    assert card.editor is not None
    return card.editor


def delete_button(card: Card) -> QToolButton:
    """The card's 删除."""
    found = card.findChild(QToolButton, "cardButton")
    assert isinstance(found, QToolButton)
    return found


def tabs(reader: Reader) -> list[str]:
    """What the panel's tabs say."""
    found: Iterable[QToolButton] = reader.window.desk.findChildren(QToolButton, "tab")
    return [tab.text() for tab in found]


def gutter(reader: Reader, measure_id: str) -> QRect:
    """Where dot and star of a measure are drawn: between the edge of the band and the number."""
    number = reader.window.reading.number_rect(measure_id).toRect()
    return number.adjusted(4, 0, -14, 0)


def outline_text(reader: Reader, words: str) -> str:
    """What a screen reader says of a line of the outline."""
    model = reader.window.outline.model()
    texts = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    [found] = [text for text in texts if text.startswith(words)]
    return found


class TestWriting:
    def test_it_is_saved_without_any_saving(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        assert at.is_at(at.window.desk.new_note)
        at.write("问市场监管局", "wen", "wen'shi'chang")
        assert stored(tmp_path) == []
        at.wait(AUTOSAVE_MS + 100)
        assert stored(tmp_path) == ["问市场监管局"]
        assert stored(tmp_path, "SELECT measure FROM note") == [HERE]
        assert at.is_at(at.window.desk.new_note)
        assert "已保存" in at.status

    def test_going_on_typing_goes_on_in_the_same_note(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        for words in ("问市场", "监管局", "：谁牵头？"):
            at.write(words)
            at.wait(AUTOSAVE_MS + 60)
        assert stored(tmp_path) == ["问市场监管局：谁牵头？"]

    def test_leaving_the_editor_saves_at_once_and_shows_a_card(self, noted: Reader, tmp_path: Path) -> None:
        assert stored(tmp_path) == ["问市场监管局"]
        assert bodies(noted) == ["问市场监管局"]
        assert noted.window.desk.new_note.toPlainText() == ""
        assert noted.is_at(noted.window.reading)

    def test_closing_right_after_typing_loses_nothing(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("来不及等")
        at.window.close()
        assert stored(tmp_path) == ["来不及等"]

    def test_another_measure_gets_a_note_of_its_own(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("第四句的")
        at.click_measure("shanghai-2023/2.1.5")
        at.press("Ctrl+M")
        at.write("第五句的")
        at.press("Esc")
        assert stored(tmp_path) == ["第四句的", "第五句的"]
        assert stored(tmp_path, "SELECT measure FROM note ORDER BY rowid") == [HERE, "shanghai-2023/2.1.5"]
        assert bodies(at) == ["第四句的", "第五句的"]

    def test_blanks_are_no_note(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("  \n ")
        at.press("Esc")
        assert stored(tmp_path) == []
        assert at.cards == []

    def test_a_draft_that_is_emptied_again_goes_away(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("算了")
        at.wait(AUTOSAVE_MS + 60)
        at.press("Backspace", "Backspace", "Esc")
        assert stored(tmp_path) == []
        assert at.cards == []

    def test_without_a_chosen_measure_the_one_at_the_top_is_taken(
        self, reader: Reader, tmp_path: Path
    ) -> None:
        reader.press("Ctrl+M")
        reader.write("开头")
        reader.press("Esc")
        assert stored(tmp_path, "SELECT measure FROM note") == ["shanghai-2023/0.0.1"]

    def test_the_quoted_words_are_kept_with_it(self, noted: Reader, tmp_path: Path) -> None:
        assert stored(tmp_path, "SELECT quote FROM note") == ["完善企业名称争议处理机制。"]

    def test_a_folded_panel_opens_for_it(self, at: Reader) -> None:
        at.press("F9")
        assert not at.window.desk.isVisible()
        at.press("Ctrl+M")
        assert at.is_at(at.window.desk.new_note)
        assert at.window.desk.isVisible()

    def test_line_breaks_and_length_are_kept(self, at: Reader, tmp_path: Path) -> None:
        words = "一、\n二、\n" + "长" * 3000
        at.press("Ctrl+M")
        at.write(words)
        at.press("Esc")
        assert stored(tmp_path) == [words]
        assert bodies(at) == [words]


class TestSeeing:
    def test_a_dot_stands_beside_the_measure(self, at: Reader) -> None:
        area = gutter(at, HERE)
        assert LIGHT.accent not in colors_in(at.picture(), area)
        at.press("Ctrl+M")
        at.write("点")
        at.press("Esc")
        assert LIGHT.accent in colors_in(at.picture(), area)
        assert LIGHT.accent not in colors_in(at.picture(), gutter(at, "shanghai-2023/2.1.5"))

    def test_it_is_counted_everywhere(self, noted: Reader) -> None:
        assert "1 条批注" in noted.status
        assert tabs(noted) == ["批注 · 1", "书签"]
        assert "1 条批注" in outline_text(noted, "（一）市场准入退出")
        assert "0 条批注" in outline_text(noted, "（二）获取经营场所")

    def test_the_count_is_drawn_in_the_outline(self, noted: Reader) -> None:
        outline = noted.window.outline
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
        assert bodies(noted) == ["问市场监管局"]

    def test_a_click_on_the_card_leads_to_the_measure(self, noted: Reader) -> None:
        noted.window.open_citation("2.1.9")
        [card] = noted.cards
        noted.click(card, QPoint(6, 6))
        assert noted.current == "2.1.4"

    def test_the_search_finds_it(self, noted: Reader) -> None:
        noted.search("市场监管局")
        assert [row.text for row in noted.row_kinds("note")] == ["问市场监管局"]
        assert noted.row_kinds("note")[0].place.startswith("二、（一）第4句")

    def test_it_is_there_in_the_next_sitting(self, noted: Reader, sit_down: Sitting) -> None:
        noted.leave()
        again = sit_down()
        assert bodies(again) == ["问市场监管局"]
        assert "1 条批注" in again.status


class TestChanging:
    def test_words_on_a_card_are_changed_in_place(self, noted: Reader, tmp_path: Path) -> None:
        editor = editor_of(noted.cards[0])
        noted.click(editor.viewport())
        noted.press("Ctrl+End")
        noted.write("，周五前")
        noted.wait(AUTOSAVE_MS + 60)
        assert stored(tmp_path) == ["问市场监管局，周五前"]
        assert noted.is_at(editor)
        noted.press("Esc")
        assert noted.is_at(noted.window.reading)
        assert bodies(noted) == ["问市场监管局，周五前"]

    def test_closing_right_after_it_loses_nothing(self, noted: Reader, tmp_path: Path) -> None:
        noted.click(editor_of(noted.cards[0]).viewport())
        noted.press("Ctrl+A")
        noted.write("改了")
        noted.window.close()
        assert stored(tmp_path) == ["改了"]

    def test_jumping_elsewhere_right_after_it_loses_nothing(self, noted: Reader, tmp_path: Path) -> None:
        noted.click(editor_of(noted.cards[0]).viewport())
        noted.press("Ctrl+A")
        noted.write("改了")
        noted.search("QFLP")
        noted.press("Return", "Esc")
        assert stored(tmp_path) == ["改了"]

    def test_undo_in_the_text_takes_typing_back(self, noted: Reader, tmp_path: Path) -> None:
        noted.press("Ctrl+Z")
        assert stored(tmp_path) == []
        assert noted.cards == []
        assert "已撤销" in noted.status
        noted.press("Ctrl+Y")
        assert stored(tmp_path) == ["问市场监管局"]
        assert bodies(noted) == ["问市场监管局"]

    def test_undo_while_still_in_the_editor_by_the_menu(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("写着写着")
        at.wait(AUTOSAVE_MS + 60)
        at.window.actions_by_id["undo"].trigger()
        assert stored(tmp_path) == []
        assert at.window.desk.new_note.toPlainText() == ""
        at.window.actions_by_id["redo"].trigger()
        assert stored(tmp_path) == ["写着写着"]
        at.press("Ctrl+M")
        at.write("又一条")
        at.press("Esc")
        assert stored(tmp_path) == ["写着写着", "又一条"]
        assert at.told == ""


class TestDeleting:
    def test_the_button_deletes_and_the_key_brings_it_back(self, noted: Reader, tmp_path: Path) -> None:
        noted.click(delete_button(noted.cards[0]))
        assert (stored(tmp_path), noted.cards) == ([], [])
        assert "Ctrl+Z" in noted.status
        assert LIGHT.accent not in colors_in(noted.picture(), gutter(noted, HERE))
        noted.press("Ctrl+Z")
        assert stored(tmp_path) == ["问市场监管局"]
        assert bodies(noted) == ["问市场监管局"]

    def test_while_its_words_are_being_changed(self, noted: Reader, tmp_path: Path) -> None:
        card = noted.cards[0]
        noted.click(editor_of(card).viewport())
        noted.press("Ctrl+End")
        noted.write("，改到一半")
        noted.click(delete_button(card))
        assert (stored(tmp_path), noted.cards) == ([], [])
        noted.wait(AUTOSAVE_MS + 60)
        noted.press("Ctrl+Z")
        assert stored(tmp_path) == ["问市场监管局，改到一半"]
        assert noted.told == ""

    def test_an_emptied_card_goes_away_once(self, noted: Reader, tmp_path: Path) -> None:
        noted.click(editor_of(noted.cards[0]).viewport())
        noted.press("Ctrl+A", "Backspace", "Esc")
        assert (stored(tmp_path), noted.cards) == ([], [])
        noted.wait(50)
        noted.press("Ctrl+Z")
        assert stored(tmp_path) == ["问市场监管局"]
        assert bodies(noted) == ["问市场监管局"]

    def test_nothing_is_ever_really_thrown_away(self, noted: Reader, tmp_path: Path) -> None:
        noted.click(delete_button(noted.cards[0]))
        assert stored(tmp_path, "SELECT body FROM note") == ["问市场监管局"]


class TestBookmarks:
    def test_a_key_sets_and_takes_it(self, at: Reader, tmp_path: Path) -> None:
        area = gutter(at, HERE)
        assert LIGHT.star not in colors_in(at.picture(), area)
        at.press("Ctrl+D")
        assert "已加书签" in at.status
        assert "1 个书签" in at.status
        assert LIGHT.star in colors_in(at.picture(), area)
        assert tabs(at)[1] == "书签 · 1"
        assert "1 个书签" in outline_text(at, "（一）市场准入退出")
        at.press("Ctrl+D")
        assert "已取消书签" in at.status
        assert LIGHT.star not in colors_in(at.picture(), area)
        assert stored(tmp_path, "SELECT count(*) FROM bookmark WHERE deleted = ''") == [0]

    def test_undo_takes_it_and_brings_it_back(self, at: Reader) -> None:
        at.press("Ctrl+D", "Ctrl+Z")
        assert "0 个书签" in at.status
        at.press("Ctrl+Shift+Z")
        assert "1 个书签" in at.status

    def test_the_panel_lists_all_and_leads_there(self, at: Reader) -> None:
        at.press("Ctrl+D")
        at.window.open_citation("5.1.1")
        at.press("Ctrl+D")
        found: Iterable[QToolButton] = at.window.desk.findChildren(QToolButton, "tab")
        at.click(next(tab for tab in found if tab.text().startswith("书签")))
        assert [card.shown.place for card in at.cards] == ["二、（一）第4句", "五、（一）第1句"]
        card = at.cards[0]
        at.click(card, QPoint(6, 6))
        assert at.current == "2.1.4"

    def test_its_card_deletes_it(self, at: Reader) -> None:
        at.press("Ctrl+D")
        found: Iterable[QToolButton] = at.window.desk.findChildren(QToolButton, "tab")
        at.click(next(tab for tab in found if tab.text().startswith("书签")))
        at.click(delete_button(at.cards[0]))
        assert "0 个书签" in at.status
        at.press("Ctrl+Z")
        assert "1 个书签" in at.status


class TestEscape:
    def test_in_an_editor_it_leads_to_the_text_and_keeps_the_search(self, reader: Reader) -> None:
        reader.search("一件事")
        reader.press("Ctrl+M")
        reader.write("搜索还在")
        reader.press("Esc")
        assert reader.is_at(reader.window.reading)
        assert reader.sees_results
        assert reader.window.header.search_box.text() == "一件事"
        reader.press("Esc")
        assert not reader.sees_results

    def test_a_menu_that_opens_meanwhile_does_not_end_the_draft(self, at: Reader, tmp_path: Path) -> None:
        at.press("Ctrl+M")
        at.write("写到一半")
        editor = at.window.desk.new_note
        editor.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
        assert stored(tmp_path) == ["写到一半"]
        assert editor.toPlainText() == "写到一半"


class TestFaults:
    def test_without_a_notebook_reading_and_searching_go_on(self, sit_down: Sitting, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).write_bytes(b"no notebook" * 1000)
        reader = sit_down()
        assert "已损坏" in reader.told
        assert "笔记本未打开" in reader.status
        assert not reader.window.desk.new_note.isEnabled()
        reader.search("一件事")
        assert reader.rows[0].text == "原文命中 4"
        reader.press("F3", "Ctrl+C")
        assert "二、（四）第2句" in reader.clipboard
        reader.press("Ctrl+D")
        assert "没有打开" in reader.told
        assert (tmp_path / FILE_NAME).read_bytes() == b"no notebook" * 1000

    def test_the_message_can_be_closed(self, sit_down: Sitting, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).write_bytes(b"no notebook" * 1000)
        reader = sit_down()
        reader.click(reader.window.message.close_button)
        assert reader.told == ""

    def test_words_that_could_not_be_saved_stay_and_are_saved_later(
        self, at: Reader, tmp_path: Path, hold: Callable[[], Callable[[], None]]
    ) -> None:
        _be_impatient(at)
        let_go = hold()
        at.press("Ctrl+M")
        at.write("存不下的话")
        at.press("Esc")
        assert "占用" in at.told
        assert "有改动未存下" in at.status
        assert at.window.desk.new_note.toPlainText() == "存不下的话"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert stored(tmp_path) == ["存不下的话"]
        assert stored(tmp_path, "SELECT measure FROM note") == [HERE]

    def test_words_of_one_measure_are_never_saved_to_another(
        self, at: Reader, tmp_path: Path, hold: Callable[[], Callable[[], None]]
    ) -> None:
        _be_impatient(at)
        let_go = hold()
        at.press("Ctrl+M")
        at.write("第四句的话")
        at.click_measure("shanghai-2023/2.1.6")
        assert at.window.desk.new_note.toPlainText() == "第四句的话"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert stored(tmp_path, "SELECT measure FROM note") == [HERE]

    def test_the_end_of_a_draft_that_could_not_be_saved_stays_too(
        self, at: Reader, tmp_path: Path, hold: Callable[[], Callable[[], None]]
    ) -> None:
        at.press("Ctrl+M")
        at.write("前半")
        at.wait(AUTOSAVE_MS + 60)
        _be_impatient(at)
        let_go = hold()
        at.write("后半")
        at.press("Esc")
        assert stored(tmp_path) == ["前半"]
        assert at.window.desk.new_note.toPlainText() == "前半后半"
        let_go()
        at.press("Ctrl+M", "Esc")
        assert stored(tmp_path) == ["前半后半"]

    def test_words_on_a_card_that_could_not_be_saved_outlast_a_jump(
        self, noted: Reader, tmp_path: Path, hold: Callable[[], Callable[[], None]]
    ) -> None:
        _be_impatient(noted)
        let_go = hold()
        noted.click(editor_of(noted.cards[0]).viewport())
        noted.press("Ctrl+End")
        noted.write("，没存下")
        noted.press("Esc")
        noted.window.open_citation("4.1.1")
        assert bodies(noted) == ["问市场监管局，没存下"]
        let_go()
        noted.click(editor_of(noted.cards[0]).viewport())
        noted.press("Esc")
        assert stored(tmp_path) == ["问市场监管局，没存下"]

    def test_closing_with_words_that_cannot_be_saved_asks_once(
        self, at: Reader, hold: Callable[[], Callable[[], None]]
    ) -> None:
        _be_impatient(at)
        hold()
        at.press("Ctrl+M")
        at.write("存不下的话")
        at.window.close()
        assert at.window.isVisible()
        assert "再次关闭" in at.told
        at.window.close()
        assert not at.window.isVisible()


def _be_impatient(reader: Reader) -> None:
    """Let the open notebook wait no longer than a moment for another process."""
    notebook = reader.desk._commands._notebook  # type: ignore[union-attr]
    assert notebook is not None
    notebook._connection.execute("PRAGMA busy_timeout = 50")
