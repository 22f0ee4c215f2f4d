"""导出: what of the text goes on paper, how, and what its first page looks like."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.scope_choice import Choice, ScopeChoice

PREVIEW_WIDTH = 300


class ExcerptDialog(QDialog):
    """``changed``: another paper is wanted; ``export_requested`` (choice, format); ``stopped``.

    ``copy_requested``: with the choice and the suffix of a format that is text.
    """

    changed = Signal(object)
    export_requested = Signal(object, str)
    copy_requested = Signal(object, str)
    stopped = Signal()

    def __init__(
        self, scopes: Mapping[str, str], formats: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出原文")
        self.resize(QSize(720, 520))
        self._what = ScopeChoice(scopes, self)
        self.scopes = self._what.scopes
        self.with_notes, self.original_only = self._what.with_notes, self._what.original_only
        self.large_type = self._what.large_type
        self.formats = QComboBox(self)
        self.formats.setAccessibleName("格式")
        self.formats.addItems(list(formats))
        self.page = QLabel(self)
        self.page.setObjectName("paper")
        self.page.setFixedWidth(PREVIEW_WIDTH)
        self.page.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.told = QLabel(self)
        self.told.setObjectName("cardMeta")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.stop = QPushButton("停止", self)
        self.do = QPushButton("导出…", self)
        self.do.setProperty("primary", True)
        self.do.setDefault(True)
        self.copy = QPushButton("复制", self)
        self._fill_copy_menu()
        self._close = QPushButton("关闭", self)
        self._lay_out()
        self._connect()
        self.show_progress(0, 0)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return self._what.choice

    def show_preview(self, image: QImage, pages: int) -> None:
        """Show the first of so many pages."""
        self.page.setPixmap(QPixmap.fromImage(image))
        self.told.setText(f"共 {pages} 页，这是第 1 页")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work has come; 0 of 0 when there is none."""
        busy = total > 0
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)
        for button in (self.do, self.copy):
            button.setEnabled(not busy)

    def _fill_copy_menu(self) -> None:
        menu = QMenu(self.copy)
        for text, suffix in (("复制为纯文本", ".txt"), ("复制为 Markdown", ".md")):
            menu.addAction(text).triggered.connect(
                lambda checked=False, suffix=suffix: self.copy_requested.emit(self.choice, suffix)
            )
        self.copy.setMenu(menu)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._what)
        left.addSpacing(8)
        left.addWidget(self.formats)
        left.addStretch(1)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.stop)
        left.addLayout(working)
        buttons = QHBoxLayout()
        for button in (self.do, self.copy, self._close):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self.page, 1)
        right.addWidget(self.told)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addLayout(right)

    def _connect(self) -> None:
        self._what.changed.connect(self.changed)
        self.do.clicked.connect(lambda: self.export_requested.emit(self.choice, self.formats.currentText()))
        self.stop.clicked.connect(self.stopped)
        self._close.clicked.connect(self.reject)
