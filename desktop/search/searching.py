"""The search as the reader meets it: the box, the scopes, the list of results, and the hits he steps through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from content.model import Document
from desktop import settings
from desktop.search.finder import Finder, Findings
from desktop.search.listing import Grouping, Lister, Listing, Order, Sorting, Spans, counts_by_section
from desktop.search.offering import Offering
from desktop.search.recall import Attention, Recall
from desktop.search.scope import Scope
from desktop.settings import Settings
from desktop.views.hit_strip import HitStrip
from desktop.views.hits_bar import HitsBar
from desktop.views.left_column import LeftColumn
from desktop.views.result_row import ResultRow
from desktop.views.result_rows import hits_line, result_rows
from desktop.views.results import ResultsView
from desktop.views.search_box import SearchBox


@dataclass(frozen=True, slots=True)
class SearchViews:
    """What a search is shown in."""

    box: SearchBox
    left: LeftColumn
    results: ResultsView
    strip: HitStrip
    bar: HitsBar


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
        views: SearchViews,
        offering: Offering,
        recall: Recall,
        kept: Settings,
        here: Callable[[], str],
    ) -> None:
        super().__init__(views.left)
        self._document = document
        self._order = {measure_id: number for number, measure_id in enumerate(document.places)}
        self._finder = finder
        self._views = views
        self._box = views.box
        self._results = views.results
        self._offering = offering
        self._recall = recall
        self._settings = kept
        self._here = here
        self._attention = Attention()
        self._lister = Lister(document)
        self._listing = Listing()
        self._sorting = _remembered_sorting(kept)
        self._scope = Scope.ALL
        self._asked = ""
        self._origin = ""
        self._scope_at = ""
        self._is_literal = False
        self._shows_all_titles = False
        views.bar.show_sorting(self._sorting.order.value, self._sorting.grouping.value)
        self._connect()

    @property
    def hits(self) -> Sequence[str]:
        """The measures found in the text, in the order in which they are listed."""
        return self._listing.hits

    @property
    def findings(self) -> Findings | None:
        """What has been found; None while nothing is searched for."""
        return self._finder.findings

    @property
    def spans(self) -> Spans | None:
        """Where in the text the words of the listed hits stand."""
        return self._listing.spans(self.findings) if self.findings else None

    @property
    def place(self) -> tuple[int, int]:
        """The part and section that 本编 and 本节 mean: where the search began, or, before all parts, where the reader is."""
        return (
            self._section(self._scope_at) if self._is_in_part(self._scope_at) else self._section(self._here())
        )

    def position(self, measure_id: str) -> str:
        """Which of the hits a measure is, in words; how many there are if it is none; empty without hits."""
        hits = self.hits
        if not hits:
            return ""
        readings = [one.reading.text for one in self._listing.readings]
        name = f"按“{readings[0]}”{'等' if len(readings) > 1 else ''}找到" if readings else "命中"
        return (
            f"{name} {hits.index(measure_id) + 1} / {len(hits)}"
            if measure_id in hits
            else f"{name} {len(hits)}"
        )

    def take_keyboard(self) -> None:
        """Let the reader type a query; what stands there is selected."""
        self._box.setFocus()
        self._box.selectAll()

    def clear(self) -> None:
        """End the search."""
        self._box.clear()

    def settle(self) -> None:
        """The sitting ends: a query the reader has rested on is one he meant."""
        self._recall.add(self._attention.turn_to(""))

    def step(self, step: int) -> None:
        """Go to the next hit (1) or the one before (-1), round at the ends."""
        hits = self.hits
        if not hits:
            self.word_said.emit("没有命中。" if self._asked else "还没有搜索；按 Ctrl+K 输入要找的字。")
            return
        self._act()
        self.measure_shown.emit(self._next(hits, step))

    def switch_order(self) -> None:
        """The other order."""
        orders = list(Order)
        order = orders[(orders.index(self._sorting.order) + 1) % len(orders)]
        self._sort(replace(self._sorting, order=order))
        self.word_said.emit(f"命中{order.value}排列。")

    def switch_grouping(self) -> None:
        """The next way of grouping."""
        ways = list(Grouping)
        grouping = ways[(ways.index(self._sorting.grouping) + 1) % len(ways)]
        self._sort(replace(self._sorting, grouping=grouping))
        self.word_said.emit(f"命中{grouping.value}{'' if grouping is Grouping.NONE else '分组'}。")

    def switch_literal(self) -> None:
        """Take the words as they are typed, or again as they were perhaps meant."""
        findings = self.findings
        if findings is None or findings.exact or findings.own or not findings.readings:
            self.word_said.emit("现在就是按输入的字搜索。")
            return
        self._is_literal = not self._is_literal
        self._list(findings, grown=False)
        if self._results.hasFocus():
            self._box.setFocus()
        self._go_to_first(findings)
        self.changed.emit()

    def _connect(self) -> None:
        box, results, bar = self._box, self._results, self._views.bar
        box.query_changed.connect(self._search)
        box.down_pressed.connect(self._go_down)
        box.accepted.connect(self._accept)
        box.clicked.connect(self._offer)
        self._views.left.scope_chosen.connect(self._choose_scope)
        results.row_chosen.connect(self._show_row)
        results.row_activated.connect(self._open_row)
        results.left_upwards.connect(box.setFocus)
        self._views.strip.place_chosen.connect(self._show_place)
        bar.order_chosen.connect(lambda name: self._sort(replace(self._sorting, order=Order(name))))
        bar.grouping_chosen.connect(lambda name: self._sort(replace(self._sorting, grouping=Grouping(name))))
        self._offering.query_taken.connect(self._take)
        self._offering.scope_taken.connect(self._choose_scope)
        self._finder.found.connect(self._show_findings)
        self._finder.own_found.connect(lambda findings: self._list(findings, grown=True))
        self._finder.cleared.connect(self._end)

    # Asking

    def _search(self, text: str) -> None:
        self._recall.add(self._attention.turn_to(text))
        if text.strip() and not self._asked.strip():
            self._origin = self._scope_at = self._here()
        if text != self._asked:
            self._is_literal = self._shows_all_titles = False
        self._asked = text
        self._finder.search(text, self._scope, self.place)

    def _take(self, query: str) -> None:
        """Search for a query that was offered instead of what is in the box."""
        self._attention.take(query)
        self._box.setText(query)
        self._box.setFocus()

    def _choose_scope(self, scope: Scope) -> None:
        self._scope = scope
        if not self._is_in_part(self._scope_at):
            # From here on it is meant to stay, wherever the hits are.
            self._scope_at = self._here()
        self._views.left.show_scope(scope)
        self._search(self._box.text())
        self._box.setFocus()

    def _section(self, measure_id: str) -> tuple[int, int]:
        place = self._document.places.get(measure_id)
        return place.section_key if place else (0, 0)

    def _is_in_part(self, measure_id: str) -> bool:
        return self._section(measure_id)[0] > 0

    def _act(self) -> None:
        """The reader does something with what he has found: that is what he meant."""
        self._recall.add(self._attention.act())

    def _go_down(self) -> None:
        if self.findings is None:
            self._offering.enter()
        else:
            self._results.enter_from_above()

    def _offer(self) -> None:
        if self.findings is None:
            self._offering.show_recall()

    # Showing

    def _show_findings(self, findings: Findings) -> None:
        grown = findings.related is not None and findings.scope is not Scope.NOTES
        before = self.hits
        self._list(findings, grown=grown)
        self._views.left.show_results(True)
        if not grown or self.hits != before:
            self.changed.emit()
        # Readings may come late, when the reader is still in the box with nothing found, or elsewhere already.
        if not grown or (self.hits and not before and self._box.hasFocus()):
            self._go_to_first(findings)

    def _list(self, findings: Findings, *, grown: bool) -> None:
        self._listing = self._lister.listing(findings, self._sorting, literal=self._is_literal)
        rows = result_rows(self._document, findings, self._listing, all_titles=self._shows_all_titles)
        self._results.show_rows(rows, grown=grown)
        self._views.strip.show_counts(counts_by_section(self._document, self.hits))
        self._views.bar.show_count(*hits_line(findings), sortable=len(self.hits) > 1)
        self._views.left.show_text_search(findings.scope is not Scope.NOTES)

    def _go_to_first(self, findings: Findings) -> None:
        """To the first hit from where the search began; without one, back there."""
        if self.hits:
            first = self._first()
            self.measure_shown.emit(first)
            self._results.mark(first)
        elif self._origin in self._order and self._origin != self._here():
            # What was found on the way to these words is not where the reader was.
            self.measure_shown.emit(self._origin)

    def _first(self) -> str:
        if self._sorting.order is Order.RELEVANCE:
            return self.hits[0]
        begin = self._order.get(self._origin, 0)
        return next((one for one in self.hits if self._order[one] >= begin), self.hits[0])

    def _next(self, hits: Sequence[str], step: int) -> str:
        here = self._here()
        if self._sorting.order is Order.RELEVANCE:
            at = hits.index(here) + step if here in hits else min(0, step)
            return hits[at % len(hits)]
        at = self._order.get(here, -1)
        if step > 0:
            return next((one for one in hits if self._order[one] > at), hits[0])
        return next((one for one in reversed(hits) if self._order[one] < at), hits[-1])

    def _end(self) -> None:
        self._views.left.show_results(False)
        self._listing = Listing()
        self._scope = Scope.ALL
        self._views.left.show_scope(Scope.ALL)
        origin, self._origin, self._scope_at = self._origin, "", ""
        self.changed.emit()
        self.ended.emit(origin)

    # Choosing

    def _sort(self, sorting: Sorting) -> None:
        self._sorting = sorting
        self._settings.set(settings.HIT_ORDER, sorting.order.name)
        self._settings.set(settings.HIT_GROUPING, sorting.grouping.name)
        self._views.bar.show_sorting(sorting.order.value, sorting.grouping.value)
        if self.findings is not None:
            self._list(self.findings, grown=False)
            self._results.mark(self._here())
            if sorting.order is Order.RELEVANCE:
                # The best come first, and the reader has asked for them.
                self._results.scrollToTop()
            self.changed.emit()

    def _show_place(self, keys: tuple[tuple[int, int], ...]) -> None:
        there = [one for one in self.hits if self._document.places[one].section_key in keys]
        if there:
            self._act()
            first = min(there, key=self._order.__getitem__)
            self.measure_shown.emit(first)
            self._results.mark(first)

    def _show_row(self, row: ResultRow) -> None:
        if row.measure_id in self._document.places:
            self._act()
            self.measure_shown.emit(row.measure_id)

    def _open_row(self, row: ResultRow) -> None:
        if row.kind in ("suggestion", "reading"):
            self._take(row.text)
            self._act()
        elif row.kind == "literal":
            self.switch_literal()
        elif row.kind == "more":
            self._show_all_titles(row)
        elif row.measure_id in self._document.places:
            self._act()
            self.measure_opened.emit(row.measure_id)

    def _show_all_titles(self, row: ResultRow) -> None:
        if self.findings is not None:
            number = list(self._results.rows).index(row)
            self._shows_all_titles = True
            self._list(self.findings, grown=True)
            self._results.go_to(number)

    def _accept(self) -> None:
        findings = self.findings
        if findings is None:
            return
        if findings.target is not None and not findings.exact:
            self._act()
            self.measure_opened.emit(findings.target.measure_id)
        elif self.hits:
            self.step(1)
        elif findings.titles or findings.suggestions or findings.related or findings.own:
            self._results.enter_from_above()


def _remembered_sorting(kept: Settings) -> Sorting:
    """How hits were listed last; nonsense in the settings is passed over."""
    order, grouping = kept.get(settings.HIT_ORDER), kept.get(settings.HIT_GROUPING)
    return Sorting(
        Order[order] if order in Order.__members__ else Order.PRINTED,
        Grouping[grouping] if grouping in Grouping.__members__ else Grouping.NONE,
    )
