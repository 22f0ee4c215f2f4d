"""引号术语: the terms that a document sets in quotation marks, and where each stands."""

import re
from dataclasses import dataclass

from content.folding import fold
from content.model import Document

_QUOTED = re.compile(r"“([^“”]{1,24})”")


@dataclass(frozen=True, slots=True)
class QuotedTerm:
    """A term as it is first printed, without its marks, and the ids of the measures in which it is quoted, each once."""

    text: str
    measures: tuple[str, ...]


def quoted_terms(document: Document) -> tuple[QuotedTerm, ...]:
    """The quoted terms of a document in the order they first stand in; those that fold to the same are one.

    The notice and the introduction are left out: what they quote is speech.
    """
    printed: dict[str, str] = {}
    places: dict[str, dict[str, None]] = {}
    for place in document.places.values():
        for text in _QUOTED.findall(place.measure.text) if place.part.number else ():
            folded = fold(text)
            printed.setdefault(folded, text)
            places.setdefault(folded, {})[place.measure.id] = None
    return tuple(QuotedTerm(printed[folded], tuple(found)) for folded, found in places.items())
