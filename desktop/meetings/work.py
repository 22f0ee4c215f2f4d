"""Meetings: prepared, printed, shown in the meeting room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.meetings.convening import Convening
from desktop.meetings.preparing import Preparing
from desktop.meetings.projecting import Projecting
from desktop.meetings.staging import Staging
from desktop.search.searching import Searching
from desktop.work.parts import Parts
from desktop.workspaces import MEETINGS, READING


class MeetingWork(QObject):
    """``changed``: the meeting that is open is another one, or has changed."""

    changed = Signal()

    def __init__(self, parts: Parts, searching: Searching) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._page = page = parts.views.meetings
        self.convening = Convening(
            parts.document,
            parts.commands,
            parts.describing,
            page,
            parts.settings,
            lambda: parts.navigation.current,
        )
        self.preparing = Preparing(page.paper, parts.jobs, parts.fonts, self.convening.brief)
        self.staging = Staging(parts.window, parts.fonts, parts.theme, parts.settings)
        self.projecting = Projecting(
            self.staging, parts.document, parts.shelf, parts.describing, lambda: searching.spans
        )
        self._connect()

    def _connect(self) -> None:
        page, workspaces = self._page, self._parts.workspaces
        tabs = self._parts.views.header.tabs
        tabs.let_drop(MEETINGS, "拖到这里，列入打开着的会议的议程")
        tabs.dropped.connect(lambda name, places: self.convening.drop(places))
        page.paper.projection_requested.connect(lambda: self._project())
        page.meetings.left.connect(partial(workspaces.show, READING))
        self.convening.changed.connect(self.preparing.refresh)
        self.convening.changed.connect(self.changed)
        self._parts.listen(self.convening, self.preparing, self.staging)
        self._parts.hear(self.convening, self.preparing, self.projecting)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {
            "meetings": partial(self._parts.workspaces.switch, MEETINGS),
            "project": self._project,
            "project_to": partial(self._project, ask=True),
            "item_up": partial(self.convening.step, -1),
            "item_down": partial(self.convening.step, 1),
        }

    def _project(self, *, ask: bool = False) -> None:
        current = self._parts.workspaces.current
        if current == MEETINGS and (meeting := self.convening.meeting):
            self.projecting.show_agenda(meeting.id, self._page.agenda.current, ask=ask)
        elif current == READING:
            self.projecting.show_sections(self._parts.navigation.section, ask=ask)
