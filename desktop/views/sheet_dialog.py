"""导入 Excel: which column of the sheet is which of ours, and what the sheet would do, before anything is done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme
from desktop.views.entry_list import EntryList, EntryRow

_LEFT_OUT = "不导入"


class SheetDialog(QDialog):
    """Emits the sheet and the columns that the reader chooses, and what is to be taken in.

    ``columns`` are ours, key → heading; a mapping is number of the column in the sheet → key of ours.
    """

    sheet_chosen = Signal(int)
    mapping_changed = Signal(object)
    import_requested = Signal(bool)

    def __init__(
        self,
        source: str,
        sheets: Sequence[str],
        columns: Mapping[str, str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self.boxes: dict[int, QComboBox] = {}
        self.setWindowTitle("导入台账")
        self.setModal(True)
        self.resize(QSize(760, 560))
        self.sheets = QComboBox(self)
        self.sheets.setAccessibleName("工作表")
        self.sheets.addItems(list(sheets))
        self.sheets.setVisible(len(sheets) > 1)
        self.sheets.activated.connect(self.sheet_chosen)
        self.switch = QToolButton(self)
        self.switch.setText("栏目对应…")
        self.switch.setCheckable(True)
        top = QHBoxLayout()
        top.addWidget(QLabel(source, self), 1)
        top.addWidget(self.sheets)
        top.addWidget(self.switch)
        self.mapping = QScrollArea(self)
        self.mapping.setWidgetResizable(True)
        self.mapping.setMaximumHeight(210)
        self.mapping.hide()
        self.switch.toggled.connect(self.mapping.setVisible)
        self.counts = QLabel(self)
        self.counts.setObjectName("previewTitle")
        self.counts.setWordWrap(True)
        self.list = EntryList("表中的行", theme, self)
        self.list.left.connect(self.reject)
        self._rows: list[EntryRow] = []
        self.list.chosen_changed.connect(lambda ids: self._show_whole())
        self.whole = QLabel(self)
        self.whole.setObjectName("previewText")
        self.whole.setWordWrap(True)
        self.whole.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.mapping)
        layout.addWidget(self.counts)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.whole)
        layout.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        self.close_, self.only_new, self.all = (
            QPushButton(text, self) for text in ("不导入", "只加新增的行", "导入新增和修改")
        )
        self.all.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.close_, self.only_new, self.all):
            buttons.addWidget(button)
        self.close_.clicked.connect(self.reject)
        self.only_new.clicked.connect(lambda: self._import(False))
        self.all.clicked.connect(lambda: self._import(True))
        return buttons

    def show_mapping(self, headers: Sequence[str], mapping: Mapping[int, str], *, is_open: bool) -> None:
        """Show which column of the sheet is which of ours."""
        holder = QWidget()
        form = QFormLayout(holder)
        self.boxes = {}
        for at, header in enumerate(headers):
            if not header:
                continue
            box = self.boxes[at] = QComboBox(holder)
            box.addItem(_LEFT_OUT, "")
            for key, title in self._columns.items():
                box.addItem(title, key)
            box.setCurrentIndex(max(box.findData(mapping.get(at, "")), 0))
            box.setAccessibleName(header)
            box.activated.connect(lambda index, at=at: self._choose(at))
            form.addRow(header.replace("\n", " "), box)
        self.mapping.setWidget(holder)
        self.switch.setChecked(is_open)

    def show_preview(self, counts: str, rows: Sequence[EntryRow], news: int, changes: int) -> None:
        """Show what taking the sheet in would do."""
        self.counts.setText(counts)
        self.list.show_rows(rows)
        self._rows = list(rows)
        self._show_whole()
        self.only_new.setEnabled(news > 0)
        self.only_new.setVisible(changes > 0)
        self.all.setEnabled(news + changes > 0)
        self.all.setText("导入新增和修改" if changes else "导入" if news else "没有要导入的")

    def _show_whole(self) -> None:
        """All the words of the line that the keyboard is on, however long."""
        at = self.list.currentIndex().row()
        self.whole.setText(self._rows[at].text if 0 <= at < len(self._rows) else "")
        self.whole.setVisible(bool(self.whole.text()))

    def _choose(self, at: int) -> None:
        key = self.boxes[at].currentData()
        for other, box in self.boxes.items():
            if key and other != at and box.currentData() == key:
                box.setCurrentIndex(0)
        chosen = {one: box.currentData() for one, box in self.boxes.items() if box.currentData()}
        self.mapping_changed.emit(chosen)

    def _import(self, with_changes: bool) -> None:
        self.accept()
        self.import_requested.emit(with_changes)
