"""Places to write in that know what has been saved: a line and a text, both saved as they are typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views.note_editor import AUTOSAVE_MS, NoteEditor
from desktop.views.own_escape import OwnEscape


def _as_it_is(words: str) -> str:
    return words


class SavedLine(QLineEdit):
    """One line. ``words_settled``: these words are to be saved; ``shown`` says how they look while nobody writes."""

    words_settled = Signal(str)
    escaped = Signal()

    def __init__(
        self,
        name: str,
        hint: str,
        parent: QWidget | None = None,
        shown: Callable[[str], str] = _as_it_is,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("savedLine")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setToolTip(name)
        self._saved = ""
        self._words = ""
        self._shown = shown
        OwnEscape(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(AUTOSAVE_MS)
        self._pause.timeout.connect(self.settle)
        self.textEdited.connect(self._take)

    @property
    def words(self) -> str:
        """What is written here."""
        return self._words

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return self._words != self._saved

    def show_saved(self, words: str) -> None:
        """Show what the notebook holds; words that are not saved yet are left alone."""
        if not self.is_unsaved:
            self._words = words
            self._draw()
        self._saved = words

    def forget(self) -> None:
        """Take no heed of words that have been saved elsewhere."""
        self._saved = self._words = ""
        self.clear()

    def settle(self) -> None:
        """Say now what is to be saved."""
        self._pause.stop()
        if self.is_unsaved:
            self.words_settled.emit(self._words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        self._words = text
        self._pause.start()

    def _draw(self) -> None:
        text = self._words if self.hasFocus() else self._shown(self._words)
        if self.text() != text:
            self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)


class SavedText(NoteEditor):
    """A text in Markdown. ``words_settled``: these words are to be saved."""

    words_settled = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)
        self.setObjectName("savedText")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._saved = ""
        self.text_settled.connect(self._offer)

    @property
    def words(self) -> str:
        """What is written here."""
        return self.toPlainText()

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return self.words != self._saved

    def show_saved(self, words: str) -> None:
        """Show what the notebook holds; words that are not saved yet are left alone."""
        if not self.is_unsaved:
            self._saved = words
            self.show_text(words)
        self._saved = words

    def forget(self) -> None:
        """Take no heed of words that have been saved elsewhere."""
        self._saved = ""
        self.show_text("")

    def _offer(self) -> None:
        if self.is_unsaved:
            self.words_settled.emit(self.words)
