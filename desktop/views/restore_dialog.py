"""从备份恢复: which backups there are, and what each would bring back, before anything is done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_EXPLANATION = (
    "选一份备份，看它与现在的笔记本有什么不同。恢复前会先把现在的笔记本另备一份；"
    "备份之后写的内容放进回收，不会丢；恢复之后还可以用 Ctrl+Z 撤销。"
)
_NONE = "还没有备份。程序每天第一次打开时自动备份，也可以用“立即备份”。"


class RestoreDialog(QDialog):
    """Emits the id of the backup to restore. ``preview`` gives what restoring one would do, in words."""

    restore_requested = Signal(str)

    def __init__(
        self,
        rows: Sequence[EntryRow],
        preview: Callable[[str], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preview = preview
        self.setWindowTitle("从备份恢复")
        self.setModal(True)
        self.resize(QSize(640, 460))
        explanation = QLabel(_EXPLANATION, self)
        explanation.setWordWrap(True)
        self.list = EntryList("备份", theme, self)
        self.list.setSelectionMode(EntryList.SelectionMode.SingleSelection)
        self.list.show_rows(rows)
        self.told = QLabel(self)
        self.told.setObjectName("previewText")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(72)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.restore = QPushButton("恢复这一份", self)
        self.restore.setProperty("primary", True)
        self.restore.setEnabled(False)
        close = QPushButton("关闭", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(explanation)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addLayout(buttons)
        self.list.chosen_changed.connect(self._show)
        self.list.left.connect(self.reject)
        self.restore.clicked.connect(self._restore)
        close.clicked.connect(self.reject)
        if rows:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.list.setFocus()
        else:
            self.told.setText(_NONE)

    def _show(self, ids: Sequence[str]) -> None:
        self.told.setText(self._preview(ids[0]) if ids else "")
        self.restore.setEnabled(bool(ids))

    def _restore(self) -> None:
        chosen = self.list.chosen
        self.accept()
        if chosen:
            self.restore_requested.emit(chosen[0])
