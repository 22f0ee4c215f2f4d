"""打印: what goes on paper, how its pages look, and which printer gets how many of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.views.page_turner import PageTurner
from desktop.views.scope_choice import Choice, ScopeChoice

PAGE = QSize(392, 554)
"""Pixels of a page in the preview: A4."""
NO_PRINTER = "这台电脑上没有打印机。可以先存为 PDF，拿到有打印机的电脑上打印。"
_MOST_COPIES = 99


class PrintDialog(QDialog):
    """``changed``: another paper is wanted, with the choice; ``page_wanted``: its number from 0.

    Without ``scopes`` there is one paper, called ``title``, and no choice. ``print_requested`` and ``pdf_requested`` say
    only that; what is chosen is asked for.
    """

    changed = Signal(object)
    page_wanted = Signal(int)
    print_requested = Signal()
    pdf_requested = Signal()
    stopped = Signal()

    def __init__(
        self, title: str, scopes: Mapping[str, str], printers: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印")
        self.setModal(True)
        self._count = 0
        self.what = ScopeChoice(scopes, self) if scopes else None
        self.pages = PageTurner(PAGE, self)
        self.printers = QComboBox(self)
        self.printers.setAccessibleName("打印机")
        self.printers.addItems(list(printers))
        self.copies = QSpinBox(self)
        self.copies.setRange(1, _MOST_COPIES)
        self.first, self.last = QSpinBox(self), QSpinBox(self)
        for box, name in ((self.copies, "份数"), (self.first, "从第几页"), (self.last, "到第几页")):
            box.setAccessibleName(name)
        self.both_sides = QCheckBox("双面（沿长边翻）", self)
        self.both_sides.setChecked(True)
        self.told = QLabel("" if printers else NO_PRINTER, self)
        self.told.setWordWrap(True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("打印进度")
        self.stop = QPushButton("停止", self)
        self.print, self.pdf = QPushButton("打印", self), QPushButton("存为 PDF…", self)
        self._close = QPushButton("关闭", self)
        self._lay_out(title, bool(printers))
        self._connect()
        self.end_progress()

    @property
    def choice(self) -> Choice | None:
        """What of the text is chosen; None where there is no choice."""
        return self.what.choice if self.what is not None else None

    def show_count(self, count: int) -> None:
        """Say how many pages there are; all of them are wanted until the reader says otherwise."""
        had_all = self.last.value() == self._count or self._count == 0
        self._count = count
        for box in (self.first, self.last):
            box.setRange(1, max(count, 1))
        if had_all:
            self.first.setValue(1)
            self.last.setValue(count)
        self.pages.set_count(count)
        self.end_progress()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far the work is; nothing else can be begun meanwhile."""
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self._offer(is_busy=True)

    def end_progress(self) -> None:
        """The work is done."""
        self._offer(is_busy=False)

    def _offer(self, *, is_busy: bool) -> None:
        for part in (self.progress, self.stop):
            part.setVisible(is_busy)
        is_ready = self._count > 0 and not is_busy
        self.pdf.setEnabled(is_ready)
        self.print.setEnabled(is_ready and self.printers.count() > 0)

    def _lay_out(self, title: str, has_printers: bool) -> None:
        name = QLabel(title, self)
        name.setObjectName("previewTitle")
        name.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("打印机", self.printers)
        form.addRow("份数", _in_row(self.copies))
        form.addRow("页码", _in_row(self.first, QLabel("至", self), self.last))
        form.addRow("", self.both_sides)
        for row in range(form.rowCount()):
            form.setRowVisible(row, has_printers)
        (self.print if has_printers else self.pdf).setProperty("primary", True)
        (self.print if has_printers else self.pdf).setDefault(True)
        self.print.setVisible(has_printers)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(name)
        if self.what is not None:
            left.addWidget(self.what)
        left.addLayout(form)
        left.addWidget(self.told)
        left.addStretch(1)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.stop)
        left.addLayout(working)
        buttons = QHBoxLayout()
        for button in (self.print, self.pdf, self._close):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(24)
        layout.addLayout(left, 1)
        layout.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignTop)
        left_side = QSize(320, 0)
        self.resize(self.sizeHint().expandedTo(PAGE + left_side))

    def _connect(self) -> None:
        if self.what is not None:
            self.what.changed.connect(self.changed)
        self.pages.turned.connect(self.page_wanted)
        self.first.valueChanged.connect(self.last.setMinimum)
        self.print.clicked.connect(self.print_requested)
        self.pdf.clicked.connect(self.pdf_requested)
        self.stop.clicked.connect(self.stopped)
        self._close.clicked.connect(self.reject)


def _in_row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
