"""What notes are listed: where they stand, and, when asked for, their words, kind, tag and time, and their order."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.notebook.listing import Order, Wanted
from desktop.notebook.model import NoteKind
from desktop.views.own_escape import OwnEscape


class Where(Enum):
    """Whose notes are listed."""

    MEASURE = "本条"
    SECTION = "本节"
    ALL = "全部"


_PERIODS = (("时间不限", None), ("今天", 0), ("近 7 天", 6), ("近 30 天", 29))
"""Name → days before today that are still wanted."""
_ANY_KIND = "全部类别"
_ANY_TAG = "全部标签"


class NoteFilter(QWidget):
    """Emits ``changed`` when other notes are wanted, and ``down_pressed`` to lead into the list."""

    changed = Signal()
    down_pressed = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[Where, QToolButton] = {}
        self.more = _chip("筛选", self)
        self.count = QLabel(self)
        self.count.setObjectName("cardMeta")
        self.words = _Words(self)
        self.kinds = _box("类别", [_ANY_KIND, *(kind.value for kind in NoteKind)], self)
        self.tags = _box("标签", [_ANY_TAG], self)
        self.periods = _box("时间", [name for name, _ in _PERIODS], self)
        self.orders = _box("排序", [order.value for order in Order], self)
        self._panel = QWidget(self)
        self._lay_out()
        self.words.textChanged.connect(self.changed)
        self.words.down_pressed.connect(self.down_pressed)
        self.words.escaped.connect(self.escaped)
        for box in (self.kinds, self.tags, self.periods, self.orders):
            box.currentIndexChanged.connect(self.changed)
        self.more.toggled.connect(self._show_more)

    @property
    def where(self) -> Where:
        """Whose notes are wanted."""
        return next(where for where, chip in self._chips.items() if chip.isChecked())

    @property
    def wanted(self) -> Wanted:
        """What a note has to be."""
        if not self.more.isChecked():
            return Wanted()
        days = _PERIODS[self.periods.currentIndex()][1]
        kind = self.kinds.currentText()
        tag = self.tags.currentText()
        return Wanted(
            self.words.text(),
            None if kind == _ANY_KIND else NoteKind(kind),
            "" if tag == _ANY_TAG else tag,
            "" if days is None else (date.today() - timedelta(days=days)).isoformat(),
        )

    @property
    def order(self) -> Order:
        """The order that is wanted."""
        return Order(self.orders.currentText())

    def choose(self, where: Where) -> None:
        """List those notes."""
        if not self._chips[where].isChecked():
            self._chips[where].setChecked(True)
            self.changed.emit()

    def drop(self) -> None:
        """Ask nothing any more of what was typed or chosen."""
        if self.more.isChecked():
            self.more.setChecked(False)

    def take_keyboard(self) -> None:
        """Let the reader type what he looks for among all notes."""
        self.more.setChecked(True)
        self.choose(Where.ALL)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def show_count(self, shown: int, total: int) -> None:
        """How many of how many notes are listed."""
        self.count.setText(f"{shown} / {total}" if shown != total else "")

    def know(self, tags: Sequence[str]) -> None:
        """The tags that can be asked for."""
        if [self.tags.itemText(row) for row in range(1, self.tags.count())] == list(tags):
            return
        chosen = self.tags.currentText()
        with QSignalBlocker(self.tags):
            self.tags.clear()
            self.tags.addItems([_ANY_TAG, *tags])
            self.tags.setCurrentText(chosen)
        if self.tags.currentText() != chosen:
            self.changed.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for where in Where:
            chip = self._chips[where] = _chip(where.value, self)
            group.addButton(chip)
            chip.clicked.connect(self.changed)
            line.addWidget(chip)
        self._chips[Where.SECTION].setChecked(True)
        line.addWidget(self.count, 1, Qt.AlignmentFlag.AlignRight)
        line.addWidget(self.more)
        grid = QGridLayout(self._panel)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.words, 0, 0, 1, 2)
        for place, box in enumerate((self.kinds, self.tags, self.periods, self.orders)):
            grid.addWidget(box, 1 + place // 2, place % 2)
        self._panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self._panel)

    def _show_more(self, shown: bool) -> None:
        self._panel.setVisible(shown)
        if not shown:
            for box in (self.kinds, self.tags, self.periods, self.orders):
                with QSignalBlocker(box):
                    box.setCurrentIndex(0)
            with QSignalBlocker(self.words):
                self.words.clear()
        else:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class _Words(QLineEdit):
    """The words looked for; Esc and the down arrow lead out of it."""

    down_pressed = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterWords")
        self.setAccessibleName("筛选批注的字词")
        self.setPlaceholderText("批注里的字词、标签、引文")
        self.setClearButtonEnabled(True)
        OwnEscape(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.escaped.emit()
        else:
            super().keyPressEvent(event)


def _chip(text: str, parent: QWidget) -> QToolButton:
    chip = QToolButton(parent)
    chip.setObjectName("chip")
    chip.setText(text)
    chip.setCheckable(True)
    return chip


def _box(name: str, lines: Sequence[str], parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.addItems(list(lines))
    box.setMinimumContentsLength(4)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
