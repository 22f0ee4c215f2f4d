"""A sheet coming in: its cells as words, then as ledger rows by a mapping of its columns to ours."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from content.folding import fold
from desktop.export import xlsx_bounds
from desktop.export.errors import CannotReadTable
from desktop.export.ledger import COLUMNS, DATES, LedgerRow, due, text_to_steps

MOST_ROWS, MOST_COLUMNS = 20_000, 200
_MOST_IN_CELL = 100_000
"""Characters; Excel itself takes a third of that."""
_HEAD_WITHIN = 20
"""Rows from the top among which the heads of columns stand."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHARE = re.compile(r"0(?:\.(0+))?%")
_ADDITION = re.compile(r"[（(].*?[）)]|[*＊：:、/\s]")
"""What a head of a column says besides: （必填）, a star, a colon."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one sheet says. ``headers`` are the heads of its columns, ``rows`` what stands below, all as words.

    ``first`` is the number in the sheet of the first row, from 1.
    """

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the sheet as a ledger row. ``number`` is its number there.

    ``others`` are the cells of columns that are mapped to nothing, by their heads. ``inherits`` says that it names no measure
    and therefore belongs to the one above, as in cells joined over several rows.
    """

    number: int
    row: LedgerRow
    others: tuple[tuple[str, str], ...] = ()
    inherits: bool = False


def read(source: Path) -> tuple[Table, ...]:
    """The sheets of a workbook that have anything in them. Raises CannotReadTable."""
    checked = xlsx_bounds.check(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; only words are wanted
            found = tuple(_tables(checked.data))
    except CannotReadTable:
        raise
    except Exception as error:
        # openpyxl has no error of its own for a workbook that is none: KeyError, ValueError, ParseError …
        raise CannotReadTable(xlsx_bounds.DAMAGED) from error
    if not found:
        raise CannotReadTable("工作簿中没有内容；什么也没有导入，已有的台账都在。请选择有台账的工作簿。")
    return found


def guess(table: Table) -> dict[int, str]:
    """Column of the sheet, from 0 → key of ours, by the heads; a column whose head says nothing known is left out."""
    found: dict[int, str] = {}
    for at, header in enumerate(table.headers):
        key = _known(header)
        if key and key not in found.values():
            found[at] = key
    return found


def ledger_rows(table: Table, mapping: Mapping[int, str]) -> tuple[ReadRow, ...]:
    """The rows by a mapping such as ``guess`` gives; those with nothing in a mapped column are left out."""
    found: list[ReadRow] = []
    for number, cells in enumerate(table.rows, table.first):
        values = {key: cells[at] for at, key in mapping.items() if at < len(cells)}
        if not any(values.values()):
            continue
        made = _row(values)
        inherits = not (made.id or made.measure or made.citation or made.text) and bool(found)
        if inherits:
            above = found[-1].row
            made = replace(
                made, measure=above.measure, citation=above.citation, text=above.text, section=above.section
            )
        others = tuple(
            (header, cell)
            for at, (header, cell) in enumerate(zip(table.headers, cells, strict=False))
            if cell and at not in mapping
        )
        found.append(ReadRow(number, made, others, inherits))
    return tuple(found)


def _row(values: Mapping[str, str]) -> LedgerRow:
    known: dict[str, Any] = dict(values)
    known.update({key: due(values[key]) for key in DATES if key in values})
    known["progress"] = text_to_steps(values.get("progress", ""))
    return LedgerRow(**known)


_NAMES = {fold(name): column.key for column in COLUMNS for name in (column.header, *column.others.split())}


def _known(header: str) -> str:
    """The key of the column that a head means, or nothing."""
    last = header.rpartition("\n")[2]
    for words in (header, last, _ADDITION.sub("", header), _ADDITION.sub("", last)):
        if key := _NAMES.get(fold(words)):
            return key
    return ""


def _tables(data: bytes) -> Iterator[Table]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and (table := _table(sheet)):
                yield table
    finally:
        book.close()


def _table(sheet: Any) -> Table | None:
    sheet.reset_dimensions()  # what a sheet says of its own size need not be so
    rows: list[tuple[str, ...]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise CannotReadTable(_too_many_rows(sheet.title))
        rows.append(_trimmed(tuple(_words(cell) for cell in cells)))
    if not any(rows):
        return None
    head, depth = _find_head(rows)
    below = rows[head + depth :]
    while below and not below[-1]:
        below.pop()
    filled = _with_joined_cells(sheet, below, head + depth)
    return Table(sheet.title, _headers(rows[head : head + depth]), filled, head + depth + 1)


def _with_joined_cells(
    sheet: Any, rows: Sequence[tuple[str, ...]], offset: int
) -> tuple[tuple[str, ...], ...]:
    from desktop.export.xlsx_joined import joins, spread

    # openpyxl, reading row by row, says nothing of joined cells; the other way takes fifty times the memory.
    with sheet._get_source() as source:
        return spread(rows, joins(source), offset, MOST_ROWS * MOST_COLUMNS)


def _find_head(rows: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """Where the heads of the columns stand, from 0, and in how many rows: the one or two that say most that is known."""
    start, depth, most = next(at for at, row in enumerate(rows) if row), 1, 0
    for at in range(min(len(rows), _HEAD_WITHIN)):
        for wanted in (1, 2):
            chosen = rows[at : at + wanted]
            if wanted == 2 and not all(_known(cell) for cell in chosen[-1] if cell):
                continue
            known = len({key for header in _headers(chosen) if (key := _known(header))})
            if known > most:
                start, depth, most = at, len(chosen), known
    return start, depth


def _headers(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The heads; where they are in two rows, what stands above and below, a line each."""
    width = max((len(row) for row in rows), default=0)
    padded = [(*row, *("",) * (width - len(row))) for row in rows]
    return tuple("\n".join(dict.fromkeys(filter(None, cells))) for cells in zip(*padded, strict=True))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _words(cell: Any) -> str:
    """What a cell says: a date as 2023-06-30, as 2023-06 where only the month is shown; 0.5 as 50% where that is shown."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime() | date():
            return _day(value, _format(cell))
        case time():
            return value.strftime("%H:%M")
        case int() | float() if share := _SHARE.search(_format(cell)):
            return f"{value:.{len(share.group(1) or '')}%}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            if len(str(value)) > _MOST_IN_CELL:
                raise CannotReadTable(xlsx_bounds.SUSPICIOUS)
            text = _ESCAPE.sub(_unescaped, str(value))
            return text if text.strip() else ""


def _format(cell: Any) -> str:
    return str(getattr(cell, "number_format", "") or "")


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match.group(1), 16))
    return letter if letter in "\t\n\r_" else match.group()


def _day(value: date, shown: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown.lower())
    is_month = day.day == 1 and "y" in plain and "m" in plain and "d" not in plain
    return f"{day:%Y-%m}" if is_month else day.isoformat()


def _too_many_rows(name: str) -> str:
    return f"表“{name[:40]}”超过 {MOST_ROWS} 行（空行也算）；什么也没有导入，已有的台账都在。请删去多余的行再导入。"
