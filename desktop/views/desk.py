"""案头: the reader's notes on the section he reads, a place to write, and his bookmarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme

AUTOSAVE_MS = 400
"""Pause in the typing after which a note is saved."""

_MOST_LINES = 14

_NO_NOTES = "本节还没有批注。\n在上面写下的话会留在这里，原文旁边会标出圆点。"
_NO_BOOKMARKS = "还没有书签。\n选中一句后按 Ctrl+D，就会出现在这里。"


@dataclass(frozen=True, slots=True)
class CardContent:
    """What one card shows. ``body`` is empty for a bookmark."""

    entry_id: str
    measure_id: str
    quote: str
    place: str
    time: str
    body: str = ""


class NoteEditor(QPlainTextEdit):
    """Grows with its text and says when there is something to save."""

    text_settled = Signal()
    left = Signal()
    escaped = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
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
        # A menu or a passing window only borrows the keyboard.
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settle()
        else:
            self.left.emit()

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
        self.setFixedHeight(round(min(max(text, self._lines * line), _MOST_LINES * line) + margins))


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


class DeskPanel(QWidget):
    """Shows notes and bookmarks; emits what the reader writes, deletes and picks."""

    note_written = Signal(str, str)
    note_edited = Signal(str, str)
    note_deleted = Signal(str)
    draft_finished = Signal()
    bookmark_deleted = Signal(str)
    place_chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measure_id = ""
        self._place = ""
        # The words in the writing place: their note, its measure, and what of them the notebook holds.
        self._draft_id = ""
        self._draft_measure = ""
        self._draft_saved = ""
        self._bookmark_cards: list[Card] = []
        self._cards: list[Card] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(self._make_tabs())
        self.new_note = self._make_new_note()
        layout.addWidget(self.new_note)
        self._notes, self._notes_box = _card_list()
        self._bookmarks, self._bookmarks_box = _card_list()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._notes)
        self._stack.addWidget(self._bookmarks)
        layout.addWidget(self._stack, 1)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        for card in (*self._cards, *self._bookmark_cards):
            card.set_theme(theme)

    def set_writable(self, writable: bool) -> None:
        """Whether a notebook is open to write in."""
        self.new_note.setEnabled(writable)
        self._show_placeholder()

    def show_measure(self, measure_id: str, place: str) -> None:
        """The measure that the next note will be about; what has been written on the last one is saved first."""
        if measure_id == self._measure_id:
            return
        self.finish_draft()
        self._measure_id = measure_id
        self._place = place
        self._show_placeholder()
        for card in self._cards:
            card.mark_current(card.shown.measure_id == measure_id)

    def show_notes(self, contents: Sequence[CardContent], count: int) -> None:
        """The notes of the section; ``count`` is their number in the whole document."""
        self._note_tab.setText(f"批注 · {count}" if count else "批注")
        shown = [one for one in contents if one.entry_id != self._draft_id]
        # What could not be saved stays in sight, wherever the reader goes.
        unsaved = {card.shown.entry_id: card for card in self._cards if card.is_unsaved}
        new = [one.entry_id for one in shown]
        wanted = [*(one for one in unsaved if one not in new), *new]
        if wanted and [card.shown.entry_id for card in self._cards] == wanted:
            for card, content in zip(self._cards[len(wanted) - len(new) :], shown, strict=True):
                card.show_content(content)
            return
        cards = [unsaved.get(one.entry_id) or self._note_card(one) for one in shown]
        self._cards = [*(card for card in unsaved.values() if card not in cards), *cards]
        _fill(self._notes_box, self._cards, "" if contents or self._cards else _NO_NOTES)

    def adopt_draft(self, note_id: str, body: str) -> None:
        """The words in the writing place are now this note, of which the notebook holds ``body``."""
        self._draft_id = note_id
        self._draft_saved = body

    def confirm(self, note_id: str, body: str) -> None:
        """The notebook now holds these words of a note."""
        if note_id == self._draft_id:
            self._draft_saved = body

    @property
    def has_unsaved_words(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return self._draft_is_unsaved or any(card.is_unsaved for card in self._cards)

    def finish_draft(self) -> None:
        """Save what has been written; the writing place is then free. Words that could not be saved stay in it."""
        self.save_pending()
        words, draft = self.new_note.toPlainText(), self._draft_id
        if self._draft_is_unsaved or not (words or draft):
            return
        self._draft_id = self._draft_measure = self._draft_saved = ""
        if draft and not words.strip():
            self.note_deleted.emit(draft)
        self.new_note.show_text("")
        self.draft_finished.emit()

    def end_writing(self) -> None:
        """Save what is being written and give the keyboard back: what is shown is about to change."""
        self.finish_draft()
        if self.isAncestorOf(self.window().focusWidget() or self):
            self.left.emit()

    def show_bookmarks(self, contents: Sequence[CardContent]) -> None:
        """All bookmarks of the document."""
        self._bookmark_cards = cards = []
        for shown in contents:
            card = Card(shown, self._theme, editable=False)
            card.chosen.connect(self.place_chosen)
            card.deleted.connect(self.bookmark_deleted)
            cards.append(card)
        _fill(self._bookmarks_box, cards, "" if cards else _NO_BOOKMARKS)
        self._bookmark_tab.setText(f"书签 · {len(contents)}" if contents else "书签")

    def write_note(self) -> None:
        """Put the keyboard where a new note is written."""
        self.show_tab(0)
        self.new_note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_tab(self, number: int) -> None:
        """0 the notes, 1 the bookmarks."""
        (self._note_tab, self._bookmark_tab)[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.new_note.setVisible(number == 0)

    def save_pending(self) -> None:
        """Emit whatever has been written and not yet been emitted."""
        self.new_note.settle()
        for card in self._cards:
            card.save()

    def _make_tabs(self) -> QHBoxLayout:
        tabs = QHBoxLayout()
        tabs.setSpacing(6)
        self._note_tab, self._bookmark_tab = (self._make_tab(text) for text in ("批注", "书签"))
        group = QButtonGroup(self)
        group.setExclusive(True)
        for number, tab in enumerate((self._note_tab, self._bookmark_tab)):
            group.addButton(tab, number)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._note_tab.setChecked(True)
        group.idClicked.connect(self.show_tab)
        return tabs

    def _make_tab(self, text: str) -> QToolButton:
        tab = QToolButton(self)
        tab.setObjectName("tab")
        tab.setText(text)
        tab.setCheckable(True)
        return tab

    def _make_new_note(self) -> NoteEditor:
        editor = NoteEditor(3, self)
        editor.setObjectName("newNote")
        editor.setAccessibleName("新批注")
        editor.text_settled.connect(self._save_draft)
        editor.left.connect(self.finish_draft)
        editor.escaped.connect(self.left)
        return editor

    def _show_placeholder(self) -> None:
        if not self.new_note.isEnabled():
            self.new_note.setPlaceholderText("笔记本没有打开，现在不能批注。")
        elif self._place:
            self.new_note.setPlaceholderText(f"批注 {self._place}\n直接写，自动保存")
        else:
            self.new_note.setPlaceholderText("先在原文中点选一句，再在这里写批注。")
        # WORKAROUND QPlainTextEdit.setPlaceholderText (Qt 6.8): it does not repaint where one hint follows another.
        self.new_note.viewport().update()

    @property
    def _draft_is_unsaved(self) -> bool:
        words = self.new_note.toPlainText()
        return bool(words.strip()) and words != self._draft_saved

    def _save_draft(self) -> None:
        if not self._draft_is_unsaved:
            return
        body = self.new_note.toPlainText()
        self._draft_measure = self._draft_measure or self._measure_id
        if self._draft_id:
            self.note_edited.emit(self._draft_id, body)
        elif self._draft_measure:
            self.note_written.emit(self._draft_measure, body)

    def _note_card(self, shown: CardContent) -> Card:
        card = Card(shown, self._theme, editable=True)
        card.chosen.connect(self.place_chosen)
        card.edited.connect(self.note_edited)
        card.deleted.connect(self.note_deleted)
        card.escaped.connect(self.left)
        card.mark_current(shown.measure_id == self._measure_id)
        return card


def _card_list() -> tuple[QScrollArea, QVBoxLayout]:
    area = QScrollArea()
    area.setObjectName("cards")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    host = QWidget()
    host.setObjectName("cardsHost")
    box = QVBoxLayout(host)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    area.setWidget(host)
    return area, box


def _fill(box: QVBoxLayout, cards: Sequence[QWidget], empty: str) -> None:
    """Show these cards, or the sentence for an empty list."""
    while box.count():
        widget = box.takeAt(0).widget()
        if widget is not None and widget not in cards:
            widget.hide()
            widget.deleteLater()
    for card in cards:
        box.addWidget(card)
    if empty:
        label = QLabel(empty)
        label.setObjectName("empty")
        label.setWordWrap(True)
        box.addWidget(label)
    box.addStretch(1)
