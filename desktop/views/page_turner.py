"""A sheet of paper at a time, and keys, buttons and the wheel to turn to the others."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

_STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_NOTCH = 120
"""What a wheel says for one notch."""


class PageTurner(QWidget):
    """``turned``: to which page, from 0; whoever hears it shows that page."""

    turned = Signal(int)

    def __init__(self, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")
        self._number, self._count, self._turn = 0, 0, 0
        self.page = QLabel("正在排版…", self)
        self.page.setObjectName("firstPage")
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setFixedSize(size + QSize(2, 2))
        self.where = QLabel(self)
        self.where.setObjectName("cardMeta")
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back, self.on = QToolButton(self), QToolButton(self)
        for button, text, name, step in ((self.back, "‹", "上一页", -1), (self.on, "›", "下一页", 1)):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda checked=False, step=step: self.turn_to(self._number + step))
        turning = QHBoxLayout()
        turning.addStretch(1)
        for widget in (self.back, self.where, self.on):
            turning.addWidget(widget)
        turning.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        layout.addLayout(turning)
        self.set_count(0)

    @property
    def number(self) -> int:
        """The page that is shown, from 0."""
        return self._number

    def set_count(self, count: int) -> None:
        """Say how many pages there are now; 0 while that is not known."""
        self._count = count
        self._number = min(self._number, max(count - 1, 0))
        self._say_where()

    def show_page(self, image: QImage) -> None:
        """Show a page."""
        self.page.setPixmap(QPixmap.fromImage(image))

    def turn_to(self, number: int) -> None:
        """Go to a page, if there is one."""
        if 0 <= number < self._count and number != self._number:
            self._number = number
            self._say_where()
            self.turned.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.turn_to(self._number + _STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn_to(0 if key == Qt.Key.Key_Home else self._count - 1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turn += event.angleDelta().y()
        if abs(self._turn) >= _NOTCH:
            self.turn_to(self._number + (-1 if self._turn > 0 else 1))
            self._turn = 0
        event.accept()

    def _say_where(self) -> None:
        self.where.setText(f"第 {self._number + 1} 页，共 {self._count} 页" if self._count else "")
        self.back.setEnabled(self._number > 0)
        self.on.setEnabled(self._number + 1 < self._count)
