"""The workspaces of the window: which one is in sight, and which actions make sense there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.furniture import Furniture

READING, MEETINGS, LEDGER = "阅读", "会议", "台账"
"""The workspaces, by the names of their tabs."""
HINT = "Ctrl+K 搜索 · Ctrl+C 复制并附出处 · Ctrl+M 批注 · Ctrl+D 书签 · F1 更多"
"""The keys that are most used while reading."""
_LEDGER_HINT = "Enter 编辑 · Ctrl+V 粘贴分工 · Ctrl+Shift+↓ 向下填充 · Ctrl+L 加一行 · Del 删除"
_ON_TEXT = (
    *("copy", "copy_plain", "copy_citation", "bookmark", "meeting", "unmark", "selection_bar"),
    *("mark_yellow", "mark_green", "mark_blue", "mark_pink"),
)
"""Actions on what is selected or current in the text; where it is not in sight they would work on nobody knows what."""
_ON_AGENDA = ("item_up", "item_down")
"""Actions whose keys are a list's own elsewhere."""
_BESIDE_TEXT = (
    *("next_hit", "previous_hit", "back", "forward", "next_section", "previous_section", "terms"),
    *("note", "note_section", "note_document", "show_notes", "filter_notes", "show_bookmarks"),
    *("show_highlights", "show_related", "show_bin", "toggle_outline", "toggle_desk"),
)
"""Actions that show something beside the text, and lead back to it first."""

Act = Callable[[], object]


class Workspaces(QObject):
    """Goes from one workspace to another. ``changed``: another one is in sight."""

    changed = Signal()

    def __init__(self, views: Furniture) -> None:
        super().__init__(views.frame.window)
        self._views = views
        self._actions: Mapping[str, QAction] = {}
        views.header.tabs.workspace_chosen.connect(self.show)
        views.header.tabs.show_chosen(READING)

    def use_actions(self, actions: Mapping[str, QAction]) -> None:
        """From now on these actions can be done only where they make sense."""
        self._actions = actions
        self._enable_actions()

    @property
    def current(self) -> str:
        """The name of the workspace in sight."""
        shown = self._views.frame.workspaces.currentWidget()
        return next(name for name, page in self._views.pages.items() if page is shown)

    @property
    def page(self) -> QWidget:
        """The workspace in sight."""
        return self._views.pages[self.current]

    @property
    def is_reading(self) -> bool:
        """Whether the text is in sight."""
        return self.current == READING

    def show(self, name: str) -> None:
        """Go to a workspace, with the keyboard; the one left keeps its place."""
        self.bring(name)
        (self._views.reading if name == READING else self.page).setFocus()

    def bring(self, name: str) -> None:
        """Show a workspace; the keyboard stays where it is."""
        self._views.frame.workspaces.setCurrentWidget(self._views.pages[name])
        self._views.header.tabs.show_chosen(name)
        self._views.status.show_hint(_LEDGER_HINT if name == LEDGER else HINT)
        self._enable_actions()
        self.changed.emit()

    def switch(self, name: str) -> None:
        """Go to a workspace, or from there back to the text."""
        self.show(READING if self.current == name else name)

    def led_back(self, handlers: Mapping[str, Act]) -> dict[str, Act]:
        """The handlers, of which those that show something beside the text bring the reader there first."""
        return {
            name: self._from_reading(act) if name in _BESIDE_TEXT else act for name, act in handlers.items()
        }

    def _from_reading(self, act: Act) -> Act:
        def done() -> None:
            if not self.is_reading:
                self.show(READING)
            act()

        return done

    def _enable_actions(self) -> None:
        if not self._actions:
            return
        for names, wanted in ((_ON_TEXT, READING), (_ON_AGENDA, MEETINGS)):
            for one in names:
                self._actions[one].setEnabled(self.current == wanted)
        # In the ledger Esc gives up what is being edited.
        self._actions["clear_search"].setEnabled(self.current != LEDGER)
