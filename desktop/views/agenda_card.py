"""One item of an agenda: the original words, and what the unit writes about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.notebook.rendering import is_plain, to_html
from desktop.views.saved_words import SavedLine, SavedText

_GONE = "这个议题已不在议程上；这里还没有存下的文字请复制到别处。"


@dataclass(frozen=True, slots=True)
class NoteChoice:
    """A note that can be shown with an item."""

    note_id: str
    text: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An item as its card shows it. ``words`` are the plan's, ``state`` says whether it is open, closed or left over."""

    item_id: str
    number: int
    place: str
    words: str
    points: str = ""
    decision: str = ""
    unit: str = ""
    due: str = ""
    is_open: bool = True
    state: str = ""
    notes: tuple[NoteChoice, ...] = ()


class AgendaCard(QFrame):
    """Emits what the reader writes and chooses (``edited``: field and words), and where he drags the card (global)."""

    edited = Signal(str, str)
    open_chosen = Signal(bool)
    note_chosen = Signal(str, bool)
    place_opened = Signal()
    remove_requested = Signal()
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    stepped = Signal(int)

    def __init__(self, item_id: str, serif: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item_id = item_id
        self._row: AgendaRow | None = None
        self.setObjectName("agendaCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.number = QLabel(self)
        self.number.setObjectName("agendaNumber")
        self.number.setStyleSheet(f'font-family: "{serif}";')
        self.place = QToolButton(self)
        self.place.setObjectName("agendaPlace")
        self.place.setToolTip("到原文")
        self.place.clicked.connect(self.place_opened)
        self.words = QLabel(self)
        self.words.setObjectName("agendaWords")
        self.words.setStyleSheet(f'font-family: "{serif}";')
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.points = SavedText("发言要点", "发言要点（可用 Markdown）", self)
        self.preview = QLabel(self)
        self.preview.setObjectName("notePreview")
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName("发言要点预览")
        self.preview.hide()
        self.decision = SavedText("议定事项", "议定事项", self)
        self.unit = SavedLine("责任单位", "责任单位", self)
        self.due = SavedLine("时限", "时限，如 2023年6月底前、长期", self)
        self.state = QToolButton(self)
        self.state.setObjectName("agendaState")
        self.state.setCheckable(True)
        self.notes = _Notes(self)
        self.remove = QToolButton(self)
        self.remove.setObjectName("cardButton")
        self.remove.setText("移出")
        self.remove.setToolTip("移出议程，放入回收（Delete）")
        self.handle = _Handle(self)
        self._editors: dict[str, SavedText | SavedLine] = {
            "points": self.points,
            "decision": self.decision,
            "unit": self.unit,
            "due": self.due,
        }
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.place)
        top.addStretch(1)
        top.addWidget(self.remove)
        top.addWidget(self.handle)
        own = QGridLayout()
        own.setHorizontalSpacing(8)
        own.setVerticalSpacing(4)
        own.setColumnStretch(1, 1)
        for row, (name, editor) in enumerate((("发言要点", self.points), ("议定事项", self.decision))):
            own.addWidget(_label(name, self), 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            own.addWidget(editor, 2 * row, 1)
        own.addWidget(self.preview, 1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(_label("责任单位", self))
        foot.addWidget(self.unit, 3)
        foot.addWidget(_label("时限", self))
        foot.addWidget(self.due, 2)
        foot.addWidget(self.state)
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addLayout(own)
        column.addLayout(foot)
        column.addWidget(self.notes)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    def _connect(self) -> None:
        for field, editor in self._editors.items():
            # What is dropped on a card goes beside it, not into its words.
            editor.setAcceptDrops(False)
            editor.words_settled.connect(lambda words, field=field: self.edited.emit(field, words))
            editor.escaped.connect(self.setFocus)
        self.points.textChanged.connect(self._show_preview)
        self.state.clicked.connect(lambda checked: self.open_chosen.emit(not checked))
        self.notes.chosen.connect(self.note_chosen)
        self.remove.clicked.connect(self.remove_requested)
        self.handle.dragged.connect(self.dragged)
        self.handle.dropped.connect(self.dropped)

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return any(editor.is_unsaved for editor in self._editors.values())

    def show_row(self, row: AgendaRow) -> None:
        """Show what the notebook holds."""
        if row == self._row:
            return
        self._row = row
        self.number.setText(str(row.number))
        self.setAccessibleName(f"第 {row.number} 项，{row.place}")
        self.place.setText(row.place)
        self.words.setText(row.words)
        for field, editor in self._editors.items():
            editor.show_saved(getattr(row, field))
        self.state.setChecked(not row.is_open)
        self.state.setText(row.state)
        self.state.setToolTip("点一下结清" if row.is_open else "点一下重新列为未结")
        self.notes.show_choices(row.notes)
        self._show_preview()

    def show_gone(self) -> None:
        """The item is not on the agenda any more, but there are words here that nobody has saved."""
        self.place.setText(_GONE)

    def settle(self) -> None:
        """Have everything saved that is not."""
        for editor in self._editors.values():
            editor.settle()

    def forget(self, field: str) -> None:
        """Take no heed of words that have been saved elsewhere."""
        self._editors[field].forget()
        self._row = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if held != Qt.KeyboardModifier.NoModifier or not self.hasFocus():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.points.setFocus()
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def _show_preview(self) -> None:
        plain = is_plain(self.points.words)
        self.preview.setHidden(plain)
        if not plain:
            self.preview.setText(to_html(self.points.words))


class _Notes(QWidget):
    """The notes that can be shown with an item, each with a box."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: tuple[NoteChoice, ...] = ()
        self.boxes: list[QCheckBox] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self.hide()

    def show_choices(self, choices: Sequence[NoteChoice]) -> None:
        if tuple(choices) == self._choices:
            return
        self.setVisible(bool(choices))
        if [(one.note_id, one.text) for one in choices] != [(one.note_id, one.text) for one in self._choices]:
            self._make_boxes(choices)
        self._choices = tuple(choices)
        for box, choice in zip(self.boxes, choices, strict=True):
            box.setChecked(choice.is_shown)

    def _make_boxes(self, choices: Sequence[NoteChoice]) -> None:
        for old in self.boxes:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.boxes = []
        for choice in choices:
            box = QCheckBox(choice.text, self)
            box.setToolTip("勾选后印进会议材料")
            box.clicked.connect(lambda checked, one=choice.note_id: self.chosen.emit(one, checked))
            self._box.addWidget(box)
            box.show()
            self.boxes.append(box)


class _Handle(QLabel):
    """What a card is taken by with the mouse."""

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("⋮⋮", parent)
        self.setObjectName("agendaHandle")
        self.setToolTip("拖动改变顺序（Alt+↑/↓）")
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.dropped.emit(event.globalPosition().toPoint())


def _label(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setObjectName("agendaLabel")
    return label
