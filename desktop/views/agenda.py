"""The agenda: its cards in order, moved by keyboard and by mouse; what is dropped here goes between them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.views.agenda_card import AgendaCard, AgendaRow
from desktop.views.dragging import dragged_in

_LINE_HEIGHT = 3


class Agenda(QScrollArea):
    """Emits what becomes of items (by id). ``moved``: to stand before what is at that place now; ``dropped``: places that
    shall stand there.
    """

    edited = Signal(str, str, str)
    open_chosen = Signal(str, bool)
    note_chosen = Signal(str, str, bool)
    place_opened = Signal(str)
    remove_requested = Signal(str)
    moved = Signal(str, int)
    dropped = Signal(object, int)

    def __init__(self, serif: str, head: QWidget, foot: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self._serif = serif
        self._foot = foot
        self._cards: dict[str, AgendaCard] = {}
        self._order: list[str] = []
        sheet = QWidget(self)
        sheet.setObjectName("agendaSheet")
        self._line = QFrame(sheet)
        self._line.setObjectName("dropLine")
        self._line.hide()
        self._box = QVBoxLayout()
        self._box.setSpacing(10)
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(28, 18, 28, 18)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addLayout(self._box)
        layout.addWidget(foot)
        layout.addStretch(1)
        self.setWidget(sheet)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    @property
    def cards(self) -> list[AgendaCard]:
        """The cards in their order."""
        return [self._cards[one] for one in self._order]

    @property
    def current(self) -> str:
        """The id of the item that has the keyboard; empty if none has."""
        focus = QApplication.focusWidget()
        found = (one.item_id for one in self.cards if focus is not None and _holds(one, focus))
        return next(found, "")

    @property
    def is_unsaved(self) -> bool:
        """Whether there are words that the notebook does not hold."""
        return any(card.is_unsaved for card in self._cards.values())

    def show_rows(self, rows: Sequence[AgendaRow]) -> None:
        """Show what the notebook holds; a card with words that nobody has saved stays."""
        wanted = [row.item_id for row in rows]
        for item_id in [one for one in self._order if one not in wanted]:
            self._drop(item_id)
        kept = [one for one in self._order if one not in wanted]
        for row in rows:
            if row.item_id not in self._cards:
                self._cards[row.item_id] = self._make(row.item_id)
            self._cards[row.item_id].show_row(row)
        order = [*wanted, *kept]
        if order != self._order:
            self._order = order
            self._arrange()

    def settle(self) -> None:
        """Have everything saved that is not."""
        for card in self.cards:
            card.settle()

    def forget(self, item_id: str, field: str) -> None:
        """Take no heed of words that have been saved as another item."""
        if item_id in self._cards:
            self._cards[item_id].forget(field)

    def take_keyboard(self, item_id: str = "") -> bool:
        """Give the keyboard to a card, to the first if none is named; False if there is none."""
        card = self._cards.get(item_id) or next(iter(self.cards), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            # A card that has just been made has its place only when it has been laid out.
            QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, 0, 8))
        return card is not None

    def _drop(self, item_id: str) -> None:
        card = self._cards[item_id]
        if card.is_unsaved:
            card.show_gone()
            return
        had_keyboard = self.current == item_id
        at = self._order.index(item_id)
        self._order.remove(item_id)
        del self._cards[item_id]
        self._box.removeWidget(card)
        if had_keyboard and self._order:
            self.take_keyboard(self._order[min(at, len(self._order) - 1)])
        card.hide()
        card.deleteLater()

    def _make(self, item_id: str) -> AgendaCard:
        card = AgendaCard(item_id, self._serif, self.widget())
        card.edited.connect(lambda field, words: self.edited.emit(item_id, field, words))
        card.open_chosen.connect(lambda is_open: self.open_chosen.emit(item_id, is_open))
        card.note_chosen.connect(lambda note, is_shown: self.note_chosen.emit(item_id, note, is_shown))
        card.place_opened.connect(lambda: self.place_opened.emit(item_id))
        card.remove_requested.connect(lambda: self.remove_requested.emit(item_id))
        card.stepped.connect(lambda step: self._step(item_id, step))
        card.dragged.connect(self._show_line)
        card.dropped.connect(lambda place: self._move(item_id, place))
        card.show()
        return card

    def _arrange(self) -> None:
        before: QWidget | None = None
        for at, card in enumerate(self.cards):
            self._box.insertWidget(at, card)
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card.remove
        for card in self.cards:
            chain = (
                *(card, card.place, card.points, card.decision, card.unit, card.due, card.state),
                *(*card.notes.boxes, card.remove),
            )
            for first, second in pairwise(chain):
                QWidget.setTabOrder(first, second)

    def _step(self, item_id: str, step: int) -> None:
        at = self._order.index(item_id) + step
        if 0 <= at < len(self._order):
            self.take_keyboard(self._order[at])

    def _place_at(self, place: QPoint) -> int:
        height = self.widget().mapFromGlobal(place).y()
        return sum(card.geometry().center().y() < height for card in self.cards)

    def _show_line(self, place: QPoint) -> None:
        at = self._place_at(place)
        below: QWidget = self.cards[at] if at < len(self._order) else self._foot
        self._line.setGeometry(below.x(), below.y() - 6, below.width(), _LINE_HEIGHT)
        self._line.raise_()
        self._line.show()
        inside = self.widget().mapFromGlobal(place)
        self.ensureVisible(inside.x(), inside.y(), 0, 24)

    def _move(self, item_id: str, place: QPoint) -> None:
        self._line.hide()
        at = self._place_at(place)
        if at not in (self._order.index(item_id), self._order.index(item_id) + 1):
            self.moved.emit(item_id, at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_line(self.viewport().mapToGlobal(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._line.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._line.hide()
        places = dragged_in(event.mimeData())
        if places is not None:
            event.acceptProposedAction()
            at = self._place_at(self.viewport().mapToGlobal(event.position().toPoint()))
            self.dropped.emit(places, at)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Keep what has the keyboard in sight."""
        if new is not None and _holds(self.widget(), new):
            self.ensureWidgetVisible(new, 0, 12)


def _holds(parent: QWidget, widget: QWidget) -> bool:
    return parent is widget or parent.isAncestorOf(widget)
