"""All the work in the window, each kind made once and joined with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction

from desktop.desk.work import DeskWork
from desktop.keeping.work import KeepingWork
from desktop.ledger.work import LedgerWork
from desktop.meetings.work import MeetingWork
from desktop.papers.printing_work import PrintWork
from desktop.papers.work import PaperWork
from desktop.reading.work import TextWork
from desktop.search.work import SearchWork
from desktop.support.work import SupportWork
from desktop.work.parts import Parts
from desktop.work.status import StatusWork
from desktop.workspaces import READING
from index.related import Related

_UNSAVED = "有文字没有存下，还在写的地方；请复制到别处，或处理好笔记本后再关闭。再次关闭将不保留这些文字。"


class Work:
    """The kinds of work, and what one of them means for another."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._actions: Mapping[str, QAction] = {}
        self._has_warned = False
        self.search = SearchWork(parts)
        self.desk = DeskWork(parts)
        self.text = TextWork(parts, self.desk.writing, self.search.searching)
        self.meetings = MeetingWork(parts, self.search.searching)
        self.ledger = LedgerWork(parts)
        self.papers = PaperWork(parts)
        self.printing = PrintWork(parts, self.meetings.preparing, self.papers.whereabouts)
        self.keeping = KeepingWork(parts)
        self.support = SupportWork(parts)
        self._status = StatusWork(
            parts, self.search.searching, self.meetings.convening, self.ledger.ledgering
        )
        self._join()

    def _join(self) -> None:
        for changed in (
            self._parts.navigation.measure_reached,
            self._parts.workspaces.changed,
            self.meetings.changed,
            self.ledger.changed,
        ):
            changed.connect(lambda *_: self._status.update())
        self.search.changed.connect(self._show_findings)
        self.desk.changed.connect(self._show_notebook)
        self.text.marking.meeting_requested.connect(self.meetings.convening.put)
        self.meetings.convening.place_opened.connect(self._open_place)
        self.ledger.ledgering.place_opened.connect(self._open_place)
        self.keeping.entry_opened.connect(self.desk.open_entry)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {
            **self.search.handlers(),
            **self.desk.handlers(),
            **self.text.handlers(),
            **self.meetings.handlers(),
            **self.ledger.handlers(),
            **self.papers.handlers(),
            **self.printing.handlers(),
            **self.keeping.handlers(),
            **self.support.handlers(),
        }

    def begin(self, actions: Mapping[str, QAction]) -> None:
        """Tell the views that have just been made where the reader is; ``actions`` follow from now on what can be done."""
        self._actions = actions
        self.text.use_actions(actions)
        section = self._parts.navigation.section
        for work in (self.search, self.text, self.desk):
            work.reach_section(section)
        self.desk.begin()

    def use_related(self, related: Related) -> None:
        """From now on related measures are found as well."""
        self.search.use_related(related)
        self.desk.use_related(related)

    def may_close(self) -> bool:
        """Save what is written; where that fails the first attempt to close only tells."""
        views = self._parts.views
        views.ledger.finish()
        views.desk.notes.end_writing()
        views.meetings.settle()
        if self._has_warned or not (views.desk.notes.has_unsaved_words or views.meetings.is_unsaved):
            return True
        self._has_warned = True
        if views.desk.notes.has_unsaved_words:
            views.frame.desk.show()
        self._parts.tell(_UNSAVED)
        return False

    def _show_findings(self) -> None:
        self.text.show_marks()
        self._status.update()

    def _show_notebook(self) -> None:
        self._show_findings()
        self._status.show_saving()
        self._actions["undo"].setEnabled(self.desk.writing.can_undo)
        self._actions["redo"].setEnabled(self.desk.writing.can_redo)

    def _open_place(self, entry_id: str) -> None:
        """Show in the text what an item of an agenda or a row of the ledger is about."""
        self._parts.workspaces.show(READING)
        self.desk.open_entry(entry_id)
