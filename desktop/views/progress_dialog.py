"""进展: what has come of a row of the ledger, entry by entry; new ones are added, none is written over."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSize, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_EXPLANATION = "进展只增不改：写错的按 Del 放入回收，另写一条。"
_NONE = "还没有进展。在下面写第一条。"


class ProgressDialog(QDialog):
    """Emits the day (ISO 8601) and the words of new progress, and the ids of what is to be deleted."""

    written = Signal(str, str)
    delete_requested = Signal(list)

    def __init__(self, head: str, today: date, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("进展")
        self.setModal(True)
        self.resize(QSize(620, 420))
        title = QLabel(head, self)
        title.setObjectName("previewTitle")
        title.setWordWrap(True)
        self.list = EntryList("进展", theme, self)
        self.told = QLabel(_EXPLANATION, self)
        self.told.setObjectName("quiet")
        self.day = QDateEdit(QDate(today.year, today.month, today.day), self)
        self.day.setAccessibleName("日期")
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.words = QLineEdit(self)
        self.words.setObjectName("filterWords")
        self.words.setAccessibleName("新的进展")
        self.words.setPlaceholderText("写新的进展，Enter 存下")
        self.add = QPushButton("写入", self)
        self.add.setProperty("primary", True)
        self.add.setDefault(True)
        self.add.setEnabled(False)
        close = QPushButton("关闭", self)
        close.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self.day)
        line.addWidget(self.words, 1)
        line.addWidget(self.add)
        line.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        for widget in (title, self.list, self.told):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        layout.addLayout(line)
        self.words.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.add.clicked.connect(self._write)
        close.clicked.connect(self.reject)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.left.connect(self.reject)
        self.words.setFocus()

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """Show all progress, the latest first."""
        self.list.show_rows(rows)
        self.told.setText(_EXPLANATION if rows else _NONE)

    def confirm(self) -> None:
        """What was written has been saved."""
        self.words.clear()
        self.words.setFocus()

    def _write(self) -> None:
        words = self.words.text().strip()
        if words:
            self.written.emit(self.day.date().toString("yyyy-MM-dd"), words)
