"""投影: the agenda of the open meeting, or the text section by section, on a screen that others see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from content import citation
from content.model import Document
from desktop.describing import Describing
from desktop.meetings import briefing
from desktop.meetings.cueing import Cueing
from desktop.meetings.staging import Staging
from desktop.notebook.model import AgendaItem
from desktop.shelf import Shelf
from desktop.views.marks import SpansByMeasure
from desktop.views.projection import HIT, Shown, Slide

SectionKey = tuple[int, int]


class Projecting(QObject):
    """Makes slides of original words, marks and hits alone: what else is on the shelf goes to the speaker's own screen."""

    word_said = Signal(str)

    def __init__(
        self,
        staging: Staging,
        document: Document,
        shelf: Shelf,
        describing: Describing,
        hits: Callable[[], SpansByMeasure | None],
    ) -> None:
        super().__init__(staging)
        self._staging = staging
        self._document = document
        self._shelf = shelf
        self._describing = describing
        self._hits = hits
        self._cueing = Cueing(document, shelf)

    def show_agenda(self, meeting_id: str, item_id: str, *, ask: bool = False) -> None:
        """Show the items of a meeting, from one on; ``ask`` on which screen."""
        items = self._shelf.agenda(meeting_id) if meeting_id else []
        if not items:
            self.word_said.emit("议程还是空的，没有可投影的；在原文中按 Ctrl+J 加入条目。")
            return
        ids = [one.id for one in items]
        start = ids.index(item_id) if item_id in ids else 0
        slides, cues = [self._item(one) for one in items], [self._cueing.of_item(one) for one in items]
        self._staging.show(slides, cues, start, ask=ask)

    def show_sections(self, key: SectionKey, *, ask: bool = False) -> None:
        """Show the text section by section, from one on; ``ask`` on which screen."""
        found = [
            (part, section) for part in self._document.parts for section in part.sections if section.measures
        ]
        keys = [(part.number, section.number) for part, section in found]
        ids = [[one.id for one in section.measures] for _, section in found]
        slides = [
            Slide(
                f"{section.label}{section.title}" if section.number else part.printed_heading,
                citation.section_name(part, section),
                self._passages(some),
            )
            for (part, section), some in zip(found, ids, strict=True)
        ]
        cues = [self._cueing.of_measures(some) for some in ids]
        self._staging.show(slides, cues, keys.index(key) if key in keys else 0, ask=ask)

    def _item(self, item: AgendaItem) -> Slide:
        ids = briefing.measures(self._document, self._shelf, item)
        place = self._describing.place(item)
        if not ids:
            return Slide("", place, (Shown(item.anchor.quote.replace("\n", "")),))
        first = self._document.places[ids[0]]
        heading = first.section.title or first.part.heading
        return Slide(heading, place, self._passages(ids))

    def _passages(self, ids: Sequence[str]) -> tuple[Shown, ...]:
        strokes, hits = self._describing.strokes(), self._hits()
        return tuple(
            Shown(
                self._document.places[one].measure.text,
                (
                    *((stroke.start, stroke.end, stroke.color) for stroke in strokes.get(one, ())),
                    *((start, end, HIT) for start, end in (hits.get(one, ()) if hits is not None else ())),
                ),
            )
            for one in ids
        )
