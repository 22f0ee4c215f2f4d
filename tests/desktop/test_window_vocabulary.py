"""The reader's own near-synonyms: typed in the window, used at once, kept, never mixed with the hits."""

from pathlib import Path

import pytest

from desktop.views.thesaurus_dialog import ThesaurusDialog
from index.thesaurus import OWN_NAME
from tests.desktop.conftest import Sitting
from tests.desktop.reader import Reader

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(reader: Reader) -> ThesaurusDialog:
    """The dialog, with the keyboard in the reader's own entries."""
    reader.window.actions_by_id["vocabulary"].trigger()
    dialog = reader.window.findChild(ThesaurusDialog)
    assert isinstance(dialog, ThesaurusDialog)
    dialog.activateWindow()
    reader.until(dialog.own.hasFocus)
    return dialog


def related(reader: Reader, query: str) -> list[str]:
    """Why measures are offered for a query."""
    reader.search(query)
    reader.until(lambda: reader.desk._finder.is_settled)
    reader.wait(250)
    return [row.aside for row in reader.row_kinds("related")]


def test_a_word_that_is_typed_is_used_at_once_and_kept(
    reader: Reader, sit_down: Sitting, tmp_path: Path
) -> None:
    assert related(reader, "甲乙丙丁") == []
    dialog = opened(reader)
    reader.write("甲乙丙丁 → 破产")
    assert dialog.told.text() == "1 条"
    dialog.reject()
    assert (tmp_path / OWN_NAME).read_text("utf-8") == "甲乙丙丁 → 破产"
    reader.until(lambda: bool(reader.row_kinds("related")))
    assert {row.aside for row in reader.row_kinds("related")} == {"近义：破产"}
    assert reader.row_kinds("exact") == []
    reader.leave()
    assert related(sit_down(), "甲乙丙丁")


def test_a_line_that_says_nothing_is_named(reader: Reader) -> None:
    dialog = opened(reader)
    reader.write("# 本处\n甲 → 乙\n没有方向\n")
    assert dialog.told.text() == "第 3 行看不懂，先跳过"
    dialog.reject()


def test_what_ships_can_be_read_but_not_changed(reader: Reader) -> None:
    dialog = opened(reader)
    assert "开公司" in dialog.shipped.toPlainText()
    assert dialog.shipped.isReadOnly()
    dialog.reject()


def test_a_folder_that_cannot_be_written_is_told(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / OWN_NAME).mkdir()
    dialog = opened(reader)
    reader.write("甲 → 乙")
    dialog.reject()
    assert reader.told.endswith("。")
    assert "失败" in reader.told
