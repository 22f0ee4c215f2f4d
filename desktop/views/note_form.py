"""Where a note is written: its words, how they will look, its kind, tags and pin."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.notebook.model import NoteKind
from desktop.notebook.rendering import is_plain, to_html
from desktop.views.note_editor import NoteEditor
from desktop.views.tags_line import TagsLine

_BORROWED = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A menu or a passing window only borrows the keyboard."""


class NoteForm(QFrame):
    """Holds the words of one note while they are being written.

    ``body_settled``: there may be something to save; ``details_changed``: another kind, tags or pin has been chosen;
    ``left``: the keyboard has gone elsewhere; ``escaped``: the reader wants to be back in the text.
    """

    body_settled = Signal()
    details_changed = Signal()
    left = Signal()
    escaped = Signal()
    height_changed = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteForm")
        self.saved = ""
        self.editor = NoteEditor(lines, self)
        self.editor.setObjectName("newNote")
        self.preview = QLabel(self)
        self.preview.setObjectName("notePreview")
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName("预览")
        self.preview.hide()
        self.kind_box = QComboBox(self)
        self.kind_box.setObjectName("noteKind")
        self.kind_box.setAccessibleName("类别")
        for kind in NoteKind:
            self.kind_box.addItem(kind.value, kind)
        self.tags_line = TagsLine(self)
        self.pin = QToolButton(self)
        self.pin.setObjectName("cardButton")
        self.pin.setText("置顶")
        self.pin.setCheckable(True)
        self.pin.setToolTip("让这条批注排在最前")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        details = QHBoxLayout()
        details.setSpacing(6)
        details.addWidget(self.kind_box)
        details.addWidget(self.tags_line, 1)
        details.addWidget(self.pin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.editor)
        layout.addWidget(self.preview)
        layout.addLayout(details)

    def _connect(self) -> None:
        self.editor.text_settled.connect(self.body_settled)
        self.editor.textChanged.connect(self._show_preview)
        self.editor.escaped.connect(self.escaped)
        self.editor.height_changed.connect(self.height_changed)
        self.tags_line.escaped.connect(self.escaped)
        self.tags_line.tags_settled.connect(self.details_changed)
        self.kind_box.activated.connect(self.details_changed)
        self.pin.clicked.connect(self.details_changed)
        for child in (self.editor, self.tags_line, self.kind_box, self.pin):
            child.installEventFilter(self)

    @property
    def body(self) -> str:
        """The words that stand here."""
        return self.editor.toPlainText()

    @property
    def kind(self) -> NoteKind:
        """The kind that is chosen."""
        return NoteKind(self.kind_box.currentText())

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that stand here."""
        return self.tags_line.tags

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return bool(self.body.strip()) and self.body != self.saved

    def show_note(self, body: str, kind: NoteKind, tags: Iterable[str], pinned: bool) -> None:
        """Show what the notebook holds; words that are being typed are left alone."""
        self.saved = body
        if not self.editor.hasFocus() or not self.body:
            self.editor.show_text(body)
        self.kind_box.setCurrentText(kind.value)
        if not self.tags_line.hasFocus():
            self.tags_line.show_tags(tags)
        self.pin.setChecked(pinned)

    def clear(self) -> None:
        """Be ready for another note."""
        self.saved = ""
        self.editor.show_text("")
        self.kind_box.setCurrentIndex(0)
        self.tags_line.clear()
        self.pin.setChecked(False)

    def take_keyboard(self) -> None:
        """Let the reader write, at the end of what stands here."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        cursor = self.editor.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.editor.setTextCursor(cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in _BORROWED
            and not self._holds(QApplication.focusWidget())
        ):
            # After the child has had the event itself: it may still have something to save.
            watched.event(event)
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _holds(self, widget: QWidget | None) -> bool:
        """Whether a widget belongs to the form; the list of a box does, though it is a window of its own."""
        while widget is not None and widget is not self:
            widget = widget.parentWidget()
        return widget is self

    def _show_preview(self) -> None:
        body = self.body
        was_hidden = self.preview.isHidden()
        plain = is_plain(body)
        self.preview.setHidden(plain)
        if not plain:
            self.preview.setText(to_html(body))
        if not plain or not was_hidden:
            self.height_changed.emit()
