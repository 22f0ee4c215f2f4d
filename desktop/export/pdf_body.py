"""The text of a PDF as a QTextDocument: what stands in it, block by block. Lengths are twips, as whole numbers of pixels."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from desktop.export import ledger_table
from desktop.export.brief import OWN, Brief, Item, Passage, Watch, cited
from desktop.export.docx_styles import BAR, GREY, twips
from desktop.export.faces import Fonts
from desktop.export.ledger import LABEL
from desktop.export.paper import Paper
from desktop.export.prose import Block, Run, Shape, blocks, clean
from desktop.export.titling import title_lines
from desktop.notebook.exchange_page import INKS

OWN_BLOCK = int(QTextFormat.Property.UserProperty)
"""Of blocks that get the bar beside what the unit wrote."""
KEEPS_WITH_NEXT = OWN_BLOCK + 1
"""Of headings and labels."""
LINE, PADDING = 6, 70
"""Of tables: the thickness of the line around each cell and around the whole, and the room inside."""


def typeface(family: str, points: float) -> QFont:
    """A font whose pixels are twips, laid out the same on every device."""
    font = QFont(family)
    font.setPixelSize(twips(points))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    return font


class Body:
    """Writes one brief into an empty QTextDocument of a given width."""

    def __init__(self, brief: Brief, paper: Paper, fonts: Fonts, width: int) -> None:
        self._brief, self._paper, self._fonts, self._width = brief, paper, fonts, width
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setUseDesignMetrics(True)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(typeface(fonts.body, paper.body))
        self._cursor = QTextCursor(self._document)
        self._is_fresh = True
        # A little closer than the figure, or the last character of a line would not fit by a rounding error of Qt's.
        self._closer = math.floor((paper.advance - paper.body) * 160) / 8

    def write(self, watch: Watch) -> QTextDocument:
        """All of it."""
        brief = self._brief
        self._open()
        for number, item in enumerate(brief.items):
            watch(number, len(brief.items))
            self._item(item)
        watch(len(brief.items), len(brief.items))
        small = self._format(self._fonts.second, self._paper.cited)
        for number, line in enumerate(brief.closing_lines):
            self._block(self._paper.cited * 1.6, above=12 if number == 0 else 0)
            self._insert(line, small)
        return self._document

    def _open(self) -> None:
        brief, paper, fonts = self._brief, self._paper, self._fonts
        for line in title_lines(brief.title, paper.title_characters):
            self._block(paper.pitch, align=Qt.AlignmentFlag.AlignHCenter)
            self._insert(line, self._format(fonts.title, paper.title))
        if brief.subtitle not in brief.title:
            self._block(paper.pitch, align=Qt.AlignmentFlag.AlignHCenter)
            self._insert(brief.subtitle, self._format(fonts.second, paper.body))
        self._block(paper.pitch)
        for line in brief.facts.lines:
            self._block(paper.pitch, indent=2)
            self._insert(line, self._grid(fonts.body))
        self._block(paper.own * 1.5, indent=2)
        self._insert(brief.source.line, self._format(fonts.body, paper.own))
        if brief.source.notice:
            self._table([[brief.source.notice]], [1], 0, fonts.first, paper.own, has_head=False)

    def _item(self, item: Item) -> None:
        if item.label or item.heading:
            family = (self._fonts.first, self._fonts.second, self._fonts.body)[min(max(item.level, 1), 3) - 1]
            manner = self._grid(family)
            manner.setFontWeight(QFont.Weight.Bold if item.level > 2 else QFont.Weight.Normal)
            self._block(self._paper.pitch, indent=2, keeps=True)
            self._insert(item.label + item.heading, manner)
        for passage in item.passages:
            self._passage(passage)
            for note in item.notes_on(passage.id):
                self._own(note.label, note.body)
        for label, body in item.closing():
            self._own(label, body)
        if item.rows:
            self._ledger(item)

    def _passage(self, passage: Passage) -> None:
        self._block(self._paper.pitch, indent=2)
        for text, ink in passage.pieces:
            manner = self._grid(self._fonts.body)
            if ink is not None:
                manner.setBackground(QColor(INKS[ink]))
            self._insert(text, manner)
        manner = self._format(self._fonts.second, self._paper.cited)
        manner.setForeground(QColor(f"#{GREY}"))
        self._insert(cited(passage, self._brief.source), manner)

    def _own(self, label: str, body: str) -> None:
        """Words of the unit behind a bar, with the label that says so."""
        self._own_block(keeps=True)
        self._insert(f"「{OWN}」{label}", self._format(self._fonts.first, self._paper.cited))
        for block in blocks(body):
            if block.shape is Shape.TABLE:
                indent = twips(self._paper.body * 2)
                self._table(
                    block.rows, [1] * len(block.rows[0]), indent, self._fonts.plain, self._paper.table
                )
            else:
                self._own_words(block)

    def _own_words(self, block: Block) -> None:
        opening = "　" * max(block.depth - 1, 0) + (f"{block.mark} " if block.mark else "")
        self._own_block()
        self._insert(opening, self._format(self._fonts.body, self._paper.own))
        for run in block.runs or (Run("——"),):
            manner = self._format(self._fonts.body, self._paper.own)
            if run.is_bold or block.shape is Shape.HEADING:
                manner.setFontWeight(QFont.Weight.Bold)
            manner.setFontItalic(run.is_italic)
            self._insert(run.text, manner)

    def _ledger(self, item: Item) -> None:
        paper, plain = self._paper, self._fonts.plain
        self._block(paper.table * 1.5, above=6, keeps=True)
        self._insert(f"台账（{LABEL}）", self._format(self._fonts.first, paper.table))
        rows = ledger_table.table(item)
        self._table(rows, ledger_table.shares(len(rows[0])), 0, plain, paper.table)
        self._block(paper.table)

    def _table(
        self,
        rows: Sequence[Sequence[str]],
        shares: Sequence[int],
        indent: int,
        family: str,
        points: float,
        *,
        has_head: bool = True,
    ) -> None:
        """A table whose head is repeated; a row of one cell goes over the whole width."""
        form = _table_format(self._width - indent, shares, indent, has_head)
        table = self._cursor.insertTable(len(rows), len(shares), form)
        for number, cells in enumerate(rows):
            if len(cells) < len(shares):
                table.mergeCells(number, 0, 1, len(shares))
            for at, words in enumerate(cells):
                cell = table.cellAt(number, at)
                inside = cell.firstCursorPosition()
                inside.setBlockFormat(_block_format(points * 1.5))
                inside.insertText(clean(words), self._format(family, points))
                if has_head and number == 0:
                    shade = cell.format()
                    shade.setBackground(QColor("#EDEDED"))
                    cell.setFormat(shade)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_fresh = True

    def _own_block(self, *, keeps: bool = False) -> None:
        form = _block_format(self._paper.own * 1.5, keeps=keeps)
        form.setLeftMargin(twips(self._paper.body * 2))
        form.setProperty(OWN_BLOCK, True)
        self._begin(form)

    def _block(
        self,
        line: float,
        *,
        indent: int = 0,
        above: float = 0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        keeps: bool = False,
    ) -> None:
        """Begin a paragraph: the height of its lines, what its first is indented by in characters, the room above."""
        form = _block_format(line, keeps=keeps)
        form.setTextIndent(indent * twips(self._paper.advance))
        form.setTopMargin(twips(above))
        form.setAlignment(align)
        self._begin(form)

    def _begin(self, form: QTextBlockFormat) -> None:
        if self._is_fresh:  # of a document or behind a table: an empty paragraph is there already
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._is_fresh = False

    def _insert(self, text: str, manner: QTextCharFormat) -> None:
        self._cursor.insertText(clean(text).replace("\n", "\u2028"), manner)

    def _format(self, family: str, points: float) -> QTextCharFormat:
        manner = QTextCharFormat()
        manner.setFont(typeface(family, points))
        return manner

    def _grid(self, family: str) -> QTextCharFormat:
        """Type of the body, so close that 28 characters fill a line (GB/T 9704—2012, 5.2.3)."""
        font = typeface(family, self._paper.body)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self._closer)
        manner = QTextCharFormat()
        manner.setFont(font)
        return manner


def _block_format(line: float, *, keeps: bool = False) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(twips(line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    form.setProperty(KEEPS_WITH_NEXT, keeps)
    return form


def _table_format(width: int, shares: Sequence[int], indent: int, has_head: bool) -> QTextTableFormat:
    form = QTextTableFormat()
    form.setHeaderRowCount(1 if has_head else 0)
    form.setWidth(width)
    form.setLeftMargin(indent)
    form.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, 100 * share / sum(shares)) for share in shares]
    )
    form.setBottomMargin(2 * PADDING)
    form.setCellSpacing(0)
    form.setCellPadding(PADDING)
    form.setBorder(LINE)
    form.setBorderCollapse(False)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QColor(f"#{BAR}"))
    return form
