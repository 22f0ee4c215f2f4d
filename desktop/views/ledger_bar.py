"""Over the ledger: whose words these are, which rows are listed, how they are grouped, and what can be done with all."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.views.own_escape import OwnEscape

_ONE_LINE, _NARROWEST = 1180, 700
"""Pixels from which on all of it stands in one line, and below which nothing is shortened any more."""


class LedgerBar(QWidget):
    """Emits the chip, the words and the grouping that the reader wants, and what he wants done."""

    chip_chosen = Signal(str)
    words_changed = Signal(str)
    grouping_chosen = Signal(str)
    row_requested = Signal()
    import_requested = Signal()
    export_requested = Signal()
    left = Signal()

    def __init__(
        self, label: str, chips: Sequence[str], groupings: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chips: dict[str, QToolButton] = {}
        names, layout = QHBoxLayout(), QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(_label("任务台账", "ledgerTitle"))
        names.addWidget(_label(label, "ownWords"))
        names.addStretch(1)
        layout.setSpacing(8)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addLayout(names, 1)
        self._box.addLayout(layout)
        self._add_chips(chips, layout)
        self.grouping = QComboBox(self)
        self.grouping.setAccessibleName("分组")
        self.grouping.addItems(list(groupings))
        self.grouping.activated.connect(lambda: self.grouping_chosen.emit(self.grouping.currentText()))
        self.words = _Words(self)
        layout.addWidget(self.grouping)
        layout.addWidget(self.words)
        self.add, self.import_, self.export = (
            QPushButton(text, self) for text in ("新增一行", "导入 Excel", "导出 Excel")
        )
        self.export.setProperty("primary", True)
        for button, request in (
            (self.add, self.row_requested),
            (self.import_, self.import_requested),
            (self.export, self.export_requested),
        ):
            button.clicked.connect(lambda checked=False, request=request: request.emit())
            layout.addWidget(button)
        self.words.textChanged.connect(self.words_changed)
        self.words.left.connect(self.left)

    def _add_chips(self, names: Sequence[str], layout: QHBoxLayout) -> None:
        group = QButtonGroup(self)
        for name in names:
            chip = self.chips[name] = QToolButton(self)
            chip.setObjectName("chip")
            chip.setText(name)
            chip.setCheckable(True)
            chip.clicked.connect(lambda checked=False, name=name: self.chip_chosen.emit(name))
            group.addButton(chip)
            layout.addWidget(chip)
        self.chips[names[0]].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        # What it needs in two lines: the window may be narrower than all of it in one.
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= _ONE_LINE
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many rows there are behind each chip."""
        for name, count in counts.items():
            self.chips[name].setText(f"{name} {count}")

    def show_all(self) -> None:
        """Ask for nothing any more, without telling anybody."""
        next(iter(self.chips.values())).setChecked(True)
        blocked = self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(blocked)


class _Words(QLineEdit):
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterWords")
        self.setAccessibleName("筛选台账")
        self.setPlaceholderText("筛选字词")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(70)
        self.setMaximumWidth(130)
        OwnEscape(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    return label
