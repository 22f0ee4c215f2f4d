"""What the reader sees of a fault of the program itself: what is safe, how to go on, what to hand to those who mend it."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_TOLD = "程序内部出错，刚才的操作可能没有完成"
_SAFE = (
    "程序可以继续使用。已经写下的批注、会议和台账都已存在本机，不受影响；"
    "若正在输入的文字还没有存下，请先复制到别处，再继续。"
)
_ADVICE = (
    "若再次出现，请导出诊断信息交给维护人员。其中只有程序出错的位置和运行环境，"
    "没有批注、搜索词和文件内容；保存之前可以先看一遍。"
)
_ANOTHER = "其后又有 {} 个错误，都已记入日志。"


class FaultDialog(QDialog):
    """Stays open, one for all faults, until the reader goes on."""

    report_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._others = 0
        self.setWindowTitle("程序出错")
        self.resize(QSize(540, 250))
        title = QLabel(_TOLD, self)
        title.setObjectName("previewTitle")
        self.more = QLabel(self)
        self.more.setObjectName("cardMeta")
        self.more.hide()
        self.export = QPushButton("导出诊断信息…", self)
        self.export.setAutoDefault(False)
        self.go_on = QPushButton("继续使用", self)
        self.go_on.setProperty("primary", True)
        self.go_on.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.export)
        buttons.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        for text in (_SAFE, _ADVICE):
            label = QLabel(text, self)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addWidget(self.more)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.go_on.clicked.connect(self.accept)
        self.export.clicked.connect(self._export)
        self.go_on.setFocus()

    def count_another(self) -> None:
        """Say that it was not the only one."""
        self._others += 1
        self.more.setText(_ANOTHER.format(self._others))
        self.more.show()

    @property
    def told(self) -> str:
        """Everything that is shown."""
        labels: Iterable[QLabel] = self.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def _export(self) -> None:
        self.accept()
        self.report_requested.emit()
