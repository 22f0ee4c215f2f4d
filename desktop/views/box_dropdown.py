"""What hangs under the search box: a list of offers, or the form in which a search is named."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedLayout, QWidget

from desktop.theme import Theme
from desktop.views.name_form import NameForm
from desktop.views.offer_list import Offer, OfferList
from desktop.views.own_escape import OwnEscape

_GAP = 4
_LEAST_WIDTH = 400
_EDGE = 8


class BoxDropdown(QFrame):
    """Goes away by itself when the reader clicks or goes elsewhere; ``closed`` tells so.

    It is no window of its own, which would take the keyboard from an input method that is at work in the box.
    """

    closed = Signal()

    def __init__(self, theme: Theme, box: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("dropdown")
        self._box = box
        self.list = OfferList(theme, self)
        self.form = NameForm(self)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 5, 1, 5)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.form)
        OwnEscape(self.list)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.list.set_theme(theme)

    def show_offers(self, rows: Sequence[Offer], at: int = -1) -> None:
        """Offer these rows; the keyboard stays where it is."""
        self.list.show_rows(rows, at)
        self._stack.setCurrentWidget(self.list)
        self._open(self.list.height_wanted)

    def ask_name(self, query: str, name: str) -> None:
        """Ask for the name of a query."""
        self._stack.setCurrentWidget(self.form)
        self._open(self.form.sizeHint().height())
        self.form.ask(query, name)

    @property
    def shows_form(self) -> bool:
        """Whether a name is being asked for."""
        return self.isVisible() and self._stack.currentWidget() is self.form

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.window():
            if kind == QEvent.Type.Resize:
                self._place()
            elif kind == QEvent.Type.WindowDeactivate:
                self.hide()
        elif (
            kind == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and self._is_elsewhere(watched)
        ):
            self.hide()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.installEventFilter(self)
            application.focusChanged.connect(self._follow_focus)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.removeEventFilter(self)
            application.focusChanged.disconnect(self._follow_focus)
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._box.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def _open(self, wanted: int) -> None:
        self._wanted = wanted
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        room = self.window().rect()
        corner = self._box.mapTo(self.window(), QPoint(0, self._box.height() + _GAP))
        width = max(self._box.width(), _LEAST_WIDTH)
        left = min(corner.x(), room.right() + 1 - width - _EDGE)
        height = min(self._wanted + 12, room.bottom() + 1 - corner.y() - _EDGE)
        self.setGeometry(max(_EDGE, left), corner.y(), width, height)

    def _is_elsewhere(self, widget: QWidget) -> bool:
        return not (
            widget is self
            or widget is self._box
            or self.isAncestorOf(widget)
            or self._box.isAncestorOf(widget)
        )

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._is_elsewhere(now):
            self.hide()
