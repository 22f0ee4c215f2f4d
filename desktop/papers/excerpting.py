"""Papers of the text from wherever the reader is: chosen measures, a section, the whole with what he has written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QWidget

from content.model import Document
from desktop import errors
from desktop.commands import Commands
from desktop.export import FORMATS, Format, export, faces, pdf
from desktop.export.brief import Brief, Options
from desktop.export.errors import Stopped
from desktop.export.markdown import markdown, plain
from desktop.fonts import Fonts
from desktop.jobs import Jobs
from desktop.papers.destination import ask_where
from desktop.papers.scopes import Papers, Where
from desktop.reading.copying import put_on_clipboard
from desktop.views.excerpt_dialog import PREVIEW_WIDTH, ExcerptDialog
from desktop.views.scope_choice import Choice

_PAPERS = tuple(form for form in FORMATS if form.suffix != ".xlsx")


class Excerpting(QObject):
    """Makes papers of one document. ``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)
    _progressed = Signal(int, int)

    def __init__(
        self,
        window: QWidget,
        document: Document,
        commands: Commands,
        jobs: Jobs,
        fonts: Fonts,
        where: Callable[[], Where],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._papers = Papers(document, commands)
        self._jobs = jobs
        self._fonts = fonts
        self._where = where
        self._stop = Event()

    def show(self) -> None:
        """Let the reader choose what goes on paper."""
        here = self._where()
        dialog = ExcerptDialog(self._papers.scopes(here), [form.name for form in _PAPERS], self._window)
        dialog.changed.connect(lambda choice: self._preview(dialog, here, choice))
        dialog.copy_requested.connect(lambda choice, suffix: self._copy(here, choice, suffix))
        dialog.export_requested.connect(lambda choice, name: self._choose_target(dialog, here, choice, name))
        dialog.stopped.connect(self._stop.set)
        self._progressed.connect(dialog.show_progress)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._preview(dialog, here, dialog.choice)

    @property
    def _drawn(self) -> faces.Fonts:
        return faces.drawn(QFontDatabase.families(), self._fonts.serif, self._fonts.sans)

    def _preview(self, dialog: ExcerptDialog, here: Where, choice: Choice) -> None:
        brief, options, fonts = self._papers.brief(here, choice.scope), options_of(choice), self._drawn

        def work() -> tuple[QImage, int]:
            pages = pdf.Pages(brief, options, fonts)
            return pdf.picture(pages, 0, PREVIEW_WIDTH), pages.count

        self._jobs.run(work, lambda made: _while_open(dialog, lambda: dialog.show_preview(*made)), "preview")

    def _copy(self, here: Where, choice: Choice, suffix: str) -> None:
        write = markdown if suffix == ".md" else plain
        put_on_clipboard(write(self._papers.brief(here, choice.scope), options_of(choice)), suffix)
        self.word_said.emit("已复制，每条附出处")

    def _choose_target(self, dialog: ExcerptDialog, here: Where, choice: Choice, name: str) -> None:
        form = next(form for form in _PAPERS if form.name == name)
        brief = self._papers.brief(here, choice.scope)
        ask_where(
            dialog,
            "导出原文",
            f"{brief.title} {brief.subtitle}",
            form,
            lambda target: self._write(dialog, brief, options_of(choice), target, form),
        )

    def _write(
        self, dialog: ExcerptDialog, brief: Brief, options: Options, target: Path, form: Format
    ) -> None:
        fonts = self._drawn if form.draws else faces.named()
        self._stop.clear()
        dialog.show_progress(0, 1)

        def watch(done: int, total: int) -> None:
            if self._stop.is_set():
                raise Stopped
            self._progressed.emit(done, total)

        def finish(sentence: str) -> None:
            _while_open(dialog, lambda: dialog.show_progress(0, 0))
            self.told.emit(sentence)

        def failed(error: Exception) -> None:
            stopped = "已停止，没有写出文件。"
            finish(stopped if isinstance(error, Stopped) else errors.sentence(error))

        self._jobs.run(
            lambda: export(brief, target, form, options, fonts, watch),
            lambda nothing: finish(f"已导出到 {target}。"),
            "export paper",
            failed,
        )


def options_of(choice: Choice) -> Options:
    """What is chosen, as the exporters understand it."""
    return Options(
        with_notes=choice.with_notes, original_only=choice.original_only, large_type=choice.large_type
    )


def _while_open(dialog: ExcerptDialog, act: Callable[[], None]) -> None:
    """Do something to a dialog, unless it has been closed meanwhile."""
    try:
        act()
    except RuntimeError:
        return
