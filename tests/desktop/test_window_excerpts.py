"""Papers from the window: measures, a section, the whole; read back, and never half written."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from content.model import Document
from desktop.views.excerpt_dialog import ExcerptDialog
from tests.desktop.reader import Reader

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(reader: Reader) -> ExcerptDialog:
    """The dialog, with its first page drawn."""
    reader.press("Ctrl+E")
    dialog = reader.window.findChild(ExcerptDialog)
    assert isinstance(dialog, ExcerptDialog)
    reader.until(lambda: not dialog.page.pixmap().isNull())
    return dialog


def exported(reader: Reader, dialog: ExcerptDialog, form: str, target: Path) -> Path:
    """Choose a format and a place, and wait for the file."""
    reader.choose_in(dialog.formats, form)
    reader.click(dialog.do)
    chooser = dialog.findChild(QFileDialog)
    assert isinstance(chooser, QWidget)
    chooser.fileSelected.emit(str(target))
    chooser.close()
    reader.until(lambda: bool(reader.told), seconds=20)
    return target


class TestScopes:
    def test_what_can_be_chosen_is_named(self, at: Reader) -> None:
        dialog = opened(at)
        assert [button.text() for button in dialog.scopes.values()] == [
            "当前条目：二、（一）第4句",
            "本节：二、（一）市场准入退出",
            "全文批注本",
        ]
        dialog.close()

    def test_the_preview_follows_the_choice(self, at: Reader) -> None:
        dialog = opened(at)
        assert dialog.told.text() == "共 1 页，这是第 1 页"
        dialog.scopes["whole"].click()
        at.until(lambda: dialog.told.text() != "共 1 页，这是第 1 页", seconds=20)
        assert int(dialog.told.text().split()[1]) > 20
        dialog.close()


class TestFiles:
    def test_a_section_as_text_holds_its_words_with_their_source(
        self, at: Reader, tmp_path: Path, plan: Document
    ) -> None:
        dialog = opened(at)
        dialog.scopes["section"].click()
        text = exported(at, dialog, "纯文本", tmp_path / "节.txt").read_text("utf-8")
        section = plan.section(2, 1)
        assert section is not None
        assert all(measure.text in text for measure in section.measures)
        assert "二、（一）第4句" in text
        assert "已导出到" in at.told
        dialog.close()

    def test_notes_go_along_only_if_wanted(self, noted: Reader, tmp_path: Path) -> None:
        dialog = opened(noted)
        without = exported(noted, dialog, "纯文本", tmp_path / "一.txt").read_text("utf-8")
        noted.window.views.message.hide()
        dialog.with_notes.click()
        with_notes = exported(noted, dialog, "纯文本", tmp_path / "二.txt").read_text("utf-8")
        assert "问市场监管局" not in without
        assert "问市场监管局" in with_notes
        dialog.close()

    @pytest.mark.parametrize(("form", "begins"), [("Word 文档", b"PK"), ("PDF", b"%PDF-")])
    def test_the_whole_as_a_file(self, noted: Reader, tmp_path: Path, form: str, begins: bytes) -> None:
        dialog = opened(noted)
        dialog.scopes["whole"].click()
        dialog.with_notes.click()
        data = exported(noted, dialog, form, tmp_path / "全文").read_bytes()
        assert data.startswith(begins)
        if form == "Word 文档":
            with zipfile.ZipFile(tmp_path / "全文") as package:
                assert "问市场监管局" in package.read("word/document.xml").decode()
        dialog.close()

    def test_a_folder_that_is_gone_is_told_of(self, at: Reader, tmp_path: Path) -> None:
        dialog = opened(at)
        target = exported(at, dialog, "Markdown 文本", tmp_path / "没有" / "一.md")
        assert not target.exists()
        assert at.told.endswith("。")
        assert "没有" in at.told
        dialog.close()


@pytest.mark.parametrize(("way", "begins"), [("复制为纯文本", "上海市"), ("复制为 Markdown", "# 上海市")])
def test_what_is_copied_has_its_source(at: Reader, way: str, begins: str) -> None:
    dialog = opened(at)
    [action] = [one for one in dialog.copy.menu().actions() if one.text() == way]
    action.trigger()
    assert at.clipboard.startswith(begins)
    assert "完善企业名称争议处理机制。" in at.clipboard
    assert "二、（一）第4句" in at.clipboard
    dialog.close()
