"""What the one who speaks sees beside a slide: talking points, notes, who and by when."""

from collections.abc import Collection, Iterator

from content.model import Document
from desktop.meetings import briefing
from desktop.notebook import citing
from desktop.notebook.model import AgendaItem
from desktop.shelf import Shelf
from desktop.views.presenter import Cue


class Cueing:
    """Gathers what was written from the shelf; a slide itself never has any of it."""

    def __init__(self, document: Document, shelf: Shelf) -> None:
        self._document = document
        self._shelf = shelf

    def of_item(self, item: AgendaItem) -> Cue:
        """Of an item of an agenda: all that was written into it, and the notes on its words."""
        facts = (("责任单位", item.unit), ("时限", item.due))
        said = "　".join(f"{name}：{words}" for name, words in facts if words)
        ids = briefing.measures(self._document, self._shelf, item)
        remarks = (
            ("发言要点", item.points),
            *self._notes(ids, item.notes),
            ("议定事项", item.decision),
            (briefing.state(item), said),
        )
        return tuple(one for one in remarks if one[1])

    def of_measures(self, ids: Collection[str]) -> Cue:
        """The notes on some measures."""
        return tuple(self._notes(ids, ()))

    def _notes(self, ids: Collection[str], chosen: Collection[str]) -> Iterator[tuple[str, str]]:
        """The notes that were chosen, then the others on the words."""
        near = [one for one in self._shelf.notes if one.id in chosen or self._shelf.measure_of(one) in ids]
        for note in sorted(near, key=lambda one: one.id not in chosen):
            yield citing.name(note), note.body
