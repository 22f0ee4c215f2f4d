"""The search box: tells what is searched for, but never while an input method is still composing."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.theme import Theme

_BUTTON = 22
_BUTTON_GAP = 4


class SearchBox(QLineEdit):
    """Emits the text as it is typed, and the keys that lead to the results."""

    query_changed = Signal(str)
    down_pressed = Signal()
    accepted = Signal()
    left = Signal()
    clicked = Signal()
    composing_began = Signal()
    guide_requested = Signal()
    keeping_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setAccessibleName("搜索")
        self.setPlaceholderText("搜索原文、批注，或输入出处如 二（三）3")
        self._theme = theme
        self._composing = False
        self._told = ""
        self.guide = self._add_button("？", "搜索写法（Ctrl+/）", self.guide_requested)
        self.star = self._add_button("☆", "", self.keeping_requested)
        self._is_kept = True
        self.show_kept(False)
        self.textChanged.connect(self._tell)
        self.textChanged.connect(self._offer_star)
        self._place_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def show_kept(self, kept: bool) -> None:
        """Whether the query is one of the saved ones."""
        if kept == self._is_kept:
            return
        self._is_kept = kept
        self.star.setText("★" if kept else "☆")
        words = "已收藏；改名或取消收藏" if kept else "收藏这次搜索"
        self.star.setToolTip(f"{words}（Ctrl+Shift+S）")
        self.star.setAccessibleName(words)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Composing may remove selected text before anything is committed: that is no query either.
        was_composing, self._composing = self._composing, bool(event.preeditString())
        if self._composing and not was_composing:
            self.composing_began.emit()
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        muted = self._theme.color("muted")
        self._paint_lens(painter, muted)
        self._paint_hint(painter, muted)
        painter.end()

    def _add_button(self, text: str, words: str, pressed: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("boxButton")
        button.setText(text)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        # The keyboard stays in the box: each of them has a key.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(pressed)
        return button

    def _offer_star(self, text: str) -> None:
        if self.star.isHidden() == bool(text):
            self._place_buttons()

    def _place_buttons(self) -> None:
        right = round(self._hint_box().left()) - _BUTTON_GAP
        self.star.setVisible(bool(self.text()))
        for button in (self.guide, self.star):
            if not button.isHidden():
                right -= _BUTTON
                button.setGeometry(right, (self.height() - _BUTTON) // 2, _BUTTON, _BUTTON)
        self.setTextMargins(22, 0, self.width() - right - 6, 0)

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

    def _hint_box(self) -> QRectF:
        width = QFontMetricsF(self._hint_font()).horizontalAdvance(self._hint()) + 12
        return QRectF(self.width() - width - 9, self.height() / 2 - 9, width, 18)

    def _hint(self) -> str:
        return "Esc 清除" if self.text() else "Ctrl K"

    def _hint_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        return font

    def _paint_hint(self, painter: QPainter, color: QColor) -> None:
        box = self._hint_box()
        painter.setFont(self._hint_font())
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("header"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(color)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._hint())
