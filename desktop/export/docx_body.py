"""The text of a DOCX: what stands in it, paragraph by paragraph, by the styles of ``docx_styles``."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from desktop.export import ledger_table
from desktop.export.brief import OWN, Brief, Item, Passage, Watch, cited
from desktop.export.docx_page import empty_document
from desktop.export.docx_styles import NAMESPACE, twips
from desktop.export.faces import Fonts
from desktop.export.ledger import LABEL
from desktop.export.paper import POINTS_PER_MM, TEXT_WIDTH, Paper
from desktop.export.prose import Block, Run, Shape, blocks, clean
from desktop.export.titling import title_lines
from desktop.notebook.exchange_page import INKS
from desktop.notebook.model import Color

_LEVELS = 3
_CODE_FACE = "Consolas"


class Body:
    """Writes one brief into an empty document."""

    def __init__(self, brief: Brief, paper: Paper, fonts: Fonts) -> None:
        self._brief = brief
        self._document = empty_document(brief, paper, fonts)
        self._end = self._document.element.body[-1]
        self._paper = paper

    def write(self, watch: Watch) -> bytes:
        """All of it."""
        self._open()
        for number, item in enumerate(self._brief.items):
            watch(number, len(self._brief.items))
            self._item(item)
        for line in self._brief.closing_lines:
            self._add(_paragraph("Closing", [_run(line)]))
        watch(len(self._brief.items), len(self._brief.items))
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _open(self) -> None:
        brief = self._brief
        lines = title_lines(brief.title, self._paper.title_characters)
        self._add(_paragraph("Title", [_run("\n".join(lines))]))
        if brief.subtitle not in brief.title:
            self._add(_paragraph("Subtitle", [_run(brief.subtitle)]))
        self._add(_paragraph("Normal", []))
        for line in brief.facts.lines:
            self._add(_paragraph("MeetingFacts", [_run(line)]))
        self._add(_paragraph("SourceLine", [_run(brief.source.line)]))
        if brief.source.notice:
            self._add(_paragraph("SupersededNotice", [_run(brief.source.notice)]))

    def _item(self, item: Item) -> None:
        if item.label or item.heading:
            level = min(max(item.level, 1), _LEVELS)
            self._add(_paragraph(f"Heading{level}", [_run(item.label + item.heading)]))
        for passage in item.passages:
            self._passage(passage)
            for note in item.notes_on(passage.id):
                self._own(note.label, note.body)
        for label, body in item.closing():
            self._own(label, body)
        if item.rows:
            self._ledger(item)

    def _passage(self, passage: Passage) -> None:
        runs = [_run(text, style="PlanWords", ink=ink) for text, ink in passage.pieces]
        runs.append(_run(cited(passage, self._brief.source), style="Cited"))
        self._add(_paragraph("PlanText", runs))

    def _own(self, label: str, body: str) -> None:
        """Words of the unit behind a bar, with the label that says so."""
        self._add(_paragraph("OwnCaption", [_run(f"「{OWN}」{label}")]))
        for block in blocks(body):
            if block.shape is Shape.TABLE:
                self._table(block.rows, (1,) * len(block.rows[0]), self._paper.body * 2)
            else:
                self._add(_block(block))

    def _ledger(self, item: Item) -> None:
        self._add(_paragraph("LedgerCaption", [_run(f"台账（{LABEL}）")]))
        rows = ledger_table.table(item)
        self._table(rows, ledger_table.shares(len(rows[0])), indent=0)
        self._add(_paragraph("LedgerText", []))

    def _table(self, rows: Sequence[Sequence[str]], shares: Sequence[int], indent: float) -> None:
        width = TEXT_WIDTH * POINTS_PER_MM - indent
        widths = [twips(width * share / sum(shares)) for share in shares]
        self._add(_table(rows, widths, twips(indent)))

    def _add(self, element: Any) -> None:
        self._end.addprevious(element)


def _block(block: Block) -> Any:
    if block.shape is Shape.RULE:
        return _paragraph("OwnWords", [_run("——")])
    opening = "　" * max(block.depth - 1, 0) + (f"{block.mark} " if block.mark else "")
    style = "OwnHeading" if block.shape is Shape.HEADING else "OwnWords"
    runs = [_run(opening)] if opening else []
    return _paragraph(style, runs + [_manner(run) for run in block.runs])


def _manner(run: Run) -> Any:
    element = _run(run.text)
    properties = element.find(qn("w:rPr"))
    if run.is_code:
        properties[0].set(qn("w:ascii"), _CODE_FACE)
        properties[0].set(qn("w:hAnsi"), _CODE_FACE)
    for wanted, name in ((run.is_bold, "w:b"), (run.is_italic, "w:i")):
        if wanted:
            properties.append(OxmlElement(name))
    return element


def _paragraph(style: str, runs: Iterable[Any]) -> Any:
    element = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    named = OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    element.append(properties)
    element.extend(runs)
    return element


def _run(text: str, style: str = "", ink: Color | None = None) -> Any:
    """A run. The hint lets “ ” … — be set in the Chinese face; without it they would be narrow."""
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if style:
        named = OxmlElement("w:rStyle")
        named.set(qn("w:val"), style)
        properties.append(named)
    hint = OxmlElement("w:rFonts")
    hint.set(qn("w:hint"), "eastAsia")
    properties.append(hint)
    if ink is not None:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", INKS[ink].lstrip("#").upper())):
            shade.set(qn(f"w:{name}"), value)
        properties.append(shade)
    element.append(properties)
    element.text = clean(text)
    return element


def _table(rows: Sequence[Sequence[str]], widths: Sequence[int], indent: int) -> Any:
    """A table whose first row is repeated on every page; a row of one cell goes over the whole width, and stays with the row
    above it, as the first does with the next.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblStyle w:val="Ledger"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>'
    )
    for number, cells in enumerate(rows):
        row = parse_xml(
            f'<w:tr xmlns:w="{NAMESPACE}"><w:trPr><w:cantSplit/>{"<w:tblHeader/>" if number == 0 else ""}</w:trPr></w:tr>'
        )
        spans = [len(widths)] if len(cells) == 1 else [1] * len(cells)
        is_kept = number == 0 or [len(below) for below in rows[number + 1 : number + 2]] == [1]
        for at, (text, span) in enumerate(zip(cells, spans, strict=True)):
            width = sum(widths) if span > 1 else widths[at]
            row.append(_cell(text, width, span, is_head=number == 0, is_kept=is_kept))
        table.append(row)
    return table


def _cell(text: str, width: int, span: int, *, is_head: bool, is_kept: bool) -> Any:
    """``is_kept``: it stands on the same page as the row below."""
    joined = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if is_head else ""
    cell = parse_xml(
        f'<w:tc xmlns:w="{NAMESPACE}"><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}{shade}'
        '<w:vAlign w:val="center"/></w:tcPr></w:tc>'
    )
    paragraph = _paragraph("LedgerText", [_run(text)])
    if is_kept:
        paragraph.pPr.append(OxmlElement("w:keepNext"))
    cell.append(paragraph)
    return cell
