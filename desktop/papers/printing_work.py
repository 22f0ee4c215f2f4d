"""Printing what is in sight: the text, or the papers of the open meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.meetings.preparing import Preparing
from desktop.papers.scopes import Where
from desktop.work.parts import Parts
from desktop.workspaces import LEDGER, MEETINGS

if TYPE_CHECKING:
    from desktop.papers.printing import Printing

_LEDGER = "台账请先导出 Excel，再从 Excel 或 WPS 打印；导出的表已设好 A4 横向和表头。"


class PrintWork(QObject):
    """Knows which paper belongs to which workspace."""

    word_said = Signal(str)

    def __init__(self, parts: Parts, preparing: Preparing, where: Callable[[], Where]) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._preparing = preparing
        self._where = where
        self._made: Printing | None = None
        parts.views.meetings.paper.print_requested.connect(self._print)
        parts.hear(self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {"print": self._print}

    def _print(self) -> None:
        current = self._parts.workspaces.current
        if current == LEDGER:
            self.word_said.emit(_LEDGER)
        elif current == MEETINGS:
            self._printing().show_brief(self._preparing.brief(), self._preparing.options)
        else:
            self._parts.views.desk.notes.save_pending()
            self._printing().show_text()

    def _printing(self) -> Printing:
        """Made when it is first asked for: it loads much that is seldom used."""
        from desktop.papers.printers import Printers
        from desktop.papers.printing import Printing

        if self._made is None:
            parts = self._parts
            self._made = Printing(
                parts.window,
                parts.document,
                parts.commands,
                parts.jobs,
                parts.fonts,
                Printers(),
                self._where,
            )
            parts.listen(self._made)
            parts.hear(self._made)
        return self._made
