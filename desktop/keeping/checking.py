"""锚点体检: whether everything the reader has put on the text still stands where it should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.commands import Commands
from desktop.notebook.attaching import Fit
from desktop.notebook.checkup import Checkup, Finding, check_up, reattached
from desktop.notebook.model import NAMES, Entry, Progress
from desktop.theme import Theme
from desktop.views.checkup_dialog import CheckupDialog
from desktop.views.entry_list import EntryRow

_STROKES = {Fit.MOVED: "highlight_blue", Fit.CHANGED: "highlight_yellow", Fit.LOST: "highlight_pink"}
"""The theme's role of the bar beside an entry that was found in each way."""


class Checking(QObject):
    """``entry_opened``: the reader wants to see where an entry stands (its id)."""

    entry_opened = Signal(str)
    word_said = Signal(str)

    def __init__(self, window: QWidget, commands: Commands, theme: Callable[[], Theme]) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._theme = theme

    def mention_displaced(self) -> None:
        """Say in passing that words have changed under some entries, if they have."""
        fits = Counter(self._commands.shelf.attachment(one).fit for one in self._entries())
        count = fits[Fit.CHANGED] + fits[Fit.LOST]
        if count:
            self.word_said.emit(f"原文有改动，{count} 条批注、标记、议题或台账要核对：菜单“笔记本—锚点体检”")

    def show_report(self) -> None:
        """Seek every entry in the text as it is, and show which are not in place."""
        dialog = CheckupDialog(*_shown(self._check_up()), self._theme(), self._window)
        dialog.entry_chosen.connect(self.entry_opened)
        dialog.accepted_places.connect(lambda ids: self._accept(dialog, ids))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _check_up(self) -> Checkup:
        return check_up(self._commands.document, self._entries())

    def _entries(self) -> list[Entry]:
        document, shelf = self._commands.document.id, self._commands.shelf
        # Progress stands where its row of the ledger does.
        return [
            one
            for one in shelf.in_use
            if one.anchor.document == document
            and not (isinstance(one, Progress) and shelf.entry(one.action) is not None)
        ]

    def _accept(self, dialog: CheckupDialog, ids: list[str]) -> None:
        checkup = self._check_up()
        revisions = [
            (one.entry, reattached(checkup.document, one.entry, one.attachment))
            for one in checkup.displaced
            if one.entry.id in ids and one.attachment.fit is not Fit.LOST
        ]
        if revisions and self._commands.revise(revisions, "认可新位置"):
            self.word_said.emit(f"已认可 {len(revisions)} 条的新位置，Ctrl+Z 可撤销")
        dialog.show_report(*_shown(self._check_up()))


def _shown(checkup: Checkup) -> tuple[str, list[EntryRow]]:
    return checkup.summary, [_row(checkup, one) for one in checkup.displaced]


def _row(checkup: Checkup, one: Finding) -> EntryRow:
    fit = one.attachment.fit
    quote = " ".join(one.entry.anchor.quote.split())
    now = f"　现为“{' '.join(one.words.split())}”" if fit is Fit.CHANGED else ""
    place = checkup.place(one)
    return EntryRow(
        one.entry.id, f"“{quote}”{now}", f"{fit.value} · {NAMES[type(one.entry)]} · {place}", _STROKES[fit]
    )
