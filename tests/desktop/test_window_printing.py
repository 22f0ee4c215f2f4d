"""打印, in the window: looked at page by page, sent to a printer that is a file, and read back."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontDatabase
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from content.model import Document
from desktop import fonts
from desktop.export import faces
from desktop.export.pdf_body import typeface
from desktop.export.pdf_unicode import corrected
from desktop.notebook.anchors import anchor_measure
from desktop.papers.printers import Printers
from desktop.views.print_dialog import NO_PRINTER, PrintDialog
from tests.desktop.reader import Reader

# The offscreen platform has no windows to raise, as opening a dialog would.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
NAME = "三楼复印机"


class Paper:
    """What a printer that writes into a file has got."""

    def __init__(self, target: Path, chosen: fonts.Fonts, words: str) -> None:
        self.target = target
        self.asked: QPrinter | None = None
        self._words = words
        drawn = faces.drawn(QFontDatabase.families(), chosen.serif, chosen.sans)
        self._typefaces = [typeface(family, 16) for family in astuple(drawn)]

    @property
    def pages(self) -> list[str]:
        """The words of each page without blanks and page numbers."""
        # Qt names some characters by the radical that looks alike.
        self.target.write_bytes(corrected(self.target.read_bytes(), self._words, self._typefaces))
        command = ["pdftotext", str(self.target), "-"]
        found = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        return ["".join(page.split()) for page in found.split("\f")[:-1]]

    @property
    def words(self) -> str:
        """The words of all pages, without their numbers."""
        return "".join(re.sub(r"—\d+—$", "", page) for page in self.pages)


@pytest.fixture
def paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen_fonts: fonts.Fonts, plan: Document
) -> Paper:
    """A printer that is a file."""
    words = "".join(place.measure.text for place in plan.places.values()) + "专题会请说明口径"
    made = Paper(tmp_path / "印出来的.pdf", chosen_fonts, words)

    def open_file(self: Printers, name: str) -> QPrinter:
        assert name == NAME
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(made.target))
        made.asked = printer
        return printer

    monkeypatch.setattr(Printers, "names", lambda self: [NAME])
    monkeypatch.setattr(Printers, "open", open_file)
    return made


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Printers, "names", lambda self: [])


def dialogs(reader: Reader) -> list[PrintDialog]:
    """The dialogs that are open."""
    found: Iterable[PrintDialog] = reader.window.findChildren(PrintDialog)
    return [one for one in found if one.isVisible()]


def opened(reader: Reader) -> PrintDialog:
    """The dialog, with a page drawn."""
    reader.press("Ctrl+P")
    [dialog] = dialogs(reader)
    reader.until(lambda: not dialog.pages.page.pixmap().isNull(), 20)
    return dialog


def plain(words: str) -> str:
    return "".join(words.split())


@needs_poppler
class TestPaper:
    def test_a_section_is_printed_word_for_word(self, at: Reader, plan: Document, paper: Paper) -> None:
        dialog = opened(at)
        dialog.what.scopes["section"].click()  # type: ignore[union-attr]
        at.until(lambda: "共 2 页" in dialog.pages.where.text(), 20)
        at.click(dialog.print)
        at.until(lambda: not dialogs(at), 20)
        section = plan.section(2, 1)
        assert section is not None
        found = paper.words
        assert len(paper.pages) == 2
        assert [one.id for one in section.measures if plain(one.text) not in found] == []
        assert f"已交打印机“{NAME}”：2 页" in at.status

    def test_what_is_selected_is_printed(self, at: Reader, plan: Document, paper: Paper) -> None:
        at.window.open_citation("2.1.6")
        at.click(opened(at).print)
        at.until(paper.target.exists, 20)
        at.until(lambda: "已交打印机" in at.status, 20)
        [page] = paper.pages
        assert plain(plan.places["shanghai-2023/2.1.6"].measure.text) in page
        assert plain(plan.places["shanghai-2023/2.1.4"].measure.text) not in page

    def test_the_papers_of_the_meeting_as_they_are_wanted(
        self, reader: Reader, plan: Document, paper: Paper
    ) -> None:
        commands = reader.desk._commands
        assert commands is not None
        meeting = commands.add_meeting("专题会")
        commands.add_to_agenda(meeting, [anchor_measure(plan, "shanghai-2023/2.3.3")])
        commands.edit(commands.shelf.agenda_items[0].id, "写", points="请说明口径")
        reader.press("Ctrl+2")
        panel = reader.window.views.meetings.paper
        for wanted in (True, False):
            panel.switches["with_points"].setChecked(wanted)
            reader.window.activateWindow()
            reader.click(panel.print)
            [dialog] = dialogs(reader)
            reader.until(dialog.print.isEnabled, 20)
            reader.click(dialog.print)
            reader.until(lambda: not dialogs(reader), 20)
            text = paper.words
            assert plain(plan.places["shanghai-2023/2.3.3"].measure.text) in text
            assert ("请说明口径" in text) == wanted

    def test_only_some_pages_so_often_on_one_side(self, at: Reader, paper: Paper) -> None:
        dialog = opened(at)
        dialog.what.scopes["whole"].click()  # type: ignore[union-attr]
        at.until(lambda: dialog.last.value() > 10, 20)
        dialog.first.setValue(2)
        dialog.last.setValue(3)
        dialog.copies.setValue(2)
        at.click(dialog.both_sides, QPoint(8, 8))
        at.click(dialog.print)
        at.until(lambda: not dialogs(at), 20)
        assert [page[-3:] for page in paper.pages] == ["—2—", "—3—"]
        assert paper.asked is not None
        assert paper.asked.copyCount() == 2
        assert paper.asked.duplex() is QPrinter.DuplexMode.DuplexNone
        assert paper.asked.pageLayout().fullRectPoints().size().toTuple() == (595, 842)

    def test_it_can_be_stopped(self, at: Reader, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
        dialog = opened(at)
        show = dialog.show_progress

        def show_and_stop(done: int, total: int) -> None:
            show(done, total)
            at.click(dialog.stop)

        monkeypatch.setattr(dialog, "show_progress", show_and_stop)
        at.click(dialog.print)
        at.until(lambda: "已停止" in dialog.told.text(), 20)
        assert dialog.print.isEnabled()
        assert dialog.isVisible()
        dialog.close()


class TestPreview:
    def test_keys_buttons_and_the_wheel_turn_the_pages(self, at: Reader, paper: Paper) -> None:
        dialog = opened(at)
        pages = dialog.pages
        dialog.what.scopes["whole"].click()  # type: ignore[union-attr]
        at.until(lambda: pages.on.isEnabled(), 20)
        first = pages.page.pixmap().toImage()
        pages.setFocus()
        at.press("PgDown", "PgDown", "PgUp")
        assert pages.where.text().startswith("第 2 页，共 ")
        at.until(lambda: pages.page.pixmap().toImage() != first, 20)
        at.press("End")
        assert not pages.on.isEnabled()
        at.click(pages.back)
        at.press("Home")
        at.until(lambda: pages.page.pixmap().toImage() == first, 20)
        dialog.close()

    def test_large_type_takes_more_pages(self, at: Reader, paper: Paper) -> None:
        dialog = opened(at)
        assert dialog.what is not None
        dialog.what.scopes["section"].click()
        at.until(lambda: dialog.last.value() == 2, 20)
        at.click(dialog.what.large_type, QPoint(8, 8))
        at.until(lambda: dialog.last.value() > 2, 20)
        dialog.close()

    def test_esc_goes_back_and_nothing_is_printed(self, at: Reader, paper: Paper) -> None:
        opened(at)
        at.press("Esc")
        assert not dialogs(at)
        assert not paper.target.exists()


class TestFaults:
    @pytest.mark.usefixtures("no_printer")
    def test_without_a_printer_a_pdf_is_offered(self, at: Reader, plan: Document, tmp_path: Path) -> None:
        dialog = opened(at)
        assert dialog.told.text() == NO_PRINTER
        assert not dialog.print.isVisible()
        at.press("Return")
        chooser = dialog.findChild(QFileDialog)
        assert isinstance(chooser, QWidget)
        chooser.fileSelected.emit(str(tmp_path / "稿.pdf"))
        chooser.close()
        at.until(lambda: at.told.startswith("已存为"), 20)
        assert (tmp_path / "稿.pdf").read_bytes().startswith(b"%PDF-")
        assert not dialogs(at)

    @pytest.mark.usefixtures("no_printer")
    def test_a_pdf_that_cannot_be_written_is_told_of(
        self, at: Reader, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        dialog = opened(at)
        at.click(dialog.pdf)
        chooser = dialog.findChild(QFileDialog)
        assert isinstance(chooser, QWidget)
        chooser.fileSelected.emit(str(tmp_path / "没有" / "稿.pdf"))
        chooser.close()
        at.until(lambda: "没有导出到" in dialog.told.text(), 20)
        assert dialog.pdf.isEnabled()
        dialog.close()
        caplog.clear()

    @pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
    def test_a_printer_that_takes_nothing_is_told_of(
        self, at: Reader, paper: Paper, caplog: pytest.LogCaptureFixture
    ) -> None:
        paper.target.mkdir()
        dialog = opened(at)
        at.click(dialog.print)
        at.until(lambda: f"没有打印：打印机“{NAME}”没有接受" in dialog.told.text(), 20)
        assert dialog.print.isEnabled()
        dialog.close()
        caplog.clear()

    def test_no_meeting_and_the_ledger_are_told_of(self, reader: Reader) -> None:
        reader.press("Ctrl+2", "Ctrl+P")
        assert "没有打开的会议" in reader.status
        reader.press("Ctrl+3", "Ctrl+P")
        assert "台账请先导出 Excel" in reader.status
