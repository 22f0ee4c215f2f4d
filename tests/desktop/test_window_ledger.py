"""台账 in the window: rows listed from the text, written in place, filled down, pasted into, sorted, taken to Excel."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QLineEdit

from desktop.export.xlsx_reading import guess, ledger_rows, read
from desktop.views.assignment_dialog import AssignmentDialog
from desktop.views.ledger_line import KEYS, LedgerHeading
from desktop.views.progress_dialog import ProgressDialog
from tests.desktop.conftest import Sitting
from tests.desktop.reader import LEFT, NO_KEYS, Reader

# The offscreen platform has no windows to raise, as a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROWS = "SELECT lead, support, due, status FROM ledger_row WHERE deleted = '' ORDER BY position"


def day(days: int) -> str:
    """So many days from today."""
    return (date.today() + timedelta(days)).isoformat()


def table(reader: Reader) -> list[list[str]]:
    """What the table says: a heading is a single cell."""
    model = reader.window.views.ledger.table.lines
    return [
        [model.index(row, 0).data()]
        if isinstance(item, LedgerHeading)
        else [str(model.index(row, at).data()) for at in range(len(KEYS))]
        for row, item in enumerate(model.items)
    ]


def column(reader: Reader, key: str) -> list[str]:
    """The words of a column, without the headings."""
    return [cells[KEYS.index(key)] for cells in table(reader) if len(cells) > 1]


def go(reader: Reader, place: str, key: str) -> None:
    """Click on a cell of the row that stands at a place."""
    view = reader.window.views.ledger.table
    row = next(row for row, cells in enumerate(table(reader)) if cells[0].endswith(place))
    index = view.lines.index(row, KEYS.index(key))
    view.scrollTo(index)
    reader.pause()
    reader.click(view.viewport(), view.visualRect(index).center())
    assert reader.is_at(view)


def write(reader: Reader, place: str, key: str, words: str) -> None:
    """Write into a cell by keyboard."""
    go(reader, place, key)
    reader.press("Return")
    reader.write(words)
    reader.press("Return")
    reader.until(lambda: not isinstance(QApplication.focusWidget(), QLineEdit))
    QApplication.processEvents()


def dialog(reader: Reader, kind: type[QDialog]) -> Any:
    """The dialog that is open."""
    open_ones: Iterable[QDialog] = reader.window.findChildren(kind)
    [found] = [one for one in open_ones if one.isVisible()]
    return found


@pytest.fixture
def listed(reader: Reader) -> Reader:
    """With three measures listed from the text, and the ledger open."""
    for place in ("2.3.2", "2.3.3", "3.1.1"):
        reader.window.open_citation(place)
        reader.press("Ctrl+L")
    reader.press("Ctrl+3")
    return reader


def test_keys_lead_there_and_back(reader: Reader) -> None:
    reader.press("Ctrl+3")
    assert reader.window.views.ledger.isVisible()
    assert "台账还是空的" in reader.window.views.ledger.empty.text()
    assert reader.window.views.ledger.empty.isVisible()
    reader.press("Ctrl+1")
    assert reader.window.reading.isVisible()
    assert reader.is_at(reader.window.reading)


def test_measures_are_listed_from_the_text(at: Reader) -> None:
    at.press("Ctrl+L")
    assert "已把 二、（一）第4句 列入台账" in at.status
    at.press("Ctrl+3")
    [heading, row] = table(at)
    assert heading[0].startswith("二、（一）")
    assert heading[0].endswith(" 1")
    assert row[:2] == ["二、（一）第4句", "完善企业名称争议处理机制。"]
    assert "1 行 · 0 个单位" in at.status
    assert at.is_at(at.window.views.ledger.table)


def test_the_menu_of_a_measure_lists_it(at: Reader) -> None:
    at.right_click(at.page, at.place_of("shanghai-2023/2.1.4").center())
    at.pick("列入台账")
    assert len(at.stored(ROWS)) == 1


def test_a_cell_is_written_in_place_and_undone(listed: Reader) -> None:
    write(listed, "（三）第2句", "lead", "市住房城乡建设管理委")
    assert listed.stored(ROWS)[0][0] == "市住房城乡建设管理委"
    assert column(listed, "lead") == ["市住房城乡建设管理委", "", ""]
    listed.press("Ctrl+Z")
    assert column(listed, "lead") == ["", "", ""]
    assert listed.stored(ROWS)[0][0] == ""
    listed.press("Ctrl+Y")
    assert column(listed, "lead")[0] == "市住房城乡建设管理委"


def test_double_click_and_f2_open_and_escape_leaves_all_as_it_was(listed: Reader) -> None:
    view = listed.window.views.ledger.table
    go(listed, "（三）第2句", "support")
    place = view.visualRect(view.currentIndex()).center()
    QTest.mouseDClick(view.viewport(), LEFT, NO_KEYS, place)
    assert isinstance(listed.focus, QLineEdit)
    listed.write("各区")
    listed.press("Esc")
    assert column(listed, "support") == ["", "", ""]
    assert listed.is_at(view)
    listed.press("F2")
    assert isinstance(listed.focus, QLineEdit)
    listed.press("Esc")


def test_a_changed_date_keeps_the_first_beside_it(listed: Reader) -> None:
    write(listed, "（三）第2句", "due", "2099年6月底前")
    assert column(listed, "due")[0] == "2099-06"
    write(listed, "（三）第2句", "due", "2099年9月")
    write(listed, "（三）第2句", "due", "2099年11月")
    assert column(listed, "due")[0] == "2099-11（原定 2099-06）"


def test_late_and_soon_are_counted_and_listed(listed: Reader) -> None:
    write(listed, "（三）第2句", "due", day(-1))
    write(listed, "（三）第3句", "due", day(10))
    write(listed, "（一）第1句", "due", "长期")
    chips = listed.window.views.ledger.bar.chips
    assert [one.text() for one in chips.values()] == ["全部 3", "逾期 1", "30天内 1", "未启动 3"]
    assert [words.partition("（")[2] for words in column(listed, "status")] == ["逾期）", "临期）", ""]
    listed.click(chips["逾期"])
    assert column(listed, "due") == [day(-1)]
    listed.click(chips["30天内"])
    assert column(listed, "due") == [day(10)]
    listed.click(chips["全部"])
    assert len(column(listed, "due")) == 3


def test_a_status_is_picked_from_a_small_list_for_all_chosen_rows(listed: Reader) -> None:
    go(listed, "（三）第2句", "status")
    listed.press("Shift+Down", "Return")
    listed.pick_by_key("已完成")
    assert column(listed, "status") == ["已完成", "已完成", "未启动"]
    listed.press("Ctrl+Z")
    assert column(listed, "status") == ["未启动"] * 3


def test_filling_down(listed: Reader) -> None:
    write(listed, "（三）第2句", "lead", "市商务委")
    go(listed, "（三）第2句", "lead")
    view = listed.window.views.ledger.table
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    listed.press("Ctrl+Shift+Down")
    assert column(listed, "lead") == ["市商务委", "市商务委", ""]
    go(listed, "三、（一）第1句", "lead")
    listed.press("Ctrl+Shift+Down")
    assert column(listed, "lead") == ["市商务委"] * 3
    listed.press("Ctrl+Z", "Ctrl+Z")
    assert column(listed, "lead") == ["市商务委", "", ""]


def test_another_row_for_the_same_measure(listed: Reader) -> None:
    go(listed, "（三）第3句", "lead")
    listed.press("Ctrl+L")
    assert [one[-3:] for one in column(listed, "place")] == ["第2句", "第3句", "第3句", "第1句"]
    assert len(listed.stored(ROWS)) == 4
    assert listed.is_at(listed.window.views.ledger.table)
    listed.press("Return")
    listed.write("市通信管理局")
    listed.press("Return")
    listed.until(lambda: "市通信管理局" in column(listed, "lead"))
    assert column(listed, "lead")[2] == "市通信管理局"


def test_deleted_rows_lie_in_the_bin(listed: Reader) -> None:
    go(listed, "（三）第3句", "lead")
    listed.press("Delete")
    assert len(column(listed, "place")) == 2
    assert "已放入回收" in listed.status
    listed.press("Ctrl+1")
    assert "回收 1" in listed.tabs
    listed.press("Ctrl+Z", "Ctrl+3")
    assert len(column(listed, "place")) == 3


def test_progress_is_added_with_its_day(listed: Reader) -> None:
    go(listed, "（三）第2句", "latest")
    listed.press("Return")
    shown = dialog(listed, ProgressDialog)
    listed.write("已完成口径统一", "kou")
    listed.press("Return")
    listed.write("系统联调")
    listed.press("Return")
    assert [row.text for row in shown.list.model().rows] == ["系统联调", "已完成口径统一"]
    shown.reject()
    assert column(listed, "latest")[0].endswith("系统联调")
    assert listed.stored("SELECT text FROM progress ORDER BY rowid") == ["已完成口径统一", "系统联调"]
    assert listed.stored("SELECT day FROM progress") == [day(0)] * 2


def test_wrong_progress_is_put_into_the_bin(listed: Reader) -> None:
    go(listed, "（三）第2句", "latest")
    listed.press("Return")
    shown = dialog(listed, ProgressDialog)
    listed.write("写错了")
    listed.press("Return")
    listed.click_line(shown.list, 0)
    listed.press("Delete")
    assert shown.list.model().rowCount() == 0
    assert "还没有进展" in shown.told.text()
    shown.reject()
    assert column(listed, "latest")[0] == ""


def test_pasted_work_is_understood_and_the_rest_shown(listed: Reader) -> None:
    go(listed, "（三）第2句", "lead")
    QApplication.clipboard().setText(
        "（牵头单位：市发展改革委；配合单位：市商务委、各区政府；2023年6月底前；另行通知）"
    )
    listed.press("Ctrl+V")
    shown = dialog(listed, AssignmentDialog)
    assert "另行通知" in shown.rest.text()
    assert {key: field.text() for key, field in shown.fields.items()} == {
        "lead": "市发展改革委",
        "support": "市商务委、各区政府",
        "due": "2023-06",
        "person": "",
    }
    listed.click(shown.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    assert listed.stored(ROWS)[0][:3] == ("市发展改革委", "市商务委、各区政府", "2023-06")
    listed.window.activateWindow()
    listed.until(listed.window.isActiveWindow)
    go(listed, "（三）第2句", "lead")
    listed.press("Ctrl+Z")
    assert listed.stored(ROWS)[0][:3] == ("", "", "")


def test_plain_words_are_pasted_into_the_cell(listed: Reader) -> None:
    go(listed, "（三）第3句", "problem")
    QApplication.clipboard().setText("价格口径\n不一")
    listed.press("Ctrl+V")
    assert column(listed, "problem") == ["", "价格口径 不一", ""]


def test_cells_are_copied(listed: Reader) -> None:
    go(listed, "（三）第2句", "place")
    listed.press("Shift+Right", "Ctrl+C")
    assert listed.clipboard.startswith("二、（三）第2句\t严格执行")


def test_words_filter_as_they_are_typed(listed: Reader) -> None:
    write(listed, "（三）第3句", "lead", "市经济信息化委")
    words = listed.window.views.ledger.bar.words
    listed.click(words)
    listed.write("经济")
    assert column(listed, "lead") == ["市经济信息化委"]
    listed.write("没有")
    assert "没有这样的行" in listed.window.views.ledger.empty.text()
    assert listed.window.views.ledger.empty.isVisible()
    listed.press("Esc")
    assert len(column(listed, "lead")) == 3


def test_groups_by_unit_and_by_status(listed: Reader) -> None:
    write(listed, "（三）第3句", "lead", "市商务委")
    bar = listed.window.views.ledger.bar
    listed.choose_in(bar.grouping, "按牵头单位分组")
    assert [cells[0] for cells in table(listed) if len(cells) == 1] == ["未填 2", "市商务委 1"]
    listed.choose_in(bar.grouping, "按状态分组")
    assert [cells[0] for cells in table(listed) if len(cells) == 1] == ["未启动 3"]
    listed.choose_in(bar.grouping, "不分组")
    assert [cells for cells in table(listed) if len(cells) == 1] == []


def test_a_column_sorts_up_down_and_not(listed: Reader) -> None:
    listed.choose_in(listed.window.views.ledger.bar.grouping, "不分组")
    write(listed, "（三）第2句", "person", "乙")
    write(listed, "三、（一）第1句", "person", "丙")
    heads = listed.window.views.ledger.table.horizontalHeader()
    at = KEYS.index("person")
    place = heads.rect().center()
    place.setX(heads.sectionViewportPosition(at) + 20)
    for wanted in (["丙", "乙", ""], ["乙", "丙", ""], ["乙", "", "丙"]):
        listed.pause()
        listed.click(heads.viewport(), place)
        assert column(listed, "person") == wanted


def test_enter_on_the_place_shows_the_text(listed: Reader) -> None:
    go(listed, "（三）第3句", "place")
    listed.press("Return")
    assert listed.window.reading.isVisible()
    assert listed.current == "2.3.3"


def test_a_search_leads_back_to_the_text(listed: Reader) -> None:
    listed.search("零负担")
    assert listed.sees_results
    assert listed.window.reading.isVisible()


def test_escape_in_the_empty_search_box_leads_back_to_the_ledger(listed: Reader) -> None:
    listed.press("Ctrl+K", "Esc")
    assert listed.is_at(listed.window.views.ledger.table)


def test_what_is_being_typed_is_saved_when_the_window_closes(listed: Reader, sit_down: Sitting) -> None:
    go(listed, "（三）第2句", "lead")
    listed.press("Return")
    listed.write("市住房城乡建设管理委")
    listed.leave()
    assert sit_down().stored(ROWS)[0][0] == "市住房城乡建设管理委"


def test_words_that_cannot_be_saved_stay_in_the_cell(listed: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    go(listed, "（三）第2句", "lead")
    commands = listed.desk._commands
    assert commands is not None
    notebook, commands._notebook = commands._notebook, None
    listed.press("Return")
    listed.write("市住房城乡建设管理委")
    listed.press("Return")
    listed.until(lambda: "没有存下" in listed.told)
    assert isinstance(listed.focus, QLineEdit)
    assert listed.focus.text() == "市住房城乡建设管理委"
    commands._notebook = notebook
    listed.press("Return")
    listed.until(lambda: column(listed, "lead")[0] == "市住房城乡建设管理委")


def test_the_listed_rows_go_to_excel(listed: Reader, tmp_path: Path) -> None:
    write(listed, "（三）第2句", "lead", "市商务委")
    write(listed, "（三）第2句", "due", "2099年6月底前")
    words = listed.window.views.ledger.bar.words
    listed.click(words)
    listed.write("商务委")
    listed.click(listed.window.views.ledger.bar.export)
    target = tmp_path / "台账.xlsx"
    chooser = dialog(listed, QFileDialog)
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    listed.until(lambda: "已导出 1 行" in listed.told)
    assert "台账共 3 行" in listed.told
    [sheet] = read(target)
    [row] = ledger_rows(sheet, guess(sheet))
    assert (row.row.citation, row.row.lead, row.row.due) == ("二、（三）第2句", "市商务委", "2099-06")
    assert row.row.text == listed.window._document.places["shanghai-2023/2.3.2"].measure.text


def test_actions_on_the_text_rest_meanwhile(listed: Reader) -> None:
    assert not listed.window.actions_by_id["copy"].isEnabled()
    listed.press("Ctrl+1")
    assert listed.window.actions_by_id["copy"].isEnabled()


def test_what_shows_something_beside_the_text_leads_back_to_it(listed: Reader) -> None:
    listed.press("Ctrl+M")
    assert listed.window.reading.isVisible()
    assert listed.is_at(listed.window.views.desk.notes.new_note.editor)


def test_nothing_is_wider_than_a_small_window(listed: Reader) -> None:
    listed.window.resize(880, 480)
    listed.until(lambda: listed.window.width() == 880)
    page = listed.window.views.ledger
    assert page.width() == 880
    assert page.bar.export.mapTo(page, page.bar.export.rect().topRight()).x() < 880
