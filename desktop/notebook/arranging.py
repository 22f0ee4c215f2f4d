"""Entries in the order of the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.model import Document
from desktop.notebook.attaching import LOST, Attacher, Attachment, Fit
from desktop.notebook.model import Entry


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it was found."""

    entry: Entry
    found: Attachment


def in_text_order(document: Document | None, entries: Iterable[Entry]) -> list[Placed]:
    """The entries as they follow each other in a text: those on all of it first, those without a place last.

    Where the text is not at hand nothing has a place, and the order stays.
    """
    if document is None:
        return [Placed(entry, LOST) for entry in entries]
    attacher = Attacher(document)
    order = {measure: number for number, measure in enumerate(document.places)}

    def position(one: Placed) -> tuple[int, int]:
        start = one.found.spans[0].start if one.found.spans else -1
        return order.get(one.found.measure, len(order) if one.found.fit is Fit.LOST else -1), start

    return sorted((Placed(entry, attacher.attach(entry.anchor)) for entry in entries), key=position)
