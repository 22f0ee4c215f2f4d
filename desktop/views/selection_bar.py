"""The small bar over selected words: mark, annotate, bookmark, quote, gather for a meeting."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTextEdit, QToolButton, QWidget

from desktop.theme import Theme

_COLORS = (
    ("黄", "highlight_yellow", "Alt+1"),
    ("绿", "highlight_green", "Alt+2"),
    ("蓝", "highlight_blue", "Alt+3"),
    ("粉", "highlight_pink", "Alt+4"),
)
_GAP = 6
"""Pixels between the bar and the words."""
_TALL = 2.2
"""From how many character heights on a rectangle holds more than one line."""
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Tab: 1,
}
_PRESSES: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SelectionBar(QFrame):
    """Stands beside the words, scrolls with them and goes away by itself: when they are out of sight, when the
    selection changes, when the reader presses a key or clicks in the text or goes elsewhere.

    ``color_chosen`` names the colour (黄 绿 蓝 粉). The keyboard comes only when it is asked to; ``left`` says that it goes
    back to the text.
    """

    color_chosen = Signal(str)
    note_requested = Signal()
    bookmark_requested = Signal()
    copy_requested = Signal()
    meeting_requested = Signal()
    remove_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, text: QTextEdit) -> None:
        super().__init__(text)
        self._text = text
        self._words = QRect()
        self._scrolled = 0
        self.setObjectName("selectionBar")
        self.setAccessibleName("选中文字的操作")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(6, 4, 6, 4)
        self._line.setSpacing(2)
        self.colors = [_ColorButton(*color, theme, self) for color in _COLORS]
        for button in self.colors:
            button.clicked.connect(lambda checked=False, name=button.name: self.color_chosen.emit(name))
            self._line.addWidget(button)
        self.note = self._add("批注", "Ctrl+M", self.note_requested)
        self.bookmark = self._add("书签", "Ctrl+D", self.bookmark_requested)
        self.copy = self._add("复制引文", "Ctrl+C", self.copy_requested)
        self.meeting = self._add("加入会议", "Ctrl+J：加入打开着的会议", self.meeting_requested)
        self.remove = self._add("去除标记", "Alt+0", self.remove_requested)
        self._buttons: list[QToolButton] = [
            *self.colors, self.note, self.bookmark, self.copy, self.meeting, self.remove
        ]  # fmt: skip
        for one in self._buttons:
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.installEventFilter(self)
            one.clicked.connect(self.hide)
        self.hide()
        self._watch_text()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for button in self.colors:
            button.theme = theme
            button.update()

    def show_for_selection(self, words: QRect) -> None:
        """Offer what can be done with the words in this rectangle of the text's viewport."""
        self._show(words, "")

    def show_for_highlight(self, words: QRect, color: str) -> None:
        """Offer what can be done with a highlight of this colour."""
        self._show(words, color)

    def take_keyboard(self) -> None:
        """Let the reader go along the buttons with the arrow keys."""
        for one in self._buttons:
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.colors[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return False
        if watched is self._text:
            return self._follow_text(event)
        if watched is self._text.viewport():
            if event.type() == QEvent.Type.MouseButtonPress:
                self.hide()
            return False
        if isinstance(event, QKeyEvent) and isinstance(watched, QToolButton):
            return self._handle_key(watched, event)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.left.emit()
        for one in self._buttons:
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().hideEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the text."""
        QApplication.sendEvent(self._text.viewport(), event)

    def _watch_text(self) -> None:
        text = self._text
        text.installEventFilter(self)
        text.viewport().installEventFilter(self)
        text.selectionChanged.connect(self.hide)
        text.verticalScrollBar().valueChanged.connect(self._scroll)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_text(self, event: QEvent) -> bool:
        """Go away when the reader does something else in the text; True if that was all the key was for."""
        if event.type() == QEvent.Type.Resize:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.key() in _MODIFIERS:
            return False
        is_escape = event.key() == Qt.Key.Key_Escape and not self._text.textCursor().hasSelection()
        if event.type() == QEvent.Type.ShortcutOverride and is_escape:
            # Esc closes the bar before it does what the window does with it.
            event.accept()
            return True
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.type() == QEvent.Type.KeyPress and not event.modifiers() & others:
            self.hide()
            return is_escape
        return False

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self._text and not self.isAncestorOf(now):
            self.hide()

    def _handle_key(self, button: QToolButton, event: QKeyEvent) -> bool:
        key = event.key()
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in _STEPS:
            shown = [one for one in self._buttons if not one.isHidden()]
            at = shown.index(button) + _STEPS[key]
            shown[at % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _PRESSES:
            # The keyboard goes back first, so that what the button starts can take it.
            self.left.emit()
            button.click()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _show(self, words: QRect, color: str) -> None:
        for button in self.colors:
            button.set_used(button.name == color)
        self.remove.setVisible(bool(color))
        self.copy.setVisible(not color)
        self.meeting.setVisible(not color)
        self.bookmark.setVisible(not color)
        self._words = words
        self._scrolled = self._text.verticalScrollBar().value()
        self._place()
        self.show()
        self.raise_()

    def _scroll(self, value: int) -> None:
        if self.isVisible():
            self._words.translate(0, self._scrolled - value)
            self._scrolled = value
            if self._words.intersects(self._text.viewport().rect()):
                self._place()
            else:
                self.hide()

    def _place(self) -> None:
        """Above one line and below several, where the selection was finished; on the other side if there is no room."""
        room, words = self._text.viewport().geometry(), self._words.translated(self._text.viewport().pos())
        self._line.activate()
        size = self.sizeHint()
        above, below = words.top() - _GAP - size.height(), words.bottom() + 1 + _GAP
        lowest = room.bottom() + 1 - size.height()
        is_tall = words.height() > _TALL * self._text_height()
        sides = (below, above) if is_tall else (above, below)
        top = next((side for side in sides if room.top() <= side <= lowest), lowest)
        middle = words.center().x() - size.width() // 2
        left = max(room.left() + 4, min(middle, room.right() + 1 - size.width() - 4))
        self.setGeometry(QRect(left, top, size.width(), size.height()))

    def _text_height(self) -> int:
        """The height of the characters beside the bar, in pixels."""
        return max(12, self._text.textCursor().charFormat().font().pixelSize())

    def _add(self, text: str, keys: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("barButton")
        button.setText(text)
        button.setToolTip(f"{text}（{keys}）")
        button.clicked.connect(signal)
        self._line.addWidget(button)
        return button


class _ColorButton(QToolButton):
    def __init__(self, name: str, role: str, keys: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("barButton")
        self.name = name
        self.theme = theme
        self.is_used = False
        self._role = role
        self.setAccessibleName(f"标{name}")
        self.setToolTip(f"标{name}（{keys}）")

    def set_used(self, is_used: bool) -> None:
        """Whether the words have this colour now."""
        self.is_used = is_used
        self.setAccessibleDescription("现用颜色" if is_used else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent_soft"))
            painter.drawRoundedRect(area, 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.color("accent"), 1))
            painter.drawRoundedRect(area, 5, 5)
        if self.is_used:
            painter.setPen(QPen(self.theme.color("ink"), 1.6))
            painter.drawEllipse(area.center(), 10, 10)
        painter.setPen(QPen(self.theme.color("muted"), 1))
        painter.setBrush(self.theme.color(self._role))
        painter.drawEllipse(area.center(), 7, 7)
