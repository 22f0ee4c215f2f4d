"""A card in the 案头: a note or a bookmark with the words it is about."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.note_editor import NoteEditor


@dataclass(frozen=True, slots=True)
class CardContent:
    """What one card shows. ``body`` is empty for a bookmark."""

    entry_id: str
    measure_id: str
    quote: str
    place: str
    time: str
    body: str = ""


class Card(QFrame):
    """A note or a bookmark: the quoted words, the reader's own, the place."""

    chosen = Signal(str)
    edited = Signal(str, str)
    deleted = Signal(str)
    escaped = Signal()

    def __init__(
        self, shown: CardContent, theme: Theme, *, editable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.shown = shown
        self.editor: NoteEditor | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(4)
        self._quote = _Quote(shown.quote, theme, self)
        layout.addWidget(self._quote)
        if editable:
            layout.addWidget(self._make_editor(shown.body))
        layout.addLayout(self._make_foot())

    @property
    def is_unsaved(self) -> bool:
        """Whether it shows words that the notebook does not hold."""
        words = self.editor.toPlainText() if self.editor is not None else ""
        return bool(words.strip()) and words != self.shown.body

    def save(self) -> None:
        """Emit the words that are not saved, if there are any."""
        if self.editor is not None:
            self.editor.settle()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._quote.set_theme(theme)

    def show_content(self, shown: CardContent) -> None:
        """Show newer words of the same entry; what the reader is typing is left alone."""
        if self.editor is not None and shown.body != self.shown.body and not self.editor.hasFocus():
            self.editor.show_text(shown.body)
        self.shown = shown
        self._meta.setText(f"{shown.place} · {shown.time}")

    def mark_current(self, current: bool) -> None:
        """Show whether the card belongs to the current measure."""
        self.setProperty("current", current)
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.shown.measure_id)
        super().mousePressEvent(event)

    def _make_editor(self, body: str) -> NoteEditor:
        self.editor = NoteEditor(1, self)
        self.editor.setObjectName("cardBody")
        self.editor.setAccessibleName(f"批注：{self.shown.place}")
        self.editor.show_text(body)
        self.editor.text_settled.connect(self._save)
        self.editor.left.connect(self._drop_if_empty)
        self.editor.escaped.connect(self.escaped)
        return self.editor

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(4)
        self._meta = QLabel(f"{self.shown.place} · {self.shown.time}", self)
        self._meta.setObjectName("cardMeta")
        delete = QToolButton(self)
        delete.setObjectName("cardButton")
        delete.setText("删除")
        delete.setToolTip("删除这一条（Ctrl+Z 可撤销）")
        delete.clicked.connect(self._delete)
        foot.addWidget(self._meta, 1)
        foot.addWidget(delete)
        return foot

    def _save(self) -> None:
        if self.editor is not None and self.is_unsaved:
            self.edited.emit(self.shown.entry_id, self.editor.toPlainText())

    def _delete(self) -> None:
        self.save()
        self.deleted.emit(self.shown.entry_id)

    def _drop_if_empty(self) -> None:
        assert self.editor is not None
        self.save()
        if not self.editor.toPlainText().strip():
            self.deleted.emit(self.shown.entry_id)


class _Quote(QLabel):
    """The quoted words on one line, with the coloured bar of a quotation."""

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self.setToolTip(text)
        self.setContentsMargins(9, 0, 0, 0)
        self.setMinimumHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 1, 3, self.height() - 2, self._theme.color("hit_here"))
        painter.setPen(self._theme.color("muted"))
        room = self.width() - 10
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(10, 0, room, self.height(), int(Qt.AlignmentFlag.AlignVCenter), text)
