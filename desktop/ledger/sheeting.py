"""导出 Excel: the ledger as a sheet for other offices."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from content.model import Document
from desktop import errors
from desktop.commands import Commands
from desktop.export import faces, filing, xlsx
from desktop.export.ledger import Ledger
from desktop.export.ledger_gathering import ledger_of
from desktop.jobs import Jobs
from desktop.ledger.ledgering import Ledgering

_SUFFIX = ".xlsx"
_FILES = "Excel 工作簿 (*.xlsx)"


class Sheeting(QObject):
    """``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self, window: QWidget, document: Document, commands: Commands, jobs: Jobs, ledgering: Ledgering
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._commands = commands
        self._jobs = jobs
        self._ledgering = ledgering

    def export(self) -> None:
        """Ask where to, and write the rows that are listed, in their order."""
        ledger = self._listed()
        if not ledger.rows:
            self.word_said.emit("没有可以导出的行。")
            return
        dialog = QFileDialog(self._window, "导出台账", _usual_folder(), _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_SUFFIX[1:])
        dialog.selectFile(filing.file_name(ledger.title, _SUFFIX))
        dialog.fileSelected.connect(lambda target: self._write(Path(target), ledger))
        _open(dialog)

    def _listed(self) -> Ledger:
        self._ledgering.finish()
        shelf, day = self._commands.shelf, self._ledgering.today
        rows = self._ledgering.listed()
        return ledger_of(self._document, rows, shelf.progress_of, shelf.measure_of, day)

    def _write(self, target: Path, ledger: Ledger) -> None:
        total = len(self._commands.shelf.actions)
        fonts = faces.named(frozenset(QFontDatabase.families()))
        count = len(ledger.rows)
        part = "" if count == total else f"（只含现在列出的，台账共 {total} 行）"

        def work() -> None:
            filing.save(target, xlsx.render_ledger(ledger, fonts))

        def done(answer: object) -> None:
            self.told.emit(f"已导出 {count} 行{part}到 {target}。")

        self._jobs.run(work, done, "export ledger", self._tell)

    def _tell(self, error: Exception) -> None:
        self.told.emit(errors.sentence(error))


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _usual_folder() -> str:
    """Where the reader keeps files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
