"""The search as the reader meets it: the box, the scopes, the list of results, and the hits he steps through."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from content.model import Document
from desktop.finder import Finder, Findings
from desktop.scope import Scope
from desktop.views.left_column import LeftColumn
from desktop.views.result_rows import result_rows
from desktop.views.results import ResultRow, ResultsView
from desktop.views.search_box import SearchBox


class Searching(QObject):
    """Drives the search's views; tells the window where to look, and leaves the text to it.

    ``here`` gives the measure the reader is at. ``measure_shown``: a hit to bring into view; ``measure_opened``: a place
    to go to and read on; ``changed``: hits and marks are others now; ``ended``: with the place where it began.
    """

    measure_shown = Signal(str)
    measure_opened = Signal(str)
    changed = Signal()
    ended = Signal(str)
    word_said = Signal(str)

    def __init__(
        self,
        document: Document,
        finder: Finder,
        box: SearchBox,
        left: LeftColumn,
        results: ResultsView,
        here: Callable[[], str],
    ) -> None:
        super().__init__(left)
        self._document = document
        self._order = {measure_id: number for number, measure_id in enumerate(document.places)}
        self._finder = finder
        self._box = box
        self._left = left
        self._results = results
        self._here = here
        self._scope = Scope.ALL
        self._asked = ""
        self._origin = ""
        self._connect()

    @property
    def hits(self) -> Sequence[str]:
        """The measures found in the text, in printed order."""
        return self._finder.findings.exact if self._finder.findings else ()

    @property
    def findings(self) -> Findings | None:
        """What has been found; None while nothing is searched for."""
        return self._finder.findings

    def take_keyboard(self) -> None:
        """Let the reader type a query; what stands there is selected."""
        self._box.setFocus()
        self._box.selectAll()

    def clear(self) -> None:
        """End the search."""
        self._box.clear()

    def step(self, step: int) -> None:
        """Go to the next hit (1) or the one before (-1), round at the ends."""
        hits = self.hits
        if not hits:
            self.word_said.emit("没有命中。" if self._asked else "还没有搜索；按 Ctrl+K 输入要找的字。")
            return
        here = self._order.get(self._here(), -1)
        if step > 0:
            target = next((one for one in hits if self._order[one] > here), hits[0])
        else:
            target = next((one for one in reversed(hits) if self._order[one] < here), hits[-1])
        self.measure_shown.emit(target)

    def _connect(self) -> None:
        self._box.query_changed.connect(self._search)
        self._box.down_pressed.connect(self._results.enter_from_above)
        self._box.accepted.connect(self._accept)
        self._left.scope_chosen.connect(self._choose_scope)
        self._results.row_chosen.connect(self._show_row)
        self._results.row_activated.connect(self._open_row)
        self._results.left_upwards.connect(self._box.setFocus)
        self._finder.found.connect(self._show_findings)
        self._finder.cleared.connect(self._end)

    def _search(self, text: str) -> None:
        if text.strip() and not self._asked.strip():
            self._origin = self._here()
        self._asked = text
        place = self._document.places.get(self._origin)
        self._finder.search(text, self._scope, place.section_key if place else (0, 0))

    def _choose_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._search(self._box.text())
        self._box.setFocus()

    def _show_findings(self, findings: Findings) -> None:
        grown = findings.related is not None and findings.scope is not Scope.NOTES
        self._results.show_rows(result_rows(self._document, findings), grown=grown)
        self._left.show_results(True)
        self.changed.emit()
        if grown:
            return
        if findings.exact:
            begin = self._order.get(self._origin, 0)
            first = next((one for one in findings.exact if self._order[one] >= begin), findings.exact[0])
            self.measure_shown.emit(first)
            self._results.mark(first)
        elif self._origin in self._order and self._origin != self._here():
            # What was found on the way to these words is not where the reader was.
            self.measure_shown.emit(self._origin)

    def _end(self) -> None:
        self._left.show_results(False)
        self._scope = Scope.ALL
        self._left.show_scope(Scope.ALL)
        origin, self._origin = self._origin, ""
        self.changed.emit()
        self.ended.emit(origin)

    def _show_row(self, row: ResultRow) -> None:
        if row.measure_id in self._document.places and row.kind != "suggestion":
            self.measure_shown.emit(row.measure_id)

    def _open_row(self, row: ResultRow) -> None:
        if row.kind == "suggestion":
            self._box.setText(row.text)
            self._box.setFocus()
        elif row.measure_id in self._document.places:
            self.measure_opened.emit(row.measure_id)

    def _accept(self) -> None:
        findings = self._finder.findings
        if findings is None:
            return
        if findings.target is not None and not findings.exact:
            self.measure_opened.emit(findings.target.measure_id)
        elif findings.exact:
            self.step(1)
        elif findings.titles or findings.suggestions or findings.related or findings.notes:
            self._results.enter_from_above()
