"""案头: the reader's notes on the section he reads, a place to write, and his bookmarks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.card import Card, CardContent
from desktop.views.note_editor import NoteEditor

_NO_NOTES = "本节还没有批注。\n在上面写下的话会留在这里，原文旁边会标出圆点。"
_NO_BOOKMARKS = "还没有书签。\n选中一句后按 Ctrl+D，就会出现在这里。"


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
