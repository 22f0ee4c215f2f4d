"""What dragged places are in the document that is open: topics for an agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.model import Document
from desktop.notebook.anchors import anchor_measure, anchor_range, anchor_section
from desktop.notebook.model import Anchor, Note
from desktop.shelf import Shelf
from desktop.views.dragging import Dragged

Topics = Mapping[Anchor, tuple[str, ...]]
"""Words of the text, in order, and the ids of the notes to be shown with them."""


def topics(document: Document, shelf: Shelf, places: Dragged) -> Topics:
    """The topics that dragged places make; none for another document's. A part is the sections in it."""
    if places.document != document.id:
        return {}
    found: dict[Anchor, tuple[str, ...]] = {}
    try:
        for stretch in places.stretches:
            found[anchor_range(document, *stretch)] = ()
        for measure_id in places.measures:
            found[anchor_measure(document, measure_id)] = ()
        for key in places.sections:
            found |= {anchor_section(document, one): () for one in _sections(document, key)}
    except (KeyError, ValueError):
        # Dragged out of another window, whose text is another.
        return {}
    for note_id in places.notes:
        note = shelf.entry(note_id)
        if isinstance(note, Note) and not note.deleted:
            found[note.anchor] = (*found.get(note.anchor, ()), note_id)
    return found


def _sections(document: Document, key: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The section of a key, or those of a part that have measures."""
    part = document.part(key[0])
    own = [one.number for one in part.sections if one.measures] if part else []
    if key[1] or not own:
        yield key
    else:
        yield from ((key[0], number) for number in own)
