"""The header: the workspaces, the document's title, the search box and the menu."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.theme import Theme
from desktop.views.search_box import SearchBox
from desktop.views.workspace_tabs import WorkspaceTabs


class Header(QWidget):
    """What stands in the header beside the program's name."""

    def __init__(
        self, title: str, edition: str, workspaces: Sequence[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tabs = WorkspaceTabs(workspaces, self)
        self.tabs.setVisible(len(workspaces) > 1)
        self.search_box = SearchBox(theme, self)
        self.search_box.setMinimumWidth(280)
        self.search_box.setMaximumWidth(430)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.tabs)
        layout.addWidget(_Title(f"《{title}》", edition, self), 3)
        layout.addWidget(self.search_box, 2)
        layout.addWidget(self._make_menu_button())

    def _make_menu_button(self) -> QToolButton:
        self.menu = QMenu(self)
        button = QToolButton(self)
        button.setText("菜单")
        button.setAccessibleName("菜单")
        button.setMenu(self.menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


class _Title(QLabel):
    """The document's title, shortened in the middle where there is no room; the whole in the tool tip."""

    def __init__(self, title: str, edition: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = title
        self._edition = edition
        self.setObjectName("documentTitle")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setToolTip(f"{title} {edition}".strip())
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(f"　{self._edition}") - 2
        title = metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(f"{title}　{self._edition}".rstrip("　"))
