"""The desk beside the text: notes, bookmarks, highlights, related measures, what was thrown away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.desk.relating import Relating
from desktop.desk.writing import Writing
from desktop.views.desk import BIN, BOOKMARKS, HIGHLIGHTS, NOTES, RELATED
from desktop.work.parts import Parts
from index.related import Related


class DeskWork(QObject):
    """``changed``: the notebook holds something else now."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._desk = desk = parts.views.desk
        self.writing = Writing(parts.document, parts.commands, parts.describing, desk, parts.views.outline)
        self.relating = Relating(parts.document, parts.jobs, desk.related)
        self._connect()

    def _connect(self) -> None:
        views, navigation = self._parts.views, self._parts.navigation
        navigation.measure_reached.connect(self._reach_measure)
        navigation.section_reached.connect(self.reach_section)
        views.reading.margin_clicked.connect(self._show_notes_on)
        views.desk.left.connect(views.reading.setFocus)
        self.writing.entry_opened.connect(self.open_entry)
        self.relating.measure_opened.connect(self._show_measure)
        self.writing.changed.connect(self.changed)
        self.writing.failed.connect(self._tell_failure)
        self._parts.hear(self.writing)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        writing, desk = self.writing, self._desk
        return {
            "note_section": lambda: self._write(writing.write_on_section),
            "note_document": lambda: self._write(writing.write_on_document),
            "undo": writing.undo,
            "redo": writing.redo,
            "show_notes": self._go_to_notes,
            "filter_notes": self._filter_notes,
            "show_bookmarks": partial(self._go_to_tab, BOOKMARKS, desk.bookmarks),
            "show_highlights": partial(self._go_to_tab, HIGHLIGHTS, desk.highlights),
            "show_related": self._go_to_related,
            "show_bin": partial(self._go_to_tab, BIN, desk.bin.list),
        }

    def use_related(self, related: Related) -> None:
        """From now on the measures like the current one are shown."""
        self.relating.use_related(related)

    def begin(self) -> None:
        """Show what belongs to the place the reader is at."""
        if current := self._parts.navigation.current:
            self._reach_measure(current)
        self.writing.refresh()

    def reach_section(self, key: tuple[int, int]) -> None:
        """Follow the reader through the text; while he writes his words stay where they are."""
        if not self._desk.notes.isAncestorOf(self._focused):
            self.writing.show_section(key)

    def open_entry(self, entry_id: str) -> None:
        """Show where an entry stands; the keyboard stays where it is."""
        shelf, navigation, reading = self._parts.shelf, self._parts.navigation, self._parts.views.reading
        entry = shelf.entry(entry_id)
        if entry is None or not shelf.measure_of(entry):
            return
        attachment = shelf.attachment(entry)
        origin = navigation.here
        navigation.make_current(attachment.measure)
        navigation.jump_from(origin)
        reading.bring_into_view(attachment.measure)
        if attachment.spans:
            span = attachment.spans[0]
            reading.show_range(span.measure, span.start, span.end)

    @property
    def _focused(self) -> QWidget:
        return self._parts.window.focusWidget() or self._parts.window

    def _reach_measure(self, measure_id: str) -> None:
        self.writing.show_measure(measure_id)
        self.relating.show_measure(measure_id)

    def _show_measure(self, measure_id: str) -> None:
        """Bring a measure into view; the keyboard stays where it is."""
        navigation = self._parts.navigation
        origin = navigation.here
        navigation.show(measure_id)
        navigation.jump_from(origin)

    def _write(self, begin: Callable[[], None]) -> None:
        self._parts.views.frame.desk.show()
        begin()

    def _show_notes_on(self, measure_id: str) -> None:
        self._parts.views.frame.desk.show()
        self.writing.show_notes_on(measure_id)

    def _go_to_notes(self) -> None:
        if self._desk.isAncestorOf(self._focused):
            self._parts.views.reading.setFocus()
        else:
            self._show_notes_on(self._parts.navigation.choose())

    def _filter_notes(self) -> None:
        self._parts.views.frame.desk.show()
        self._desk.show_tab(NOTES)
        self._desk.notes.filter.take_keyboard()

    def _go_to_tab(self, tab: int, view: QWidget) -> None:
        self._parts.views.frame.desk.show()
        self._desk.show_tab(tab)
        view.setFocus()

    def _go_to_related(self) -> None:
        self._parts.navigation.choose()
        self._go_to_tab(RELATED, self._desk.related.list)

    def _tell_failure(self, sentence: str) -> None:
        self._parts.views.status.show_saving("有改动未存下")
        self._parts.tell(sentence)
