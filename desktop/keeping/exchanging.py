"""导出批注 and 导入批注: notes on their way to a colleague, and a colleague's notes on their way in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from content.library import Library
from content.model import Document
from desktop import errors, settings
from desktop.commands import Commands
from desktop.jobs import Jobs
from desktop.notebook import exchange
from desktop.notebook.importing import Choice, Incoming, Preview, Standing, preview
from desktop.notebook.model import Action, Bookmark, Entry, Highlight, Meeting, Note
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.views.entry_list import EntryRow
from desktop.views.export_dialog import ExportDialog
from desktop.views.import_dialog import ImportDialog, ImportPreview

if TYPE_CHECKING:
    from desktop.notebook.store import Notebook

_FILES = "批注文件 (*.zip)"
_STROKES = {
    Standing.NEW: "highlight_green",
    Standing.CONFLICT: "highlight_yellow",
    Standing.LOST: "highlight_pink",
    Standing.BINNED: "line",
    Standing.SAME: "line",
}
"""The theme's role of the bar beside an entry of each standing."""


class Exchanging(QObject):
    """``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        commands: Commands,
        jobs: Jobs,
        folder: Path,
        remembered: Settings,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._jobs = jobs
        self._folder = folder
        self._settings = remembered
        self._theme = theme

    def export(self) -> None:
        """Ask under whose name and where to, and write the file."""
        notebook = self._commands.notebook
        if notebook is None:
            return
        dialog = ExportDialog(_contents(_in_use(notebook)), self._author, self._window)
        dialog.export_requested.connect(self._choose_target)
        _open(dialog)

    def import_file(self) -> None:
        """Ask for a file, show what it would do, and take it in."""
        dialog = QFileDialog(self._window, "导入批注", _usual_folder(), _FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda source: self.read_file(Path(source)))
        _open(dialog)

    @property
    def _author(self) -> str:
        return str(self._settings.get(settings.AUTHOR))

    def _choose_target(self, author: str) -> None:
        self._settings.set(settings.AUTHOR, author)
        dialog = QFileDialog(self._window, "导出批注", _usual_folder(), _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(exchange.SUFFIX[1:])
        dialog.selectFile(exchange.suggested_name(author, datetime.now()))
        dialog.fileSelected.connect(lambda target: self._write(Path(target), author))
        _open(dialog)

    def _write(self, target: Path, author: str) -> None:
        notebook, folder = self._commands.notebook, self._folder
        if notebook is None:
            return
        entries = _in_use(notebook)

        def work() -> int:
            return exchange.export(_texts(folder), entries, target, author, datetime.now())

        def done(count: int) -> None:
            self.told.emit(f"已导出 {count} 条到 {target}。这是给同事的一份导出，不是备份。")

        self._jobs.run(work, done, "export", self._tell)

    def read_file(self, source: Path) -> None:
        """Show what a colleague's file would do, and take it in if the reader wants it."""
        notebook, folder, author = self._commands.notebook, self._folder, self._author
        if notebook is None:
            return
        entries = notebook.everything()

        def work() -> Preview:
            return preview(entries, exchange.read(source), _texts(folder), author)

        self._jobs.run(work, lambda found: self._offer(source, found), "import", self._tell)

    def _offer(self, source: Path, found: Preview) -> None:
        dialog = ImportDialog(_shown(source, found), self._theme(), self._window)
        dialog.import_requested.connect(lambda choice: self._take_in(found, Choice(choice)))
        _open(dialog)

    def _take_in(self, found: Preview, conflicts: Choice) -> None:
        change = found.change(conflicts)
        if self._commands.make("导入批注", change):
            self.word_said.emit(f"已导入 {len(change.edits)} 条，Ctrl+Z 可撤销")

    def _tell(self, error: Exception) -> None:
        self.told.emit(errors.sentence(error))


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _usual_folder() -> str:
    """Where the reader keeps files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _in_use(notebook: Notebook) -> list[Entry]:
    return [one for one in notebook.everything() if not one.deleted]


def _texts(folder: Path) -> list[Document]:
    """The documents at hand: those that come with the program, and those opened before."""
    return [*Library().documents(), *Library(folder / "policies").documents()]


def _contents(entries: list[Entry]) -> str:
    named = {Note: "条批注", Bookmark: "个书签", Highlight: "处标记", Meeting: "次会议", Action: "行台账"}
    counts = {name: sum(isinstance(one, kind) for one in entries) for kind, name in named.items()}
    return "将导出：" + "、".join(f"{count} {name}" for name, count in counts.items())


def _shown(source: Path, found: Preview) -> ImportPreview:
    packet = found.packet
    when = packet.exported[:16].replace("T", " ")
    return ImportPreview(
        f"{source.name}：{packet.author}导出，{when}。" + "".join(packet.warnings),
        found.summary,
        [_row(found, one) for one in found.incoming if one.standing is not Standing.SAME],
        found.counts[Standing.CONFLICT],
        found.counts[Standing.NEW] + found.counts[Standing.LOST],
    )


def _row(found: Preview, one: Incoming) -> EntryRow:
    standing, *others, words = found.line(one).split("　")
    return EntryRow(
        one.theirs.id, words, " · ".join(filter(None, (standing, *others))), _STROKES[one.standing]
    )
