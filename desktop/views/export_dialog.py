"""导出批注: under whose name, and what it will hold, before a place is asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_EXPLANATION = (
    "导出为一个 zip 文件，交给同事：对方用“导入批注”并入自己的笔记本，没有本程序的人也能解开后用浏览器阅读。"
    "回收里的内容不导出。这是一份导出，不是备份。"
)


class ExportDialog(QDialog):
    """Emits the name under which the notes are to be exported; ``contents`` says what they are."""

    export_requested = Signal(str)

    def __init__(self, contents: str, author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出批注")
        self.setModal(True)
        self.setMinimumWidth(520)
        explanation = QLabel(_EXPLANATION, self)
        explanation.setWordWrap(True)
        counts = QLabel(contents, self)
        counts.setObjectName("previewTitle")
        self.author = QLineEdit(author, self)
        self.author.setAccessibleName("您的姓名")
        self.author.setPlaceholderText("对方据此知道批注是谁的；可不写")
        self.author.setMaxLength(40)
        form = QFormLayout()
        form.addRow("您的姓名", self.author)
        self.do = QPushButton("选择位置并导出…", self)
        self.do.setProperty("primary", True)
        self.do.setDefault(True)
        close = QPushButton("不导出", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(counts)
        layout.addWidget(explanation)
        layout.addLayout(form)
        layout.addLayout(buttons)
        self.do.clicked.connect(self._export)
        close.clicked.connect(self.reject)
        self.author.setFocus()

    def _export(self) -> None:
        self.accept()
        self.export_requested.emit(self.author.text().strip())
