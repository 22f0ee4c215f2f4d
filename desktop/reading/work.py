"""The text: going about in it, copying from it, marking it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.desk.writing import Writing
from desktop.notebook.model import Color
from desktop.reading.copying import Copying
from desktop.reading.marking import Marking
from desktop.search.searching import Searching
from desktop.views.marks import Marks
from desktop.views.terms_dialog import TermsDialog
from desktop.work.parts import Parts
from desktop.workspaces import READING

_ON_MEASURE = (
    ("copy", "copy_plain", "copy_citation"),
    ("mark_yellow", "mark_green", "mark_blue", "mark_pink", "unmark"),
    ("note", "bookmark", "meeting", "ledger_row"),
)
"""What can be done with a measure, as its menu shows it."""


class TextWork(QObject):
    """Connects the text with what the reader does to it; its marks show what is found and what is in the notebook."""

    def __init__(self, parts: Parts, writing: Writing, searching: Searching) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._searching = searching
        self._actions: Mapping[str, QAction] = {}
        reading, navigation = parts.views.reading, parts.navigation
        self.copying = Copying(parts.document, reading, lambda: navigation.current)
        self.marking = Marking(
            parts.document,
            reading,
            parts.views.bar,
            writing,
            navigation.choose,
            self.copying.with_citation,
        )
        self._connect()

    def _connect(self) -> None:
        views, navigation = self._parts.views, self._parts.navigation
        reading = views.reading
        navigation.section_reached.connect(self.reach_section)
        navigation.jumped.connect(self._update_history)
        views.outline.place_chosen.connect(navigation.open_section)
        reading.measure_chosen.connect(navigation.make_current)
        reading.stepped.connect(navigation.step)
        reading.section_reached.connect(navigation.reach)
        reading.copy_requested.connect(self.copying.with_citation)
        reading.menu_requested.connect(self._show_menu)
        self.marking.note_started.connect(views.frame.desk.show)
        self._parts.arrangement.tell = views.status.flash
        self._parts.hear(self.copying, self.marking)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        parts, marking = self._parts, self.marking
        navigation, arrangement = parts.navigation, parts.arrangement
        return {
            "reading": partial(parts.workspaces.show, READING),
            "back": navigation.back,
            "forward": navigation.forward,
            "next_section": partial(self._step_section, 1),
            "previous_section": partial(self._step_section, -1),
            "terms": self._show_terms,
            "copy": self.copying.with_citation,
            "copy_plain": self.copying.words,
            "copy_citation": self.copying.citation,
            "note": marking.write_note,
            "bookmark": marking.toggle_bookmark,
            "meeting": marking.put_into_meeting,
            **{f"mark_{color.name.lower()}": partial(marking.mark, color) for color in Color},
            "unmark": marking.unmark,
            "selection_bar": marking.take_keyboard,
            "larger": arrangement.enlarge_text,
            "smaller": arrangement.reduce_text,
            "normal_size": arrangement.reset_text,
            "toggle_outline": arrangement.toggle_outline,
            "toggle_desk": arrangement.toggle_desk,
        }

    def use_actions(self, actions: Mapping[str, QAction]) -> None:
        """The actions of the menu on a measure, and of the way back."""
        self._actions = actions
        self._update_history()

    def reach_section(self, key: tuple[int, int]) -> None:
        """Show where the reader is."""
        self._parts.views.outline.show_section(key)
        self._parts.views.column.show_part(self._parts.navigation.heading)

    def show_marks(self) -> None:
        """Draw in the text what is found and what is in the notebook."""
        shelf, describing, spans = self._parts.shelf, self._parts.describing, self._searching.spans
        marks = Marks(
            note_counts=shelf.note_counts,
            bookmarked=shelf.bookmarked,
            highlights=describing.strokes(),
            note_ranges=describing.note_ranges(),
        )
        if spans is not None:
            marks.hits = spans
        self._parts.views.reading.set_marks(marks)

    def _step_section(self, step: int) -> None:
        firsts = [entry.measure_id for entry in self._parts.views.outline_entries]
        self._parts.navigation.step_section(step, firsts)

    def _update_history(self) -> None:
        navigation = self._parts.navigation
        self._actions["back"].setEnabled(navigation.can_go_back)
        self._actions["forward"].setEnabled(navigation.can_go_forward)

    def _show_terms(self) -> None:
        dialog = TermsDialog(self._parts.describing.term_rows(), self._parts.theme(), self._parts.window)
        dialog.term_chosen.connect(self._open_term)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _open_term(self, row_id: str) -> None:
        """Go to where a term stands, to the next place if it is there already."""
        measures, current = row_id.split(), self._parts.navigation.current
        at = measures.index(current) + 1 if current in measures else 0
        self._parts.navigation.go_to(measures[at % len(measures)])

    def _show_menu(self, measure_id: str, corner: QPoint) -> None:
        if measure_id:
            self._parts.navigation.make_current(measure_id)
        menu = QMenu(self._parts.window)
        for group in _ON_MEASURE:
            menu.addActions([self._actions[name] for name in group])
            menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(corner)
