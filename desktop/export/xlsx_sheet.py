"""The sheet of a ledger: columns, colours, dates, and cells that no program takes for a formula."""

import re
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from desktop.export.brief import Watch
from desktop.export.errors import CannotWrite
from desktop.export.faces import Fonts
from desktop.export.ledger import COLUMNS, DATES, LABEL, Column, Ledger, LedgerRow, Owner, steps_to_text
from desktop.export.prose import clean

SHEET = "台账"
HEADER_ROW = 4
"""Above it the title, the source and the owners of the columns."""
MOST_IN_CELL = 32_767
"""UTF-16 units that Excel takes; openpyxl would cut off the rest without a word."""
DAY_FORMAT, MONTH_FORMAT = "yyyy-mm-dd", "yyyy-mm"
_MOST_LIST = 255
"""Characters of a list of choices in Excel."""
_DANGEROUS = tuple("=+-@\t\r＝＋－＠")
"""What a formula can begin with, typed in either width."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_THIN = Side("thin", "BFBFBF")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_FILLS = {Owner.PLAN: "E7E6E6", Owner.UNIT: "FFF2CC", Owner.PROGRAM: "F2F2F2"}
_SIZE = 11
_LINE_HEIGHT, _MOST_HEIGHT = 15.0, 409.0
"""Points; Excel knows no higher rows."""
_PRINTED = sum(column.owner is not Owner.PROGRAM for column in COLUMNS)
_MARGIN = 0.4
"""Inches around what is printed."""


def workbook(ledger: Ledger, fonts: Fonts, watch: Watch) -> Workbook:
    """The whole book. Raises CannotWrite for words that do not fit into a cell, and what ``watch`` raises."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _write_head(sheet, ledger, fonts)
    for number, row in enumerate(ledger.rows):
        watch(number, len(ledger.rows))
        _write_row(sheet, HEADER_ROW + 1 + number, row, fonts)
    watch(len(ledger.rows), len(ledger.rows))
    _set_up(sheet, ledger)
    book.properties.title = clean(ledger.title)
    book.properties.creator = "政策案头"
    book.properties.created = datetime.combine(ledger.day, time(), UTC).replace(tzinfo=None)
    return book


def _write_head(sheet: Worksheet, ledger: Ledger, fonts: Fonts) -> None:
    day = ledger.day
    exported = f"{day.year}年{day.month}月{day.day}日导出。"
    own = f"黄色各列由{LABEL}。"
    lines = (
        (ledger.title, Font(fonts.title, 18), 36, Alignment("center", "center")),
        (
            " ".join(filter(None, (ledger.source, ledger.notice, own, exported))),
            Font(fonts.body, 10),
            32,
            Alignment("left", "center", wrap_text=True),
        ),
    )
    for number, (words, font, height, alignment) in enumerate(lines, 1):
        cell = sheet.cell(number, 1)
        put_text(cell, words)
        cell.font, cell.alignment = font, alignment
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=_PRINTED)
        sheet.row_dimensions[number].height = height
    at = 1
    for owner, group in groupby(COLUMNS, lambda column: column.owner):
        columns = list(group)
        _head_cell(sheet.cell(HEADER_ROW - 1, at), owner.value, owner, fonts)
        if len(columns) > 1:
            sheet.merge_cells(
                start_row=HEADER_ROW - 1,
                end_row=HEADER_ROW - 1,
                start_column=at,
                end_column=at + len(columns) - 1,
            )
        for column in columns:
            _head_cell(sheet.cell(HEADER_ROW, at), column.header, owner, fonts)
            sheet.column_dimensions[get_column_letter(at)].width = column.width
            at += 1


def _head_cell(cell: Any, words: str, owner: Owner, fonts: Fonts) -> None:
    cell.value = words
    cell.font = Font(fonts.first, _SIZE, bold=True)
    cell.fill = PatternFill("solid", _FILLS[owner])
    cell.alignment = Alignment("center", "center", wrap_text=True)
    cell.border = _BORDER


def _write_row(sheet: Worksheet, number: int, row: LedgerRow, fonts: Fonts) -> None:
    for at, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(number, at)
        words = _words(row, column)
        if column.key not in DATES or not _put_date(cell, words):
            if _length(words) > MOST_IN_CELL:
                raise CannotWrite(_too_long(row, column))
            put_text(cell, words)
        is_faint = column.owner is Owner.PROGRAM
        cell.font = Font(fonts.plain, 9 if is_faint else _SIZE, color="808080" if is_faint else None)
        centred = column.key in (*DATES, "state", "alert")
        cell.alignment = Alignment("center" if centred else "left", "top", wrap_text=True)
        cell.border = _BORDER
    sheet.row_dimensions[number].height = _height(row)


def _height(row: LedgerRow) -> float:
    """What a row needs to show all its words: programs other than Excel do not find that out by themselves."""
    lines = max(_lines(_words(row, column), column.width) for column in COLUMNS)
    return min(lines * _LINE_HEIGHT + 3, _MOST_HEIGHT)


def _lines(words: str, width: int) -> int:
    """How many lines words take in a column of so many half-width characters."""
    wide = (sum(2 if ord(letter) > 0x2000 else 1 for letter in line) for line in words.split("\n"))
    return sum(max(1, -(-letters // (width - 1))) for letters in wide)


def _words(row: LedgerRow, column: Column) -> str:
    return steps_to_text(row.progress) if column.key == "progress" else getattr(row, column.key)


def put_text(cell: Any, words: str) -> None:
    """Put words into a cell as words: nothing is computed from them, now or when they are edited."""
    text = _ESCAPE.sub("_x005F_", clean(words))
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_DANGEROUS):
        cell.quotePrefix = True


def _put_date(cell: Any, words: str) -> bool:
    """Put a day or a month into a cell as a date; a month is its first day, shown without it."""
    match = _DAY.fullmatch(words)
    if match is None:
        return False
    year, month, day = match.groups()
    try:
        when = date(int(year), int(month), int(day or 1))
    except ValueError:
        return False
    if when.year < 1900:  # before Excel's time
        return False
    cell.value = when
    cell.number_format = DAY_FORMAT if day else MONTH_FORMAT
    return True


def _set_up(sheet: Worksheet, ledger: Ledger) -> None:
    last = HEADER_ROW + max(len(ledger.rows), 1)
    right = get_column_letter(len(COLUMNS))
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}{last}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{HEADER_ROW - 1}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(_MARGIN, _MARGIN, _MARGIN, 2 * _MARGIN, _MARGIN, _MARGIN)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(_PRINTED)}{last}"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    footer.center.text = "第 &P 页，共 &N 页"
    _offer_states(sheet, ledger.states, last)


def _offer_states(sheet: Worksheet, states: tuple[str, ...], last: int) -> None:
    choices = f'"{",".join(states)}"'
    if not states or len(choices) > _MOST_LIST or any('"' in state or "," in state for state in states):
        return
    choice = DataValidation("list", choices, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    choice.errorTitle, choice.error = "状态", f"常用的状态是：{'、'.join(states)}。"
    choice.add(f"{_letter('state')}{HEADER_ROW + 1}:{_letter('state')}{max(last, HEADER_ROW + 500)}")
    sheet.add_data_validation(choice)


def _letter(key: str) -> str:
    return next(get_column_letter(at) for at, column in enumerate(COLUMNS, 1) if column.key == key)


def _length(words: str) -> int:
    return len(words.encode("utf-16-le", "replace")) // 2


def _too_long(row: LedgerRow, column: Column) -> str:
    where = row.citation or row.id
    return (
        f"没有导出：{where}的“{column.header}”超过 Excel 一格所能容的 {MOST_IN_CELL} 字；台账都在。"
        "请把它分成几行，或改为导出 Word 文档。"
    )
