"""相关条目: the measures most like the current one, in the 案头."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow


class RelatedPage(QWidget):
    """Shows what is like a measure. ``shown``: the reader looks here, and wants it to be of the current measure."""

    measure_chosen = Signal(str)
    shown = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel(self)
        self.head.setObjectName("cardMeta")
        self.head.setWordWrap(True)
        self.list = EntryList("相关条目", theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        self.list.entry_chosen.connect(self.measure_chosen)
        self.list.left.connect(self.left)
        self.show_rows("", [])

    def show_rows(self, head: str, rows: Sequence[EntryRow]) -> None:
        """Show measures, ``entry_id`` being theirs, and above them what they are like."""
        self.head.setText(head)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
