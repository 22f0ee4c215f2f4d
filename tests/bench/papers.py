"""The longest meeting: ``python -m tests.bench.papers``.

A meeting on all 196 measures, each with a talking point, a note, a decision and a row of the ledger, written in each format
and sent to a printer that is a file. Each figure is seconds: the whole, and the longest that the stop button is not looked
at. Exits with 1 if any paper takes more than 3 s or does not look at the stop button for more than 0.5 s.
"""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from content.library import Library
from content.model import Document
from desktop import fonts
from desktop.export import FORMATS, faces
from desktop.export.brief import Brief, Facts, Options, Watch
from desktop.export.gathering import AgendaItem, Meeting, meeting_brief
from desktop.export.ledger import LedgerRow, Step
from desktop.notebook.anchors import anchor_measure
from desktop.notebook.model import Note
from desktop.papers.printers import Printers, PrintOrder, send

_MOST_SECONDS, _MOST_DEAF = 3.0, 0.5
_TIME = "2026-11-24T09:12:00+08:00"


def main() -> int:
    """Write everything, print the figures, give the exit code."""
    application = QApplication([])
    chosen = fonts.installed()
    assert chosen is not None, "no Chinese font is installed"
    named, drawn = faces.named(), faces.drawn((), chosen.serif, chosen.sans)
    brief = longest(Library().document("shanghai-2023"))
    works: dict[str, Callable[[Watch], object]] = {
        form.suffix: lambda watch, form=form: form.render(  # type: ignore[misc]
            brief, Options(), drawn if form.draws else named, watch
        )
        for form in FORMATS
    }
    with tempfile.TemporaryDirectory(prefix="desk-papers-") as name:
        order = PrintOrder("file", 1, 1, 9999, True)
        printers = _FilePrinters(Path(name) / "printed.pdf")
        works["print"] = lambda watch: send(printers, order, brief, Options(), drawn, watch)
        worst = deafest = 0.0
        print(f"{len(brief.items)} items")
        for what, work in works.items():
            took, deaf = _measured(work)
            worst, deafest = max(worst, took), max(deafest, deaf)
            print(f"{what:<6} {took:5.2f} s   stop looked at after {deaf:4.2f} s at most")
    application.quit()
    return int(worst > _MOST_SECONDS or deafest > _MOST_DEAF)


def longest(plan: Document) -> Brief:
    """A meeting on every measure of the numbered sections."""
    ids = [
        measure.id
        for part in plan.parts
        for section in part.sections
        if section.number
        for measure in section.measures
    ]
    steps = tuple(Step(f"2026-0{month}-11", "已召开协调会，统一口径，正在联调。") for month in (3, 6, 9))
    agenda = tuple(
        AgendaItem(
            (one,),
            points="请牵头单位**说明**进度；未完成的，讲清原因。\n\n- 口径\n- 时点",
            decision="月底前报送。",
            notes=(f"n{one}",),
            rows=(LedgerRow(one, one, lead="市发展改革委", due="2026-12", state="推进中", progress=steps),),
        )
        for one in ids
    )
    notes = [
        Note(f"n{one}", anchor_measure(plan, one), "去年同期的数据见附件。", _TIME, _TIME) for one in ids
    ]
    return meeting_brief(
        plan, Meeting("全部举措调度会", agenda, Facts("2026年11月25日")), notes, date.today()
    )


def _measured(work: Callable[[Watch], object]) -> tuple[float, float]:
    """How long it took, and the longest time between two looks at the stop button."""
    started = perf_counter()
    looks = [started]
    work(lambda done, total: looks.append(perf_counter()))
    looks.append(perf_counter())
    return looks[-1] - started, max(later - earlier for earlier, later in pairwise(looks))


class _FilePrinters(Printers):
    def __init__(self, target: Path) -> None:
        self._target = target

    def open(self, name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._target))
        return printer


if __name__ == "__main__":
    raise SystemExit(main())
