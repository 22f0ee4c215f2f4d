"""The measures most like the current one: sought when the reader looks for them, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from content import citation
from content.model import Document
from desktop.jobs import Jobs
from desktop.views.entry_list import EntryRow
from desktop.views.related_page import RelatedPage

if TYPE_CHECKING:
    from index.related import Related
    from index.similar import SimilarHit

_NO_MEASURE = "先在原文中点选一句，与它相近的条目会列在这里。"


class Relating(QObject):
    """Fills the page of related measures. ``measure_opened``: the reader wants to see one of them (its id)."""

    measure_opened = Signal(str)

    def __init__(self, document: Document, jobs: Jobs, page: RelatedPage) -> None:
        super().__init__(page)
        self._document = document
        self._jobs = jobs
        self._page = page
        self._related: Related | None = None
        self._wanted = ""
        self._shown = ""
        page.shown.connect(self._refresh)
        page.measure_chosen.connect(self.measure_opened)
        page.show_rows(_NO_MEASURE, [])

    def use_related(self, related: Related) -> None:
        """From now on there is something to ask."""
        self._related = related
        self._refresh()

    def show_measure(self, measure_id: str) -> None:
        """The measure that the reader is at; what is like it replaces the list unless he is going along that."""
        self._wanted = measure_id
        if not self._page.list.hasFocus():
            self._refresh()

    def _refresh(self) -> None:
        related, wanted = self._related, self._wanted
        if related is None or not wanted or wanted == self._shown or not self._page.isVisible():
            return
        self._jobs.run(
            lambda: related.similar(wanted), lambda hits: self._show(wanted, hits), "similar measures"
        )

    def _show(self, measure_id: str, hits: tuple[SimilarHit, ...]) -> None:
        self._shown = measure_id
        place = citation.short(self._document, measure_id)
        head = f"与{place}最相近的条目" if hits else f"没有与{place}相近的条目。"
        self._page.show_rows(head, [self._row(hit) for hit in hits])

    def _row(self, hit: SimilarHit) -> EntryRow:
        text = self._document.places[hit.measure_id].measure.text
        place = citation.short(self._document, hit.measure_id)
        return EntryRow(hit.measure_id, text, f"{place} · {hit.reason}")
