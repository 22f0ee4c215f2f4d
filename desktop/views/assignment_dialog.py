"""粘贴分工: what was understood of a pasted text, to be looked over before it is put into the ledger."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.views.ledger_line import COLUMNS

_MARKS = "（）()【】；;，,。 "
"""What is left of brackets round a text, and need not be shown."""


class AssignmentDialog(QDialog):
    """Emits the words for each column by its key; an empty field leaves its column as it is."""

    accepted_values = Signal(dict)

    def __init__(
        self,
        text: str,
        values: Mapping[str, str],
        rest: Sequence[str],
        count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴分工")
        self.setModal(True)
        self.resize(QSize(560, 320))
        source = QLabel(text.strip(), self)
        source.setObjectName("previewText")
        source.setWordWrap(True)
        left = [words for one in rest if (words := one.strip(_MARKS))]
        self.rest = QLabel(f"未识别：{' / '.join(left)}" if left else "全部识别。", self)
        self.rest.setObjectName("ownWords" if left else "quiet")
        self.rest.setWordWrap(True)
        titles = {column.key: column.title for column in COLUMNS}
        self.fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        for key, words in values.items():
            field = self.fields[key] = QLineEdit(words, self)
            field.setObjectName("filterWords")
            field.setAccessibleName(titles[key])
            form.addRow(titles[key], field)
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        ok = box.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText("填入" if count == 1 else f"填入所选 {count} 行")
        ok.setProperty("primary", True)
        ok.style().polish(ok)
        box.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        for button in box.buttons():
            button.setIcon(QIcon())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(source)
        layout.addLayout(form)
        layout.addWidget(self.rest)
        layout.addWidget(QLabel("空着的一栏不改动原有内容。", self))
        layout.addStretch(1)
        layout.addWidget(box)
        box.accepted.connect(self._accept)
        box.rejected.connect(self.reject)

    def _accept(self) -> None:
        self.accept()
        found = {key: field.text().strip() for key, field in self.fields.items()}
        self.accepted_values.emit({key: words for key, words in found.items() if words})
