"""Meetings, in the window: prepared by keyboard and mouse, undone, printed, copied."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from content.model import Document
from desktop.commands import Commands
from desktop.notebook.anchors import anchor_measure
from desktop.views.agenda_card import AgendaCard
from desktop.views.meeting_page import MeetingPage
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, lines_of, type_into

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PLACES = ("2.3.3", "2.3.10", "3.1.1")
TITLES = "SELECT title FROM meeting WHERE deleted = '' ORDER BY rowid"
AGENDA = "SELECT measure FROM agenda_item WHERE deleted = '' ORDER BY meeting, position"
ITEM = "SELECT {} FROM agenda_item WHERE deleted = '' ORDER BY position"


def page_of(reader: Reader) -> MeetingPage:
    """The 会议 workspace."""
    return reader.window.views.meetings


def commands_of(reader: Reader) -> Commands:
    """The notebook's commands."""
    commands = reader.desk._commands
    assert commands is not None
    return commands


def cards(reader: Reader) -> list[AgendaCard]:
    """The cards that are shown."""
    return page_of(reader).agenda.cards


def places(reader: Reader) -> list[str]:
    """Where the items of the shown agenda stand."""
    return [card.place.text().partition("　")[0] for card in cards(reader)]


def replace_words(reader: Reader, field: QWidget, words: str) -> None:
    """Click into a field, write other words there and leave it."""
    reader.click(field)
    reader.press("Ctrl+A")
    reader.write(words)
    reader.press("Esc")


def save_to(reader: Reader, target: Path) -> None:
    """Type a file's name into the system's dialog, confirm, and wait until the work is done."""
    dialog = reader.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    line.setText(str(target))
    dialog.accept()
    reader.until(lambda: page_of(reader).paper.progress.isHidden(), 20)


@pytest.fixture
def convened(reader: Reader) -> Reader:
    """In 会议, at a meeting on three measures that were put there from the text."""
    for place in PLACES:
        reader.window.open_citation(place)
        reader.window.reading.setFocus()
        reader.press("Ctrl+J")
    reader.press("Ctrl+2")
    reader.wait(20)
    return reader


class TestFromTheText:
    def test_the_first_place_makes_a_meeting(self, at: Reader) -> None:
        at.window.reading.setFocus()
        at.press("Ctrl+J")
        assert at.stored(TITLES) == ["新会议"]
        assert at.stored(AGENDA) == ["shanghai-2023/2.1.4"]
        at.press("Ctrl+Z")
        assert at.stored(TITLES) == []
        assert at.stored(AGENDA) == []

    def test_the_next_goes_into_the_open_one_once(self, at: Reader) -> None:
        at.window.reading.setFocus()
        at.press("Ctrl+J", "Down", "Ctrl+J", "Ctrl+J")
        assert at.stored(AGENDA) == ["shanghai-2023/2.1.4", "shanghai-2023/2.1.5"]
        assert len(at.stored(TITLES)) == 1

    def test_selected_words_are_named_and_their_sentence_printed(self, at: Reader, plan: Document) -> None:
        at.select("shanghai-2023/2.1.4", "争议")
        at.press("Ctrl+J", "Ctrl+2")
        [card] = cards(at)
        assert "选中“争议”" in card.place.text()
        assert card.words.text() == plan.places["shanghai-2023/2.1.4"].measure.text

    @pytest.mark.parametrize("way", ["key", "bar"])
    def test_selected_words_go_there_by_key_and_by_the_bar(self, at: Reader, way: str) -> None:
        at.select("shanghai-2023/2.1.4", "争议处理")
        if way == "key":
            at.press("Ctrl+J")
        else:
            at.click(at.window.views.bar.meeting)
        assert at.stored("SELECT quote FROM agenda_item") == ["争议处理"]

    def test_the_keys_lead_there_and_back(self, at: Reader) -> None:
        at.window.reading.setFocus()
        at.press("Ctrl+2")
        assert page_of(at).isVisible()
        assert at.is_at(page_of(at).meetings.new)
        at.press("Esc")
        assert at.is_at(at.window.reading)
        at.press("Ctrl+2", "Ctrl+2")
        assert at.is_at(at.window.reading)

    def test_a_note_or_a_search_leads_back_to_the_text(self, at: Reader) -> None:
        at.press("Ctrl+2", "Ctrl+M")
        assert at.window.reading.isVisible()
        assert at.window.views.desk.isAncestorOf(at.focus)
        at.press("Ctrl+2")
        at.search("登记")
        at.until(lambda: at.sees_results)
        assert at.is_at(at.window.views.header.search_box)

    def test_what_works_on_the_text_does_not_work_where_it_is_not_seen(self, at: Reader) -> None:
        at.press("Ctrl+2", "Ctrl+D", "Alt+1", "Ctrl+J")
        assert at.stored("SELECT id FROM bookmark") == []
        assert at.stored("SELECT id FROM highlight") == []
        assert at.stored(AGENDA) == []


class TestAgenda:
    def test_original_words_and_places_are_exact(self, convened: Reader, plan: Document) -> None:
        assert [card.words.text() for card in cards(convened)] == [
            plan.places[f"shanghai-2023/{place}"].measure.text for place in PLACES
        ]
        assert places(convened) == ["二、（三）第3句", "二、（三）第10句", "三、（一）第1句"]

    def test_the_keyboard_reorders_and_undo_takes_it_back(self, convened: Reader) -> None:
        cards(convened)[2].setFocus()
        convened.press("Alt+Up")
        assert places(convened) == ["二、（三）第3句", "三、（一）第1句", "二、（三）第10句"]
        assert convened.is_at(cards(convened)[1])
        convened.press("Alt+Up", "Alt+Down")
        assert convened.is_at(cards(convened)[1])
        convened.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
        assert places(convened) == ["二、（三）第3句", "二、（三）第10句", "三、（一）第1句"]

    def test_reordering_works_while_writing(self, convened: Reader) -> None:
        card = cards(convened)[0]
        convened.click(card.points)
        convened.write("先说口径")
        convened.press("Alt+Down")
        assert cards(convened)[1] is card
        assert convened.is_at(card.points)
        assert convened.stored(ITEM.format("points")) == ["", "先说口径", ""]

    def test_the_mouse_reorders(self, convened: Reader) -> None:
        last, first = cards(convened)[2].handle, cards(convened)[0]
        start = last.rect().center()
        end = last.mapFromGlobal(first.mapToGlobal(QPoint(start.x(), 2)))
        QTest.mousePress(last, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(last, end)
        QTest.mouseRelease(last, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        assert places(convened) == ["三、（一）第1句", "二、（三）第3句", "二、（三）第10句"]

    def test_arrows_go_from_card_to_card_and_enter_writes(self, convened: Reader) -> None:
        convened.press("Return")
        assert convened.is_at(cards(convened)[0])
        convened.press("Down", "Return")
        assert convened.is_at(cards(convened)[1].points)
        convened.press("Esc")
        assert convened.is_at(cards(convened)[1])

    def test_delete_removes_into_the_bin(self, convened: Reader) -> None:
        cards(convened)[0].setFocus()
        convened.press("Delete")
        assert places(convened) == ["二、（三）第10句", "三、（一）第1句"]
        assert convened.is_at(cards(convened)[0])
        convened.press("Ctrl+Z")
        assert len(places(convened)) == 3

    @pytest.mark.parametrize("field", ["points", "decision", "unit", "due"])
    def test_words_are_saved_as_typed_and_undone_in_one_step(self, convened: Reader, field: str) -> None:
        convened.click(getattr(cards(convened)[0], field))
        for words in ("先", "统一", "口径"):
            convened.write(words)
            convened.wait(450)
        assert convened.stored(ITEM.format(field))[0] == "先统一口径"
        convened.press("Esc", "Ctrl+Z")
        assert convened.stored(ITEM.format(field))[0] == ""
        assert getattr(cards(convened)[0], field).words == ""

    def test_markdown_is_shown_as_it_will_look(self, convened: Reader) -> None:
        card = cards(convened)[0]
        convened.click(card.points)
        convened.write("**先**统一")
        assert card.preview.isVisible()
        assert "<strong>" in card.preview.text()

    def test_an_item_is_settled_and_opened_again(self, convened: Reader) -> None:
        state = cards(convened)[0].state
        convened.click(state)
        assert convened.stored(ITEM.format("is_open"))[0] == 0
        assert state.text() == "已结"
        convened.click(state)
        assert state.text() == "未结"

    def test_notes_are_chosen_to_be_shown(self, noted: Reader) -> None:
        noted.window.reading.setFocus()
        noted.press("Ctrl+J", "Ctrl+2")
        [box] = cards(noted)[0].notes.boxes
        assert box.text() == "批注：问市场监管局"
        noted.click(box, QPoint(8, box.height() // 2))
        assert box.isChecked()
        assert noted.stored(ITEM.format("notes"))[0] not in ("", "[]")
        noted.press("Ctrl+Z")
        assert not box.isChecked()

    def test_a_section_and_the_current_measure_are_added(self, convened: Reader, plan: Document) -> None:
        page = page_of(convened)
        convened.window.navigation.go_to("shanghai-2023/2.1.1")
        convened.press("Ctrl+2", "Ctrl+2")
        convened.click(page.add_current)
        assert places(convened)[-1] == "二、（一）第1句"
        page.section_requested.emit((2, 3))
        assert places(convened)[-1] == "二、（三）全节"
        section = plan.section(2, 3)
        assert section is not None
        assert cards(convened)[-1].words.text() == "\n".join(one.text for one in section.measures)

    def test_the_place_leads_to_the_text(self, convened: Reader) -> None:
        convened.click(cards(convened)[0].place)
        assert convened.is_at(convened.window.reading)
        assert convened.window.current == "shanghai-2023/2.3.3"


class TestMeetings:
    def test_a_new_one_is_named_at_once(self, convened: Reader) -> None:
        convened.click(page_of(convened).meetings.new)
        convened.write("优化营商环境专题会")
        convened.press("Esc")
        assert convened.stored(TITLES) == ["新会议", "优化营商环境专题会"]
        assert cards(convened) == []
        assert page_of(convened).empty.isVisible()

    def test_facts_are_written_in_place(self, convened: Reader) -> None:
        facts = page_of(convened).facts
        for field, words in (
            (facts.title, "专题会"),
            (facts.time, "2026-11-25 14:00"),
            (facts.place, "3 号会议室"),
            (facts.participants, "发改、住建"),
        ):
            replace_words(convened, field, words)
        question = "SELECT title, time, place, participants FROM meeting"
        assert convened.stored(question) == [("专题会", "2026-11-25 14:00", "3 号会议室", "发改、住建")]
        assert facts.time.text() == "2026年11月25日（周三）14:00"
        assert lines_of(page_of(convened).meetings.list) == ["专题会，11月25日 14:00 · 3 项 · 3 项未结"]

    def test_the_next_of_a_series_starts_with_what_is_open(self, convened: Reader) -> None:
        convened.click(cards(convened)[0].state)
        page_of(convened).meetings.next.trigger()
        assert places(convened) == ["二、（三）第10句", "三、（一）第1句"]
        assert {card.state.text() for card in cards(convened)} == {"上次未结"}
        convened.press("Esc", "Ctrl+Z")
        assert len(convened.stored(TITLES)) == 1
        assert len(cards(convened)) == 3

    def test_one_is_duplicated_archived_and_deleted(self, convened: Reader) -> None:
        left = page_of(convened).meetings
        left.duplicate.trigger()
        assert convened.stored(TITLES) == ["新会议", "新会议（副本）"]
        assert len(cards(convened)) == 3
        left.archive.trigger()
        assert lines_of(left.list)[-1].endswith("已归档")
        left.list.setFocus()
        convened.press("Delete")
        assert convened.stored(TITLES) == ["新会议"]
        assert len(convened.stored(AGENDA)) == 3
        convened.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
        assert convened.stored(TITLES) == ["新会议"]

    def test_going_to_another_saves_what_is_written(self, convened: Reader) -> None:
        page_of(convened).meetings.duplicate.trigger()
        convened.click(cards(convened)[0].points)
        convened.write("给副本的话")
        left = page_of(convened).meetings.list
        other = next(row for row, line in enumerate(lines_of(left)) if "副本" not in line)
        convened.click_line(left, other)
        assert convened.stored("SELECT points FROM agenda_item WHERE points != ''") == ["给副本的话"]
        assert cards(convened)[0].points.words == ""

    def test_the_open_one_is_open_again_next_time(self, convened: Reader, sit_down: Sitting) -> None:
        page_of(convened).meetings.new.click()
        convened.write("后来的会")
        convened.leave()
        again = sit_down()
        again.press("Ctrl+2")
        assert page_of(again).facts.title.words == "后来的会"

    def test_what_another_window_wrote_meanwhile_is_kept_beside(
        self, convened: Reader, sit_down: Sitting
    ) -> None:
        other = sit_down()
        other.press("Ctrl+2")
        replace_words(other, cards(other)[0].points, "别人写的")
        type_into(cards(convened)[0].points, "我写的")
        cards(convened)[0].points.settle()
        assert sorted(filter(None, convened.stored(ITEM.format("points")))) == ["别人写的", "我写的"]
        assert [card.points.words for card in cards(convened)].count("我写的") == 1


class TestPapers:
    def test_the_first_page_is_shown_and_follows_the_switches(self, convened: Reader) -> None:
        paper = page_of(convened).paper
        convened.until(lambda: paper.pages.text() != "", 20)
        before = paper.page.pixmap().toImage()
        convened.click(paper.switches["large_type"], QPoint(8, 8))
        convened.until(lambda: paper.page.pixmap().toImage() != before, 20)

    @pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
    def test_docx_and_pdf_carry_every_original_word(
        self, convened: Reader, plan: Document, tmp_path: Path
    ) -> None:
        replace_words(convened, page_of(convened).facts.title, "专题会")
        replace_words(convened, cards(convened)[0].points, "先统一口径")
        convened.click(page_of(convened).paper.docx)
        save_to(convened, tmp_path / "材料.docx")
        assert "已导出到" in convened.window.views.message.sentence
        said = "\n".join(one.text for one in docx.Document(str(tmp_path / "材料.docx")).paragraphs)
        convened.click(page_of(convened).paper.pdf)
        save_to(convened, tmp_path / "材料.pdf")
        command = ["pdftotext", str(tmp_path / "材料.pdf"), "-"]
        drawn = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        drawn = "".join(drawn.split())
        for place in PLACES:
            words = plan.places[f"shanghai-2023/{place}"].measure.text
            assert words in said
            assert "".join(words.split()) in drawn
        for text in (said, drawn):
            assert "先统一口径" in text
            assert "专题会" in text

    def test_both_kinds_of_text_are_copied_without_what_is_switched_off(
        self, convened: Reader, plan: Document
    ) -> None:
        paper = page_of(convened).paper
        replace_words(convened, cards(convened)[0].points, "先统一口径")
        words = plan.places["shanghai-2023/2.3.3"].measure.text
        paper.copy_requested.emit(".md")
        convened.until(lambda: "先统一口径" in convened.clipboard, 20)
        assert words in convened.clipboard
        assert convened.clipboard.startswith("# ")
        convened.click(paper.switches["with_points"], QPoint(8, 8))
        paper.copy_requested.emit(".txt")
        convened.until(lambda: "先统一口径" not in convened.clipboard, 20)
        assert words in convened.clipboard
        assert not convened.clipboard.startswith("#")

    def test_only_the_original_and_in_the_plans_order(self, convened: Reader, plan: Document) -> None:
        paper = page_of(convened).paper
        replace_words(convened, cards(convened)[0].points, "先统一口径")
        cards(convened)[2].setFocus()
        convened.press("Alt+Up", "Alt+Up")
        convened.click(paper.switches["original_only"], QPoint(8, 8))
        assert not paper.switches["with_points"].isEnabled()
        convened.click(paper.switches["in_plan_order"], QPoint(8, 8))
        paper.copy_requested.emit(".txt")
        convened.until(lambda: "（议程第1项）" in convened.clipboard, 20)
        assert "先统一口径" not in convened.clipboard
        order = [one for one in plan.places if one.partition("/")[2] in PLACES]
        at = [convened.clipboard.index(plan.places[one].measure.text) for one in order]
        assert at == sorted(at)

    def test_a_stop_leaves_the_old_file_whole(self, convened: Reader, tmp_path: Path) -> None:
        target = tmp_path / "材料.pdf"
        target.write_bytes(b"old")
        paper, preparing = page_of(convened).paper, convened.window.work.meetings.preparing
        show = preparing._begin

        def begin_and_stop() -> None:
            show()
            convened.click(paper.stop)

        preparing._begin = begin_and_stop  # type: ignore[method-assign]
        convened.click(paper.pdf)
        dialog = convened.window.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(target))
        dialog.reject()
        convened.until(paper.progress.isHidden, 20)
        assert target.read_bytes() == b"old"
        assert paper.pdf.isEnabled()

    def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
        self, convened: Reader, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        convened.click(page_of(convened).paper.docx)
        dialog = convened.window.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / "没有" / "材料.docx"))
        dialog.reject()
        convened.until(lambda: "没有导出到" in convened.window.views.message.sentence, 20)
        assert page_of(convened).paper.docx.isEnabled()
        caplog.clear()


def test_a_long_agenda_shows_quickly(reader: Reader, plan: Document) -> None:
    commands = commands_of(reader)
    meeting = commands.add_meeting("长会")
    commands.add_to_agenda(meeting, [anchor_measure(plan, one) for one in list(plan.places)[5:45]])
    reader.press("Ctrl+2")
    assert len(cards(reader)) == 40
    assert QApplication.focusWidget() is page_of(reader).meetings.list
