"""Search written a second time, as plainly as it can be: what the index is held against."""

from content.folding import fold
from content.model import Document


def containing(document: Document, *terms: str) -> tuple[str, ...]:
    """The measures that contain every term."""
    return tuple(
        measure.id for measure in document.measures if all(fold(term) in fold(measure.text) for term in terms)
    )
