"""Where the reader is in the text, and the ways to get elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from content.model import Document
from desktop.reading.history import History
from desktop.views.reading import ReadingView

SectionKey = tuple[int, int]
_FRONT_MATTER = "印发通知与引言"


class Navigation(QObject):
    """Holds the current measure and section, and remembers the jumps.

    ``measure_reached``: another measure is the current one; ``section_reached``: another section is being read;
    ``jumped``: there are other places to go back or forward to.
    """

    measure_reached = Signal(str)
    section_reached = Signal(tuple)
    jumped = Signal()

    def __init__(self, document: Document, reading: ReadingView, place: str) -> None:
        super().__init__(reading)
        self._document = document
        self._reading = reading
        self._order = list(document.places)
        self._history = History()
        self.current = place if place in document.places else ""
        self.section: SectionKey = document.places[place].section_key if self.current else (0, 0)
        if self.current:
            reading.set_current(place)

    @property
    def here(self) -> str:
        """The current measure, or the one on top while none has been chosen."""
        return self.current or self._reading.top_measure()

    @property
    def heading(self) -> str:
        """The heading of the part one is reading."""
        part = self._document.part(self.section[0])
        return part.printed_heading if part and part.number else _FRONT_MATTER

    @property
    def can_go_back(self) -> bool:
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        return self._history.can_go_forward

    def choose(self) -> str:
        """The current measure; the one on top becomes it if there is none yet."""
        if not self.current:
            self.step(1)
        return self.current

    def make_current(self, measure_id: str) -> None:
        """Be at a measure without moving the text."""
        if measure_id == self.current:
            return
        self.current = measure_id
        self._reading.set_current(measure_id)
        self.reach(self._document.places[measure_id].section_key)
        self.measure_reached.emit(measure_id)

    def reach(self, section: SectionKey) -> None:
        """Be in a section."""
        self.section = section
        self.section_reached.emit(section)

    def show(self, measure_id: str) -> None:
        """Be at a measure and bring it into view; no jump that could be taken back."""
        self.make_current(measure_id)
        self._reading.bring_into_view(measure_id)

    def jump_from(self, origin: str) -> None:
        """Remember that the reader has come from there to where he is."""
        if origin and self.current and origin != self.current:
            self._history.jump(origin, self.current)
            self.jumped.emit()

    def go_to(self, measure_id: str) -> None:
        """Jump to a measure, so that going back leads to where one was."""
        self._history.jump(self.here, measure_id)
        self.make_current(measure_id)
        if self._document.places[measure_id].number == 1:
            self._reading.scroll_to(measure_id, heading=True)
        else:
            self._reading.bring_into_view(measure_id)
        self.jumped.emit()

    def open_section(self, measure_id: str) -> None:
        """Jump to the section that begins with a measure, its headings on top."""
        self._history.jump(self.here, measure_id)
        self.make_current(measure_id)
        self._reading.scroll_to(measure_id, heading=True)
        self.jumped.emit()

    def step(self, step: int) -> None:
        """To the next measure (1) or the one before (-1)."""
        if self.current:
            at = self._order.index(self.current) + step
            target = self._order[min(max(at, 0), len(self._order) - 1)]
        else:
            target = self._reading.top_measure()
        if target:
            self.show(target)

    def step_section(self, step: int, firsts: list[str]) -> None:
        """To the next (1) or last (-1) of the sections, given by the first measure of each."""
        here = self._order.index(self._reading.top_measure() or self._order[0])
        places = [self._order.index(first) for first in firsts]
        ahead = (
            [at for at in places if at > here] if step > 0 else [at for at in reversed(places) if at < here]
        )
        if ahead:
            self.open_section(self._order[ahead[0]])

    def back(self) -> None:
        """To where the last jump came from."""
        self._travel(self._history.back)

    def forward(self) -> None:
        """To where ``back`` came from."""
        self._travel(self._history.forward)

    def _travel(self, step: Callable[[str], str | None]) -> None:
        target = step(self.here)
        if target:
            self.show(target)
        self.jumped.emit()
