"""导出诊断信息: the reader sees every line of the file before it is saved."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_EXPLANATION = (
    "下面是将要保存的全部内容，请先看一遍。里面没有批注、搜索词、文件内容和文件夹路径；"
    "程序不联网，保存之后由您决定交给谁。"
)


class DiagnosticsDialog(QDialog):
    """Shows the text; emits it when the reader wants it saved."""

    save_requested = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出诊断信息")
        self.resize(QSize(720, 560))
        explanation = QLabel(_EXPLANATION, self)
        explanation.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("诊断信息的全部内容")
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlainText(text)
        self.save = QPushButton("保存为文件…", self)
        self.save.setProperty("primary", True)
        close = QPushButton("关闭", self)
        close.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(explanation)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self.save.clicked.connect(lambda: self.save_requested.emit(text))
        close.clicked.connect(self.reject)
        self.text.setFocus()
