"""A place to write a note in: as high as its text, saying when there is something to save."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.own_escape import OwnEscape
from desktop.views.plain_text import PlainText

AUTOSAVE_MS = 400
"""Pause in the typing after which a note is saved."""

_MOST_LINES = 14


class NoteEditor(PlainText):
    """Grows with its text and says when there is something to save."""

    text_settled = Signal()
    escaped = Signal()
    height_changed = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        OwnEscape(self)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(AUTOSAVE_MS)
        self._pause.timeout.connect(self.text_settled)
        self.textChanged.connect(self._pause.start)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def settle(self) -> None:
        """Say now, and not again after the pause, that there may be something to save."""
        self._pause.stop()
        self.text_settled.emit()

    def show_text(self, text: str) -> None:
        """Show saved words; nothing is left to save."""
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._pause.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        text = 0.0
        block = self.document().begin()
        while block.isValid():
            # Asking for the rectangle lays the block out at the present width.
            text += self.blockBoundingRect(block).height()
            block = block.next()
        margins = 2 * (self.document().documentMargin() + self.frameWidth())
        height = round(min(max(text, self._lines * line), _MOST_LINES * line) + margins)
        if height != self.height():
            self.setFixedHeight(height)
            self.height_changed.emit()
        scrolls = text > _MOST_LINES * line
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
