"""The search box: tells what is searched for, but never while an input method is still composing."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.theme import Theme


class SearchBox(QLineEdit):
    """Emits the text as it is typed, and the keys that lead to the results."""

    query_changed = Signal(str)
    down_pressed = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setAccessibleName("搜索")
        self.setPlaceholderText("搜索原文、批注，或输入出处如 二（三）3")
        self.setTextMargins(22, 0, 62, 0)
        self._theme = theme
        self._composing = False
        self._told = ""
        self.textChanged.connect(self._tell)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Composing may remove selected text before anything is committed: that is no query either.
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        # With nothing selected here, Ctrl+C is about the measure that was found.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and not self.hasSelectedText()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        muted = self._theme.color("muted")
        self._paint_lens(painter, muted)
        self._paint_hint(painter, "Esc 清除" if self.text() else "Ctrl K", muted)
        painter.end()

    def _tell(self) -> None:
        if not self._composing and self.text() != self._told:
            self._told = self.text()
            self.query_changed.emit(self._told)

    def _paint_lens(self, painter: QPainter, color: QColor) -> None:
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = self.height() / 2
        painter.drawEllipse(QRectF(12, middle - 6, 9, 9))
        painter.drawLine(20, int(middle + 2), 24, int(middle + 6))

    def _paint_hint(self, painter: QPainter, text: str, color: QColor) -> None:
        font = QFont(self.font())
        font.setPixelSize(11)
        width = QFontMetricsF(font).horizontalAdvance(text) + 12
        box = QRectF(self.width() - width - 9, self.height() / 2 - 9, width, 18)
        painter.setFont(font)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("header"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(color)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
