"""Everything that leaves the desk, written and read back."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from desktop import fonts as installed_fonts
from desktop.export import FORMATS, Format, export, faces, filing, xlsx, xlsx_reading
from desktop.export.brief import Brief, Options, unwatched
from desktop.export.gathering import section_brief
from desktop.export.ledger_gathering import ledger_of
from desktop.meetings.briefing import meeting_brief
from desktop.notebook.store import Notebook
from desktop.selftest.step import Desk, Step, expect
from desktop.shelf import Shelf

_DAY = date(2026, 11, 25)
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")
_MOSTLY = 0.9
"""Share of the characters that a PDF's tables name: of a row of neighbours they name the first."""


def _shelf(desk: Desk) -> Shelf:
    shelf = Shelf(desk.document)
    notebook = Notebook.open(desk.data)
    shelf.load(notebook.everything())
    notebook.close()
    return shelf


def _export(form: Format) -> Callable[[Desk], str]:
    def act(desk: Desk) -> str:
        brief = section_brief(desk.document, 2, 3, _shelf(desk).everything, _DAY)
        target = desk.folder / f"本节{form.suffix}"
        export(brief, target, form, Options(), _fonts(form))
        _read_back(target, brief)
        return f"{target.stat().st_size} 字节，已读回"

    return act


def _export_meeting(desk: Desk) -> str:
    shelf = _shelf(desk)
    brief = meeting_brief(desk.document, shelf, shelf.meetings[0], _DAY)
    for form in FORMATS:
        target = desk.folder / f"会议材料{form.suffix}"
        export(brief, target, form, Options(large_type=True), _fonts(form))
        _read_back(target, brief)
    return "、".join(form.name for form in FORMATS)


def _export_ledger(desk: Desk) -> str:
    shelf = _shelf(desk)
    ledger = ledger_of(desk.document, shelf.actions, shelf.progress_of, shelf.measure_of, _DAY)
    target = desk.folder / "台账.xlsx"
    filing.save(target, xlsx.render_ledger(ledger, faces.named()))
    [table] = [one for one in xlsx_reading.read(target) if one.rows]
    rows = xlsx_reading.ledger_rows(table, xlsx_reading.guess(table))
    expect([one.row.lead for one in rows] == [one.lead for one in ledger.rows], "读回的行与写出的不同")
    expect(rows[0].row.progress == ledger.rows[0].progress, "读回的进展与写出的不同")
    return f"{len(rows)} 行，读回相同"


def _print(desk: Desk) -> str:
    """On a printer that writes into a file; the machine's own are only asked for."""
    from PySide6.QtPrintSupport import QPrinter

    from desktop.papers.printers import Printers, PrintOrder, send

    target = desk.folder / "打印.pdf"

    class OnPaperOfFile(Printers):
        def open(self, name: str) -> QPrinter:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(target))
            return printer

    brief = section_brief(desk.document, 2, 3, _shelf(desk).everything, _DAY)
    order = PrintOrder("", 1, 1, 1, both_sides=False)
    pages = send(OnPaperOfFile(), order, brief, Options(), _drawn(), unwatched)
    expect(target.read_bytes().startswith(b"%PDF-"), "没有印出来")
    return f"{pages} 页；本机有 {len(Printers().names())} 台打印机"


def _fonts(form: Format) -> faces.Fonts:
    return _drawn() if form.draws else faces.named()


def _drawn() -> faces.Fonts:
    chosen = installed_fonts.installed()
    expect(chosen is not None, "本机没有中文字体")
    assert chosen is not None
    return faces.drawn(QFontDatabase.families(), chosen.serif, chosen.sans)


def _read_back(target: Path, brief: Brief) -> None:
    data = target.read_bytes()
    wanted = [passage.text for passage in brief.passages]
    expect(wanted, "没有内容可以导出")
    if target.suffix == ".pdf":
        _look_into_pdf(data, "".join(wanted))
        return
    text = "".join(_READ[target.suffix](data).split())
    missing = [words for words in wanted if "".join(words.split()) not in text]
    expect(not missing, f"{target.suffix} 里缺了 {len(missing)} 条")


def _look_into_pdf(data: bytes, wanted: str) -> None:
    """Its words can be copied: the tables name the characters."""
    expect(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "不是完整的 PDF")
    named = {chr(int(code, 16)) for code in _CODE.findall(data)}
    letters = set(wanted)
    expect(len(letters & named) >= _MOSTLY * len(letters), "PDF 里的文字认不出来")


def _docx_text(data: bytes) -> str:
    import docx

    made = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def _xlsx_text(data: bytes) -> str:
    import openpyxl

    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def _plain_text(data: bytes) -> str:
    return re.sub(r"\\(.)", r"\1", data.decode("utf-8-sig"))


_READ: dict[str, Callable[[bytes], str]] = {
    ".docx": _docx_text,
    ".xlsx": _xlsx_text,
    ".md": _plain_text,
    ".txt": _plain_text,
}

STEPS = (
    *(Step(f"导出{form.name}", _export(form)) for form in FORMATS),
    Step("会议材料各种格式", _export_meeting),
    Step("台账导出、导入 Excel", _export_ledger),
    Step("打印", _print),
)
