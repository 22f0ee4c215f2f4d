"""Cutting a long column of text into pages. Lengths are twips.

Qt could do that itself, but it leaves headings at the foot of a page, and each that is sent to the next page by hand lays
out everything behind it anew: half a minute for a plan with two notes on every measure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable, QTextTableCell

from desktop.export.pdf_body import KEEPS_WITH_NEXT, LINE, PADDING

_BELOW_BASELINE = 0.12
"""Of a Chinese character's square."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of text or a row of a table, from one place to another in the column.

    ``keeps`` says that it does not stand at the foot of a page; ``head`` is the row to be repeated above it. Of a line
    ``block`` and ``number`` say which it is, and ``origin`` where its block is.
    """

    top: float
    bottom: float
    keeps: bool = False
    head: Optional["Strip"] = None
    block: QTextBlock | None = None
    number: int = 0
    origin: QPointF | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    strips: tuple[Strip, ...]

    @property
    def head(self) -> Strip | None:
        """The row that is repeated above all."""
        return self.strips[0].head

    @property
    def top(self) -> float:
        return self.strips[0].top

    @property
    def bottom(self) -> float:
        return self.strips[-1].bottom


def strips_of(document: QTextDocument, height: float) -> list[Strip]:
    """The lines and rows of a document that has been laid out in one column. None is higher than a page."""
    return list(_strips(document, height))


def cut(strips: Sequence[Strip], height: float) -> list[Page]:
    """The pages that these strips fill."""
    pages: list[Page] = []
    first = 0
    while first < len(strips):
        head = strips[first].head
        room = height - (head.height if head else 0)
        end = first + 1
        while end < len(strips) and strips[end].bottom - strips[first].top <= room:
            end += 1
        end = _without_lonely(strips, first, end)
        pages.append(Page(tuple(strips[first:end])))
        first = end
    return pages


def _without_lonely(strips: Sequence[Strip], first: int, end: int) -> int:
    """Where a page ends if what keeps with its follower goes along with it."""
    earlier = end
    while end < len(strips) and earlier > first and strips[earlier - 1].keeps:
        earlier -= 1
    return earlier if earlier > first else end


def _strips(document: QTextDocument, height: float) -> Iterator[Strip]:
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is None:
            yield from _lines(document, block)
            block = block.next()
        else:
            yield from _rows(document, table, height)
            block = document.findBlock(table.lastPosition() + 1)


def _lines(document: QTextDocument, block: QTextBlock) -> Iterator[Strip]:
    """The lines of a block, all as high as it says. Qt keeps them so, but draws each face at a height of its own."""
    layout = block.layout()
    left, top = layout.position().x(), document.documentLayout().blockBoundingRect(block).top()
    keeps = block.blockFormat().boolProperty(KEEPS_WITH_NEXT)
    pitch = block.blockFormat().lineHeight()
    size = block.begin().fragment().charFormat().font().pixelSize() if block.length() > 1 else 0
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        bottom = top + pitch
        baseline = bottom - (pitch - size) / 2 - _BELOW_BASELINE * size
        origin = QPointF(left, baseline - line.ascent() - line.y())
        yield Strip(top, bottom, keeps, None, block, number, origin)
        top = bottom


def _rows(document: QTextDocument, table: QTextTable, height: float) -> Iterator[Strip]:
    head: Strip | None = None
    with_head = table.format().headerRowCount() > 0
    inside = [_tallest(document, table, number) for number in range(table.rows())]
    edges = [
        *(lines[0].top - PADDING - 2 * LINE for lines in inside),
        inside[-1][-1].bottom + PADDING + 2 * LINE,
    ]
    for number, lines in enumerate(inside):
        is_head = with_head and number == 0
        goes_on = number + 1 < table.rows() and table.cellAt(number + 1, 0).columnSpan() > 1
        row = Strip(edges[number], edges[number + 1], is_head or goes_on, head)
        yield from _parts(row, lines) if row.height > height / 2 else (row,)
        head = row if is_head else head


def _tallest(document: QTextDocument, table: QTextTable, number: int) -> list[Strip]:
    """The lines of that cell of a row which has most of them."""
    cells = [table.cellAt(number, column) for column in range(table.columns())]
    return max((list(_cell_lines(document, cell)) for cell in cells), key=lambda lines: lines[-1].bottom)


def _parts(row: Strip, lines: Sequence[Strip]) -> Iterator[Strip]:
    """A row too high to be kept whole, in lines."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        top = row.top if number == 0 else line.top
        bottom = row.bottom if number == last else line.bottom
        yield replace(row, top=top, bottom=bottom, keeps=row.keeps and number == last)


def _cell_lines(document: QTextDocument, cell: QTextTableCell) -> Iterator[Strip]:
    block, end = cell.firstCursorPosition().block(), cell.lastPosition()
    while block.isValid() and block.position() <= end:
        yield from _lines(document, block)
        block = block.next()
