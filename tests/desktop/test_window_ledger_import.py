"""A sheet coming into the ledger by the window: looked over, taken in, undone; out and in again changes nothing."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QFileDialog

from desktop.views.sheet_dialog import SheetDialog
from tests.desktop.reader import Reader, lines_of
from tests.desktop.test_window_ledger import ROWS, column, dialog, go, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def filled_in(reader: Reader) -> Reader:
    """Two rows with a lead, a date that was changed, and progress."""
    for place in ("2.3.2", "2.3.3"):
        reader.window.open_citation(place)
        reader.press("Ctrl+L")
    reader.press("Ctrl+3")
    write(reader, "（三）第2句", "lead", "市商务委")
    write(reader, "（三）第2句", "due", "2099年6月底前")
    write(reader, "（三）第2句", "due", "2099年9月")
    commands = reader.desk._commands
    assert commands is not None
    commands.add_progress(commands.shelf.actions[0].id, "2023-11-20", "已统一口径")
    return reader


def take_out(reader: Reader, target: Path) -> None:
    """Write the ledger to a file."""
    reader.click(reader.window.views.ledger.bar.export)
    dialog(reader, QFileDialog).fileSelected.emit(str(target))
    dialog(reader, QFileDialog).reject()
    reader.until(target.exists)


def bring_in(reader: Reader, source: Path) -> SheetDialog:
    """Open what a file would do."""
    reader.window.activateWindow()
    reader.click(reader.window.views.ledger.bar.import_)
    chooser = dialog(reader, QFileDialog)
    chooser.fileSelected.emit(str(source))
    chooser.reject()
    reader.until(lambda: any(one.isVisible() for one in _dialogs(reader)))
    found = dialog(reader, SheetDialog)
    assert isinstance(found, SheetDialog)
    return found


def _dialogs(reader: Reader) -> list[SheetDialog]:
    return list(reader.window.findChildren(SheetDialog))


def test_out_and_in_again_changes_nothing(filled_in: Reader, tmp_path: Path) -> None:
    take_out(filled_in, tmp_path / "台账.xlsx")
    shown = bring_in(filled_in, tmp_path / "台账.xlsx")
    assert shown.counts.text() == "新增 0　修改 0　相同 2　不识别 0"
    assert lines_of(shown.list) == []
    assert not shown.all.isEnabled()
    assert not shown.mapping.isVisible()


def test_exactly_the_edits_are_shown_and_taken_in(filled_in: Reader, tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    take_out(filled_in, target)
    book = load_workbook(target)
    sheet = book.active
    assert sheet is not None
    heads = {cell.value: cell.column or 0 for cell in sheet[4]}
    sheet.cell(5, heads["牵头单位"]).value = "市发展改革委"
    sheet.cell(5, heads["状态"]).value = "已完成"
    sheet.cell(5, heads["进展"]).value = "2023-11-20 已统一口径\n2023-12-01 已上线"
    book.save(target)
    shown = bring_in(filled_in, target)
    assert shown.counts.text() == "新增 0　修改 1　相同 1　不识别 0"
    assert [line.partition("，修改")[0] for line in lines_of(shown.list)] == [
        "二、（三）第2句　牵头单位：市商务委 → 市发展改革委",
        "二、（三）第2句　状态：未启动 → 已完成",
        "二、（三）第2句　进展：2023-12-01 已上线",
    ]
    assert filled_in.stored(ROWS)[0][0] == "市商务委"
    filled_in.click(shown.all)
    assert filled_in.stored(ROWS)[0] == ("市发展改革委", "", "2099-09", "已完成")
    assert column(filled_in, "latest")[0].endswith("已上线")
    filled_in.window.activateWindow()
    filled_in.until(filled_in.window.isActiveWindow)
    go(filled_in, "（三）第2句", "lead")
    filled_in.press("Ctrl+Z")
    assert filled_in.stored(ROWS)[0] == ("市商务委", "", "2099-09", "未启动")


def test_a_sheet_of_another_office_is_mapped(filled_in: Reader, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    plan = filled_in.window._document
    sheet.append(["甲栏", "乙栏", "谁来办"])
    sheet.append(["二、（三）第5句", plan.places["shanghai-2023/2.3.5"].measure.text, "市水务局"])
    sheet.append(["第九百条", "方案里没有的话", "某处"])
    book.save(tmp_path / "外来.xlsx")
    shown = bring_in(filled_in, tmp_path / "外来.xlsx")
    assert shown.mapping.isVisible()
    assert not shown.all.isEnabled()
    for at, title in ((0, "出处"), (2, "牵头单位")):
        box = shown.boxes[at]
        box.setCurrentIndex(box.findText(title))
        box.activated.emit(box.currentIndex())
    assert shown.counts.text() == "新增 1　修改 0　相同 0　不识别 1"
    assert [line.partition("，")[0] for line in lines_of(shown.list)] == [
        "二、（三）第5句　市水务局",
        "第九百条　某处",
    ]
    filled_in.click(shown.all)
    assert filled_in.stored(ROWS)[-1][0] == "市水务局"
    assert column(filled_in, "place") == ["二、（三）第2句", "二、（三）第3句", "二、（三）第5句"]


def test_what_is_no_table_is_told(filled_in: Reader, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK no table")
    filled_in.click(filled_in.window.views.ledger.bar.import_)
    chooser = dialog(filled_in, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "坏.xlsx"))
    chooser.reject()
    filled_in.until(lambda: "没有导入" in filled_in.told or "什么也没有导入" in filled_in.told)
    assert len(filled_in.stored(ROWS)) == 2
