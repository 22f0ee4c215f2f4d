"""The line over the results: how much was found, and how it is listed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

_HEIGHT = 30
_LEFT, _RIGHT = 16, 8
_MARGINS = _LEFT + _RIGHT + 1


class HitsBar(QWidget):
    """Emits the name of the order or the grouping that the reader picks; it is told which there are."""

    order_chosen = Signal(str)
    grouping_chosen = Signal(str)

    def __init__(
        self, orders: Sequence[str], groupings: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._words = ("", "")
        self.count = QLabel(self)
        self.count.setObjectName("hitCount")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.order = _Choice("命中的顺序", orders, self)
        self.grouping = _Choice("命中的分组", groupings, self)
        self.order.chosen.connect(self.order_chosen)
        self.grouping.chosen.connect(self.grouping_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_LEFT, 0, _RIGHT, 0)
        layout.setSpacing(0)
        layout.addWidget(self.count, 1)
        layout.addWidget(self.order)
        layout.addWidget(self.grouping)

    def show_count(self, count: str, where: str, *, sortable: bool) -> None:
        """What was found and, where there is room, in which scope; how it is listed is asked only if there is a list."""
        self._words = count, where
        self.order.setVisible(sortable)
        self.grouping.setVisible(sortable)
        self._fit_count()

    def show_sorting(self, order: str, grouping: str) -> None:
        """What is chosen, without telling anybody."""
        self.order.show_choice(order)
        self.grouping.show_choice(grouping)
        self._fit_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_count()

    def _fit_count(self) -> None:
        """Leave the scope out where it does not fit: its chip is marked as well."""
        choices = [one.sizeHint().width() for one in (self.order, self.grouping) if not one.isHidden()]
        whole = "".join(self._words)
        fits = self.count.fontMetrics().horizontalAdvance(whole) <= self.width() - _MARGINS - sum(choices)
        self.count.setText(whole if fits else self._words[0])


class _Choice(QToolButton):
    """One of a few names, picked from a menu."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quiet")
        self.setToolTip(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name = name
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: Mapping[str, QAction] = {one: menu.addAction(one) for one in choices}
        for text, action in self._actions.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda checked=False, text=text: self.chosen.emit(text))
        self.setMenu(menu)
        self.show_choice(choices[0])

    def sizeHint(self) -> QSize:
        # Qt leaves more room for the arrow than the narrow column has.
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 18, super().sizeHint().height())

    def show_choice(self, choice: str) -> None:
        self._actions[choice].setChecked(True)
        self.setText(choice)
        self.setAccessibleName(f"{self._name}：{choice}")
