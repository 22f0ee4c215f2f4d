"""The left column: the outline, and while something is searched for, the results in its place."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.search.scope import Scope
from desktop.views.hit_strip import HitStrip
from desktop.views.hits_bar import HitsBar
from desktop.views.outline import OutlineView
from desktop.views.results import ResultsView


class LeftColumn(QWidget):
    """Holds outline and results, with where they stand and how many they are; emits the scope the reader picks."""

    scope_chosen = Signal(object)

    def __init__(
        self,
        outline: OutlineView,
        results: ResultsView,
        strip: HitStrip,
        bar: HitsBar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._over_results = (strip, bar)
        self._chips: dict[Scope, QToolButton] = {}
        self._scope_names: tuple[str, str] | None = None
        self._results_page = QWidget(self)
        page = QVBoxLayout(self._results_page)
        page.setContentsMargins(0, 12, 0, 0)
        page.setSpacing(2)
        page.addLayout(self._make_chips())
        page.addSpacing(6)
        page.addWidget(strip)
        page.addWidget(bar)
        page.addWidget(results, 1)
        self._outline_page = QWidget(self)
        outline_box = QVBoxLayout(self._outline_page)
        outline_box.setContentsMargins(0, 8, 0, 8)
        outline_box.addWidget(outline)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 1, 0)
        self._stack.addWidget(self._outline_page)
        self._stack.addWidget(self._results_page)
        in_order = (*self._chips.values(), strip, bar.order, bar.grouping, results)
        for before, after in pairwise(in_order):
            self.setTabOrder(before, after)

    def show_results(self, shown: bool) -> None:
        """The results, or the outline."""
        self._stack.setCurrentWidget(self._results_page if shown else self._outline_page)

    def show_text_search(self, shown: bool) -> None:
        """Whether the text is searched, and not the notes alone: only then there is something to say over the list."""
        for view in self._over_results:
            view.setVisible(shown)

    def show_scope(self, scope: Scope) -> None:
        """Mark a scope as chosen, without telling anybody."""
        self._chips[scope].setChecked(True)

    def describe_scopes(self, part: str, section: str) -> None:
        """What 本编 and 本节 are now; empty where the place has none."""
        if (part, section) == self._scope_names:
            return
        self._scope_names = part, section
        for scope, name in ((Scope.PART, part), (Scope.SECTION, section)):
            self._chips[scope].setEnabled(bool(name))
            self._chips[scope].setToolTip(name or "当前位置不在任何编、节之中")

    def _make_chips(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 8, 0)
        line.setSpacing(6)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for scope in Scope:
            chip = QToolButton(self)
            chip.setObjectName("chip")
            chip.setText(scope.value)
            chip.setCheckable(True)
            chip.clicked.connect(lambda checked=False, scope=scope: self.scope_chosen.emit(scope))
            group.addButton(chip)
            line.addWidget(chip)
            self._chips[scope] = chip
        line.addStretch(1)
        self._chips[Scope.ALL].setChecked(True)
        return line
