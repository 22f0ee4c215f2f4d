"""会议材料: what goes on paper, how its first page looks, and the ways out."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

PREVIEW_WIDTH = 252
"""Pixels of the first page's picture."""
_PREVIEW_HEIGHT = 357
SWITCHES = {
    "with_points": "发言要点",
    "with_notes": "批注",
    "with_rows": "台账栏",
    "original_only": "只要原文",
    "in_plan_order": "按方案顺序",
    "large_type": "大字",
}
"""The switches by their keys."""
_ON = frozenset(("with_points", "with_rows"))
_OWN = ("with_points", "with_notes", "with_rows")
"""Those of what the unit has written, which 只要原文 leaves out all together."""
_TIPS = {
    "original_only": "不附发言要点、批注、议定事项和台账栏，也不带标记",
    "in_plan_order": "议题按在方案中的先后排列，并注明是议程第几项；不选则按议程",
}
_NOTHING = "会议材料的第一页会显示在这里。"


class PaperPanel(QFrame):
    """Emits what the reader wants on paper and which way it is to leave the desk."""

    switched = Signal()
    export_requested = Signal(str)
    copy_requested = Signal(str)
    stop_requested = Signal()
    projection_requested = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperColumn")
        title = QLabel("会议材料", self)
        title.setObjectName("previewTitle")
        self.switches = {name: QCheckBox(text, self) for name, text in SWITCHES.items()}
        for name, switch in self.switches.items():
            switch.setChecked(name in _ON)
            switch.setToolTip(_TIPS.get(name, ""))
            switch.toggled.connect(self.switched)
        self.switches["original_only"].toggled.connect(self._offer_own)
        self.page = QLabel(_NOTHING, self)
        self.page.setObjectName("firstPage")
        self.page.setAccessibleName("第一页预览")
        self.page.setWordWrap(True)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setFixedSize(PREVIEW_WIDTH + 2, _PREVIEW_HEIGHT + 2)
        self.pages = QLabel(self)
        self.pages.setObjectName("cardMeta")
        self.docx = QPushButton("导出 DOCX", self)
        self.docx.setProperty("primary", True)
        self.pdf = QPushButton("导出 PDF", self)
        self.copy = QPushButton("复制", self)
        self.project = QPushButton("投影 F5", self)
        self.project.setToolTip("全屏大字，只有原文和标记；Esc 结束")
        self.project.clicked.connect(self.projection_requested)
        self.print = QPushButton("打印…", self)
        self.print.setToolTip("先看每一页，再打印（Ctrl+P）")
        self.print.clicked.connect(self.print_requested)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("导出进度")
        self.stop = QPushButton("停止", self)
        self._fill_menu()
        self._lay_out(title)
        self.docx.clicked.connect(lambda: self.export_requested.emit(".docx"))
        self.pdf.clicked.connect(lambda: self.export_requested.emit(".pdf"))
        self.stop.clicked.connect(self.stop_requested)
        self.end_progress()

    def _offer_own(self, only_original: bool) -> None:
        for name in _OWN:
            self.switches[name].setDisabled(only_original)

    def _fill_menu(self) -> None:
        menu = QMenu(self)
        for text, suffix in (("复制为 Markdown", ".md"), ("复制为纯文本", ".txt")):
            menu.addAction(text).triggered.connect(
                lambda checked=False, suffix=suffix: self.copy_requested.emit(suffix)
            )
        self.copy.setMenu(menu)

    def _lay_out(self, title: QLabel) -> None:
        switches = QGridLayout()
        switches.setVerticalSpacing(6)
        for number, switch in enumerate(self.switches.values()):
            switches.addWidget(switch, number // 2, number % 2)
        ways = QGridLayout()
        ways.setSpacing(6)
        for column, button in enumerate((self.docx, self.pdf, self.copy)):
            ways.addWidget(button, 0, column)
        ways.addWidget(self.project, 1, 0)
        ways.addWidget(self.print, 1, 1)
        ways.addWidget(self.progress, 2, 0, 1, 2)
        ways.addWidget(self.stop, 2, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(9)
        layout.addWidget(title)
        layout.addLayout(switches)
        layout.addWidget(self.page, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.pages)
        layout.addLayout(ways)
        layout.addStretch(1)

    @property
    def choice(self) -> Mapping[str, bool]:
        """What is switched on, by the keys of ``SWITCHES``."""
        return {name: switch.isChecked() for name, switch in self.switches.items()}

    def set_ready(self, is_ready: bool) -> None:
        """Whether there is a meeting to make papers of."""
        self.project.setEnabled(is_ready)
        for button in (self.docx, self.pdf, self.copy, self.print):
            button.setEnabled(is_ready)
        if not is_ready:
            self.page.setPixmap(QPixmap())
            self.page.setText(_NOTHING)
            self.pages.clear()

    def show_page(self, image: QImage, count: int) -> None:
        """Show the first page, and of how many (0: many)."""
        self.page.setPixmap(QPixmap.fromImage(image))
        self.pages.setText(f"共 {count} 页，此为第 1 页" if count else "第 1 页")

    def show_progress(self, done: int, total: int) -> None:
        """Say how far the work is."""
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        for part in (self.progress, self.stop):
            part.show()
        for button in (self.docx, self.pdf, self.copy):
            button.setEnabled(False)

    def end_progress(self) -> None:
        """The work is done."""
        had_keyboard = self.stop.hasFocus()
        for button in (self.docx, self.pdf, self.copy):
            button.setEnabled(True)
        if had_keyboard:
            self.docx.setFocus()
        for part in (self.progress, self.stop):
            part.hide()
