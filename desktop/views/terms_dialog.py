"""引号术语: the document's quoted terms, and where each stands."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow


class TermsDialog(QDialog):
    """Lists the terms; emits the row the reader goes to. What he types narrows the list."""

    term_chosen = Signal(str)

    def __init__(self, rows: Sequence[EntryRow], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("引号术语")
        self.resize(QSize(420, 560))
        self._rows = list(rows)
        self.words = QLineEdit(self)
        self.words.setObjectName("filterWords")
        self.words.setAccessibleName("找术语")
        self.words.setPlaceholderText("找术语")
        self.words.setClearButtonEnabled(True)
        self.count = QLabel(self)
        self.count.setObjectName("cardMeta")
        self.list = EntryList("引号术语", theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        for widget in (self.words, self.count):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self.list.setFocus)
        self.list.entry_chosen.connect(self.term_chosen)
        self.list.left.connect(self.reject)
        self._narrow("")

    def _narrow(self, words: str) -> None:
        shown = [row for row in self._rows if words.strip() in row.text]
        self.list.show_rows(shown)
        self.count.setText(f"{len(shown)} 个术语，点选逐处查看")
