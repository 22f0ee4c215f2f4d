"""The form in which a search is given the name it is saved under."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.views.own_escape import OwnEscape


class NameForm(QWidget):
    """Emits the name, or that the search is not to be kept any longer."""

    saved = Signal(str)
    dropped = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel(self)
        self.head.setObjectName("previewTitle")
        self.name = _Name(self)
        self.keep = QPushButton("收藏", self)
        self.keep.setProperty("primary", True)
        self.drop = QPushButton("取消收藏", self)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.name, 1)
        line.addWidget(self.keep)
        line.addWidget(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addLayout(line)
        for button in (self.keep, self.drop):
            button.setAutoDefault(True)
            OwnEscape(button)
        self.name.returnPressed.connect(self._save)
        self.name.escaped.connect(self.left)
        self.keep.clicked.connect(self._save)
        self.drop.clicked.connect(self.dropped)

    def ask(self, query: str, name: str) -> None:
        """Ask for the name of a query; ``name`` is the one it has."""
        self.head.setText(f"收藏的搜索“{_shortened(query)}”" if name else f"收藏“{_shortened(query)}”")
        self.keep.setText("改名" if name else "收藏")
        self.drop.setVisible(bool(name))
        self.name.setText(name or query)
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        self.saved.emit(self.name.text())


class _Name(QLineEdit):
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterWords")
        self.setAccessibleName("名称")
        self.setPlaceholderText("名称")
        self.setMaxLength(60)
        OwnEscape(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


def _shortened(query: str, most: int = 16) -> str:
    return query if len(query) <= most else f"{query[: most - 1]}…"
