"""Marking the text: what is selected, or else the current measure, gets a colour, a note, a bookmark."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Signal

from content.model import Document
from desktop.desk.writing import Writing
from desktop.notebook.anchors import anchor_measure, anchor_range
from desktop.notebook.model import Anchor, Color, Highlight
from desktop.views.reading import ReadingView, Selected
from desktop.views.selection_bar import SelectionBar

_QUOTED = 12
"""Characters of the selected words that are shown where a note on them is written."""


class Marking(QObject):
    """Drives the bar over a selection and the highlighters. ``meeting_requested``: an anchor is to go on an agenda.

    ``here`` gives the current measure, chosen if there is none yet.
    """

    note_started = Signal()
    meeting_requested = Signal(object)
    word_said = Signal(str)

    def __init__(
        self,
        document: Document,
        reading: ReadingView,
        bar: SelectionBar,
        writing: Writing,
        here: Callable[[], str],
        copy: Callable[[], None],
    ) -> None:
        super().__init__(reading)
        self._document = document
        self._reading = reading
        self._bar = bar
        self._writing = writing
        self._here = here
        self._opened = ""
        reading.selection_finished.connect(self._offer)
        reading.selection_cleared.connect(bar.hide)
        reading.highlight_clicked.connect(self._offer_highlight)
        bar.color_chosen.connect(lambda name: self.mark(Color(name)))
        bar.note_requested.connect(self.write_note)
        bar.bookmark_requested.connect(self.toggle_bookmark)
        bar.copy_requested.connect(copy)
        bar.meeting_requested.connect(self.put_into_meeting)
        bar.remove_requested.connect(self.unmark)
        bar.left.connect(reading.setFocus)

    def mark(self, color: Color) -> None:
        """Mark what is selected, or give the highlight that was clicked another colour."""
        opened = self._take_opened()
        if opened is not None:
            self._writing.recolor(opened.id, color)
        else:
            self._writing.highlight(self._anchor(), color)
        self._finish()

    def unmark(self) -> None:
        """Take away the highlight that was clicked, or those on what is selected or on the current measure."""
        opened = self._take_opened()
        ids = [opened.id] if opened is not None else self._highlights_here()
        if ids:
            self._writing.delete(ids)
        else:
            self.word_said.emit("这里没有标记。")
        self._finish()

    def write_note(self) -> None:
        """Let the reader write on what is selected, on the highlight that was clicked, or on the current measure."""
        opened = self._take_opened()
        anchor = opened.anchor if opened is not None else self._anchor()
        self._bar.hide()
        self._writing.write_on(anchor, self._name(anchor))
        self.note_started.emit()

    def toggle_bookmark(self) -> None:
        """A bookmark on what is selected; without a selection the measure's own goes on or off."""
        if self._selected():
            self._writing.add_bookmark(self._anchor())
        else:
            self._writing.toggle_bookmark(self._here())
        self._finish()

    def put_into_meeting(self) -> None:
        """Put what is selected, or the current measure, on the agenda."""
        self.meeting_requested.emit(self._anchor())
        self._finish()

    def take_keyboard(self) -> None:
        """Go to the bar with the keyboard; without a selection it offers the current measure."""
        if not self._bar.isVisible():
            self._offer(self._reading.number_rect(self._here()).toRect())
        self._bar.take_keyboard()

    def _offer(self, place: QRect) -> None:
        self._opened = ""
        self._bar.show_for_selection(place)

    def _offer_highlight(self, highlight_id: str, place: QPoint) -> None:
        entry = self._writing.shelf.entry(highlight_id)
        if isinstance(entry, Highlight):
            self._opened = highlight_id
            spot = QRect(
                self._reading.viewport().mapFromGlobal(place), self._reading.viewport().mapFromGlobal(place)
            )
            self._bar.show_for_highlight(spot, entry.color.value)

    def _take_opened(self) -> Highlight | None:
        entry = self._writing.shelf.entry(self._opened) if self._bar.isVisible() else None
        self._opened = ""
        return entry if isinstance(entry, Highlight) and not entry.deleted else None

    def _selected(self) -> list[Selected]:
        return self._reading.selected()

    def _anchor(self) -> Anchor:
        chosen = self._selected()
        if not chosen:
            return anchor_measure(self._document, self._here())
        first, last = chosen[0], chosen[-1]
        return anchor_range(self._document, first.measure_id, first.start, last.measure_id, last.end)

    def _highlights_here(self) -> list[str]:
        chosen = self._selected()
        places = {one.measure_id: (one.start, one.end) for one in chosen} or {self._here(): (0, 1 << 30)}
        shelf = self._writing.shelf
        return list(
            dict.fromkeys(
                one.id
                for one in shelf.highlights
                for span in shelf.attachment(one).spans
                if span.measure in places
                and span.start < places[span.measure][1]
                and places[span.measure][0] < span.end
            )
        )

    def _name(self, anchor: Anchor) -> str:
        words = " ".join(anchor.quote.split())
        return f"“{words[:_QUOTED]}…”" if len(words) > _QUOTED else f"“{words}”"

    def _finish(self) -> None:
        self._bar.hide()
        self._reading.clear_selection()
