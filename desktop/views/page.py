"""The document laid out for reading: one text block per heading, measure or line, and the way back to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6 import QtCore
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from content.model import Document, Measure, Part, Section
from desktop.views import adjacent_marks
from desktop.views.utf16 import units

LINE_HEIGHT = 1.75
"""Line height over character height (DESIGN, the look)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the page. Headings have no ``measure_id`` of their own; ``number`` hangs in the margin.

    ``section`` is the (part, section) it belongs to.
    """

    kind: str
    text: str
    section: tuple[int, int]
    measure_id: str = ""
    number: int = 0


def rows(document: Document) -> list[Row]:
    """The document as blocks, in printed order."""
    found: list[Row] = []
    for part in document.parts:
        if part.printed_heading:
            found.append(Row("part", f"{part.label}{part.heading}", (part.number, 0)))
        for section in part.sections:
            found.extend(_section_rows(document, part, section))
    found.extend(Row("line", measure.text, (0, 0), measure.id) for measure in document.imprint)
    return found


def _section_rows(document: Document, part: Part, section: Section) -> Iterator[Row]:
    place = (part.number, section.number)
    if section.printed_heading:
        yield Row("section", f"{section.label}{section.title}", place)
    for number, measure in enumerate(section.measures, 1):
        if part.number == 0 and section.number == 0:
            yield Row(_front_kind(document, measure), measure.text, place, measure.id)
        else:
            yield Row("measure", measure.text, place, measure.id, number)


def _front_kind(document: Document, measure: Measure) -> str:
    if measure.text == document.title:
        return "title"
    if measure.text.startswith("关于") and measure.text.endswith("的通知"):
        return "subtitle"
    return "measure" if measure.text.endswith("。") else "line"


class Typography:
    """Block and character formats for each kind of row at one text size, in pixels."""

    def __init__(self, serif: str, size: int) -> None:
        self.size = size
        self._serif = serif

    def block(self, kind: str) -> QTextBlockFormat:
        """Spacing and alignment of a kind of row."""
        size = self.size
        above, below, lines = {
            "title": (1.6, 1.0, 1.5),
            "subtitle": (1.0, 1.0, 1.5),
            "part": (3.0, 0.9, 1.5),
            "section": (2.2, 0.9, 1.5),
            "line": (0.0, 0.7, LINE_HEIGHT),
            "measure": (0.0, 0.7, LINE_HEIGHT),
        }[kind]
        made = QTextBlockFormat()
        made.setTopMargin(round(above * size))
        made.setBottomMargin(round(below * size))
        height = round(lines * self.pixels(kind))
        made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return made

    def character(self, kind: str) -> QTextCharFormat:
        """The font of a kind of row."""
        font = QFont(self._serif)
        font.setPixelSize(self.pixels(kind))
        font.setBold(kind in ("title", "subtitle", "part", "section"))
        made = QTextCharFormat()
        made.setFont(font)
        return made

    def pixels(self, kind: str) -> int:
        """The character height of a kind of row."""
        return round(self.size * {"title": 1.55, "subtitle": 1.1, "part": 1.45, "section": 1.3}.get(kind, 1))


def lay_out(page: list[Row], typography: Typography) -> QTextDocument:
    """A text document with one block per row, in the same order."""
    made = QTextDocument()
    made.setUndoRedoEnabled(False)
    made.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    blocks = {row.kind: typography.block(row.kind) for row in page}
    characters = {row.kind: typography.character(row.kind) for row in page}
    cursor = QTextCursor(made)
    cursor.beginEditBlock()
    # One insertion of all measures, then the few headings: ten times as fast as block by block.
    cursor.setBlockFormat(typography.block("measure"))
    cursor.insertText("\n".join(_one_block(row.text) for row in page), typography.character("measure"))
    _set_close(made, page, typography)
    block = made.begin()
    for row in page:
        if row.kind != "measure":
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setBlockFormat(blocks[row.kind])
            cursor.setCharFormat(characters[row.kind])
        block = block.next()
    cursor.endEditBlock()
    return made


def _set_close(made: QTextDocument, page: list[Row], typography: Typography) -> None:
    closer = adjacent_marks.closer(typography.character("measure").font())
    cursor = QTextCursor(made)
    block = made.begin()
    for row in page:
        for position in adjacent_marks.positions(row.text) if row.kind == "measure" else ():
            start = block.position() + units(row.text, position)
            cursor.setPosition(start)
            cursor.setPosition(start + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(closer)
        block = block.next()


def center_titles(page: list[Row], made: QTextDocument) -> None:
    """Center the titles of a page; left to later because it takes the Qt namespace (see ``desktop.window``)."""
    for number, row in enumerate(page):
        if row.kind in ("title", "subtitle"):
            cursor = QTextCursor(made.findBlockByNumber(number))
            shape = cursor.blockFormat()
            shape.setAlignment(QtCore.Qt.AlignmentFlag.AlignHCenter)
            cursor.setBlockFormat(shape)


def _one_block(text: str) -> str:
    """A text that stays one block and keeps its length."""
    return text.translate({ord("\n"): " ", 0x2029: " ", 0x2028: " ", ord("\r"): " "})
