"""开源许可: what the program is made of, each component with the text of its licence."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.support.licences import Component

_REPLACING = (
    "标有“可替换”的组件按 LGPL 许可：它们是程序文件夹中单独的库文件，您可以用自己修改、编译的同一版本替换"
    "（打包的程序：_internal 文件夹里 PySide6、shiboken6 之下的库文件；源代码：.venv 里的同名文件夹），"
    "也可以为此调试、反编译本程序。各组件的源代码见所列网址；没有网络时，可向提供本程序的单位索取。"
)


class LicencesDialog(QDialog):
    """A list of the components beside the text of the chosen one."""

    def __init__(self, components: Sequence[Component], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._components = components
        self.setWindowTitle("开源许可")
        self.resize(QSize(860, 580))
        explanation = QLabel(_REPLACING, self)
        explanation.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("entryList")
        self.list.setAccessibleName("组件")
        self.list.setFixedWidth(260)
        self.list.addItems([_row(one) for one in components])
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("许可全文")
        close = QPushButton("关闭", self)
        close.clicked.connect(self.reject)
        self._lay_out(explanation, close)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _lay_out(self, explanation: QLabel, close: QPushButton) -> None:
        right = QVBoxLayout()
        right.addWidget(self.head)
        right.addWidget(self.text, 1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(explanation)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)

    def _show(self, row: int) -> None:
        one = self._components[row]
        replaceable = "，可替换" if one.is_replaceable else ""
        self.head.setText(f"{one.name} {one.version}　许可：{one.licence}{replaceable}\n源代码：{one.source}")
        self.text.setPlainText(one.text)


def _row(one: Component) -> str:
    return f"{one.name}{'（可替换）' if one.is_replaceable else ''}"
