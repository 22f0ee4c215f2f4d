"""Sheets that come in: of other offices, edited by hand, and made to do harm."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from desktop.export import faces, xlsx, xlsx_bounds
from desktop.export.errors import CannotReadTable
from desktop.export.ledger import Ledger
from desktop.export.xlsx_reading import MOST_ROWS, Table, guess, ledger_rows, read

Rows = list[list[Any]]


@pytest.fixture
def made(tmp_path: Path) -> Callable[[Rows], Path]:
    """Makes a workbook of one sheet as another office might."""

    def make(rows: Rows) -> Path:
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "外单位.xlsx")
        return tmp_path / "外单位.xlsx"

    return make


def only(source: Path) -> Table:
    [table] = read(source)
    return table


class TestMapping:
    def test_other_names_are_known(self, made: Callable[[Rows], Path]) -> None:
        table = only(
            made(
                [
                    ["优化营商环境任务分解表"],
                    [
                        "序号",
                        "工作任务（必填）",
                        "责任单位",
                        "配合部门*",
                        "完成时限",
                        "工作进展：",
                        "存在问题",
                        "备注",
                    ],
                    [
                        1,
                        "公布时限。",
                        "市经信委",
                        "各区",
                        "2026年6月底前",
                        "2026年5月1日：已公布",
                        "无",
                        "急",
                    ],
                ]
            )
        )
        assert table.first == 3
        assert guess(table) == {1: "text", 2: "lead", 3: "support", 4: "due", 5: "progress", 6: "problem"}
        [found] = ledger_rows(table, guess(table))
        assert (found.number, found.row.text, found.row.due) == (3, "公布时限。", "2026-06")
        assert [(step.date, step.words) for step in found.row.progress] == [("2026-05-01", "已公布")]
        assert found.others == (("序号", "1"), ("备注", "急"))

    def test_heads_in_two_rows(self, made: Callable[[Rows], Path]) -> None:
        table = only(
            made(
                [
                    ["任务", "责任单位", None, "时限"],
                    [None, "牵头单位", "配合单位", None],
                    ["甲", "乙", "丙", "长期"],
                ]
            )
        )
        assert guess(table) == {0: "text", 1: "lead", 2: "support", 3: "due"}
        assert [found.row.support for found in ledger_rows(table, guess(table))] == ["丙"]

    def test_unknown_heads_can_be_mapped_by_hand(self, made: Callable[[Rows], Path]) -> None:
        table = only(made([["干什么", "谁来干"], ["甲", "乙"]]))
        assert guess(table) == {}
        [found] = ledger_rows(table, {0: "text", 1: "lead"})
        assert (found.row.text, found.row.lead) == ("甲", "乙")

    def test_cells_joined_over_rows_belong_together(self, made: Callable[[Rows], Path]) -> None:
        table = only(made([["任务", "牵头单位"], ["甲", "乙"], [None, "丙"], [None, None], ["丁", None]]))
        found = ledger_rows(table, guess(table))
        assert [(one.row.text, one.row.lead, one.inherits) for one in found] == [
            ("甲", "乙", False),
            ("甲", "丙", True),
            ("丁", "", False),
        ]

    def test_joined_cells_say_the_same_of_each_row(self, made: Callable[[Rows], Path]) -> None:
        below: Rows = [["甲", "乙", "2026-06"], ["丙", None, None], ["丁", None, "长期"], ["戊", None, None]]
        source = made([["任务分解", None, None], ["任务", "牵头单位", "时限"], *below])
        book = load_workbook(source)
        assert book.active is not None
        for place in ("A1:C1", "B3:B5", "C3:C4"):
            book.active.merge_cells(place)
        book.save(source)
        table = only(source)
        found = [(one.row.text, one.row.lead, one.row.due) for one in ledger_rows(table, guess(table))]
        assert found == [
            ("甲", "乙", "2026-06"),
            ("丙", "乙", "2026-06"),
            ("丁", "乙", "长期"),
            ("戊", "", ""),
        ]

    def test_hidden_and_empty_sheets_are_passed_over(self, tmp_path: Path) -> None:
        book = Workbook()
        book.create_sheet("空")
        book.create_sheet("隐").append(["任务"])
        book["隐"].sheet_state = "hidden"
        book["Sheet"].append(["任务"])
        book.save(tmp_path / "x.xlsx")
        assert [table.sheet for table in read(tmp_path / "x.xlsx")] == ["Sheet"]

    def test_a_column_is_mapped_once(self, made: Callable[[Rows], Path]) -> None:
        assert guess(only(made([["任务", "举措", "牵头"], ["a", "b", "c"]]))) == {0: "text", 2: "lead"}


class TestCells:
    @pytest.mark.parametrize(
        ("value", "shown", "words"),
        [
            (date(2026, 6, 1), "yyyy-mm", "2026-06"),
            (date(2026, 6, 1), 'yyyy"年"m"月"', "2026-06"),
            (date(2026, 6, 1), "yyyy-mm-dd", "2026-06-01"),
            (date(2026, 6, 15), "yyyy-mm", "2026-06-15"),
            (3.0, "General", "3"),
            (0.5, "General", "0.5"),
            (0.5, "0%", "50%"),
            (1, "0.00%", "100.00%"),
            (True, "General", "是"),
            ("_x0041_", "General", "_x0041_"),
            ("  ", "General", ""),
        ],
    )
    def test_words(self, made: Callable[[Rows], Path], value: Any, shown: str, words: str) -> None:
        source = made([["任务", "时限"], ["甲", value]])
        book = load_workbook(source)
        book.active.cell(2, 2).number_format = shown  # type: ignore[union-attr]
        book.save(source)
        [row] = only(source).rows
        assert (*row, "")[1] == words

    def test_edits_are_exactly_what_differs(self, ledger: Ledger, tmp_path: Path) -> None:
        source = tmp_path / "台账.xlsx"
        source.write_bytes(xlsx.render_ledger(ledger, faces.named()))
        book = load_workbook(source)
        book["台账"]["D6"], book["台账"]["F7"] = "市交通委", date(2026, 9, 30)
        book.save(source)
        table = only(source)
        after = [found.row for found in ledger_rows(table, guess(table))]
        changed = [
            (old.id, new.lead, new.due) for old, new in zip(ledger.rows, after, strict=True) if old != new
        ]
        assert changed == [("r2", "市交通委", "2026-12-31"), ("r3", "@SUM(A1)", "2026-09-30")]


def packed(folder: Path, **members: bytes) -> Path:
    """A file with the skeleton of a workbook and these members besides or instead."""
    book = Workbook()
    book.active.append(["任务"])  # type: ignore[union-attr]
    plain = io.BytesIO()
    book.save(plain)
    source = folder / "坏.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, data in members.items():
            new.writestr(name, data)
    return source


SHEET = "xl/worksheets/sheet1.xml"
OPENING = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BILLION = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + OPENING + b"</sheetData></worksheet>"


class TestHostile:
    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("空", b"", xlsx_bounds.NOT_A_TABLE),
            ("文字", "任务,单位".encode(), xlsx_bounds.NOT_A_TABLE),
            ("旧版", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, xlsx_bounds.OLD_OR_LOCKED),
            ("半截", b"PK\x03\x04" + b"\0" * 50, xlsx_bounds.DAMAGED),
        ],
    )
    def test_other_files(self, tmp_path: Path, name: str, data: bytes, why: str) -> None:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CannotReadTable) as told:
            read(tmp_path / name)
        assert str(told.value) == why

    def test_another_zip(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        with pytest.raises(CannotReadTable, match="这不是 Excel 工作簿"):
            read(tmp_path / "x.xlsx")

    def test_missing_files_and_folders(self, tmp_path: Path) -> None:
        for source in (tmp_path / "没有.xlsx", tmp_path, tmp_path / "a\0b"):
            with pytest.raises(CannotReadTable, match="读不出来"):
                read(source)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_entities(self, tmp_path: Path, encoding: str) -> None:
        source = packed(tmp_path, **{SHEET: BILLION.decode().encode(encoding)})
        with pytest.raises(CannotReadTable) as told:
            read(source)
        assert str(told.value) == xlsx_bounds.SUSPICIOUS

    def test_a_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        source = packed(tmp_path, **{SHEET: OPENING + b" " * 60_000_000})
        tracemalloc.start()
        with pytest.raises(CannotReadTable) as told:
            read(source)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert str(told.value) == xlsx_bounds.SUSPICIOUS
        assert peak < 5_000_000

    def test_many_middling_members(self, tmp_path: Path) -> None:
        noise = bytes(range(33, 60)) * 37_000
        source = packed(tmp_path, **{f"xl/media/{number}.bin": noise for number in range(70)})
        with pytest.raises(CannotReadTable) as told:
            read(source)
        assert str(told.value) == xlsx_bounds.TOO_LARGE

    def test_very_many_members(self, tmp_path: Path) -> None:
        source = packed(tmp_path, **{f"x{number}": b"" for number in range(1_100)})
        with pytest.raises(CannotReadTable, match="太大"):
            read(source)

    @pytest.mark.parametrize(
        ("name", "tag", "count"),
        [
            ("xl/styles.xml", b"<xf/>", 190_001),
            (SHEET, b"<c/>", 240_000),
            (SHEET, b'<mergeCell ref="A1:A9"/>', 110_000),
        ],
    )
    def test_countless_elements(
        self, tmp_path: Path, name: str, tag: bytes, count: int, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(xlsx_bounds, "_MOST_OTHER_TAGS", 100_000)
        monkeypatch.setattr(xlsx_bounds, "_MOST_TABLE_TAGS", 200_000)
        monkeypatch.setattr(xlsx_bounds, "MOST_RATIO", 10_000)
        with pytest.raises(CannotReadTable, match="太大"):
            read(packed(tmp_path, **{name: OPENING + tag * count}))

    def test_a_million_rows(self, tmp_path: Path) -> None:
        last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
        with pytest.raises(CannotReadTable, match=f"超过 {MOST_ROWS} 行"):
            read(packed(tmp_path, **{SHEET: OPENING + last}))

    def test_a_sheet_that_lies_about_its_size(self, tmp_path: Path) -> None:
        lie = OPENING.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
        row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
        [table] = read(packed(tmp_path, **{SHEET: lie + row}))
        assert table.headers == ("x",)

    def test_a_cell_with_a_book_in_it(self, tmp_path: Path) -> None:
        words = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000))) * 6
        cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row></sheetData></worksheet>'
        with pytest.raises(CannotReadTable, match="不该有的内容"):
            read(packed(tmp_path, **{SHEET: OPENING + cell.encode()}))

    def test_joins_over_each_other(self, tmp_path: Path) -> None:
        cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (at, at) for at in range(1, 3_000))
        joins = b"".join(b'<mergeCell ref="A2:B%d"/>' % at for at in range(20_000, 22_000))
        sheet = OPENING + cells + b"</sheetData><mergeCells>" + joins + b"</mergeCells></worksheet>"
        with pytest.raises(CannotReadTable, match="不该有的内容"):
            read(packed(tmp_path, **{SHEET: sheet}))

    def test_two_members_of_one_name(self, tmp_path: Path) -> None:
        source = packed(tmp_path)
        with zipfile.ZipFile(source, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(SHEET, OPENING)
        with pytest.raises(CannotReadTable, match="不该有的内容"):
            read(source)

    @pytest.mark.parametrize("data", [b"<x>", b"", b"\xff\xfe", OPENING + b'<row r="-1"><c r="??"/></row>'])
    def test_broken_parts(self, tmp_path: Path, data: bytes) -> None:
        with pytest.raises(CannotReadTable):
            read(packed(tmp_path, **{SHEET: data, "xl/workbook.xml": data or b"<x/>"}))

    def test_an_empty_workbook(self, tmp_path: Path) -> None:
        Workbook().save(tmp_path / "空.xlsx")
        with pytest.raises(CannotReadTable, match="没有内容"):
            read(tmp_path / "空.xlsx")

    def test_formulas_come_in_as_what_they_last_said(self, tmp_path: Path) -> None:
        cells = b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
        [table] = read(packed(tmp_path, **{SHEET: OPENING + cells}))
        assert table.headers == ("2",)
