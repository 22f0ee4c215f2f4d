"""The results: what stands in the text, and apart from it what is related, with the query's words marked."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop.theme import Theme
from desktop.views.dragging import Dragged, drag
from desktop.views.result_painter import ResultPainter
from desktop.views.result_row import ACTIVATED_BY_CLICK, HITS, ResultRow
from desktop.views.stepped_list import SteppedList


class ResultsView(SteppedList[ResultRow]):
    """Emits the row the reader chooses, and that he wants to go on in the text or back in the box."""

    def __init__(self, theme: Theme, serif: str, parent: QWidget | None = None) -> None:
        super().__init__("搜索结果", parent)
        self.setObjectName("results")
        self._painter = ResultPainter(theme, serif, self)
        self.setItemDelegate(self._painter)
        self.setDragEnabled(True)
        self.clicked.connect(self._click)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._painter.theme = theme
        self.viewport().update()

    def show_rows(self, rows: Sequence[ResultRow], *, grown: bool) -> None:
        """Show other rows; where the same search has only ``grown``, scroll and selection stay."""
        offset = self.verticalScrollBar().value()
        here = self.currentIndex().row()
        chosen = self.rows[here] if here >= 0 else None
        self._model.show(rows)
        if not grown:
            self.scrollToTop()
            return
        if chosen is not None:
            same = (number for number, row in enumerate(rows) if row.key == chosen.key)
            self.setCurrentIndex(self._model.index(next(same, -1)))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(offset)

    def mark(self, measure_id: str) -> None:
        """Select the row of a hit, without telling anybody; a heading that led there stays selected."""
        if self.current_row is not None and self.current_row.measure_id == measure_id:
            return
        for number, row in enumerate(self.rows):
            if row.measure_id == measure_id and row.kind in HITS:
                index = self._model.index(number)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self._reveal_head(number)
                return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def go_to(self, number: int) -> None:
        """Be at a row, without telling anybody."""
        self.setCurrentIndex(self._model.index(number))

    def startDrag(self, supported: Qt.DropAction) -> None:
        row = self.current_row
        if row is not None and row.measure_id:
            document = row.measure_id.partition("/")[0]
            drag(self, Dragged(document, measures=(row.measure_id,)), row.text)

    def _click(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if row.kind in ACTIVATED_BY_CLICK:
            self.row_activated.emit(row)
        elif row.leads_somewhere:
            self.row_chosen.emit(row)
