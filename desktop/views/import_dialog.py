"""导入批注: what is in the file and what it would do here, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What the dialog shows: where the file comes from, a line of counts, and the entries that are not the same here.

    ``conflicts`` is how many entries differ from those here with the same id.
    """

    source: str
    counts: str
    rows: Sequence[EntryRow]
    conflicts: int
    news: int


class ImportDialog(QDialog):
    """Emits how conflicts are to be settled when the reader has decided: keep, take or both."""

    import_requested = Signal(str)

    def __init__(self, preview: ImportPreview, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入批注")
        self.setModal(True)
        self.resize(QSize(640, 480))
        source = QLabel(preview.source, self)
        source.setWordWrap(True)
        counts = QLabel(preview.counts, self)
        counts.setObjectName("previewTitle")
        counts.setWordWrap(True)
        self.list = EntryList("文件中的内容", theme, self)
        self.list.show_rows(preview.rows)
        self.list.left.connect(self.reject)
        self.choices = {
            "both": QRadioButton("两份都留（默认）", self),
            "keep": QRadioButton("留我的", self),
            "take": QRadioButton("用文件里的", self),
        }
        group = QButtonGroup(self)
        conflicts = QHBoxLayout()
        conflicts.addWidget(QLabel(f"{preview.conflicts} 条两边都改过：", self))
        for button in self.choices.values():
            group.addButton(button)
            conflicts.addWidget(button)
        conflicts.addStretch(1)
        self.choices["both"].setChecked(True)
        choice = QWidget(self)
        choice.setLayout(conflicts)
        choice.setVisible(preview.conflicts > 0)
        anything = bool(preview.news or preview.conflicts)
        self.do = QPushButton("导入" if anything else "没有要导入的", self)
        self.do.setProperty("primary", True)
        self.do.setEnabled(anything)
        close = QPushButton("不导入" if anything else "关闭", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(source)
        layout.addWidget(counts)
        layout.addWidget(self.list, 1)
        layout.addWidget(choice)
        layout.addLayout(buttons)
        self.do.clicked.connect(self._import)
        close.clicked.connect(self.reject)

    def _import(self) -> None:
        self.accept()
        self.import_requested.emit(next(name for name, button in self.choices.items() if button.isChecked()))
