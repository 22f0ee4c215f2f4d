"""A line of tags, completed from those already in use."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.views.own_escape import OwnEscape

_CHOOSING: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BETWEEN = re.compile(r"[\s,，、;；#＃]+")


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a line, each once, in the order typed; spaces, commas and # stand between them."""
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(text))))


class TagsLine(QLineEdit):
    """Emits the tags when the reader has finished typing them."""

    tags_settled = Signal(tuple)
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagsLine")
        self.setAccessibleName("标签")
        self.setPlaceholderText("标签，空格分开")
        OwnEscape(self)
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._complete)
        self.editingFinished.connect(lambda: self.tags_settled.emit(self.tags))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that stand here."""
        return tags_of(self.text())

    def know(self, tags: Iterable[str]) -> None:
        """Offer these from now on."""
        self._known.setStringList(list(tags))

    def show_tags(self, tags: Iterable[str]) -> None:
        """Show saved tags, unless they already stand here in another spelling."""
        if self.tags != tuple(tags):
            self.setText(" ".join(tags))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if event.key() in _CHOOSING and popup.isVisible() and popup.currentIndex().isValid():
            # The completer asks the line first; what has only been begun is no tag yet.
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape and popup.isVisible():
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def _complete(self, text: str) -> None:
        begun = _BETWEEN.split(text[: self.cursorPosition()])[-1]
        popup = self._completer.popup()
        if not begun:
            popup.hide()
            return
        self._completer.setCompletionPrefix(begun)
        if self._completer.completionCount() and self._completer.currentCompletion() != begun:
            self._completer.complete()
        else:
            popup.hide()

    def _take(self, tag: str) -> None:
        before, after = self.text()[: self.cursorPosition()], self.text()[self.cursorPosition() :]
        begun = _BETWEEN.split(before)[-1]
        before = before[: len(before) - len(begun)]
        self.setText(f"{before}{tag} {after.lstrip()}")
        self.setCursorPosition(len(before) + len(tag) + 1)
        self.tags_settled.emit(self.tags)
