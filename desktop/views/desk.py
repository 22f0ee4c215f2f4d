"""案头: the reader's notes, bookmarks and highlights, and what he has deleted."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.notebook.model import Note
from desktop.theme import Theme
from desktop.views.bin_page import BinPage
from desktop.views.bookmark_tree import BookmarkRow, BookmarkTree
from desktop.views.entry_list import EntryList, EntryRow
from desktop.views.note_card import CardContent
from desktop.views.notes_page import NotesPage
from desktop.views.related_page import RelatedPage

NOTES, BOOKMARKS, HIGHLIGHTS, RELATED, BIN = range(5)
_TABS = ("批注", "书签", "标记", "相关", "回收")
_NO_BOOKMARKS = "还没有书签。\n选中一句后按 Ctrl+D，就会出现在这里；可以改名、放入文件夹、拖动排序。"
_NO_HIGHLIGHTS = "还没有标记。\n选中原文中的字，按 Alt+1 至 Alt+4 或点浮条上的颜色，就会出现在这里。"


class DeskPanel(QWidget):
    """Tabs over five pages. What the pages emit is connected by whoever drives them."""

    left = Signal()

    def __init__(
        self, theme: Theme, describe: Callable[[Note], CardContent], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.notes = NotesPage(theme, describe, self)
        self.bookmarks = BookmarkTree(self)
        self.highlights = EntryList("标记", theme, self)
        self.related = RelatedPage(theme, self)
        self.bin = BinPage(theme, self)
        self._no_bookmarks, bookmarks = _with_empty(self.bookmarks, _NO_BOOKMARKS)
        self._no_highlights, highlights = _with_empty(self.highlights, _NO_HIGHLIGHTS)
        self._stack = QStackedWidget(self)
        for page in (self.notes, bookmarks, highlights, self.related, self.bin):
            self._stack.addWidget(page)
        self._tabs: list[QToolButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(self._make_tabs())
        layout.addWidget(self._stack, 1)
        for source in (self.notes, self.bookmarks, self.highlights, self.related, self.bin):
            source.left.connect(self.left)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for view in (self.notes.list, self.highlights, self.related.list, self.bin.list):
            view.set_theme(theme)

    def show_bookmarks(self, rows: Sequence[BookmarkRow]) -> None:
        """All bookmarks of the document, in their order."""
        self.bookmarks.show_rows(rows)
        self._show_or_leave(self.bookmarks, bool(rows))
        self._no_bookmarks.setVisible(not rows)

    def show_highlights(self, rows: Sequence[EntryRow]) -> None:
        """All highlights of the document, in the order of the text."""
        self.highlights.show_rows(rows)
        self._show_or_leave(self.highlights, bool(rows))
        self._no_highlights.setVisible(not rows)

    def show_counts(self, counts: Mapping[int, int]) -> None:
        """How many entries the tabs hold, by number; one without any shows no count."""
        for number, count in counts.items():
            self._tabs[number].setText(f"{_TABS[number]} {count}" if count else _TABS[number])

    def show_tab(self, number: int) -> None:
        """NOTES, BOOKMARKS, HIGHLIGHTS or BIN."""
        self._tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)

    @property
    def tab(self) -> int:
        """The page that is shown."""
        return self._stack.currentIndex()

    def end_writing(self) -> None:
        """Save what is being written and give the keyboard back: what is shown is about to change."""
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self)
        self.notes.end_writing()
        if had_keyboard:
            self.left.emit()

    def _show_or_leave(self, view: QWidget, shown: bool) -> None:
        if view.hasFocus() and not shown:
            self.left.emit()
        view.setVisible(shown)

    def _make_tabs(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for number, text in enumerate(_TABS):
            tab = QToolButton(self)
            tab.setObjectName("tab")
            tab.setText(text)
            tab.setCheckable(True)
            group.addButton(tab, number)
            line.addWidget(tab)
            self._tabs.append(tab)
        line.addStretch(1)
        self._tabs[NOTES].setChecked(True)
        group.idClicked.connect(self.show_tab)
        return line


def _with_empty(view: QWidget, text: str) -> tuple[QLabel, QWidget]:
    """A page that shows a view or, in its place, what would be there."""
    page = QWidget()
    label = QLabel(text, page)
    label.setObjectName("empty")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(label)
    layout.addWidget(view, 1)
    view.hide()
    layout.addStretch(0)
    return label, page
