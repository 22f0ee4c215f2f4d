"""导入 Excel: a sheet on its way into the ledger, looked over row by row before anything is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from content import citation
from content.model import Document
from desktop import errors
from desktop.commands import Commands
from desktop.export import xlsx_reading
from desktop.export.ledger import COLUMNS
from desktop.export.ledger_matching import Incoming, Matched, Standing, match
from desktop.export.xlsx_reading import Table
from desktop.jobs import Jobs
from desktop.ledger.ledgering import Ledgering
from desktop.notebook.model import Action, Status
from desktop.theme import Theme
from desktop.views.entry_list import EntryRow
from desktop.views.sheet_dialog import SheetDialog

_FILES = "Excel 工作簿 (*.xlsx)"
_STROKES = {
    Standing.NEW: "highlight_green",
    Standing.CHANGED: "highlight_yellow",
    Standing.UNKNOWN: "highlight_pink",
    Standing.SAME: "line",
}
_PLACES = ("id", "measure", "citation", "text")
"""The columns by which a row is known."""
_OFFERED = {column.key: column.header for column in COLUMNS if column.key not in ("first_due", "alert")}
"""The columns of ours that a sheet can fill; the desk itself keeps the first date and says what is late."""


class SheetImport(QObject):
    """``told``: a sentence that stays; ``word_said``: a passing word."""

    told = Signal(str)
    word_said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        document: Document,
        commands: Commands,
        jobs: Jobs,
        ledgering: Ledgering,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._commands = commands
        self._jobs = jobs
        self._ledgering = ledgering
        self._theme = theme

    def choose(self) -> None:
        """Ask for a file and show what it would do."""
        self._ledgering.finish()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, "导入台账", folder, _FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda source: self._read(Path(source)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read(self, source: Path) -> None:
        self._jobs.run(
            partial(xlsx_reading.read, source),
            lambda tables: self._offer(source, tables),
            "import ledger",
            lambda error: self.told.emit(errors.sentence(error)),
        )

    def _offer(self, source: Path, tables: tuple[Table, ...]) -> None:
        dialog = SheetDialog(
            source.name, [one.sheet for one in tables], _OFFERED, self._theme(), self._window
        )
        looked = _Look(dialog, tables, self._match, self._cite)
        dialog.import_requested.connect(lambda with_changes: self._take_in(looked.found, with_changes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _match(self, table: Table, mapping: Mapping[int, str]) -> Matched:
        shelf = self._commands.shelf
        return match(
            self._document,
            [one for one in shelf.actions if one.anchor.document == self._document.id],
            shelf.progress_of,
            shelf.measure_of,
            xlsx_reading.ledger_rows(table, mapping),
            set(mapping.values()),
            self._ledgering.today,
        )

    def _cite(self, one: Incoming) -> str:
        """Where a row stands in the text, or what it says of that itself."""
        measure = self._commands.shelf.measure_of(one.mine) if one.mine is not None else one.measure
        if measure in self._document.places:
            return citation.short(self._document, measure)
        return one.row.citation or one.row.text or f"第 {one.number} 行"

    def _take_in(self, found: Matched, with_changes: bool) -> None:
        wanted = (Standing.NEW, Standing.CHANGED) if with_changes else (Standing.NEW,)
        rows = [one for one in self._commands.shelf.everything if isinstance(one, Action)]
        last = max((one.position for one in rows), default=0)
        time = datetime.now().astimezone().isoformat(timespec="seconds")
        change = found.change(self._document, wanted, lambda: os.urandom(16).hex(), time, last)
        if self._commands.make("导入台账", change):
            counts = found.counts
            told = "、".join(f"{one.value} {counts[one]} 行" for one in wanted if counts[one])
            self.word_said.emit(f"已导入：{told}，Ctrl+Z 可撤销")


class _Look:
    """What the dialog shows for the sheet and the columns that are chosen; ``found`` is what it shows now."""

    def __init__(
        self,
        dialog: SheetDialog,
        tables: tuple[Table, ...],
        find: Callable[[Table, Mapping[int, str]], Matched],
        cite: Callable[[Incoming], str],
    ) -> None:
        self._dialog = dialog
        self._tables = tables
        self._find = find
        self._cite = cite
        self._table = tables[0]
        self.found = Matched(())
        dialog.sheet_chosen.connect(self._open)
        dialog.mapping_changed.connect(self._show)
        self._open(0)

    def _open(self, number: int) -> None:
        self._table = self._tables[number]
        mapping = {at: key for at, key in xlsx_reading.guess(self._table).items() if key in _OFFERED}
        is_placed = any(key in mapping.values() for key in _PLACES)
        self._dialog.show_mapping(self._table.headers, mapping, is_open=not is_placed or len(mapping) < 3)
        self._show(mapping)

    def _show(self, mapping: dict[int, str]) -> None:
        self.found = self._find(self._table, mapping)
        counts = self.found.counts
        rows = [row for one in self.found.incoming for row in _rows(one, self._cite)]
        said = "　".join(f"{one.value} {counts[one]}" for one in Standing)
        self._dialog.show_preview(said, rows, counts[Standing.NEW], counts[Standing.CHANGED])


def _rows(one: Incoming, cite: Callable[[Incoming], str]) -> list[EntryRow]:
    """A line for each thing that a row brings, so that nothing is written over without being seen."""
    meta = " · ".join(filter(None, (one.standing.value, f"表中第 {one.number} 行", one.remark)))
    stroke = _STROKES[one.standing]
    if one.standing is Standing.SAME:
        # What was not understood of it is told all the same.
        return [EntryRow(str(one.number), cite(one), meta, stroke)] if one.remark else []
    return [EntryRow(str(one.number), f"{cite(one)}　{what}", meta, stroke) for what in _brought(one)]


def _brought(one: Incoming) -> list[str]:
    """What a row brings: 牵头单位：甲 → 乙."""
    row = one.row
    if one.standing is Standing.UNKNOWN:
        return ["　".join(filter(None, (row.text if row.citation else "", row.lead)))]
    found = [
        f"{each.column}：{each.before or '（空）'} → {each.after or '（空）'}" for each in one.differences
    ]
    if one.mine is None:
        values = [value.value if isinstance(value, Status) else str(value) for _, value in one.values]
        found.append("　".join(filter(None, values)) or "只有进展")
    return [*found, *(f"进展：{step.date} {step.words}" for step in one.steps)]
