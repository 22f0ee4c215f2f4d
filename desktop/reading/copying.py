"""Copying what is selected, or else the current measure, with or without its source."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from content.model import Document
from desktop.reading import quoting
from desktop.views.reading import ReadingView, Selected

Quoting = Callable[[Document, Sequence[Selected]], str]


def put_on_clipboard(text: str, suffix: str) -> None:
    """Put a paper on the clipboard: plain text (.txt), or Markdown (.md) under its own name as well."""
    copied = QMimeData()
    copied.setText(text)
    if suffix == ".md":
        copied.setData("text/markdown", text.encode())
    QGuiApplication.clipboard().setMimeData(copied)


class Copying(QObject):
    """Puts words on the clipboard; ``word_said`` tells the reader what happened."""

    word_said = Signal(str)

    def __init__(self, document: Document, reading: ReadingView, current: Callable[[], str]) -> None:
        super().__init__(reading)
        self._document = document
        self._reading = reading
        self._current = current
        reading.quoting = lambda chosen: quoting.with_citation(document, chosen)

    def with_citation(self) -> None:
        """The words and after them where they stand."""
        self._copy(quoting.with_citation, "已复制，后附出处")

    def words(self) -> None:
        """Only the words."""
        self._copy(quoting.words, "已复制原文")

    def citation(self) -> None:
        """Only where they stand."""
        self._copy(quoting.only_citation, "已复制出处")

    def _copy(self, quote: Quoting, word: str) -> None:
        chosen = self._reading.selected()
        if not chosen and self._current():
            chosen = quoting.whole_measure(self._document, self._current())
        if not chosen:
            self.word_said.emit("请先点选一句，或用鼠标选中文字。")
            return
        QGuiApplication.clipboard().setText(quote(self._document, chosen))
        self.word_said.emit(word)
