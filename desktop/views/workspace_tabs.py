"""阅读, 会议, 台账: the tabs in the header that lead from one workspace to another."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desktop.views.dragging import dragged_in

_SPRING_MS = 600
"""How long something is held over a tab until the tab opens."""


class WorkspaceTabs(QWidget):
    """Emits the name of the workspace that the reader wants, and that he drops places there (with what he drops)."""

    workspace_chosen = Signal(str)
    dropped = Signal(str, object)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: dict[str, _Tab] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for name in names:
            tab = self._tabs[name] = _Tab(name, self)
            tab.dropped.connect(lambda places, name=name: self.dropped.emit(name, places))
            tab.clicked.connect(lambda checked=False, name=name: self.workspace_chosen.emit(name))
            group.addButton(tab)
            layout.addWidget(tab)

    def let_drop(self, name: str, hint: str) -> None:
        """Let places be dropped on a tab; the hint says what comes of it."""
        self._tabs[name].setAcceptDrops(True)
        self._tabs[name].setToolTip(hint)

    def show_chosen(self, name: str) -> None:
        """Mark a workspace as the one that is shown, without telling anybody."""
        self._tabs[name].setChecked(True)


class _Tab(QToolButton):
    """A tab that opens when something is held over it."""

    dropped = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("workspaceTab")
        self.setText(name)
        self.setCheckable(True)
        self._spring = QTimer(self)
        self._spring.setSingleShot(True)
        self._spring.setInterval(_SPRING_MS)
        self._spring.timeout.connect(self.click)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._spring.start()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._spring.stop()

    def dropEvent(self, event: QDropEvent) -> None:
        self._spring.stop()
        places = dragged_in(event.mimeData())
        if places is not None:
            event.acceptProposedAction()
            self.dropped.emit(places)
