"""Papers of the text from wherever the reader is: chosen measures, a section, the whole with what he has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from content import citation
from content.model import Document
from desktop import errors
from desktop.commands import Commands
from desktop.copying import put_on_clipboard
from desktop.export import FORMATS, Format, export, faces, gathering, pdf
from desktop.export.brief import Brief, Options
from desktop.export.errors import Stopped
from desktop.export.filing import file_name
from desktop.export.markdown import markdown, plain
from desktop.fonts import Fonts
from desktop.jobs import Jobs
from desktop.notebook.model import Entry
from desktop.views.excerpt_dialog import PREVIEW_WIDTH, Choice, ExcerptDialog

_PAPERS = tuple(form for form in FORMATS if form.suffix != ".xlsx")
_CHOSEN, _SECTION, _WHOLE = "chosen", "section", "whole"


Where = tuple[tuple[str, ...], tuple[int, int]]
"""The measures the reader has selected, or the one he is at, and the section he is in."""


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
        self._document = document
        self._commands = commands
        self._jobs = jobs
        self._fonts = fonts
        self._where = where
        self._stop = Event()

    def show(self) -> None:
        """Let the reader choose what goes on paper."""
        here = self._where()
        dialog = ExcerptDialog(self._scopes(here), [form.name for form in _PAPERS], self._window)
        dialog.changed.connect(lambda choice: self._preview(dialog, here, choice))
        dialog.copy_requested.connect(lambda choice, suffix: self._copy(here, choice, suffix))
        dialog.export_requested.connect(lambda choice, name: self._choose_target(dialog, here, choice, name))
        dialog.stopped.connect(self._stop.set)
        self._progressed.connect(dialog.show_progress)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._preview(dialog, here, dialog.choice)

    def _scopes(self, here: Where) -> dict[str, str]:
        found = {}
        if len(here[0]) > 1:
            found[_CHOSEN] = f"选中的 {len(here[0])} 条"
        elif here[0]:
            found[_CHOSEN] = f"当前条目：{citation.short(self._document, here[0][0])}"
        part, section = self._document.part(here[1][0]), self._document.section(*here[1])
        if part is not None and section is not None and section.number:
            found[_SECTION] = f"本节：{citation.section_name(part, section)}{section.title}"
        found[_WHOLE] = "全文批注本"
        return found

    def _brief(self, here: Where, choice: Choice) -> Brief:
        entries: Sequence[Entry] = self._commands.shelf.everything
        if choice.scope == _CHOSEN:
            return gathering.extract_brief(self._document, here[0], entries, date.today())
        if choice.scope == _SECTION:
            return gathering.section_brief(self._document, *here[1], entries, date.today())
        return gathering.annotated_brief(self._document, entries, date.today())

    @staticmethod
    def _options(choice: Choice) -> Options:
        return Options(
            with_notes=choice.with_notes, original_only=choice.original_only, large_type=choice.large_type
        )

    @property
    def _drawn(self) -> faces.Fonts:
        return faces.drawn(QFontDatabase.families(), self._fonts.serif, self._fonts.sans)

    def _preview(self, dialog: ExcerptDialog, here: Where, choice: Choice) -> None:
        brief, options, fonts = self._brief(here, choice), self._options(choice), self._drawn

        def work() -> tuple[QImage, int]:
            pages = pdf.Pages(brief, options, fonts)
            return pdf.picture(pages, 0, PREVIEW_WIDTH), pages.count

        self._jobs.run(work, lambda made: _while_open(dialog, lambda: dialog.show_preview(*made)), "preview")

    def _copy(self, here: Where, choice: Choice, suffix: str) -> None:
        write = markdown if suffix == ".md" else plain
        put_on_clipboard(write(self._brief(here, choice), self._options(choice)), suffix)
        self.word_said.emit("已复制，每条附出处")

    def _choose_target(self, dialog: ExcerptDialog, here: Where, choice: Choice, name: str) -> None:
        form = next(form for form in _PAPERS if form.name == name)
        brief = self._brief(here, choice)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(dialog, "导出原文", folder, f"{form.name} (*{form.suffix})")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(form.suffix[1:])
        chooser.selectFile(file_name(f"{brief.title} {brief.subtitle}", form.suffix))
        chooser.fileSelected.connect(
            lambda target: self._write(dialog, brief, self._options(choice), Path(target), form)
        )
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

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


def _while_open(dialog: ExcerptDialog, act: Callable[[], None]) -> None:
    """Do something to a dialog, unless it has been closed meanwhile."""
    try:
        act()
    except RuntimeError:
        return
