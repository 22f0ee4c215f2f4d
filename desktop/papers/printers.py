"""The printers of this machine, and pages on their way to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.export import pdf
from desktop.export.brief import Brief, Options, Watch
from desktop.export.errors import Stopped
from desktop.export.faces import Fonts
from desktop.notebook.errors import NotebookError


class CannotPrint(NotebookError):
    """A printer did not take the pages; nothing that was written is touched."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is wanted of a printer: its name, how often, and which pages, from 1; ``last`` belongs to them."""

    printer: str
    copies: int
    first: int
    last: int
    both_sides: bool


class Printers:
    """Asks the system; nothing is asked before the reader wants to print."""

    def names(self) -> Sequence[str]:
        """All that are set up, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != usual)

    def open(self, name: str) -> QPrinter:
        """One of them."""
        return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def send(
    printers: Printers, order: PrintOrder, brief: Brief, options: Options, fonts: Fonts, watch: Watch
) -> int:
    """Print pages of a brief; gives how many. Fonts are those of ``faces.drawn``.

    Raises CannotPrint, and what ``watch`` raises: then the printer has been told to forget what it got.
    """
    laid_out = pdf.Pages(brief, options, fonts, lambda done, total: watch(0, 1))
    pages = range(order.first - 1, min(order.last, laid_out.count))
    printer = printers.open(order.printer)
    _set_up(printer, order, brief.title)
    try:
        is_done = pdf.draw(laid_out, printer, printer.resolution(), pages, watch)
    except Stopped:
        printer.abort()
        raise
    if not is_done or printer.printerState() is QPrinter.PrinterState.Error:
        raise CannotPrint(
            f"没有打印：打印机“{order.printer}”没有接受。请检查打印机是否开机、连好、有纸，"
            "或存为 PDF 后再打印；批注和台账都在。"
        )
    return len(pages)


def _set_up(printer: QPrinter, order: PrintOrder, title: str) -> None:
    printer.setDocName(title)
    printer.setCreator("政策案头")
    printer.setFullPage(True)
    printer.setPageLayout(pdf.SHEET)
    printer.setCopyCount(order.copies)
    printer.setCollateCopies(True)
    printer.setColorMode(QPrinter.ColorMode.Color)
    sides = QPrinter.DuplexMode.DuplexLongSide if order.both_sides else QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(sides)
