"""What is put on the clipboard: words of the text, with or without where they come from."""

from collections.abc import Sequence

from content import citation
from content.model import Document
from desktop.views.reading import Selected


def whole_measure(document: Document, measure_id: str) -> list[Selected]:
    """A whole measure as if it had been selected."""
    text = document.places[measure_id].measure.text
    return [Selected(measure_id, 0, len(text), text)]


def words(document: Document, chosen: Sequence[Selected]) -> str:
    """The selected words; those of one section run on, a new section begins a new line."""
    pieces: list[str] = []
    last = None
    for one in chosen:
        key = document.places[one.measure_id].section_key
        pieces += ["\n" if pieces and key != last else "", one.text]
        last = key
    return "".join(pieces)


def with_citation(document: Document, chosen: Sequence[Selected]) -> str:
    """The selected words and after them, in brackets, where they stand."""
    return citation.with_citation(document, words(document, chosen), [one.measure_id for one in chosen])


def only_citation(document: Document, chosen: Sequence[Selected]) -> str:
    """Where the selected words stand, without the words."""
    return citation.with_citation(document, "", [one.measure_id for one in chosen])[1:-1]
