"""Papers of the text, from wherever the reader is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.papers.scopes import Where
from desktop.work.parts import Parts

if TYPE_CHECKING:
    from desktop.papers.excerpting import Excerpting


class PaperWork(QObject):
    """Makes the papers' room when it is first asked for: it loads much that is seldom used."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._made: Excerpting | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the reader can do, by the ids of the actions."""
        return {"excerpt": self._show}

    def whereabouts(self) -> Where:
        """The measures that are selected, or else the current one, and the section the reader is in."""
        navigation = self._parts.navigation
        chosen = tuple(dict.fromkeys(one.measure_id for one in self._parts.views.reading.selected()))
        return chosen or tuple(filter(None, (navigation.current,))), navigation.section

    def _show(self) -> None:
        self._parts.views.desk.notes.save_pending()
        self._excerpting().show()

    def _excerpting(self) -> Excerpting:
        from desktop.papers.excerpting import Excerpting

        if self._made is None:
            parts = self._parts
            self._made = Excerpting(
                parts.window, parts.document, parts.commands, parts.jobs, parts.fonts, self.whereabouts
            )
            parts.listen(self._made)
            parts.hear(self._made)
        return self._made
