"""Cells joined over several rows: what stands in the first is meant for each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl.utils import column_index_from_string

from desktop.export import xlsx_bounds
from desktop.export.errors import CannotReadTable

_AT_ONCE = 1 << 16
_LONGEST_TAG = 256
_JOIN = re.compile(
    rb"<(?:\w{1,32}:)?mergeCell\s[^<>]{0,128}?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[\"']"
)


@dataclass(frozen=True, slots=True)
class Join:
    """A joined block of more than one row, by its first column; all are counted from 0, and ``last`` belongs to it."""

    column: int
    first: int
    last: int


def joins(sheet: IO[bytes]) -> Iterator[Join]:
    """The joined cells that the XML of a sheet names, the file read bit by bit."""
    kept = b""
    while piece := sheet.read(_AT_ONCE):
        around = kept + piece
        end = 0
        for match in _JOIN.finditer(around):
            end = match.end()
            column, first, last = match.groups()
            if first != last:
                yield Join(column_index_from_string(column.decode()) - 1, int(first) - 1, int(last) - 1)
        kept = around[max(end, len(around) - _LONGEST_TAG) :]


def spread(
    rows: Sequence[tuple[str, ...]], joined: Iterator[Join], offset: int, most_cells: int
) -> tuple[tuple[str, ...], ...]:
    """The rows with the words of joined cells in each row that they go over. ``offset`` is where the first row stands.

    Raises CannotReadTable for joins that together have more than so many cells: they lie over each other.
    """
    found = [list(row) for row in rows]
    for join in joined:
        first, last = join.first - offset, min(join.last - offset, len(found) - 1)
        most_cells -= max(last - first, 1)
        if most_cells < 0:
            raise CannotReadTable(xlsx_bounds.SUSPICIOUS)
        if not 0 <= first < len(found) or join.column >= len(found[first]):
            continue
        for row in found[first + 1 : last + 1]:
            row += [""] * (join.column + 1 - len(row))
            row[join.column] = row[join.column] or found[first][join.column]
    return tuple(map(tuple, found))
