"""打印: a section, what is selected or a meeting's papers, looked at page by page and sent to a printer or into a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QWidget

from content.model import Document
from desktop import errors
from desktop.commands import Commands
from desktop.export import FORMATS, export, faces, pdf
from desktop.export.brief import Brief, Options
from desktop.export.errors import Stopped
from desktop.fonts import Fonts
from desktop.jobs import Jobs
from desktop.papers.destination import ask_where
from desktop.papers.excerpting import options_of
from desktop.papers.printers import Printers, PrintOrder, send
from desktop.papers.scopes import Papers, Where
from desktop.views.print_dialog import PAGE, PrintDialog

[_PDF] = [form for form in FORMATS if form.suffix == ".pdf"]
_LOOK, _WORK = "print preview", "print"
Paper = tuple[Brief, Options]


class Printing(QObject):
    """``where`` says where in the text the reader is; ``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        document: Document,
        commands: Commands,
        jobs: Jobs,
        fonts: Fonts,
        printers: Printers,
        where: Callable[[], Where],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._papers = Papers(document, commands)
        self._jobs = jobs
        self._fonts = fonts
        self._printers = printers
        self._where = where

    def show_text(self) -> None:
        """Offer what can be printed from where the reader is in the text."""
        here = self._where()

        def paper(dialog: PrintDialog) -> Paper:
            choice = dialog.choice
            assert choice is not None
            return self._papers.brief(here, choice.scope), options_of(choice)

        self._open("打印原文", self._papers.scopes(here), paper)

    def show_brief(self, brief: Brief | None, options: Options) -> None:
        """Offer a meeting's papers as they are wanted."""
        if brief is None:
            self.word_said.emit("没有打开的会议；请先新建或选一个。")
            return
        self._open(f"{brief.title}{brief.subtitle}", {}, lambda dialog: (brief, options))

    def _open(self, title: str, scopes: dict[str, str], paper: Callable[[PrintDialog], Paper]) -> None:
        dialog = PrintDialog(title, scopes, self._printers.names(), self._window)
        drawn = faces.drawn(QFontDatabase.families(), self._fonts.serif, self._fonts.sans)
        sitting = _Sitting(self, dialog, self._jobs, drawn, self._printers, partial(paper, dialog))
        sitting.told.connect(self.told)
        sitting.word_said.connect(self.word_said)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        sitting.look()


class _Preview:
    """Pages that are laid out and drawn in the background, and there alone."""

    def __init__(self, fonts: faces.Fonts, ratio: float) -> None:
        self._fonts = fonts
        self._ratio = ratio
        self._pages: pdf.Pages | None = None

    def lay_out(self, paper: Paper, number: int) -> tuple[int, QImage]:
        """How many pages a paper has, and one of them, or the last."""
        self._pages = pages = pdf.Pages(*paper, self._fonts)
        return pages.count, self.picture(min(number, pages.count - 1))

    def picture(self, number: int) -> QImage:
        """A page of what was laid out last."""
        assert self._pages is not None
        image = pdf.picture(self._pages, number, round(PAGE.width() * self._ratio))
        image.setDevicePixelRatio(self._ratio)
        return image

    def clear(self) -> None:
        """Throw the pages away."""
        self._pages = None


class _Sitting(QObject):
    """One dialog and the work that it asks for, which may go on when the dialog has been closed."""

    told = Signal(str)
    word_said = Signal(str)
    _progressed = Signal(int, int)

    def __init__(
        self,
        parent: QObject,
        dialog: PrintDialog,
        jobs: Jobs,
        fonts: faces.Fonts,
        printers: Printers,
        paper: Callable[[], Paper],
    ) -> None:
        super().__init__(parent)
        self._dialog = dialog
        self._jobs = jobs
        self._fonts = fonts
        self._printers = printers
        self._paper = paper
        self._preview = _Preview(fonts, dialog.devicePixelRatioF())
        self._stop = Event()
        self._is_open = True
        dialog.changed.connect(self.look)
        dialog.page_wanted.connect(self._turn)
        dialog.print_requested.connect(self._print)
        dialog.pdf_requested.connect(self._ask_for_file)
        dialog.stopped.connect(self._stop.set)
        dialog.finished.connect(self._leave)
        self._progressed.connect(dialog.show_progress)

    def look(self) -> None:
        """Lay the chosen paper out, and show the page that is looked at."""
        paper, number = self._paper(), self._dialog.pages.number
        self._jobs.run(
            lambda: self._preview.lay_out(paper, number), lambda made: self._show(*made), _LOOK, self._tell
        )

    def _show(self, count: int, image: QImage) -> None:
        if self._is_open:
            self._dialog.show_count(count)
            self._dialog.pages.show_page(image)

    def _turn(self, number: int) -> None:
        self._jobs.run(lambda: self._preview.picture(number), self._dialog.pages.show_page, _LOOK, self._tell)

    def _print(self) -> None:
        dialog, (brief, options) = self._dialog, self._paper()
        order = PrintOrder(
            dialog.printers.currentText(),
            dialog.copies.value(),
            dialog.first.value(),
            dialog.last.value(),
            dialog.both_sides.isChecked(),
        )
        self._run(
            lambda: send(self._printers, order, brief, options, self._fonts, self._watch),
            lambda count: self.word_said.emit(
                f"已交打印机“{order.printer}”：{count} 页"
                + (f"，{order.copies} 份" if order.copies > 1 else "")
            ),
        )

    def _ask_for_file(self) -> None:
        brief, options = self._paper()

        def write(target: Path) -> None:
            self._run(
                lambda: export(brief, target, _PDF, options, self._fonts, self._watch),
                lambda nothing: self.told.emit(f"已存为 {target}。"),
            )

        ask_where(self._dialog, "存为 PDF", f"{brief.title}{brief.subtitle}", _PDF, write)

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do it in the background; when it is done the dialog closes, when it is stopped or fails it stays."""
        self._stop.clear()
        self._dialog.show_progress(0, 1)

        def unless_stopped() -> tuple[bool, object]:
            try:
                return True, work()
            except Stopped:
                return False, None

        def finish(answer: tuple[bool, object]) -> None:
            if self._is_open:
                self._dialog.end_progress()
            if not answer[0]:
                self._say("已停止，没有打印完；可以再打印一次。")
                return
            done(answer[1])
            if self._is_open:
                self._dialog.accept()

        self._jobs.run(unless_stopped, finish, _WORK, self._tell)

    def _watch(self, done: int, total: int) -> None:
        """Called in the background."""
        if self._stop.is_set():
            raise Stopped
        self._progressed.emit(done, total)

    def _tell(self, error: Exception) -> None:
        self._say(errors.sentence(error))

    def _say(self, sentence: str) -> None:
        """Where the reader looks: in the dialog, or in the window when it has been closed."""
        if self._is_open:
            self._dialog.end_progress()
            self._dialog.told.setText(sentence)
        else:
            self.told.emit(sentence)

    def _leave(self) -> None:
        self._is_open = False
        self._stop.set()
        # A newer question with the same key, so that no older answer comes to a dialog that has gone.
        self._jobs.run(self._preview.clear, lambda nothing: None, _LOOK)
