"""回收: what has been deleted, to be brought back or removed for good."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_EMPTY = "回收里没有东西。\n删除的批注、书签和标记会先放在这里，可以随时还原。"


class BinPage(QWidget):
    """Emits which entries to bring back (``restore_requested``) or to remove for good (``purge_requested``)."""

    restore_requested = Signal(list)
    purge_requested = Signal(list)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[EntryRow] = []
        self.list = EntryList("回收", theme, self)
        self.empty = QLabel(_EMPTY, self)
        self.empty.setObjectName("empty")
        self.empty.setWordWrap(True)
        self.restore = QPushButton("还原", self)
        self.restore.setToolTip("还原选中的内容（回车）")
        self.purge = QPushButton("彻底删除", self)
        self.purge_all = QPushButton("清空回收", self)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.restore, self.purge, self.purge_all):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        layout.addStretch(0)
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self.list.chosen))
        self.purge.clicked.connect(lambda: self._purge(self.list.chosen))
        self.purge_all.clicked.connect(lambda: self._purge([row.entry_id for row in self._rows]))
        self.list.entry_chosen.connect(lambda entry_id: self._enable())
        self.list.chosen_changed.connect(lambda ids: self._enable())
        self.list.delete_requested.connect(self._purge)
        self.list.confirmed.connect(self.restore_requested)
        self.list.left.connect(self.left)
        self.show_rows([])

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """Show what lies here."""
        self._rows = list(rows)
        self.list.show_rows(rows)
        self.empty.setVisible(not rows)
        if not rows and self.isAncestorOf(self.window().focusWidget() or self):
            self.left.emit()
        self.list.setVisible(bool(rows))
        self.purge_all.setVisible(bool(rows))
        self.restore.setVisible(bool(rows))
        self.purge.setVisible(bool(rows))
        self._enable()

    def _enable(self) -> None:
        for button in (self.restore, self.purge):
            button.setEnabled(bool(self.list.chosen))

    def _purge(self, ids: list[str]) -> None:
        if not ids:
            return
        asked = QMessageBox(self)
        asked.setObjectName("purgeQuestion")
        asked.setWindowTitle("彻底删除")
        asked.setText(f"彻底删除这 {len(ids)} 条？")
        asked.setInformativeText("退出程序前还可以用 Ctrl+Z 撤销，退出后只能从备份恢复。")
        yes = asked.addButton("彻底删除", QMessageBox.ButtonRole.DestructiveRole)
        no = asked.addButton("不删", QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(no)
        asked.setEscapeButton(no)
        asked.buttonClicked.connect(lambda button: self.purge_requested.emit(ids) if button is yes else None)
        asked.finished.connect(asked.deleteLater)
        asked.open()
