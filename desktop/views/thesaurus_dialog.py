"""近义词: the reader's own entries, and beside them those that ship."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views.plain_text import PlainText

_EXPLANATION = (
    "每行一条，如“跑腿费 → 涉企收费”或“本处 ＝ 综合处”：→ 表示搜前面的词时也想到后面的用语，＝ 表示互相等同；"
    "几个词之间用顿号隔开。写下即生效，只影响“相关”，不影响原文命中。"
)
_PAUSE_MS = 400


class ThesaurusDialog(QDialog):
    """Emits the reader's entries as he changes them. ``is_understood`` tells whether a line says something."""

    entries_changed = Signal(str)

    def __init__(
        self, own: str, shipped: str, is_understood: Callable[[str], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("近义词")
        self.resize(QSize(640, 520))
        self._is_understood = is_understood
        explanation = QLabel(_EXPLANATION, self)
        explanation.setWordWrap(True)
        self.own = PlainText(self)
        self.own.setPlainText(own)
        self.own.setAccessibleName("我增补的近义词")
        self.own.setPlaceholderText("跑腿费 → 涉企收费")
        self.own.setTabChangesFocus(True)
        self.shipped = QPlainTextEdit(shipped, self)
        self.shipped.setAccessibleName("随附的词表")
        self.shipped.setReadOnly(True)
        self.shipped.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.told = QLabel(self)
        self.told.setObjectName("cardMeta")
        tabs = QTabWidget(self)
        tabs.addTab(self.own, "我的")
        tabs.addTab(self.shipped, "随附的")
        close = QPushButton("关闭", self)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(explanation)
        layout.addWidget(tabs, 1)
        layout.addLayout(foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell_entries)
        self.own.textChanged.connect(self._pause.start)
        self.own.textChanged.connect(self._count)
        close.clicked.connect(self.reject)
        self.own.setFocus()
        self._count()

    def done(self, result: int) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._tell_entries()
        super().done(result)

    def _tell_entries(self) -> None:
        self.entries_changed.emit(self.own.toPlainText())

    def _count(self) -> None:
        lines = self.own.toPlainText().splitlines()
        strange = [number for number, line in enumerate(lines, 1) if not self._is_understood(line)]
        if strange:
            self.told.setText(f"第 {'、'.join(map(str, strange[:5]))} 行看不懂，先跳过")
        else:
            entries = sum(bool(line.strip()) and not line.startswith("#") for line in lines)
            self.told.setText(f"{entries} 条" if entries else "")
