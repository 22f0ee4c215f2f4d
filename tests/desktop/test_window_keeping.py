"""The notebook as a whole, in the window: backed up, restored, handed over, taken in, checked, mended."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from content.model import Document
from desktop.notebook import backups, exchange
from desktop.notebook.anchors import anchor_measure, anchor_range
from desktop.notebook.connection import FILE_NAME
from desktop.notebook.model import Note
from desktop.notebook.opening import open_notebook
from desktop.notebook.store import Notebook
from desktop.views.checkup_dialog import CheckupDialog
from desktop.views.entry_list import EntryList
from desktop.views.export_dialog import ExportDialog
from desktop.views.import_dialog import ImportDialog
from desktop.views.restore_dialog import RestoreDialog
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader, lines_of

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_D = TypeVar("_D", bound=QDialog)
_W = TypeVar("_W", bound=QWidget)


@pytest.fixture
def noted(reader: Reader) -> Reader:
    """With a note on 二、（一）第4句."""
    reader.window.open_citation("2.1.4")
    reader.press("Ctrl+M")
    reader.write("问市场监管局")
    reader.press("Esc")
    return reader


def dialog_of(reader: Reader, kind: type[_D]) -> _D:
    """The dialog of a kind, when it has opened."""
    found: list[_D] = []

    def has_opened() -> bool:
        found[:] = [one for one in children(reader.window, kind) if one.isVisible()]
        return bool(found)

    reader.until(has_opened)
    found[0].activateWindow()
    reader.until(found[0].isActiveWindow)
    return found[0]


def children(parent: QWidget, kind: type[_W]) -> list[_W]:
    """The widgets of a kind in another; the stubs do not know what kind findChildren gives."""
    return parent.findChildren(kind)  # type: ignore[return-value]


def press_in_window(reader: Reader, key: str) -> None:
    """Go back to the window and press a key there."""
    reader.window.activateWindow()
    reader.until(reader.window.isActiveWindow)
    reader.press(key)


def ask_for(reader: Reader, action: str) -> None:
    """Choose an action of the menu."""
    reader.window.actions_by_id[action].trigger()


def press_button(reader: Reader, dialog: QWidget, text: str) -> None:
    """Click on the button that says this."""
    [button] = [one for one in children(dialog, QPushButton) if one.text() == text and one.isVisible()]
    reader.click(button)


def choose_file(reader: Reader, path: Path) -> None:
    """Type a file's name into the system's dialog and confirm."""
    dialog = dialog_of(reader, QFileDialog)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    line.setText(str(path))
    dialog.accept()


def colleague_file(folder: Path, plan: Document, change: Callable[[Note], Note] | None = None) -> Path:
    """An export by a colleague: a note of his own, and, where ``change`` is given, one of ours as he left it."""
    (folder / "his").mkdir()
    target = folder / "his" / "批注_李四.zip"
    notebook = Notebook.open(folder / "his")
    notebook.add_note(anchor_measure(plan, "shanghai-2023/2.1.5"), "李四的意见")
    entries = notebook.everything()
    notebook.close()
    if change is not None:
        ours = open_notebook(folder)
        entries += [replace(change(one), author="张三") for one in ours.entries if isinstance(one, Note)]
        ours.notebook.close()
    exchange.export([plan], entries, target, "李四", datetime(2026, 11, 24, 9, 12))
    return target


class TestBackups:
    def test_one_is_made_at_the_start_if_there_is_something_to_keep(
        self, sit_down: Sitting, tmp_path: Path, plan: Document
    ) -> None:
        notebook = Notebook.open(tmp_path)
        notebook.add_note(anchor_measure(plan, "shanghai-2023/2.1.5"), "上一次写的")
        notebook.close()
        reader = sit_down()
        reader.until(lambda: len(backups.backups(tmp_path)) == 1)
        [made] = backups.backups(tmp_path)
        assert made.reason is backups.Reason.AUTOMATIC
        assert backups.counts(made).used[Note] == 1

    def test_an_empty_notebook_is_not_backed_up(self, reader: Reader, tmp_path: Path) -> None:
        reader.wait(200)
        reader.window.close()
        assert backups.backups(tmp_path) == []

    def test_what_a_sitting_has_brought_is_kept_at_its_end(self, noted: Reader, tmp_path: Path) -> None:
        noted.window.close()
        assert [backups.counts(one).used[Note] for one in backups.backups(tmp_path)] == [1]

    def test_one_can_be_asked_for(self, noted: Reader, tmp_path: Path) -> None:
        ask_for(noted, "back_up")
        noted.until(lambda: "已备份" in noted.status)
        assert [one.reason for one in backups.backups(tmp_path)] == [backups.Reason.BY_HAND]

    def test_a_failure_is_told(self, noted: Reader, tmp_path: Path) -> None:
        (tmp_path / backups.FOLDER_NAME).write_text("in the way")
        ask_for(noted, "back_up")
        noted.until(lambda: "备份没有做成" in noted.told)
        assert noted.bodies == ["问市场监管局"]


class TestRestoring:
    @pytest.fixture
    def lost(self, noted: Reader, tmp_path: Path) -> Reader:
        """A backup has been made; then the note was deleted for good and another one written."""
        ask_for(noted, "back_up")
        noted.until(lambda: "已备份" in noted.status)
        noted.window.work.desk.writing._commands.purge(
            [note.id for note in noted.window.work.desk.writing.shelf.notes]
        )
        noted.window.open_citation("2.1.6")
        noted.press("Ctrl+M")
        noted.write("后来写的")
        noted.press("Esc")
        return noted

    def test_it_says_before_what_it_would_do(self, lost: Reader) -> None:
        ask_for(lost, "restore")
        dialog = dialog_of(lost, RestoreDialog)
        [line] = lines_of(dialog.list)
        assert "手动备份" in line
        assert "批注 1 · 书签 0 · 标记 0 · 回收 0" in line
        assert dialog.told.text() == "恢复后：找回 1 条，改回 0 条，之后写的 1 条放入回收。"
        press_button(lost, dialog, "关闭")
        assert lost.stored() == ["后来写的"]

    def test_it_brings_back_and_bins_what_was_written_since(self, lost: Reader, tmp_path: Path) -> None:
        ask_for(lost, "restore")
        press_button(lost, dialog_of(lost, RestoreDialog), "恢复这一份")
        assert lost.stored() == ["问市场监管局"]
        assert "已恢复到" in lost.status
        assert "回收 1" in lost.tabs
        assert backups.backups(tmp_path)[0].reason is backups.Reason.BEFORE_RESTORE

    def test_it_can_be_undone(self, lost: Reader) -> None:
        ask_for(lost, "restore")
        press_button(lost, dialog_of(lost, RestoreDialog), "恢复这一份")
        press_in_window(lost, "Ctrl+Z")
        assert lost.stored() == ["后来写的"]

    def test_a_damaged_backup_is_told_of_and_changes_nothing(self, lost: Reader, tmp_path: Path) -> None:
        [backup] = backups.backups(tmp_path)
        backup.path.write_bytes(b"not a notebook" * 1000)
        ask_for(lost, "restore")
        dialog = dialog_of(lost, RestoreDialog)
        assert "读不出来" in lines_of(dialog.list)[0]
        press_button(lost, dialog, "恢复这一份")
        assert "读不出来，没有恢复" in lost.told
        assert lost.stored() == ["后来写的"]

    def test_without_backups_it_says_how_to_get_one(self, noted: Reader) -> None:
        ask_for(noted, "restore")
        dialog = dialog_of(noted, RestoreDialog)
        assert dialog.told.text().startswith("还没有备份")
        assert not dialog.restore.isEnabled()
        dialog.reject()


class TestExport:
    def test_a_file_is_written_under_the_readers_name(self, noted: Reader, tmp_path: Path) -> None:
        target = tmp_path / "交给李四.zip"
        ask_for(noted, "export_notes")
        dialog = dialog_of(noted, ExportDialog)
        noted.write("张三")
        press_button(noted, dialog, "选择位置并导出…")
        choose_file(noted, target)
        noted.until(lambda: "已导出 1 条" in noted.told)
        assert "不是备份" in noted.told
        packet = exchange.read(target)
        assert (packet.author, [one.author for one in packet.entries]) == ("张三", ["张三"])

    def test_the_name_is_remembered(self, noted: Reader, tmp_path: Path) -> None:
        ask_for(noted, "export_notes")
        dialog = dialog_of(noted, ExportDialog)
        noted.write("张三")
        press_button(noted, dialog, "选择位置并导出…")
        choose_file(noted, tmp_path / "一.zip")
        noted.until(lambda: "已导出" in noted.told)
        ask_for(noted, "export_notes")
        dialog = dialog_of(noted, ExportDialog)
        assert dialog.author.text() == "张三"
        dialog.reject()

    def test_a_folder_that_cannot_be_written_is_told_of(self, noted: Reader, tmp_path: Path) -> None:
        ask_for(noted, "export_notes")
        press_button(noted, dialog_of(noted, ExportDialog), "选择位置并导出…")
        dialog = dialog_of(noted, QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / "没有这个文件夹" / "一.zip"))
        dialog.reject()
        noted.until(lambda: bool(noted.told))
        assert noted.told.endswith("。")
        assert "没有" in noted.told


class TestImport:
    def test_it_is_shown_before_and_taken_in_with_the_authors_name(
        self, noted: Reader, tmp_path: Path, plan: Document
    ) -> None:
        ask_for(noted, "import_notes")
        choose_file(noted, colleague_file(tmp_path, plan))
        dialog = dialog_of(noted, ImportDialog)
        [line] = lines_of(dialog.list)
        assert "李四的意见" in line
        assert "新增" in line
        assert noted.stored() == ["问市场监管局"]
        press_button(noted, dialog, "导入")
        assert noted.stored() == ["问市场监管局", "李四的意见"]
        assert noted.stored("SELECT author FROM note ORDER BY rowid") == ["", "李四"]
        assert [card.author for card in noted.cards] == ["", "李四"]

    def test_taken_in_twice_it_changes_nothing(self, noted: Reader, tmp_path: Path, plan: Document) -> None:
        source = colleague_file(tmp_path, plan)
        ask_for(noted, "import_notes")
        choose_file(noted, source)
        press_button(noted, dialog_of(noted, ImportDialog), "导入")
        ask_for(noted, "import_notes")
        choose_file(noted, source)
        dialog = dialog_of(noted, ImportDialog)
        assert not dialog.do.isEnabled()
        press_button(noted, dialog, "关闭")
        assert len(noted.stored()) == 2

    @pytest.mark.parametrize(
        ("choice", "bodies"),
        [
            ("keep", ["问市场监管局", "李四的意见"]),
            ("take", ["问市场监管局，已答复", "李四的意见"]),
            ("both", ["问市场监管局", "李四的意见", "问市场监管局，已答复"]),
        ],
    )
    def test_conflicts_are_settled_as_chosen(
        self, noted: Reader, tmp_path: Path, plan: Document, choice: str, bodies: list[str]
    ) -> None:
        source = colleague_file(tmp_path, plan, lambda note: replace(note, body=f"{note.body}，已答复"))
        ask_for(noted, "import_notes")
        choose_file(noted, source)
        dialog = dialog_of(noted, ImportDialog)
        # A radio button is wider than its words; a click in its middle may miss them.
        noted.click(dialog.choices[choice], QPoint(8, dialog.choices[choice].height() // 2))
        press_button(noted, dialog, "导入")
        assert sorted(map(str, noted.stored())) == sorted(bodies)

    def test_it_can_be_undone_in_one_step(self, noted: Reader, tmp_path: Path, plan: Document) -> None:
        ask_for(noted, "import_notes")
        choose_file(noted, colleague_file(tmp_path, plan))
        press_button(noted, dialog_of(noted, ImportDialog), "导入")
        press_in_window(noted, "Ctrl+Z")
        assert noted.stored() == ["问市场监管局"]

    def test_another_file_is_refused_with_a_sentence(self, noted: Reader, tmp_path: Path) -> None:
        (tmp_path / "别的.zip").write_bytes(b"PK\3\4 something else")
        ask_for(noted, "import_notes")
        choose_file(noted, tmp_path / "别的.zip")
        noted.until(lambda: bool(noted.told))
        assert "什么也没有导入" in noted.told


class TestCheckup:
    @pytest.fixture
    def displaced(self, sit_down: Sitting, tmp_path: Path, plan: Document) -> Reader:
        """With a note whose words have moved, one whose words have changed and one whose words are gone."""
        anchor = anchor_range(plan, "shanghai-2023/2.3.3", 0, "shanghai-2023/2.3.3", 20)
        moved = replace(anchor, measure="shanghai-2023/2.3.4", last="shanghai-2023/2.3.4")
        changed = replace(anchor, quote=anchor.quote.replace("水电气网", "水电网"))
        lost = replace(
            anchor,
            quote="从来没有写过的话甲乙丙丁",
            before="子丑",
            after="寅卯",
            measure="shanghai-2023/5.9.9",
        )
        notebook = Notebook.open(tmp_path)
        for one, words in ((anchor, "原"), (moved, "移"), (changed, "改"), (lost, "失")):
            notebook.add_note(one, words)
        notebook.close()
        return sit_down()

    def test_it_is_mentioned_at_the_start(self, displaced: Reader) -> None:
        assert "2 条批注、标记、议题或台账要核对" in displaced.status

    def test_the_worst_come_first(self, displaced: Reader) -> None:
        ask_for(displaced, "checkup")
        dialog = dialog_of(displaced, CheckupDialog)
        assert dialog.summary.text() == "原位 1 · 移动 1 · 原文有改 1 · 失配 1"
        assert [line.split("，")[-1].split(" · ")[0] for line in lines_of(dialog.list)] == [
            "失配", "原文有改", "移动",
        ]  # fmt: skip
        dialog.close()

    def test_a_choice_shows_the_place_in_the_text(self, displaced: Reader) -> None:
        ask_for(displaced, "checkup")
        dialog = dialog_of(displaced, CheckupDialog)
        displaced.click_line(dialog.list, 2)
        assert displaced.current == "2.3.3"
        dialog.close()

    def test_new_places_can_be_accepted_and_the_lost_one_stays_as_it_is(self, displaced: Reader) -> None:
        ask_for(displaced, "checkup")
        dialog = dialog_of(displaced, CheckupDialog)
        dialog.list.setFocus()
        displaced.press("Ctrl+A")
        press_button(displaced, dialog, "认可新位置")
        assert dialog.summary.text() == "原位 3 · 移动 0 · 原文有改 0 · 失配 1"
        assert displaced.stored("SELECT count(*) FROM note WHERE quote LIKE '从来没有%'") == [1]
        dialog.close()
        press_in_window(displaced, "Ctrl+Z")
        assert displaced.stored("SELECT count(*) FROM note WHERE quote LIKE '%水电网%'") == [1]


class TestMending:
    def test_a_damaged_notebook_is_mended_and_told_of(
        self, sit_down: Sitting, tmp_path: Path, plan: Document
    ) -> None:
        notebook = Notebook.open(tmp_path)
        for number in range(40):
            notebook.add_note(anchor_measure(plan, "shanghai-2023/2.1.5"), f"第{number}条")
        notebook.close()
        data = bytearray((tmp_path / FILE_NAME).read_bytes())
        data[100:108] = b"\xff" * 8
        (tmp_path / FILE_NAME).write_bytes(data)
        reader = sit_down()
        assert "已损坏" in reader.told
        assert "读出 40 条" in reader.told
        assert len(reader.stored()) == 40
        reader.window.open_citation("2.1.5")
        reader.press("Ctrl+M")
        reader.write("照常写")
        reader.press("Esc")
        assert len(reader.stored()) == 41

    def test_without_a_notebook_the_menu_says_why_nothing_can_be_done(
        self, sit_down: Sitting, tmp_path: Path
    ) -> None:
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
            connection.execute("PRAGMA user_version = 99")
        reader = sit_down()
        assert "更新版本" in reader.told
        for action in ("back_up", "restore", "export_notes", "import_notes", "checkup"):
            ask_for(reader, action)
            assert "笔记本没有打开" in reader.told
        assert not [one for one in children(reader.window, QDialog) if one.isVisible()]


def test_dialogs_hold_their_lists_by_name(noted: Reader) -> None:
    ask_for(noted, "checkup")
    dialog = dialog_of(noted, CheckupDialog)
    names = [one.accessibleName() for one in children(dialog, EntryList)]
    assert names == ["不在原位的内容"]
    dialog.close()
