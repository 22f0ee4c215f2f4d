"""阅读, 会议, 台账: the tabs in the header that lead from one workspace to another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class WorkspaceTabs(QWidget):
    """Emits the name of the workspace that the reader wants."""

    workspace_chosen = Signal(str)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for name in names:
            tab = self._tabs[name] = QToolButton(self)
            tab.setObjectName("workspaceTab")
            tab.setText(name)
            tab.setCheckable(True)
            tab.clicked.connect(lambda checked=False, name=name: self.workspace_chosen.emit(name))
            group.addButton(tab)
            layout.addWidget(tab)

    def show_chosen(self, name: str) -> None:
        """Mark a workspace as the one that is shown, without telling anybody."""
        self._tabs[name].setChecked(True)
