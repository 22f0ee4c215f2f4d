"""The meetings, latest first, and what can be done with one as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_EMPTY = "还没有会议。\n点“＋ 新建”，或在原文中选中文字按 Ctrl+J，就会有第一次会议。"


class MeetingList(QFrame):
    """Emits which meeting is opened, and what is to become of the one that is open."""

    meeting_chosen = Signal(str)
    new_requested = Signal()
    next_requested = Signal()
    duplicate_requested = Signal()
    archive_chosen = Signal(bool)
    delete_requested = Signal()
    agenda_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meetingColumn")
        self.count = QLabel(self)
        self.count.setObjectName("cardMeta")
        self.new = QPushButton("＋ 新建", self)
        self.new.setObjectName("quietButton")
        self.list = EntryList("会议", theme, self)
        self.list.setSelectionMode(EntryList.SelectionMode.SingleSelection)
        self.empty = QLabel(_EMPTY, self)
        self.empty.setObjectName("empty")
        self.empty.setWordWrap(True)
        self.acts = QToolButton(self)
        self.acts.setObjectName("quietButton")
        self.acts.setText("这次会议")
        self.acts.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.next, self.duplicate, self.archive, self.delete = self._fill_menu()
        self._lay_out()
        self._connect()
        self.show_rows([], "", False)

    def _fill_menu(self) -> list[QAction]:
        menu = QMenu(self)
        self.acts.setMenu(menu)
        texts = ("接着开下一次（带上未结议题）", "复制一份", "归档", "删除")
        return [menu.addAction(text) for text in texts]

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 6, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        layout.addWidget(self.acts)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_requested)
        self.next.triggered.connect(self.next_requested)
        self.duplicate.triggered.connect(self.duplicate_requested)
        self.archive.triggered.connect(lambda: self.archive_chosen.emit(not self._is_archived))
        self.delete.triggered.connect(self.delete_requested)
        self.list.entry_chosen.connect(self.meeting_chosen)
        self.list.confirmed.connect(lambda ids: self.agenda_requested.emit())
        self.list.delete_requested.connect(lambda ids: self.delete_requested.emit())
        self.list.left.connect(self.left)

    @property
    def way_in(self) -> QWidget:
        """Where the keyboard goes: the list, or what makes a first meeting."""
        return self.new if self.list.isHidden() else self.list

    def show_rows(self, rows: Sequence[EntryRow], opened: str, is_archived: bool) -> None:
        """Show the meetings, with the one that is open marked."""
        self._is_archived = is_archived
        self.archive.setText("取消归档" if is_archived else "归档")
        self.count.setText(f"会议 {len(rows)}" if rows else "会议")
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.acts.setVisible(bool(opened))
        ids = [row.entry_id for row in rows]
        if opened in ids:
            self.list.setCurrentIndex(self.list.model().index(ids.index(opened), 0))
        else:
            self.list.clearSelection()
