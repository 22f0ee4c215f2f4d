"""A place to write plain text in, at ease with input methods."""

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTransform
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_PLACING = (QEvent.Type.FocusIn, QEvent.Type.Move, QEvent.Type.Resize)
"""With these Qt settles where the caret is in the window."""


class PlainText(QPlainTextEdit):
    """Shows its hint only while nothing is written or composed, and has the candidates below what is composed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._is_composing = False

    def setPlaceholderText(self, text: str) -> None:
        self._hint = text
        self._show_hint()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        self._show_hint()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in _PLACING and self.hasFocus():
            self._place_caret()
        return done

    def _show_hint(self) -> None:
        # WORKAROUND QPlainTextEdit (Qt 6.8): its hint stays, under the letters that are being composed.
        hint = "" if self._is_composing else self._hint
        if hint != self.placeholderText():
            super().setPlaceholderText(hint)

    def _place_caret(self) -> None:
        # WORKAROUND QPlainTextEdit (Qt 6.8): it tells the caret's place in the viewport as if it were its own, so that
        # the candidates of an input method would cover what is being composed.
        corner = self.viewport().mapTo(self.window(), QPoint())
        QGuiApplication.inputMethod().setInputItemTransform(QTransform.fromTranslate(corner.x(), corner.y()))
