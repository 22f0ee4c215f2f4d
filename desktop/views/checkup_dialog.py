"""锚点体检: how every entry was found again in the text, the worst first."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_EXPLANATION = (
    "批注、书签和标记按所引的原文定位。原文改动后：移动＝原话换了位置；原文有改＝按相近的话找到；"
    "失配＝找不到，内容照样保留。核对无误后可以“认可新位置”，今后就以新的原文为准。"
)


class CheckupDialog(QDialog):
    """Emits where the reader wants to look, and which new places he has found to be right."""

    entry_chosen = Signal(str)
    accepted_places = Signal(list)

    def __init__(
        self, summary: str, rows: Sequence[EntryRow], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("锚点体检")
        self.resize(QSize(680, 500))
        self.summary = QLabel(self)
        self.summary.setObjectName("previewTitle")
        explanation = QLabel(_EXPLANATION, self)
        explanation.setWordWrap(True)
        self.list = EntryList("不在原位的内容", theme, self)
        self.empty = QLabel("每一条都在原来的位置，没有要核对的。", self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.accept_places = QPushButton("认可新位置", self)
        self.accept_places.setEnabled(False)
        close = QPushButton("关闭", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.accept_places)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.summary)
        layout.addWidget(explanation)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(buttons)
        self.list.entry_chosen.connect(self.entry_chosen)
        self.list.chosen_changed.connect(lambda ids: self.accept_places.setEnabled(bool(ids)))
        self.list.left.connect(self.reject)
        self.accept_places.clicked.connect(lambda: self.accepted_places.emit(self.list.chosen))
        close.clicked.connect(self.reject)
        self.show_report(summary, rows)

    def show_report(self, summary: str, rows: Sequence[EntryRow]) -> None:
        """Show another report."""
        self.summary.setText(summary)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.accept_places.setVisible(bool(rows))
