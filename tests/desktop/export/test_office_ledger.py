"""A ledger that goes through LibreOffice: saved again nothing has changed, edited there exactly the edits are seen."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from content.model import Document
from desktop.export import faces, xlsx, xlsx_reading
from desktop.export.ledger_gathering import ledger_of
from desktop.export.ledger_matching import Matched, Standing, match
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Action, Entry, Progress, Status
from desktop.shelf import Shelf
from tests.desktop.export.conftest import TIME
from tests.desktop.export.office import Office

DAY = date(2026, 11, 25)
DUES = (
    *("2023-05", "2023年二季度", "2023-06-30", "2023年", "2024年上半年", "长期", "即时", ""),
    *("2023年6月底前", "每季度", "2023-01-01", "2024-01", "1899-12-31", "2024-02-29"),
)
WORDS = (
    *(
        "市发展改革委",
        "市经济信息化委、市数据局",
        "=cmd|'/C calc'!A0",
        "'撇号",
        "+86 21",
        "1/2",
        "2023-5-1",
        "0012",
    ),
    *(
        "1e5",
        "TRUE",
        "50%",
        "_x0041_",
        "尾空 ",
        "换\n行",
        "制\t表",
        "“引号”、—…",
        "𠮷野家😀",
        "长" * 300,
        "12:30",
        "-",
    ),
)
"""What a spreadsheet might take for something else."""
STEPS = ("已完成，=1+1", "多行\n第二行", "“引”", "制\t表")


@pytest.fixture(scope="module")
def shelf(plan: Document) -> Shelf:
    """A row on every measure of the plan, with up to three entries of progress."""
    entries: list[Entry] = []
    for at, measure in enumerate(plan.measures):
        row = Action(f"行{at:03}", anchor_measure(plan, measure.id), TIME, TIME, at + 1)
        names = ("lead", "support", "problem", "next_step", "person")
        own: Any = {
            name: WORDS[(at * (step * 2 + 1)) % len(WORDS)].strip() for step, name in enumerate(names)
        }
        row = replace(row, **own, due=DUES[at % len(DUES)], status=list(Status)[at % len(Status)])
        entries.append(replace(row, first_due="2022-12-31") if at % 5 == 0 else row)
        entries += [
            Progress(
                f"进{at}-{step}",
                row.anchor,
                TIME,
                TIME,
                row.id,
                f"2023-0{step + 1}-11",
                STEPS[(at + step) % 4],
            )
            for step in range(at % 4)
        ]
    made = Shelf(plan)
    made.load(entries)
    return made


@pytest.fixture(scope="module")
def exported(plan: Document, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger as the desk writes it."""
    ledger = ledger_of(plan, shelf.actions, shelf.progress_of, shelf.measure_of, DAY)
    target = tmp_path_factory.mktemp("导出") / "台账.xlsx"
    target.write_bytes(xlsx.render_ledger(ledger, faces.named()))
    return target


def looked_over(plan: Document, shelf: Shelf, source: Path) -> Matched:
    """What the preview of an import is made of."""
    [table] = xlsx_reading.read(source)
    mapping = xlsx_reading.guess(table)
    rows = xlsx_reading.ledger_rows(table, mapping)
    mapped = set(mapping.values())
    return match(plan, shelf.actions, shelf.progress_of, shelf.measure_of, rows, mapped, DAY)


@pytest.mark.parametrize("way", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_saved_again_nothing_has_changed(
    plan: Document, shelf: Shelf, exported: Path, office: Office, tmp_path: Path, way: tuple[str, ...]
) -> None:
    source = exported
    for step, kind in enumerate(way):
        (tmp_path / str(step)).mkdir()
        source = office.convert(source, kind, tmp_path / str(step))
    assert looked_over(plan, shelf, source).counts == {Standing.SAME: len(list(plan.measures))}


def test_saved_again_it_is_still_set_up_for_work(exported: Path, office: Office, tmp_path: Path) -> None:
    target = tmp_path / "另存.xlsx"
    office.work(exported, target, 'sheet.getCellRangeByName("Z1").Value = book.CurrentController.SplitRow')
    sheet = load_workbook(target).active
    assert sheet is not None
    # Its own file tells nothing of the frozen head: without a screen no view is saved.
    assert (sheet["Z1"].value, sheet.auto_filter.ref) == (4, f"A4:O{sheet.max_row}")
    assert (sheet["F7"].is_date, sheet["F7"].number_format.replace("\\", "")) == (True, "yyyy-mm-dd")
    assert sheet["F5"].number_format.replace("\\", "") == "yyyy-mm"
    assert [str(one.formula1) for one in sheet.data_validations.dataValidation] == [
        f'"{",".join(status.value for status in Status)}"'
    ]
    assert sheet.column_dimensions["C"].width == pytest.approx(44, abs=1.5)


def test_exactly_the_edits_made_there_are_listed(
    plan: Document, shelf: Shelf, exported: Path, office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "改过.xlsx"
    edits = """
        sheet.getCellRangeByName("D6").String = "市交通委"
        sheet.getCellRangeByName("F7").FormulaLocal = "2026-09-30"
        sheet.getCellRangeByName("H8").String = "已完成"
        sheet.getCellRangeByName("I9").String = sheet.getCellRangeByName("I9").String & Chr(10) & "2026-11-20 已上线"
        sheet.getCellRangeByName("K10").String = ""
        cursor = sheet.getCellRangeByName("D11").createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(2, True)
        cursor.CharWeight = 150
        sheet.getCellRangeByName("A12:O12").CellBackColor = 16711680
    """
    office.work(exported, target, edits)
    found = looked_over(plan, shelf, target)
    changed = [one for one in found.incoming if one.standing is not Standing.SAME]
    mine = shelf.actions
    assert [(one.number, [(each.column, each.after) for each in one.differences]) for one in changed] == [
        (6, [("牵头单位", "市交通委")]),
        (7, [("时限", "2026-09-30")]),
        (8, [("状态", "已完成")]),
        (9, []),
        (10, [("下一步", "")]),
    ]
    assert [(step.date, step.words) for step in changed[3].steps] == [("2026-11-20", "已上线")]
    assert [one.mine for one in changed] == mine[1:6]


def test_a_sheet_made_there_by_hand_maps(
    plan: Document, shelf: Shelf, office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "外单位.xlsx"
    texts = [plan.places[f"shanghai-2023/2.3.{number}"].measure.text for number in (2, 3, 5)]
    acts = f"""
        sheet.getCellRangeByName("A1").String = "优化营商环境任务分解表"
        sheet.getCellRangeByName("A1:F1").merge(True)
        heads = Array("序号", "工作任务", "责任单位", "完成时限", "进展情况", "备注")
        For at = 0 To 5
          sheet.getCellByPosition(at, 1).String = heads(at)
        Next
        texts = Array("{texts[0]}", "{texts[1]}", "{texts[2]}")
        For at = 0 To 2
          sheet.getCellByPosition(0, at + 2).Value = at + 1
          sheet.getCellByPosition(1, at + 2).String = texts(at)
        Next
        sheet.getCellRangeByName("C3").String = "市住房城乡建设管理委"
        sheet.getCellRangeByName("C3:C4").merge(True)
        sheet.getCellRangeByName("C5").String = "市水务局"
        sheet.getCellRangeByName("D3").FormulaLocal = "2026-6-30"
        sheet.getCellRangeByName("D4").String = "2026年9月底前"
        sheet.getCellRangeByName("D5").String = "长期"
        sheet.getCellRangeByName("E3").FormulaLocal = "50%"
        sheet.getCellRangeByName("E4").FormulaLocal = "=C3"
        sheet.getCellRangeByName("E5").String = "2026年11月20日：已公布"
        cursor = sheet.getCellRangeByName("B3").createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(4, True)
        cursor.CharColor = 16711680
        sheet.Columns.getByIndex(1).CellBackColor = 16776960
        sheet.Rows.Height = 900
    """
    office.work(None, target, acts)
    [table] = xlsx_reading.read(target)
    assert xlsx_reading.guess(table) == {1: "text", 2: "lead", 3: "due", 4: "progress"}
    empty = Shelf(plan)
    found = looked_over(plan, empty, target)
    assert [
        (one.measure[14:], dict(one.values), [step.words for step in one.steps]) for one in found.incoming
    ] == [
        ("2.3.2", {"lead": "市住房城乡建设管理委", "due": "2026-06-30"}, ["50.00%"]),
        ("2.3.3", {"lead": "市住房城乡建设管理委", "due": "2026-09"}, ["市住房城乡建设管理委"]),
        ("2.3.5", {"lead": "市水务局", "due": "长期"}, ["已公布"]),
    ]
