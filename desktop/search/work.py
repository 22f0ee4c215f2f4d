"""Searching: the box, the list of hits, the bars in the outline, the words that find more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.search.offering import Offering
from desktop.search.recall import Recall
from desktop.search.searching import Searching, SearchViews
from desktop.search.vocabulary import Vocabulary
from desktop.work.parts import Parts
from desktop.workspaces import READING
from index.related import Related


class SearchWork(QObject):
    """``changed``: other hits are found, or none any more."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        views = parts.views
        recall = Recall(parts.settings)
        shown = SearchViews(views.header.search_box, views.left, views.results, views.strip, views.hits_bar)
        self.offering = Offering(
            parts.document, parts.finder, recall, shown.box, views.dropdown, lambda: self.searching.place
        )
        self.searching = Searching(
            parts.document,
            parts.finder,
            shown,
            self.offering,
            recall,
            parts.settings,
            lambda: parts.navigation.here,
        )
        self._vocabulary: Vocabulary | None = None
        self._connect()

    def _connect(self) -> None:
        views, searching, navigation = self._parts.views, self.searching, self._parts.navigation
        for view in (views.header.search_box, views.results, views.strip):
            view.left.connect(self.leave)
        searching.measure_shown.connect(navigation.show)
        searching.measure_opened.connect(self._open_measure)
        searching.changed.connect(self._show_search)
        searching.ended.connect(navigation.jump_from)
        navigation.measure_reached.connect(views.results.mark)
        navigation.section_reached.connect(self.reach_section)
        self._parts.hear(searching, self.offering)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        searching = self.searching
        return {
            "search": searching.take_keyboard,
            "next_hit": lambda: searching.step(1),
            "previous_hit": lambda: searching.step(-1),
            "literal": searching.switch_literal,
            "switch_order": searching.switch_order,
            "switch_grouping": searching.switch_grouping,
            "save_search": self.offering.ask_name,
            "search_guide": self.offering.switch_guide,
            "clear_search": self.leave,
            "vocabulary": self._show_vocabulary,
        }

    def use_related(self, related: Related) -> None:
        """From now on related measures are found as well."""
        parts = self._parts
        parts.finder.use_related(related)
        self._vocabulary = vocabulary = Vocabulary(parts.window, parts.data, related)
        vocabulary.changed.connect(lambda: parts.finder.use_related(related))
        parts.listen(vocabulary)

    def reach_section(self, key: tuple[int, int]) -> None:
        """Follow the reader through the text."""
        self._parts.views.strip.show_section(key)
        self._describe_scopes()

    def leave(self) -> None:
        """One step back: out of the list that is open, the workspace, the selection, the desk, the search."""
        views, workspaces = self._parts.views, self._parts.workspaces
        focused = self._parts.window.focusWidget() or self._parts.window
        if self.offering.close():
            return
        if not workspaces.is_reading:
            if workspaces.page.isAncestorOf(focused):
                workspaces.show(READING)
            else:
                workspaces.page.setFocus()
        elif views.desk.isAncestorOf(focused):
            views.reading.setFocus()
        elif not (views.reading.hasFocus() and views.reading.drop_selection()):
            self.searching.clear()
            views.reading.setFocus()

    def _open_measure(self, measure_id: str) -> None:
        self._parts.workspaces.bring(READING)
        self._parts.navigation.go_to(measure_id)
        self._parts.views.reading.setFocus()

    def _show_search(self) -> None:
        workspaces, is_searching = self._parts.workspaces, self.searching.findings is not None
        if is_searching and not workspaces.is_reading:
            workspaces.bring(READING)
        self._parts.views.frame.left.setVisible(is_searching or self._parts.arrangement.shows_outline)
        self._describe_scopes()
        self.changed.emit()

    def _describe_scopes(self) -> None:
        number, section_number = self.searching.place
        part = self._parts.document.part(number)
        section = self._parts.document.section(number, section_number)
        self._parts.views.left.describe_scopes(
            part.printed_heading if part and part.number else "",
            f"{section.label}{section.title}" if section and section.number else "",
        )

    def _show_vocabulary(self) -> None:
        if self._vocabulary is not None:
            self._vocabulary.show()
