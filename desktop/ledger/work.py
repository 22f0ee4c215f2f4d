"""The ledger: filled in, and exchanged with Excel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.ledger.ledgering import Ledgering
from desktop.ledger.sheet_import import SheetImport
from desktop.ledger.sheeting import Sheeting
from desktop.work.parts import Parts
from desktop.workspaces import LEDGER


class LedgerWork(QObject):
    """``changed``: other rows are listed, or they say something else."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        document, commands = parts.document, parts.commands
        self.ledgering = Ledgering(
            document,
            commands,
            parts.describing,
            parts.views.ledger,
            parts.navigation.choose,
            parts.theme,
        )
        self._sheeting = Sheeting(parts.window, document, commands, parts.jobs, self.ledgering)
        self._importing = SheetImport(
            parts.window, document, commands, parts.jobs, self.ledgering, parts.theme
        )
        self._connect()

    def _connect(self) -> None:
        bar = self._parts.views.ledger.bar
        bar.export_requested.connect(self._sheeting.export)
        bar.import_requested.connect(self._importing.choose)
        self.ledgering.changed.connect(self.changed)
        self._parts.listen(self._sheeting, self._importing)
        self._parts.hear(self.ledgering, self._sheeting, self._importing)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {
            "ledger": partial(self._parts.workspaces.show, LEDGER),
            "ledger_row": self.ledgering.add_row,
        }
